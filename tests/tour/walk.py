"""A walk past everything that the scheme shows: each address as the first role that may see it, mails and PDFs.

The addresses are those of the access matrix, so a new room's rows lengthen the walk by themselves; ``stops`` adds
what no address shows by itself, such as a page that says what went wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from django.template import Template
from django.template.context import Context
from django.test.signals import template_rendered

from tests.proofs import matrix, people, rows
from tests.proofs.matrix import LET_IN
from tests.proofs.world import World

#: Answers that show somebody a page of words.
SHOWN = {"ok", "did", "bad", "over", "refused", "notfound"}


@dataclass(frozen=True)
class Seen:
    """One page, mail or paper as it came. ``inside``: in the admin, where most words are Wagtail's."""

    where: str
    text: str
    inside: bool = False


@dataclass
class Walk:
    seen: list[Seen] = field(default_factory=list)
    #: Template → contexts it was rendered with, the first few.
    contexts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    #: What may stand as it is: the charity's own words, names of people and places.
    names: set[str] = field(default_factory=set)

    def templates_of_ours(self) -> set[str]:
        return {name for name in self.contexts if name.startswith("nums_wagtail/")}


@contextmanager
def watched(walk: Walk, most: int = 4) -> Iterator[None]:
    """Remember what each template of ours is rendered with, as long as the block lasts."""

    def remember(sender: Any, template: Template, context: Context, **kwargs: Any) -> None:
        name = template.name or ""
        kept = walk.contexts.setdefault(name, [])
        if name.startswith("nums_wagtail/") and len(kept) < most:
            # A context forgets what its includes put in as soon as they are done.
            kept.append(context.flatten())

    template_rendered.connect(remember)
    try:
        yield
    finally:
        template_rendered.disconnect(remember)


def walk_past_addresses(world: World, walk: Walk, *, rooms: tuple[str, ...] = ()) -> None:
    """Look at every address, and press every button, as the first who may; whatever it does is taken back."""
    for row in rows.rows(*rooms):
        if row.known_fault or "export" in row.query:
            continue
        for method, cells in (("GET", row.get), ("POST", row.post or {})):
            role = next((role for role in people.ROLES if cells[role] in LET_IN), None)
            if role is None:
                continue
            tried = matrix.attempt(world, row, role, method)
            if tried.outcome in SHOWN and "html" in tried.response.get("Content-Type", ""):
                walk.seen.append(Seen(f"{method} {row} as {role}", tried.text, "wagtailadmin" in tried.text))


def papers() -> Any:
    """Catch the pages that are handed to the printer, so that nothing is drawn."""

    class Printer:
        pages: list[str] = []

        def render(self, page: str, **kwargs: Any) -> bytes:
            self.pages.append(page)
            return b"%PDF-1.7"

        def close(self) -> None: ...

        def __enter__(self) -> Printer:
            return self

        def __exit__(self, *args: object) -> None: ...

    Printer.pages = []
    return Printer


@contextmanager
def papers_caught() -> Iterator[list[str]]:
    printer = papers()
    with patch("nums_wagtail.bulletins.render.PdfPrinter", printer):
        yield printer.pages
