"""Tags of the report form's lists: boxes to tick and their pictograms, each drawn once."""

from __future__ import annotations

from functools import cache

from django import template
from django.forms.boundfield import BoundWidget
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ..reports.schema import SCHEMA
from .nums_quiet import pictogram

register = template.Library()


@register.simple_tag
def quiet_tick(choice: BoundWidget, icon: str) -> SafeString:
    """One box to tick inside its label. Written short: a form has a hundred of them, and prepaid data is dear."""
    data = choice.data
    return format_html(
        '<label><input type="checkbox" name="{}" value="{}"{}{}>{}{}</label>',
        data["name"],
        data["value"],
        # The first is what an error summary leads to.
        format_html(' id="{}"', choice.id_for_label) if data["index"] == "0" else "",
        mark_safe(" checked") if data["selected"] else "",
        nums_use(icon) if icon else "",
        data["label"],
    )


@register.simple_tag
def nums_symbols() -> SafeString:
    """Every pictogram of the lists once, to be drawn again with ``nums_use``: a list of forty stays small."""
    icons = sorted({term.icon for vocabulary in SCHEMA.vocabularies for term in vocabulary.terms if term.icon})
    return mark_safe("".join(_symbol(icon) for icon in icons))  # noqa: S308 - static files of ours or of the host


@cache
def _symbol(name: str) -> str:
    drawing = pictogram(name)
    inner = drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]
    return f'<symbol id="icon-{name}" viewBox="0 0 24 24">{inner}</symbol>'


@register.simple_tag
def nums_use(name: str) -> SafeString:
    """A pictogram that ``nums_symbols`` holds."""
    return format_html(
        '<svg aria-hidden="true"><use href="#icon-{}"/></svg>',
        name,
    )
