"""What comes out of the child is harmless: made anew from what can be seen or heard, or refused with a reason."""

import io
import subprocess
import sys

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from nums_wagtail.reports.cleaning import cleaner as cleaner_module
from nums_wagtail.reports.cleaning import pictures
from nums_wagtail.reports.cleaning.cleaner import Cleaner
from nums_wagtail.reports.cleaning.kinds import RECORDINGS, TYPES, Unfit, kind_of
from nums_wagtail.reports.uploads import refusal_words
from nums_wagtail.test import evidence_factories as files
from nums_wagtail.test.evidence_factories import CANARY

#: Pieces of CANARY that would still tell, and how other alphabets write it.
TELLING = (CANARY, b"Kestrel", b"53.4808", "Kestrel".encode("utf-16-le"), "Kestrel".encode("utf-16-be"))


@pytest.fixture(scope="module")
def cleaner():
    with Cleaner() as one:
        yield one


def seen(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def reason(cleaner, content: bytes) -> str:
    with pytest.raises(Unfit) as refused:
        cleaner.clean(content)
    assert str(refusal_words(refused.value.reason))
    return refused.value.reason


def tells_nothing(content: bytes) -> None:
    for word in TELLING:
        assert word not in content


# Pictures


@pytest.mark.promise("P115")
def test_a_photo_loses_place_maker_comment_and_whatever_hangs_behind_it(cleaner):
    sent = files.jpeg() + files.zipped() + b"<html><script>alert(1)</script>" + CANARY
    assert sent.count(b"Kestrel") >= 4
    clean = cleaner.clean(sent)
    assert clean.type == "jpeg"
    tells_nothing(clean.content)
    assert b"PK\x03\x04" not in clean.content
    assert b"<html" not in clean.content
    image = seen(clean.content)
    assert image.size == (40, 30)
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.promise("P115")
@pytest.mark.parametrize(
    ("sent", "type"),
    [
        (files.png(), "png"),
        (files.other_picture("GIF", comment=CANARY), "png"),
        (files.other_picture("WEBP", exif=b"Exif\0\0" + CANARY, xmp=CANARY), "jpeg"),
    ],
)
def test_other_pictures_are_made_anew_too(cleaner, sent, type):
    assert CANARY in sent
    clean = cleaner.clean(sent)
    assert clean.type == type
    tells_nothing(clean.content)
    assert seen(clean.content).size == (40, 30)


def test_a_photo_taken_sideways_stands_upright(cleaner):
    image = seen(cleaner.clean(files.jpeg(turned=6)).content)
    assert image.size == (30, 40)
    red, _green, blue = image.getpixel((28, 2))
    assert red > 150 > blue


def test_what_lies_behind_full_transparency_is_gone(cleaner):
    hidden = Image.new("RGBA", (8, 8), (1, 2, 3, 0))
    out = io.BytesIO()
    hidden.save(out, "PNG")
    assert seen(cleaner.clean(out.getvalue()).content).getpixel((1, 1)) == (255, 255, 255)


def test_only_the_first_picture_of_a_moving_one_is_kept(cleaner):
    second = Image.new("RGB", (40, 30), (0, 0, 255))
    sent = files.other_picture("GIF", save_all=True, append_images=[second])
    image = seen(cleaner.clean(sent).content)
    assert getattr(image, "n_frames", 1) == 1
    assert image.convert("RGB").getpixel((30, 20)) != (0, 0, 255)


@pytest.mark.promise("P123")
@pytest.mark.parametrize("size", [(60_000, 60_000), (2_000_000, 1), (8000, 8000)])
def test_a_picture_that_would_burst_is_refused_before_it_is_opened(cleaner, size):
    assert reason(cleaner, files.png_that_claims(*size)) == "picture_too_big"


@pytest.mark.promise("P123")
@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (b"", "unknown"),
        (files.SVG, "drawing"),
        (b"<html><script>alert(1)</script>", "unknown"),
        (files.zipped(), "unknown"),
        (b"MZ\x90\x00" + bytes(100), "unknown"),
        (b"GIF89a<script>alert(1)</script>", "broken"),
        (b"\xff\xd8\xff\xe0" + CANARY, "broken"),
        (files.jpeg(400, 300)[:2000], "broken"),
        (files.pdf()[:300], "broken"),
        (files.pdf(password="secret"), "locked"),
        (files.mp4(handler=b"vide"), "video"),
        (files.mp4(brand=b"qt  "), "video"),
        (files.mp4()[:80], "broken"),
        (b"OggS" + bytes(60), "broken"),
        (b"\x1a\x45\xdf\xa3" + bytes(60), "broken"),
    ],
)
def test_what_is_not_what_we_take_is_refused_with_the_reason(cleaner, sent, expected):
    assert reason(cleaner, sent) == expected


