"""The blank short form, drawn once: it is the same for everybody who opens a page in one language.

Kept in the process, never in a shared cache, and only as nobody has typed anything into it: drawing its three
hundred boxes costs more than all the rest of the page. What an editor changed is drawn anew at once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.forms import Field
from django.template import engines
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from nums_wagtail.conf import nums_settings
from nums_wagtail.regions.tree import region_choices

from .asking import asking_of
from .forms import ReportForm
from .schema import SCHEMA

PARTS = "nums_wagtail/reports/parts.html"
#: Drawings kept in one process: pages times languages, about 60 kB each.
MOST = 64


@dataclass
class BlankForm:
    """An unbound form, shared by all who see it and changed by nobody.

    ``regions`` and ``made`` are what another form of the same page is made with.
    """

    form: ReportForm
    regions: list[tuple[str, str]]
    made: dict[str, Field]
    language: str | None

    @cached_property
    def drawn(self) -> SafeString:
        """Its questions as HTML. Whoever looks at it first, it is in the language in which it was made."""
        with override(self.language):
            return render_to_string(PARTS, {"form": self.form})


class _Kept:
    """Drawings by what was drawn; all are dropped when the questions or the templates are others."""

    def __init__(self) -> None:
        self._made_with: tuple[Any, ...] = ()
        self._drawings: dict[str, BlankForm] = {}

    def get(self, key: str) -> BlankForm | None:
        made_with = (SCHEMA.questions, *engines.all())
        # The same objects, not equal ones: comparing a hundred questions would translate their words.
        if [*map(id, made_with)] != [*map(id, self._made_with)]:
            self._made_with, self._drawings = made_with, {}
        return self._drawings.get(key)

    def add(self, key: str, blank: BlankForm) -> None:
        if len(self._drawings) >= MOST:
            self._drawings = {}
        self._drawings[key] = blank


_kept = _Kept()


def blank_form(page: Any, *, keep: bool = True) -> BlankForm:
    """The short form of ``page`` with nothing in it, in the language in force.

    ``keep``: not for a preview, which is another one at each key that its editor presses.
    """
    regions = region_choices()
    key = _key(page, regions)
    found = _kept.get(key)
    if found is None:
        made: dict[str, Field] = {}
        form = ReportForm(asking_of(page), regions, short=True, made=made)
        found = BlankForm(form, regions, made, get_language())
        # While templates are written, each change shows at once.
        if keep and not settings.DEBUG:
            _kept.add(key, found)
    return found


def _key(page: Any, regions: list[tuple[str, str]]) -> str:
    """Everything that the drawing depends on, but for the questions and templates that came with the code."""
    asked = page.asked.get_prep_value() if getattr(page, "asked", None) else ()
    own = page.own_questions.all() if hasattr(page, "own_questions") else ()
    rows = [[getattr(row, field.attname) for field in row._meta.concrete_fields] for row in own]
    longest = nums_settings().reports.ANSWER_CHARACTERS
    # A host's question may have columns of any kind.
    return json.dumps([get_language(), longest, regions, asked, rows], default=str)
