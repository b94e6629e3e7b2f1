"""How much memory groups of processes take together, children included, as the kernel shares it out."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .frame import must

PROC = Path("/proc")
#: Seconds between two looks; a PDF takes more than a second.
LOOK = 0.05
PDF_CHILD = "printing/child.py"


@dataclass
class Peaks:
    """Most MiB that was seen at one moment: of all together, and of each part."""

    together: float = 0.0
    parts: dict[str, float] = field(default_factory=dict)
    looks: int = 0

    def take(self, now: dict[str, float]) -> None:
        self.looks += 1
        self.together = max(self.together, sum(now.values()))
        for part, mib in now.items():
            self.parts[part] = max(self.parts.get(part, 0.0), mib)


def memory_now(sessions: dict[str, int]) -> dict[str, float]:
    """MiB by part. Each is a session, started with ``start_new_session``; PDF children count apart.

    Proportional set size: a page that five processes share counts once in all, not five times.
    """
    must((PROC / "self" / "smaps_rollup").exists(), "memory can be measured on Linux only")
    names = {pid: part for part, pid in sessions.items()}
    found = dict.fromkeys((*sessions, "pdf"), 0.0)
    for folder in PROC.iterdir():
        if not folder.name.isdigit():
            continue
        # Whatever ended between two lines takes nothing any more.
        with suppress(FileNotFoundError, ProcessLookupError, PermissionError):
            part = names.get(os.getsid(int(folder.name)))
            if part is None:
                continue
            if PDF_CHILD in (folder / "cmdline").read_bytes().decode("utf-8", "replace"):
                part = "pdf"
            found[part] += _pss(folder)
    return found


def _pss(folder: Path) -> float:
    for line in (folder / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


@contextmanager
def watched(sessions: dict[str, int]) -> Iterator[Peaks]:
    """Look again and again for as long as the block runs."""
    peaks, over = Peaks(), threading.Event()

    def watch() -> None:
        while not over.is_set():
            peaks.take(memory_now(sessions))
            time.sleep(LOOK)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peaks
    finally:
        over.set()
        watcher.join()


def as_numbers(peaks: Peaks) -> dict[str, Any]:
    return {f"{part}_mib": mib for part, mib in peaks.parts.items()} | {"looks": peaks.looks}
