"""Tags of the four layouts and their elements: branding, pictograms, form fields, print and mail details."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django import forms, template
from django.contrib.staticfiles import finders
from django.forms import BoundField
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..foundation.models import Branding
from ..foundation.quiet import branding_for

register = template.Library()


@register.simple_tag(takes_context=True)
def scheme_branding(context: Context) -> Branding:
    """``{% scheme_branding as branding %}``: what the caller passed, else that of the request's site."""
    given = context.get("branding")
    return given if isinstance(given, Branding) else branding_for(context.get("request"))


@cache
def pictogram(name: str) -> SafeString:
    if not re.fullmatch(r"[a-z-]+", name):
        raise LookupError("A pictogram's name is small letters and hyphens.")
    path = finders.find(f"nums_wagtail/icons/{name}.svg")
    if path is None:
        raise LookupError(f"There is no pictogram named {name!r} in nums_wagtail/icons.")
    drawing = Path(path).read_text(encoding="utf-8").strip()
    hidden = drawing.replace("<svg ", '<svg class="nums-icon" aria-hidden="true" focusable="false" ', 1)
    return mark_safe(hidden)  # noqa: S308 - a static file of ours or of the host


@register.simple_tag
def nums_icon(name: str) -> SafeString:
    """A pictogram drawn inline, so that it takes the colour of the text beside it. It has no words itself."""
    return pictogram(str(name))


def hint_id(field: BoundField) -> str:
    return f"{field.auto_id or field.html_name}_helptext"


def error_id(field: BoundField) -> str:
    return f"{field.auto_id or field.html_name}_error"


@register.filter
def described_by(field: BoundField) -> str:
    """The ids of a field's hint and error, in the order in which they should be read."""
    ids = [hint_id(field)] if field.help_text else []
    return " ".join([*ids, error_id(field)] if field.errors else ids)


register.filter("hint_id", hint_id)
register.filter("error_id", error_id)


@register.filter
def looks_like(field: BoundField) -> str:
    """How a field is drawn: ``choices``, ``tick``, ``group``, ``hidden`` or ``box``."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    return "group" if widget.use_fieldset else "box"


_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.FileInput, "nums-input nums-input--file"),
    (forms.NumberInput, "nums-input nums-input--short"),
    (forms.DateInput, "nums-input nums-input--medium"),
    (forms.CheckboxInput, "nums-choice__box"),
    (forms.Widget, "nums-input"),
)


@register.simple_tag
def quiet_widget(field: BoundField) -> SafeString:
    """The widget with its class, tied to hint and error. A class set in the form is kept."""
    widget = field.field.widget
    own = next(name for kind, name in _CLASSES if isinstance(widget, kind))
    attrs: dict[str, Any] = {"class": f"{own} {widget.attrs.get('class', '')}".strip()}
    if ids := described_by(field):
        attrs["aria-describedby"] = ids
    return field.as_widget(attrs=attrs)


@dataclass(frozen=True)
class FieldError:
    """One line of an error summary. ``href`` and ``label`` are empty when it belongs to no single field."""

    href: str
    label: str
    words: str


def _anchor(field: BoundField) -> str:
    if looks_like(field) == "choices":
        return next((f"#{choice.id_for_label}" for choice in field.subwidgets if choice.id_for_label), "")
    target = field.id_for_label or field.auto_id
    return f"#{target}" if target else ""


@register.simple_tag
def error_links(form: forms.BaseForm) -> list[FieldError]:
    """Every error of a form in the order of its fields, those of no single field first."""
    found = [FieldError("", "", str(words)) for words in form.non_field_errors()]
    for field in form:
        href = "" if field.is_hidden else _anchor(field)
        found.extend(FieldError(href, str(field.label), str(words)) for words in field.errors)
    return found


@register.simple_tag
def page_of_pages() -> SafeString:
    """The words "Page n of m" for a running foot; ``print.css`` writes the numbers."""
    return format_html(
        _("Page {page} of {pages}"),
        page=mark_safe('<span class="nums-print__page"></span>'),
        pages=mark_safe('<span class="nums-print__pages"></span>'),
    )


@register.simple_tag
def preview_space() -> SafeString:
    """Invisible spacing after a mail's first words, so that a list of mails shows nothing of what follows."""
    return mark_safe("&#8204;&#160;" * 120)  # noqa: S308 - a constant
