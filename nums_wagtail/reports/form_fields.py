"""Form fields for what people in a hurry type: nothing in it may raise, and nothing they meant gets lost."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from nums_wagtail.conf import nums_settings
from nums_wagtail.foundation.errors import Words

from .incident_dates import local_day, parse_day
from .schema import SCHEMA, UNSAID, Question, QuestionKind
from .schema_parts import UNSAID_LABEL

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


#: Longest answers in characters: a line, and several short lines.
LINE = 500
LINES = 3000

CHOOSE = _("Please choose one of the answers.")


class ManyField(forms.MultipleChoiceField):
    """Any of a list. "Rather not say" beside an answer is dropped: the answer was said."""

    def clean(self, value: Any) -> list[str]:
        chosen = super().clean(value)
        return [code for code in chosen if code != UNSAID] or chosen


def field_for(question: Question, regions: Sequence[tuple[str, str]]) -> forms.Field:
    """The form field of a question. None is required by itself: what happened may be ticked or spoken instead."""
    words: dict[str, Any] = {"label": question.words, "help_text": question.help, "required": False}
    off = {"autocomplete": "off", "dir": "auto"}
    # Our style says how wide a box is, and each byte of the first view counts.
    box = {**off, "cols": False}
    match question.kind:
        case QuestionKind.LONG_TEXT:
            rows = 8 if question.required else 3
            longest = nums_settings().reports.ANSWER_CHARACTERS
            own = {"class": "" if question.required else "nums-input--lines", "data-nums-longest": longest}
            return WordsField(longest=longest, widget=forms.Textarea({**box, "rows": rows, **own}), **words)
        case QuestionKind.LINES:
            area = forms.Textarea({**box, "rows": 2, "class": "nums-input--lines", "autocapitalize": "off"})
            return WordsField(longest=LINES, widget=area, **words)
        case QuestionKind.DATE:
            return DayField(widget=forms.TextInput({**off, "class": "nums-input--medium"}), **words)
        case QuestionKind.YES:
            return forms.BooleanField(**words)
        case QuestionKind.REGION:
            return _one_of([*regions, ("", _("Not sure"))], words)
        case QuestionKind.ONE_OF:
            return _one_of(_choices(question), words)
        case QuestionKind.MANY_OF:
            return ManyField(
                choices=_choices(question),
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": CHOOSE, "invalid_list": CHOOSE},
                **words,
            )
    return WordsField(longest=LINE, widget=forms.TextInput(off), **words)


def _choices(question: Question) -> list[tuple[str, Words]]:
    terms = SCHEMA.vocabulary(question.vocabulary).terms
    return [*((term.code, term.label) for term in terms), (UNSAID, UNSAID_LABEL)]


def _one_of(choices: Sequence[tuple[str, Words]], words: dict[str, Any]) -> forms.ChoiceField:
    if choices[-1][0]:
        choices = [("", "—"), *choices]
    else:
        choices = [choices[-1], *choices[:-1]]
    return forms.ChoiceField(
        choices=choices,
        widget=forms.Select,
        error_messages={"invalid_choice": CHOOSE},
        **words,
    )
