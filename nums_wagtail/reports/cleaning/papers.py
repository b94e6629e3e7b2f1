"""PDF files taken apart and put together from their pages alone. Runs in the child.

A page keeps what it draws. Whatever acts, links, fills in, plays, is attached, or says who made the file and where
is left behind, also inside the pictures of a page. What a form or a note showed is drawn into the page first.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from .kinds import Clean, Unfit

#: Bytes that all streams of a file may unpack to, and pixels of one picture in it.
MOST_UNPACKED = 200_000_000
MOST_PIXELS = 64_000_000
MOST_OBJECTS = 200_000

#: What a page may have. Everything else (notes, links, actions, thumbnails, where it was made) goes.
_PAGE = {"/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/Group", "/UserUnit"}
_INHERITED = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
_RESOURCES = {"/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/ProcSet"}

#: What no dictionary in a page may have: actions, scripts, files, addresses, makers, places, alternatives.
_NOWHERE = frozenset(
    "/A /AA /AF /Alternates /Annots /Dest /EF /EmbeddedFile /F /FDecodeParms /FFilter /ID /JS /JavaScript "
    "/LastModified /Launch /LGIDict /Measure /Metadata /Names /OC /OPI /OpenAction /PieceInfo /PtData /Ref /SI /SP "
    "/StructParent /StructParents /URI /VP /XFA".split()
)
#: Dictionaries whose keys are free names, such as a font's, under these keys.
_NAMES = _RESOURCES | {"/CharProcs", "/Colorants"}
#: What has no business in a page, under whatever key.
_STRANGERS = frozenset("/Action /Annot /Catalog /EmbeddedFile /Filespec /Metadata /OCG /OCMD /Page /Pages".split())
#: Filters of pictures that stay packed.
_PACKED = frozenset({"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/Crypt"})


def clean_paper(content: bytes, most_pages: int) -> Clean:
    """The pages, and nothing else. Raises Unfit."""
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as source:
            pages = len(source.pages)
            if not pages:
                raise Unfit("broken")
            if pages > most_pages:
                raise Unfit("too_many_pages")
            return Clean(_only_pages(source), "pdf", {"pages": pages})
    except pikepdf.PasswordError:
        raise Unfit("locked") from None


def _only_pages(source: Pdf) -> bytes:
    _draw_notes(source)
    fresh = Pdf.new()
    for page in source.pages:
        _trim_page(page.obj)
    for page in source.pages:
        fresh.pages.append(page)
    pages = [page.obj for page in fresh.pages]
    unpacked = 0
    for thing, key in _everything(pages):
        _clean(thing, free_names=key in _NAMES)
        if isinstance(thing, Stream):
            unpacked += _check_stream(thing)
            if unpacked > MOST_UNPACKED:
                raise Unfit("too_hard")
    out = io.BytesIO()
    fresh.remove_unreferenced_resources()
    fresh.save(out, static_id=True, linearize=False, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _draw_notes(source: Pdf) -> None:
    """Draw what forms and notes show into their pages. Where that fails, the pages stay as they are without."""
    try:
        if "/AcroForm" in source.Root and "/XFA" in source.Root["/AcroForm"]:
            del source.Root["/AcroForm"]["/XFA"]
        source.generate_appearance_streams()
        source.flatten_annotations("screen")
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError):
        return


def _trim_page(page: Dictionary) -> None:
    for key in _INHERITED:
        if key not in page and (value := _from_parents(page, key)) is not None:
            page[key] = value
    _trim(page, _PAGE | {"/Parent"})


def _from_parents(page: Dictionary, key: str) -> Any:
    above = page.get("/Parent")
    for _step in range(50):
        if not isinstance(above, Dictionary):
            return None
        if key in above:
            return above[key]
        above = above.get("/Parent")
    return None


def _trim(thing: Dictionary, kept: set[str]) -> None:
    for key in list(thing.keys()):
        if key not in kept:
            del thing[key]


def _clean(thing: Any, *, free_names: bool) -> None:
    for key in list(thing.keys()):
        if key == "/Parent":
            continue
        inside = thing[key]
        told = key in _NOWHERE and not (free_names and not isinstance(thing, Stream))
        stranger = isinstance(inside, Dictionary | Stream) and str(inside.get("/Type", "")) in _STRANGERS
        if told or stranger:
            del thing[key]
        elif key == "/Resources" and isinstance(inside, Dictionary):
            _trim(inside, _RESOURCES)


def _everything(pages: list[Any]) -> Iterator[tuple[Any, str]]:
    """Every dictionary and stream that pages lead to, each once, with its key; cleaned before it is gone into."""
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[Any, str]] = [(page, "") for page in pages]
    count = 0
    while waiting:
        thing, under = waiting.pop()
        count += 1
        if count > MOST_OBJECTS:
            raise Unfit("too_hard")
        if thing.is_indirect:
            if thing.objgen in seen:
                continue
            seen.add(thing.objgen)
        if isinstance(thing, Array):
            inside = [(one, under) for one in thing]
        else:
            yield thing, under
            inside = [(thing[key], key) for key in thing.keys() if key != "/Parent"]
        waiting.extend((one, key) for one, key in inside if isinstance(one, Array | Dictionary | Stream))


def _check_stream(stream: Stream) -> int:
    """Bytes that the stream unpacks to. A picture in it loses what its camera wrote. Raises Unfit."""
    if int(stream.get("/Width", 0)) * int(stream.get("/Height", 0)) > MOST_PIXELS:
        raise Unfit("picture_too_big")
    filters = stream.get("/Filter", Array())
    names = [str(one) for one in filters] if isinstance(filters, Array) else [str(filters)]
    if names and names[-1] in ("/DCTDecode", "/JPXDecode"):
        whole = _before_last_filter(stream, names)
        bare = bare_jpeg(whole) if names[-1] == "/DCTDecode" else bare_jpeg2000(whole)
        stream.write(bare, filter=Name(names[-1]), decode_parms=_last_parms(stream, names))
        return len(bare)
    if _PACKED.intersection(names):
        return len(stream.read_raw_bytes())
    return len(stream.read_bytes())


def _before_last_filter(stream: Stream, names: list[str]) -> bytes:
    if len(names) == 1:
        return stream.read_raw_bytes()
    whole = stream.read_raw_bytes()
    parms = stream.get("/DecodeParms", None)
    for at, name in enumerate(names[:-1]):
        step = Pdf.new().make_stream(whole)
        step["/Filter"] = Name(name)
        if isinstance(parms, Array) and isinstance(parms[at], Dictionary):
            raise Unfit("too_hard")  # nobody packs a photo with a predictor
        whole = step.read_bytes()
    return whole


def _last_parms(stream: Stream, names: list[str]) -> Any:
    parms = stream.get("/DecodeParms", None)
    if isinstance(parms, Array):
        last = parms[-1] if len(parms) == len(names) else None
        return last if isinstance(last, Dictionary) else None
    return parms if isinstance(parms, Dictionary) else None


def bare_jpeg(data: bytes) -> bytes:
    """A JPEG without comments and application parts, but for Adobe's, which says how colours are stored."""
    if data[:2] != b"\xff\xd8":
        raise Unfit("broken")
    out = bytearray(b"\xff\xd8")
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise Unfit("broken")
        mark = data[at + 1]
        if mark == 0xFF:  # filling
            at += 1
            continue
        if mark == 0xD9:
            break
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if mark == 0xDA:
            scan_end = _end_of_scan(data, end)
            out += data[at:scan_end]
            at = scan_end
            continue
        told = (0xE0 <= mark <= 0xEF and mark != 0xEE) or mark == 0xFE
        if not told:
            out += data[at:end]
        at = end
    return bytes(out + b"\xff\xd9")


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next part after a scan's packed pixels begins."""
    while (at := data.find(b"\xff", at)) != -1 and at + 1 < len(data):
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        elif data[at + 1] == 0xFF:
            at += 1
        else:
            return at
    return len(data)


def bare_jpeg2000(data: bytes) -> bytes:
    """A JPEG 2000 without its boxes of text and addresses."""
    if data[4:8] != b"jP  ":
        return data
    out = bytearray()
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big") or len(data) - at
        if size < 8:
            raise Unfit("broken")
        if data[at + 4 : at + 8] not in (b"xml ", b"uuid", b"uinf", b"jp2i", b"asoc", b"free"):
            out += data[at : at + size]
        at += size
    return bytes(out)
