"""Form fields for what people in a hurry type: nothing in it may raise, and nothing they meant gets lost."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from .incident_dates import local_day, parse_day

_TOO_LONG = ngettext_lazy(
    "This is too long to send. Please keep it to %(limit)s letter.",
    "This is too long to send. Please keep it to %(limit)s letters.",
    "limit",
)


def without_control_characters(text: str) -> str:
    """The text with line breaks as ``\\n`` and without characters that nobody types and no database likes.

    Marks of writing direction stay: they belong to the words of many languages.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


class WordsField(forms.CharField):
    """Text as typed, without control characters; too long is answered beside the field."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        self.longest = longest
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return super().to_python(without_control_characters(str(value or ""))) or ""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > self.longest:
            raise ValidationError(_TOO_LONG, code="too_long", params={"limit": self.longest})


class DayField(WordsField):
    """A day as people write it; cleans to ``YYYY-MM-DD``, or to nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(longest=60, **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        today = local_day(timezone.now())
        try:
            return parse_day(typed, today).isoformat()
        except ValueError:
            raise ValidationError(
                _("Write day, month and year in numbers, for example %(example)s. It cannot be in the future."),
                code="not_a_day",
                params={"example": f"{today.day} {today.month} {today.year}"},
            ) from None
