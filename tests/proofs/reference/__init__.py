"""Pages of ``docs/reference`` that are made from the code; a module a page, each with ``FILE`` and ``page()``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "reference"
PACKAGE = Path(__file__).resolve().parents[3] / "nums_wagtail"

#: Stands on top of each page.
MADE = "*Made from the code by `python -m tests.proofs.write`; a test compares it.*\n"


def table(head: tuple[str, ...], lines: list[tuple[str, ...]]) -> str:
    """A Markdown table; what would end a cell is escaped."""
    rows = [head, tuple("---" for _name in head), *lines]
    return "\n".join("| " + " | ".join(map(_cell, row)) + " |" for row in rows)


def joined(parts: Iterable[str]) -> str:
    """Paragraphs of a page; empty ones are left out."""
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ").replace("``", "`")


def comment_above(lines: list[str], number: int) -> str:
    """The ``#:`` comment that ends right above line ``number`` (counted from one), as one line."""
    found: list[str] = []
    for line in reversed(lines[: number - 1]):
        if not line.strip().startswith("#:"):
            break
        found.insert(0, line.strip().removeprefix("#:").strip())
    return " ".join(found)
