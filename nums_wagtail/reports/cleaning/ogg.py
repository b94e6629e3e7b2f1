"""Ogg recordings (Opus, Vorbis, Speex): the packet of comments is blanked in its place, page by page."""

from __future__ import annotations

from dataclasses import dataclass, field

from .kinds import Unfit

_SOUND = (b"OpusHead", b"\x01vorbis", b"Speex   ")
_OPUS, _VORBIS = b"OpusTags", b"\x03vorbis"


def _crc_table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        value = byte << 24
        for _bit in range(8):
            value = (value << 1 ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
        table.append(value)
    return tuple(table)


_CRC = _crc_table()


def _crc(page: bytes) -> int:
    value = 0
    for byte in page:
        value = (value << 8 & 0xFFFFFFFF) ^ _CRC[value >> 24 ^ byte]
    return value


@dataclass
class _Stream:
    """One logical stream: which packet it is in, and how much of the comments was blanked."""

    packet: int = 0
    comment: bytearray = field(default_factory=bytearray)
    #: Where pieces of the comment packet stand: (page start, page end, piece start, piece end).
    pieces: list[tuple[int, int, int, int]] = field(default_factory=list)
    done: bool = False


def clean_ogg(data: bytes) -> bytes:
    """The recording without its comments. Raises Unfit, with ``video`` for anything in it that is not sound."""
    work = bytearray(data)
    streams: dict[bytes, _Stream] = {}
    at = 0
    while work[at : at + 4] == b"OggS" and at + 27 <= len(work):
        count = work[at + 26]
        lengths = bytes(work[at + 27 : at + 27 + count])
        body, stop = at + 27 + count, at + 27 + count + sum(lengths)
        if stop > len(work):
            break
        serial = bytes(work[at + 14 : at + 18])
        if work[at + 5] & 2:
            if not bytes(work[body:stop]).startswith(_SOUND):
                raise Unfit("video")
            streams[serial] = _Stream()
        if serial not in streams:
            raise Unfit("broken")
        _note_comments(work, streams[serial], at, body, stop, lengths)
        at = stop
    if not streams or not all(stream.done for stream in streams.values()):
        raise Unfit("broken")
    for stream in streams.values():
        _blank(work, stream)
    return bytes(work[:at])


def _note_comments(work: bytearray, stream: _Stream, at: int, body: int, stop: int, lengths: bytes) -> None:
    inside = body
    for length in lengths:
        if stream.packet > 1:
            return
        if stream.packet == 1:
            stream.comment += work[inside : inside + length]
            stream.pieces.append((at, stop, inside, inside + length))
        inside += length
        if length < 255:
            stream.done = stream.done or stream.packet == 1
            stream.packet += 1


def _blank(work: bytearray, stream: _Stream) -> None:
    size = len(stream.comment)
    if stream.comment.startswith(_OPUS):
        new = _OPUS + bytes(8)
    elif stream.comment.startswith(_VORBIS):
        new = _VORBIS + bytes(8) + b"\x01"
    else:  # Speex
        new = bytes(8)
    if len(new) > size:
        raise Unfit("broken")
    new += bytes(size - len(new))
    used = 0
    for _page, _end, start, stop in stream.pieces:
        work[start:stop] = new[used : used + stop - start]
        used += stop - start
    for page, end in {(page, end) for page, end, _start, _stop in stream.pieces}:
        work[page + 22 : page + 26] = bytes(4)
        work[page + 22 : page + 26] = _crc(bytes(work[page:end])).to_bytes(4, "little")
