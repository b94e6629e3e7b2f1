"""A progress bar for commands that take long: drawn on a terminal, one line at the end elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

WIDTH = 30


class ProgressBar:
    """``out`` is a command's ``stdout``; ``label`` says what moves, ``total`` how many there are."""

    def __init__(self, out: Any, label: str, total: int) -> None:
        self._out, self._label, self._total = out, label, total
        self._done = 0
        self._is_drawn = bool(getattr(out, "isatty", lambda: False)())

    def follow(self, steps: Iterable[int]) -> int:
        """Run ``steps``, each of which says how many it did; returns how many that were in all."""
        self._draw()
        for count in steps:
            self._done += count
            self._draw()
        self._out.write(("\r" if self._is_drawn else "") + self._line())
        return self._done

    def _draw(self) -> None:
        if self._is_drawn:
            self._out.write("\r" + self._line(), ending="")
            self._out.flush()

    def _line(self) -> str:
        share = min(self._done / self._total, 1) if self._total else 1
        full = "█" * int(share * WIDTH)
        return f"{full:░<{WIDTH}} {share:4.0%}  {self._label}: {self._done} / {self._total}"
