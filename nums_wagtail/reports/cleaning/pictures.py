"""Pictures made anew from their pixels: nothing but what can be seen comes through. Runs in the child."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from PIL import Image, ImageDraw

from .kinds import Clean, Unfit

try:
    import pillow_heif
except ImportError:
    pillow_heif = None  # type: ignore[assignment]  # an extra that a host may leave out

#: Pixels that a picture may claim to have before anything of it is decoded; of JPEGs, which shrink while decoding.
MOST_PIXELS = 50_000_000
MOST_JPEG_PIXELS = 220_000_000
#: No side may be longer, whatever the area.
LONGEST_SIDE = 30_000
#: Pixels that are kept: 4000 × 4000, in whatever shape, so that a long screenshot stays readable.
PIXELS_KEPT = 16_000_000
#: A PNG above this many bytes is a photo: it is kept as JPEG.
LARGEST_PNG = 6_000_000
JPEG_QUALITY = 88

#: Ours → the one decoder of Pillow's that may look at it.
_DECODERS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "heic": "HEIF"}

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def prepare_decoders() -> None:
    """Load the decoders that we use and no other, before the limits of the child are set."""
    for name in ("Jpeg", "Png", "Gif", "WebP"):
        __import__(f"PIL.{name}ImagePlugin")
    if pillow_heif is not None:
        pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    Image.MAX_IMAGE_PIXELS = None  # our own limits are asked before anything is decoded


def clean_picture(content: bytes, kind: str) -> Clean:
    """Decode, turn upright, shrink, and save fresh pixels as JPEG or PNG. Raises Unfit."""
    seen, size = _decoded(content, kind)
    as_png = kind in ("png", "gif") and len(content) <= LARGEST_PNG
    return _saved(seen, as_png=as_png, facts={"from_width": size[0], "from_height": size[1]})


def block_out(content: bytes, kind: str, boxes: Sequence[Sequence[int]]) -> Clean:
    """The picture with each box painted over; a box is left, top, right, bottom in pixels. Raises Unfit."""
    seen, _size = _decoded(content, kind)
    pen = ImageDraw.Draw(seen)
    for left, top, right, bottom in boxes:
        # The drawn box holds its right and lower edge.
        pen.rectangle((left, top, right - 1, bottom - 1), fill=(0, 0, 0))
    return _saved(seen, as_png=kind == "png", facts={"boxes": len(boxes)})


def _decoded(content: bytes, kind: str) -> tuple[Image.Image, tuple[int, int]]:
    """Fresh upright RGB pixels, and the size that the file said it has."""
    if kind == "heic" and pillow_heif is None:
        raise Unfit("heic")
    with Image.open(io.BytesIO(content), formats=[_DECODERS[kind]]) as picture:
        size = picture.size
        _check_size(size, MOST_JPEG_PIXELS if kind == "jpeg" else MOST_PIXELS)
        if kind == "jpeg":
            _shrink_while_decoding(picture)
            _check_size(picture.size, MOST_PIXELS)
        picture.load()
        turned = None if kind == "heic" else _turned(picture)  # its decoder has turned it already
        flat = _flat(picture)
        if flat.size != _kept_size(flat.size):
            flat = flat.resize(_kept_size(flat.size), Image.Resampling.LANCZOS, reducing_gap=2.0)
        fresh = Image.frombytes("RGB", flat.size, flat.tobytes())
    return _upright(fresh, turned), size


def _turned(picture: Image.Image) -> Any:
    try:
        return picture.getexif().get(0x0112)
    except Exception:  # noqa: BLE001 - a garbled note about a picture is no reason to refuse the picture
        return None


def _shrink_while_decoding(picture: Image.Image) -> None:
    """Halve or quarter a large JPEG, so that a phone's 200 million pixels never lie in memory."""
    width, height = picture.size
    times = next((n for n in (8, 4, 2) if width * height > 0.75 * n * n * PIXELS_KEPT), 1)
    if times > 1:
        picture.draft(None, (max(1, width // times), max(1, height // times)))


def _check_size(size: tuple[int, int], most: int) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise Unfit("broken")
    if width * height > most or max(size) > LONGEST_SIDE:
        raise Unfit("picture_too_big")


def _kept_size(size: tuple[int, int]) -> tuple[int, int]:
    width, height = size
    if width * height <= PIXELS_KEPT:
        return size
    shrink = (PIXELS_KEPT / (width * height)) ** 0.5
    return max(1, int(width * shrink)), max(1, int(height * shrink))


def _flat(picture: Image.Image) -> Image.Image:
    """What is seen on white paper, as RGB. What stood behind full transparency is gone."""
    if picture.mode == "RGB" and "transparency" not in picture.info:
        return picture
    if picture.mode.startswith("I"):
        # Sixteen bits of grey: keep the upper eight.
        return picture.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    if not (picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info):
        return picture.convert("RGB")
    with_alpha = picture.convert("RGBA")
    paper = Image.new("RGB", with_alpha.size, (255, 255, 255))
    paper.paste(with_alpha, mask=with_alpha.getchannel("A"))
    return paper


def _upright(picture: Image.Image, turned: Any) -> Image.Image:
    how = _TURNS.get(turned)
    return picture if how is None else picture.transpose(how)


def _saved(picture: Image.Image, *, as_png: bool, facts: dict[str, int | bool]) -> Clean:
    facts = {**facts, "width": picture.width, "height": picture.height}
    out = io.BytesIO()
    if as_png:
        picture.save(out, "PNG", compress_level=4)
        if out.tell() <= LARGEST_PNG:
            return Clean(out.getvalue(), "png", facts)
        out = io.BytesIO()
    picture.save(out, "JPEG", quality=JPEG_QUALITY)
    return Clean(out.getvalue(), "jpeg", facts)
