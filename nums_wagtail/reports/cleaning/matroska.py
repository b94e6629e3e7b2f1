"""WebM recordings: elements that tell become empty ones of the same size, so that no position moves."""

from __future__ import annotations

from .kinds import Unfit

_EBML, _SEGMENT, _CLUSTER, _INFO, _TRACKS = 0x1A45DFA3, 0x18538067, 0x1F43B675, 0x1549A966, 0x1654AE6B
_TRACK, _TRACK_TYPE = 0xAE, 0x83
_VOID, _CRC32 = 0xEC, 0xBF
_SOUND = 2

#: Elements of a segment that are needed to play; every other one there is emptied.
_SEGMENT_KEPT = {_CLUSTER, _INFO, _TRACKS, 0x114D9B74, 0x1C53BB6B}  # also where things are, and cues
#: Of the information: how long and in which units. Title, maker and date are emptied.
_INFO_KEPT = {0x2AD7B1, 0x4489}
#: Of a track: names and languages of a track tell; how it sounds stays.
_TRACK_EMPTIED = {0x536E, 0x22B59C, 0x22B59D, 0x258688}
#: Of a cluster: its time, its blocks, and what stands round them.
_CLUSTER_KEPT = {0xE7, 0xA3, 0xA0, 0xA7, 0xAB}


def clean_webm(data: bytes) -> bytes:
    """The recording with everything but sound emptied. Raises Unfit, with ``video`` when it has a picture track."""
    walk = _Walk(bytearray(data))
    ident, body, stop = walk.element(0, len(data))
    if ident != _EBML or stop is None:
        raise Unfit("broken")
    ident, body, end = walk.element(stop, len(data))
    if ident != _SEGMENT:
        raise Unfit("broken")
    reached = walk.segment(body, len(data) if end is None else end)
    if not walk.sound or not walk.clusters:
        raise Unfit("broken")
    if end is not None and reached < end:
        raise Unfit("broken")
    return bytes(walk.work[:reached])


class _Walk:
    def __init__(self, work: bytearray) -> None:
        self.work = work
        self.sound = False
        self.clusters = 0

    def segment(self, at: int, stop: int) -> int:
        while at < stop:
            start = at
            ident, body, end = self.element(at, stop)
            if ident == _CLUSTER:
                self.clusters += 1
                at = self._cluster(body, stop if end is None else end, open_end=end is None)
                continue
            if end is None:
                raise Unfit("broken")
            if ident == _INFO:
                self._children(body, end, kept=_INFO_KEPT)
            elif ident == _TRACKS:
                self._tracks(body, end)
            elif ident not in _SEGMENT_KEPT:
                self._void(start, end)
            at = end
        return at

    def _cluster(self, at: int, stop: int, *, open_end: bool) -> int:
        while at < stop:
            start = at
            ident, _body, end = self.element(at, stop)
            if open_end and (ident in _SEGMENT_KEPT or ident > 0xFFFFFF):
                return start
            if end is None:
                raise Unfit("broken")
            if ident not in _CLUSTER_KEPT:
                self._void(start, end)
            at = end
        return at

    def _tracks(self, at: int, stop: int) -> None:
        while at < stop:
            start = at
            ident, body, end = self._whole(at, stop)
            if ident == _TRACK:
                self._track(body, end)
            else:
                self._void(start, end)
            at = end

    def _track(self, at: int, stop: int) -> None:
        while at < stop:
            start = at
            ident, body, end = self._whole(at, stop)
            if ident == _TRACK_TYPE:
                if int.from_bytes(self.work[body:end], "big") != _SOUND:
                    raise Unfit("video")
                self.sound = True
            elif ident in _TRACK_EMPTIED or ident in (_VOID, _CRC32):
                self._void(start, end)
            at = end

    def _children(self, at: int, stop: int, *, kept: set[int]) -> None:
        while at < stop:
            start = at
            ident, _body, end = self._whole(at, stop)
            if ident not in kept:
                self._void(start, end)
            at = end

    def _whole(self, at: int, stop: int) -> tuple[int, int, int]:
        ident, body, end = self.element(at, stop)
        if end is None:
            raise Unfit("broken")
        return ident, body, end

    def element(self, at: int, stop: int) -> tuple[int, int, int | None]:
        """Id, start of what is inside, and end, which is None for a size that was not known while recording."""
        ident_width = self._width(at, most=4)
        ident = int.from_bytes(self.work[at : at + ident_width], "big")
        size_at = at + ident_width
        width = self._width(size_at, most=8)
        body = size_at + width
        size = int.from_bytes(self.work[size_at:body], "big") & ((1 << 7 * width) - 1)
        if body > stop:
            raise Unfit("broken")
        if size == (1 << 7 * width) - 1:
            return ident, body, None
        if body + size > stop:
            raise Unfit("broken")
        return ident, body, body + size

    def _width(self, at: int, *, most: int) -> int:
        first = self.work[at] if at < len(self.work) else 0
        width = 9 - first.bit_length()
        if width > most:
            raise Unfit("broken")
        return width

    def _void(self, start: int, end: int) -> None:
        """An empty element of the same size; the smallest one, of two bytes, has no room for anything."""
        size = end - start
        if size < 2:
            raise Unfit("broken")
        width = 1 if size - 2 < 127 else 8
        if size - 1 - width < 0:
            raise Unfit("broken")
        inside = size - 1 - width
        self.work[start] = _VOID
        self.work[start + 1 : start + 1 + width] = (inside | 1 << 7 * width).to_bytes(width, "big")
        self.work[start + 1 + width : end] = bytes(inside)