def test_a_photo_of_a_phone_that_writes_heic_is_taken_or_told_why(cleaner):
    heif = pytest.importorskip("pillow_heif")
    out = io.BytesIO()
    heif.from_pillow(files.picture(64, 48)).save(out)
    clean = cleaner.clean(out.getvalue())
    assert clean.type == "jpeg"
    assert seen(clean.content).size == (64, 48)


def test_without_its_library_heic_is_refused_in_plain_words(monkeypatch):
    monkeypatch.setattr(pictures, "pillow_heif", None)
    with pytest.raises(Unfit) as refused:
        pictures.clean_picture(b"\0\0\0\x18ftypheic", "heic")
    assert "screenshot" in str(refusal_words(refused.value.reason))


# PDF


@pytest.mark.promise("P115")
def test_a_pdf_keeps_its_pages_and_can_do_nothing(cleaner):
    sent = files.pdf(pages=2)
    assert sent.count(b"Kestrel") > 10
    clean = cleaner.clean(sent)
    assert clean.type == "pdf"
    with pikepdf.open(io.BytesIO(clean.content)) as document:
        assert len(document.pages) == 2
        assert set(document.Root.keys()) == {"/Type", "/Pages"}
        assert not document.attachments
        assert not document.docinfo
        for page in document.pages:
            assert b"Read me" in b"".join(part.read_bytes() for part in _contents(page))
            assert {"/Annots", "/AA", "/Metadata", "/PieceInfo"}.isdisjoint(page.keys())
        told = b"".join(_everything(document))
    tells_nothing(clean.content)
    tells_nothing(told)
    assert b"Filled in" in told  # what a note showed is part of the page now
    assert b"\xff\xda" in told  # and its photo is there, without what the camera wrote


def _contents(page):
    contents = page.obj.Contents
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


def _everything(document):
    for thing in document.objects:
        yield repr(thing).encode()
        if isinstance(thing, pikepdf.Stream):
            yield bytes(thing.get_raw_stream_buffer())
            if "/DCTDecode" not in repr(thing.get("/Filter")):
                yield thing.read_bytes()


def test_a_pdf_of_too_many_pages_is_refused(cleaner):
    assert reason(cleaner, files.pdf(pages=101, hostile=False)) == "too_many_pages"


@pytest.mark.slow
@pytest.mark.promise("P123")
def test_a_pdf_that_unpacks_to_a_mountain_is_refused(cleaner):
    document = pikepdf.new()
    page = document.add_blank_page().obj
    page.Contents = document.make_stream(b" " * 250_000_000)
    out = io.BytesIO()
    document.save(out, compress_streams=True)
    assert len(out.getvalue()) < 1_000_000
    assert reason(cleaner, out.getvalue()) == "too_hard"


# Recordings


@pytest.mark.promise("P115")
@pytest.mark.parametrize(
    ("sent", "type"),
    [
        (files.wav(), "wav"),
        (files.mp3(), "mp3"),
        (files.amr(), "amr"),
        (files.mp4(), "mp4"),
        (files.mp4(brand=b"3gp4"), "3gp"),
        (files.ogg(), "ogg"),
        (files.ogg(b"vorbis"), "ogg"),
        (files.webm(), "webm"),
        (files.webm(live=True), "webm"),
    ],
)
def test_a_recording_keeps_its_sound_and_nothing_else(cleaner, sent, type):
    assert CANARY in sent
    clean = cleaner.clean(sent)
    assert clean.type == type
    assert clean.facts["tags_removed"]
    tells_nothing(clean.content)
    assert files.sound_of(type, clean.content) == files.sound_of(type, sent)
    # Clean already, it stays as it is.
    assert cleaner.clean(clean.content).content == clean.content


@pytest.mark.promise("P115")
def test_an_mp4_does_not_say_when_it_was_made(cleaner):
    sent = files.mp4()
    assert (3_900_000_000).to_bytes(4, "big") in sent
    assert (3_900_000_000).to_bytes(4, "big") not in cleaner.clean(sent).content


# Whatever is sent

GENUINE = {
    "jpeg": files.jpeg(), "png": files.png(), "gif": files.other_picture("GIF"), "webp": files.other_picture("WEBP"),
    "pdf": files.pdf(), "wav": files.wav(), "mp3": files.mp3(), "amr": files.amr(), "mp4": files.mp4(),
    "ogg": files.ogg(), "webm": files.webm(), "svg": files.SVG, "zip": files.zipped(), "html": b"<html>" + CANARY,
}  # fmt: skip


