"""Files for tests, as phones make them and as somebody hostile would: each with ``CANARY`` where it tells too much."""

from __future__ import annotations

import io
import struct
import wave
import zipfile
import zlib
from typing import Any

import pikepdf
from PIL import Image

from nums_wagtail.reports.uploads import Offered

#: What must be gone from every file that is kept.
CANARY = b"Kestrel Quince 53.4808N"


def offered(content: bytes, name: str = "IMG_0412.jpg", said_type: str = "image/jpeg") -> Offered:
    return Offered(name, content, said_type, "files")


def picture(width: int = 40, height: int = 30) -> Image.Image:
    """A picture with a red corner at the upper left, so that turning and blocking can be seen."""
    image = Image.new("RGB", (width, height), (230, 230, 230))
    image.paste((200, 20, 20), (0, 0, width // 4, height // 3))
    return image


def jpeg(width: int = 40, height: int = 30, *, turned: int = 1, **more: Any) -> bytes:
    """A JPEG with a place, a comment and a maker in it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x9286] = turned, CANARY.decode(), CANARY.decode()
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[29] = "N", (53.0, 28.0, 50.88), CANARY.decode()
    out = io.BytesIO()
    xmp = b"<x:xmpmeta>" + CANARY + b"</x:xmpmeta>"
    picture(width, height).save(out, "JPEG", exif=exif, comment=CANARY, xmp=xmp, quality=95, **more)
    return out.getvalue()


def png(width: int = 40, height: int = 30) -> bytes:
    """A PNG with words beside its pixels, and words behind its end."""
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Comment", CANARY.decode())
    told.add_itxt("Location", CANARY.decode(), zip=False)
    out = io.BytesIO()
    picture(width, height).save(out, "PNG", pnginfo=told)
    return out.getvalue() + CANARY


def other_picture(kind: str, width: int = 40, height: int = 30, **more: Any) -> bytes:
    """``WEBP`` or ``GIF``."""
    out = io.BytesIO()
    picture(width, height).save(out, kind, **more)
    return out.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A small PNG that says it has ``width`` × ``height`` pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 4096))
        + chunk(b"IEND", b"")
    )


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>1</script></svg>'


def zipped(inside: bytes = CANARY) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("proof.html", inside)
    return out.getvalue()


def pdf(pages: int = 1, *, hostile: bool = True, text: str = "Read me", password: str = "") -> bytes:
    """A PDF with words to read and, if hostile, everything that a PDF can do to its reader."""
    document = pikepdf.new()
    canary = pikepdf.String(CANARY.decode())
    for _page in range(pages):
        page = document.add_blank_page(page_size=(300, 200)).obj
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = document.make_stream(f"BT /F 20 Tf 20 100 Td ({text}) Tj ET".encode())
        if hostile:
            _arm_page(document, page, canary)
    if hostile:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=canary)
        document.Root.OpenAction = script
        document.Root.AA = pikepdf.Dictionary(WC=script)
        document.Root.Names = pikepdf.Dictionary(
            JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([canary, script]))
        )
        document.attachments["proof.html"] = pikepdf.AttachedFileSpec(document, CANARY)
        document.docinfo["/Author"] = CANARY.decode()
        with document.open_metadata() as told:
            told["dc:title"] = CANARY.decode()
    out = io.BytesIO()
    lock = pikepdf.Encryption(user=password, owner=password) if password else None
    document.save(out, encryption=lock, compress_streams=False) if lock else document.save(
        out, compress_streams=False
    )
    return out.getvalue()


def _arm_page(document: pikepdf.Pdf, page: Any, canary: pikepdf.String) -> None:
    name = pikepdf.Name
    launch = pikepdf.Dictionary(S=name.Launch, F=canary)
    link = pikepdf.Dictionary(Type=name.Action, S=name.URI, URI=canary)
    box = pikepdf.Array([0, 0, 50, 50])
    drawn = document.make_stream(b"BT /F 12 Tf 5 5 Td (Filled in) Tj ET")
    drawn.Type, drawn.Subtype, drawn.BBox = name.XObject, name.Form, pikepdf.Array([0, 0, 90, 20])
    drawn.Resources = page.Resources
    page.Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(Type=name.Annot, Subtype=name.Link, Rect=box, A=link),
            pikepdf.Dictionary(
                Type=name.Annot, Subtype=name.FreeText, Rect=pikepdf.Array([20, 20, 110, 40]), Contents=canary,
                F=4, AP=pikepdf.Dictionary(N=document.make_indirect(drawn)), AA=pikepdf.Dictionary(E=launch),
            ),
        ]
    )  # fmt: skip
    page.AA = pikepdf.Dictionary(O=launch)
    page.PieceInfo = pikepdf.Dictionary(App=pikepdf.Dictionary(Private=canary))
    page.Metadata = document.make_stream(CANARY)
    photo = document.make_stream(jpeg())
    photo.Type, photo.Subtype, photo.Width, photo.Height = name.XObject, name.Image, 40, 30
    photo.ColorSpace, photo.BitsPerComponent, photo.Filter = name.DeviceRGB, 8, name.DCTDecode
    photo.Metadata = document.make_stream(CANARY)
    page.Resources.XObject = pikepdf.Dictionary(A=photo)
    page.Contents.write(page.Contents.read_bytes() + b" q 40 0 0 30 200 20 cm /A Do Q")


def wav() -> bytes:
    """A second of silence, with a list of words before and after the sound."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(16000))
    body = out.getvalue()[12:]
    told = b"LIST" + struct.pack("<I", len(CANARY) + 5) + b"INFO" + CANARY + b"\0"
    told += bytes(len(told) % 2)
    whole = b"WAVE" + told + body + told
    return b"RIFF" + struct.pack("<I", len(whole)) + whole


def mp3() -> bytes:
    """Frames of silence between tags."""
    size = len(CANARY) + 11
    head = b"ID3\x03\x00\x00" + bytes((0, 0, size >> 7, size & 0x7F))
    tag = head + b"TIT2" + struct.pack(">I", len(CANARY) + 1) + b"\0\0\0" + CANARY
    return tag + (b"\xff\xfb\x90\x00" + bytes(413)) * 12 + b"TAG" + CANARY.ljust(125, b"\0")


def amr() -> bytes:
    return b"#!AMR\n" + (b"\x3c" + bytes(31)) * 20 + b"\xff" + CANARY


def box(name: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I", len(body) + 8) + name + body


def mp4(*, handler: bytes = b"soun", brand: bytes = b"M4A ") -> bytes:
    """A recording with a place, a date and a name in it, and something behind its end."""
    times = struct.pack(">III", 0, 3_900_000_000, 3_900_000_001)
    told = box(b"udta", box(b"\xa9xyz", CANARY), box(b"meta", CANARY))
    media = box(b"mdia", box(b"mdhd", times + bytes(12)), box(b"hdlr", bytes(8) + handler + bytes(12) + CANARY))
    track = box(b"trak", box(b"tkhd", times + bytes(72)), media, told)
    moov = box(b"moov", box(b"mvhd", times + bytes(88)), track, told)
    return box(b"ftyp", brand, bytes(4)) + moov + box(b"uuid", CANARY) + box(b"mdat", b"\x01" * 64) + b"\0" + CANARY


def ogg(codec: bytes = b"opus") -> bytes:
    """A recording with its place in the comments, and something behind its end."""
    from nums_wagtail.reports.cleaning.ogg import _crc

    head, tags = (b"OpusHead", b"OpusTags") if codec == b"opus" else (b"\x01vorbis", b"\x03vorbis")
    told = tags + struct.pack("<I", len(CANARY)) + CANARY + struct.pack("<II", 1, len(CANARY)) + CANARY + b"\x01"
    told += bytes(600)
    packets = [head + bytes(11), told, b"\x05" * 300]
    whole = b""
    for number, packet in enumerate(packets):
        lacing = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
        kind = bytes([2 if number == 0 else 4 if number == 2 else 0])
        page = b"OggS\0" + kind + bytes(8) + b"\1\2\3\4" + struct.pack("<I", number) + bytes(4)
        page += bytes([len(lacing)]) + lacing + packet
        whole += page[:22] + struct.pack("<I", _crc(page)) + page[26:]
    return whole + CANARY


def element(ident: int, *inside: bytes, open_end: bool = False) -> bytes:
    """One element of a WebM file; ``open_end``: as a recorder writes it that does not know how long it will be."""
    body = b"".join(inside)
    size = b"\xff" if open_end else (len(body) | 1 << 56).to_bytes(8, "big")
    return ident.to_bytes((ident.bit_length() + 7) // 8, "big") + size + body


def webm(*, live: bool = False, track: int = 2) -> bytes:
    """A recording with title, maker, date and tags in it. ``track`` 1 is a video."""
    told = element(0x7BA9, CANARY) + element(0x4D80, CANARY) + element(0x4461, CANARY[:8])
    info = element(0x1549A966, element(0x2AD7B1, b"\x0f\x42\x40"), told)
    tracks = element(
        0x1654AE6B, element(0xAE, element(0x83, bytes([track])), element(0x536E, CANARY), element(0x86, b"A_OPUS"))
    )
    cluster = element(
        0x1F43B675, element(0xE7, b"\0"), element(0xA3, b"\x81\0\0\x80" + b"\x07" * 50), open_end=live
    )
    more = element(0x1F43B675, element(0xE7, b"\1"), element(0xA3, b"\x81\0\0\x80" + b"\x08" * 50), open_end=live)
    tags = element(0x1254C367, CANARY)
    head = element(0x1A45DFA3, element(0x4282, b"webm"))
    return head + element(0x18538067, tags, info, tracks, cluster, more, tags, open_end=live)


def sound_of(kind: str, content: bytes) -> bytes:
    """The bytes of sound in one of these recordings, found by what the recordings above put there."""
    sounds = {
        "wav": bytes(16000),
        "mp3": (b"\xff\xfb\x90\x00" + bytes(413)) * 12,
        "amr": (b"\x3c" + bytes(31)) * 20,
        "mp4": b"\x01" * 64,
        "3gp": b"\x01" * 64,
        "ogg": b"\x05" * 300,
        "webm": b"\x07" * 50,
    }
    at = content.find(sounds[kind])
    return content[at : at + len(sounds[kind])] if at >= 0 else b""
