"""The child process that makes files harmless. What a hostile file may break is here, and here is nothing else.

Run as a file, never imported by the host. It has no settings, no keys, no database, no network and no file to
write; memory and time are bounded. It speaks frames (four bytes of length, then the bytes): first a greeting with
limits, then for each file one frame of JSON and one of bytes, answered by one of JSON and one of bytes. It ends
when its input ends. Nothing of a file is ever logged or reported but a reason code.
"""

from __future__ import annotations

import json
import logging
import os
import struct
import sys
import tempfile
from typing import IO, Any

#: Exit code that says: Pillow or pikepdf cannot be loaded.
EXIT_LIBRARIES_MISSING = 78

#: What may never happen once the libraries are loaded, whatever a file brings about.
_REFUSED_EVENTS = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "ftplib.")


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next frame, or None at the end of the stream."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    (size,) = struct.unpack(">I", head)
    body = stream.read(size)
    return body if len(body) == size else None


def write_frame(stream: IO[bytes], body: bytes) -> None:
    stream.write(struct.pack(">I", len(body)))
    stream.write(body)
    stream.flush()


def _take_limits(memory: int) -> None:
    """Bound memory, write no file and no core dump."""
    try:
        import resource
    except ImportError:  # not on Windows, where the parent's clock alone holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _take_seconds(seconds: int) -> None:
    """Bound the processor time of the file that comes next: the kernel ends this process when it is over."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _refuse_the_outside(event: str, args: tuple[Any, ...]) -> None:
    if event.startswith(_REFUSED_EVENTS):
        raise PermissionError("The cleaning child reaches nothing outside itself.")


def work(job: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    """What to answer for one file."""
    from nums_wagtail.reports.cleaning import kinds, papers, pictures, sounds

    kind = kinds.kind_of(content)
    try:
        if kind in kinds.PICTURES:
            boxes = job.get("boxes")
            clean = (
                pictures.clean_picture(content, kind) if boxes is None else pictures.block_out(content, kind, boxes)
            )
        elif job.get("boxes") is not None:
            raise kinds.Unfit("unknown")
        elif kind == "pdf":
            clean = papers.clean_paper(content, job["pages"])
        elif kind in kinds.RECORDINGS:
            clean = sounds.clean_sound(content, kind)
        else:
            raise kinds.Unfit(kind)
    except kinds.Unfit as unfit:
        return {"refused": unfit.reason}, b""
    except (MemoryError, RecursionError):
        return {"refused": "picture_too_big" if kind in kinds.PICTURES else "too_hard"}, b""
    except Exception:  # noqa: BLE001 - whatever a decoder raises, its text may quote the file
        return {"refused": "broken"}, b""
    return {"type": clean.type, "facts": clean.facts}, clean.content


def main() -> int:
    # A library may print: keep our end of the pipe for frames alone.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    source = sys.stdin.buffer
    greeting = read_frame(source)
    if greeting is None:
        return 0
    hello = json.loads(greeting)
    sys.path[:] = hello["path"]
    logging.disable(logging.CRITICAL)
    tempfile.tempdir = os.devnull  # no library shall find a folder to write to
    try:
        from nums_wagtail.reports.cleaning import papers, pictures, sounds  # noqa: F401
    except (ImportError, OSError):
        return EXIT_LIBRARIES_MISSING
    pictures.prepare_decoders()
    _take_limits(hello["memory"])
    sys.addaudithook(_refuse_the_outside)
    write_frame(out, b"{}")
    while (frame := read_frame(source)) is not None and (content := read_frame(source)) is not None:
        _take_seconds(hello["seconds"])
        facts, clean = work(json.loads(frame), content)
        write_frame(out, json.dumps(facts).encode())
        write_frame(out, clean)
    return 0


if __name__ == "__main__":
    sys.exit(main())
