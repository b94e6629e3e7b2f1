"""MP4 and 3GP recordings: boxes that tell become empty ones of the same size, so that no offset moves."""

from __future__ import annotations

from collections.abc import Iterator

from .kinds import Unfit

#: Boxes that hold boxes on the way to the sound.
_FOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"dinf", b"stbl", b"edts", b"moof", b"traf", b"mvex"}
#: Boxes at the top that are needed to play; every other one there is emptied.
_TOP = {b"ftyp", b"moov", b"mdat", b"moof", b"styp", b"sidx", b"mfra", b"free", b"skip"}
#: Boxes that tell who, where, when or with what, wherever they stand.
_TELLING = {
    b"udta",
    b"meta",
    b"uuid",
    b"free",
    b"skip",
    b"loci",
    b"ilst",
    b"keys",
    b"name",
    b"titl",
    b"prft",
    b"emsg",
}
#: Boxes that begin with when they were made and changed.
_DATED = {b"mvhd", b"tkhd", b"mdhd"}
#: Handlers of tracks of sound and of what goes with them. Others hold pictures, or places and times.
_SOUND = {b"soun", b"url ", b"alis", b"hint", b"odsm", b"sdsm"}
DEPTH = 12


def clean_mp4(data: bytes) -> bytes:
    """The recording with everything but sound emptied. Raises Unfit, with ``video`` for tracks of anything else."""
    work = bytearray(data)
    handlers: list[bytes] = []
    end = 0
    names = set()
    for name, start, body, stop in _boxes(work, 0, len(work)):
        names.add(name)
        if name in _TOP:
            _walk(work, name, start, body, stop, handlers, 0)
        else:
            _empty(work, start, body, stop)
        end = stop
    if not _SOUND.issuperset(handlers):
        raise Unfit("video")
    if b"moov" not in names or b"soun" not in handlers:
        raise Unfit("broken")
    return bytes(work[:end])


def _walk(
    work: bytearray, name: bytes, start: int, body: int, stop: int, handlers: list[bytes], depth: int
) -> None:
    if depth > DEPTH:
        raise Unfit("broken")
    if name in _TELLING:
        _empty(work, start, body, stop)
    elif name in _DATED:
        width = 16 if work[body] == 1 else 8
        if body + 4 + width > stop:
            raise Unfit("broken")
        work[body + 4 : body + 4 + width] = bytes(width)
    elif name == b"hdlr":
        handlers.append(bytes(work[body + 8 : body + 12]))
        work[body + 24 : stop] = bytes(max(0, stop - body - 24))  # the handler's name is its maker's
    elif name in _FOLDERS:
        for inner, at, inside, end in _boxes(work, body, stop):
            _walk(work, inner, at, inside, end, handlers, depth + 1)


def _empty(work: bytearray, start: int, body: int, stop: int) -> None:
    work[start + 4 : start + 8] = b"free"
    work[body:stop] = bytes(stop - body)


def _boxes(work: bytearray, at: int, stop: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Name, start, start of what is inside, and end of each box; stops at the first that is none or is cut off."""
    while at + 8 <= stop:
        size, name, head = int.from_bytes(work[at : at + 4], "big"), bytes(work[at + 4 : at + 8]), 8
        if size == 1:
            size, head = int.from_bytes(work[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = stop - at
        if size < head or at + size > stop:
            return
        yield name, at, at + head, at + size
        at += size
