"""Recordings without what their device wrote into them: place, time, maker, title. Runs in the child.

Nothing is decoded: parts that hold sound stay, parts that tell go or are overwritten in their place. No library
does this for all of these formats, and the rules of each fit on a page. A recording that does not keep to its
format's rules is refused as broken, so nothing behind its end comes along.
"""

from __future__ import annotations

from collections.abc import Callable

from .boxes import clean_mp4
from .kinds import Clean, Unfit
from .matroska import clean_webm
from .ogg import clean_ogg

#: Bytes of one frame by its mode.
_AMR = (13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1)
_AMR_WB = (18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1)

_MP3_RATES = {
    (3, 1): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (3, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (3, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (2, 3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_MP3_HERTZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def clean_sound(content: bytes, kind: str) -> Clean:
    """The recording without its tags. Raises Unfit."""
    cleaner = _CLEANERS[kind]
    cleaned = cleaner(content)
    return Clean(cleaned, kind, {"tags_removed": True})


def clean_wav(data: bytes) -> bytes:
    """The parts that say how it sounds and the sound itself."""
    out = bytearray()
    at = 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if name == b"data":
            # A recorder that was cut off leaves a size of none or of all.
            sound = data[at + 8 : at + 8 + size] if 0 < size < 0xFFFFFFFF else data[at + 8 :]
            out += name + len(sound).to_bytes(4, "little") + sound + bytes(len(sound) % 2)
            break
        if name in (b"fmt ", b"fact"):
            out += data[at : at + 8 + size] + bytes(size % 2)
        at += 8 + size + size % 2
    if not out.startswith(b"fmt ") or b"data" not in out:
        raise Unfit("broken")
    return b"RIFF" + (len(out) + 4).to_bytes(4, "little") + b"WAVE" + bytes(out)


def clean_mp3(data: bytes) -> bytes:
    """The frames of sound, without the tags before, between and behind them."""
    out = bytearray()
    frames, at = 0, _after_id3(data, 0)
    while at + 4 <= len(data):
        size = _mp3_frame(data[at : at + 4])
        if size is None or at + size > len(data):
            if data[at : at + 3] == b"ID3":
                at = _after_id3(data, at)
                continue
            if frames:
                break
            at += 1
            if at > 100_000:
                break
            continue
        frame = data[at : at + size]
        if frames or not any(mark in frame[:200] for mark in (b"Xing", b"Info", b"VBRI")):
            out += frame
        frames += 1
        at += size
    if frames < 3:
        raise Unfit("broken")
    return bytes(out)


def _after_id3(data: bytes, at: int) -> int:
    while data[at : at + 3] == b"ID3" and len(data) >= at + 10:
        size = 0
        for byte in data[at + 6 : at + 10]:
            size = size << 7 | byte & 0x7F
        at += 10 + size + (10 if data[at + 5] & 0x10 else 0)
    return at


def _mp3_frame(head: bytes) -> int | None:
    """Bytes of the frame that ``head`` begins, or None when it begins none."""
    if head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, 4 - (head[1] >> 1 & 3)
    rate, hertz, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    if version == 1 or layer == 4 or not 0 < rate < 15 or hertz == 3:
        return None
    kilobits = _MP3_RATES[(3 if version == 3 else 2, layer)][rate - 1]
    samples_a_second = _MP3_HERTZ[version][hertz]
    if layer == 1:
        return (12 * kilobits * 1000 // samples_a_second + padding) * 4
    per = 72 if layer == 3 and version != 3 else 144
    return per * kilobits * 1000 // samples_a_second + padding


def clean_aac(data: bytes) -> bytes:
    """The frames of sound."""
    out = bytearray()
    frames, at = 0, 0
    while at + 7 <= len(data) and data[at] == 0xFF and data[at + 1] & 0xF6 == 0xF0:
        size = (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
        if size < 7 or at + size > len(data):
            break
        out += data[at : at + size]
        frames, at = frames + 1, at + size
    if frames < 3:
        raise Unfit("broken")
    return bytes(out)


def clean_amr(data: bytes) -> bytes:
    """The frames of sound."""
    head, sizes = (b"#!AMR-WB\n", _AMR_WB) if data.startswith(b"#!AMR-WB\n") else (b"#!AMR\n", _AMR)
    at, frames = len(head), 0
    while at < len(data) and data[at] & 0x83 == 0:
        size = sizes[data[at] >> 3 & 15]
        if at + size > len(data):
            break
        at += size
        frames += 1
    if frames < 3:
        raise Unfit("broken")
    return data[:at]


_CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    "mp4": clean_mp4,
    "3gp": clean_mp4,
    "webm": clean_webm,
    "ogg": clean_ogg,
    "mp3": clean_mp3,
    "aac": clean_aac,
    "wav": clean_wav,
    "amr": clean_amr,
}