@st.composite
def _hostile(draw):
    """Something genuine, cut, with bytes changed, with something else before or behind it; or nothing genuine."""
    name = draw(st.sampled_from(sorted(GENUINE)))
    whole = bytearray(GENUINE[name])
    for at, value in draw(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=6)):
        whole[at] = value
    cut = draw(st.integers(0, len(whole)))
    body = bytes(whole[:cut]) if draw(st.booleans()) else bytes(whole)
    other = GENUINE[draw(st.sampled_from(sorted(GENUINE)))]
    shape = draw(st.sampled_from(["alone", "before", "behind", "noise"]))
    return {"alone": body, "before": other + body, "behind": body + other, "noise": draw(st.binary(max_size=300))}[
        shape
    ]


def _nothing_raises_and_nothing_raw_comes_back(cleaner, sent):
    try:
        clean = cleaner.clean(sent)
    except Unfit as refused:
        clean, given_reason = None, refused.reason
    if clean is None:
        assert str(refusal_words(given_reason))
        return
    assert clean.type in TYPES
    if clean.type in RECORDINGS:
        # Sound is not decoded, so its bytes may be anything; what is round it is ours and stays so.
        assert kind_of(clean.content) == clean.type
        assert cleaner.clean(clean.content).content == clean.content
        return
    tells_nothing(clean.content)
    assert b"PK\x03\x04" not in clean.content
    assert b"<script" not in clean.content
    if clean.type == "pdf":
        pikepdf.open(io.BytesIO(clean.content)).close()
    else:
        seen(clean.content)


@pytest.mark.promise("P123")
@given(sent=_hostile())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_no_file_makes_it_raise_or_comes_through_raw(cleaner, sent):
    _nothing_raises_and_nothing_raw_comes_back(cleaner, sent)


@pytest.mark.slow
@pytest.mark.promise("P123")
@given(sent=_hostile())
@settings(max_examples=3000, deadline=None, derandomize=True)
def test_thousands_of_hostile_files_neither(cleaner, sent):
    _nothing_raises_and_nothing_raw_comes_back(cleaner, sent)


# The child


@pytest.mark.slow
@pytest.mark.promise("P123")
def test_a_file_that_takes_too_long_ends_its_child_and_the_next_gets_a_fresh_one():
    with Cleaner(timeout=1.5) as one:
        assert one.clean(files.jpeg()).type == "jpeg"
        one._process.send_signal(19)  # stopped: it will never answer
        assert reason(one, files.jpeg()) == "too_hard"
        assert one.clean(files.jpeg()).type == "jpeg"


@pytest.mark.slow
def test_a_child_that_does_not_come_up_blames_no_file(monkeypatch):
    monkeypatch.setattr(cleaner_module, "_python", lambda: "/bin/false")
    with Cleaner() as one:
        assert reason(one, files.jpeg()) == "not_now"
    monkeypatch.setattr(cleaner_module, "_python", lambda: "/nowhere/python")
    with Cleaner() as one:
        assert reason(one, files.jpeg()) == "not_now"


@pytest.mark.slow
@pytest.mark.promise("P123")
def test_the_child_has_no_settings_no_keys_no_network_and_no_disk(tmp_path):
    """What a hostile file could do that took it over, tried in a child with the same limits."""
    script = tmp_path / "taken_over.py"
    script.write_text(
        "import os, socket, subprocess, sys\n"
        "from nums_wagtail.reports.cleaning import child, pictures\n"
        "pictures.prepare_decoders(); child._take_limits(768 << 20); sys.addaudithook(child._refuse_the_outside)\n"
        "def tried(what):\n"
        "    try: what()\n"
        "    except (OSError, MemoryError) as e: return 'refused'\n"
        "    return 'DONE'\n"
        "print(tried(lambda: socket.create_connection(('127.0.0.1', 9))),\n"
        "      tried(lambda: subprocess.run(['true'])),\n"
        "      tried(lambda: open(os.path.join(os.path.dirname(sys.argv[0]), 'x'), 'wb', buffering=0).write(b'x')),\n"
        "      tried(lambda: bytes(900 << 20)), 'django' in sys.modules)\n"
    )
    path = ":".join(entry or "." for entry in sys.path)
    ran = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, env={"PYTHONPATH": path})
    assert ran.stdout.split() == ["refused", "refused", "refused", "refused", "False"], ran.stderr
