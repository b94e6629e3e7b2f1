"""The report form, made from the question schema. How it is drawn is in the templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from nums_wagtail.conf import nums_settings
from nums_wagtail.foundation.errors import Words

from .form_fields import DayField, WordsField
from .read import Value
from .schema import Group, Question, QuestionKind, Schema

#: Longest answers in characters: a line, and several short lines.
LINE = 500
LINES = 3000

#: Keeps a browser from filling the reporter's own number or address into a question about somebody else.
PREFIX = "q"

SKIPPED = _("Don't know or rather not say")
CHOOSE = _("Please choose one of the answers.")


@dataclass(frozen=True)
class Section:
    """Choices under one heading of a long list."""

    label: Words
    choices: tuple[BoundWidget, ...]
    chosen: bool


@dataclass(frozen=True)
class Asked:
    """One question as the template draws it."""

    question: Question
    field: BoundField
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True)
class AskedGroup:
    """A group of questions; ``open`` when it starts unfolded."""

    group: Group
    asked: tuple[Asked, ...]
    open: bool


class ReportForm(forms.Form):
    """Every question of a schema. ``cleaned_data`` holds answers by question key."""

    def __init__(self, schema: Schema, regions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(prefix=PREFIX, use_required_attribute=False, **kwargs)
        self.schema = schema
        for question in schema.questions:
            if question.kind == QuestionKind.REGION and len(regions) < 2:
                continue
            self.fields[question.key] = _field(question, schema, regions)

    @property
    def answers(self) -> dict[str, Value]:
        """The cleaned answers; what was skipped is left out."""
        cleaned = {key: "yes" if value is True else value for key, value in self.cleaned_data.items()}
        return {key: value for key, value in cleaned.items() if value}

    @property
    def start(self) -> str:
        """Where "Start" leads: the address, inside the page, of the first question."""
        return f"#{self[next(iter(self.fields))].id_for_label}"

    def groups(self) -> Iterator[AskedGroup]:
        """The form in the order of the schema. A group unfolds when something in it was answered or is wrong."""
        for group in self.schema.groups:
            asked = tuple(
                Asked(question, self[question.key], tuple(self._sections(question)))
                for question in self.schema.questions_of(group.key)
                if question.key in self.fields
            )
            touched = any(one.field.errors or one.field.value() for one in asked)
            yield AskedGroup(group, asked, group.open or touched)

    def _sections(self, question: Question) -> Iterator[Section]:
        if question.kind != QuestionKind.MANY_OF:
            return
        terms = self.schema.vocabulary(question.vocabulary).terms
        if not any(term.section for term in terms):
            return
        heads: dict[Words, list[BoundWidget]] = {}
        for term, widget in zip(terms, self[question.key].subwidgets, strict=True):
            heads.setdefault(term.section, []).append(widget)
        for label, widgets in heads.items():
            yield Section(label, tuple(widgets), any(widget.data["selected"] for widget in widgets))


def build_form(schema: Schema, regions: list[tuple[str, str]], data: Mapping[str, Any] | None = None) -> ReportForm:
    """The form of a schema, empty or with what was sent. ``regions``: code and name of what may be chosen."""
    return ReportForm(schema, regions, data=data)


def _field(question: Question, schema: Schema, regions: list[tuple[str, str]]) -> forms.Field:
    words: dict[str, Any] = {
        "label": question.words,
        "help_text": question.help,
        "required": question.required,
    }
    off = {"autocomplete": "off", "dir": "auto"}
    match question.kind:
        case QuestionKind.LONG_TEXT:
            words["error_messages"] = {"required": _("Please tell us what happened. A few words are enough.")}
            rows = 8 if question.required else 3
            longest = nums_settings().reports.ANSWER_CHARACTERS
            area = forms.Textarea({**off, "rows": rows, "class": "" if question.required else "nums-input--lines"})
            return WordsField(longest=longest, widget=area, **words)
        case QuestionKind.LINES:
            area = forms.Textarea({**off, "rows": 2, "class": "nums-input--lines", "autocapitalize": "off"})
            return WordsField(longest=LINES, widget=area, **words)
        case QuestionKind.DATE:
            return DayField(widget=forms.TextInput({**off, "class": "nums-input--medium"}), **words)
        case QuestionKind.YES:
            return forms.BooleanField(**words)
        case QuestionKind.REGION:
            return _one_of(regions, _("Not sure"), words)
        case QuestionKind.ONE_OF:
            terms = schema.vocabulary(question.vocabulary).terms
            return _one_of([(term.code, term.label) for term in terms], SKIPPED, words)
        case QuestionKind.MANY_OF:
            terms = schema.vocabulary(question.vocabulary).terms
            return forms.MultipleChoiceField(
                choices=[(term.code, term.label) for term in terms],
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": CHOOSE, "invalid_list": CHOOSE},
                **words,
            )
    return WordsField(longest=LINE, widget=forms.TextInput(off), **words)


def _one_of(choices: Sequence[tuple[str, Words]], empty: Words, words: dict[str, Any]) -> forms.ChoiceField:
    has_own_way_out = any(code == "unknown" for code, _label in choices)
    return forms.ChoiceField(
        choices=[("", "—" if has_own_way_out else empty), *choices],
        widget=forms.Select({"autocomplete": "off"}),
        error_messages={"invalid_choice": CHOOSE},
        **words,
    )


class ReceiptForm(forms.Form):
    """One field for the words or the digits of a receipt."""

    receipt = WordsField(
        longest=LINE,
        label=_("Your receipt"),
        help_text=_("The words or the digits that you got. Capital letters and dashes do not matter."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
        error_messages={"required": _("Please type the words or the digits of your receipt.")},
    )

    use_required_attribute = False
