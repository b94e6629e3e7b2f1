"""The report form, made from what a page asks. How it is drawn is in the templates.

One class serves the short form, each step of the guided one, the check before sending and the keying page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.forms.forms import FormBuilder

from nums_wagtail.foundation.errors import Words

from .asking import Asking
from .form_fields import WordsField, field_for
from .intake import tells_what_happened
from .read import OwnAnswer, Value
from .schema import SCHEMA, Group, Question, QuestionKind, numbered

#: Keeps a browser from filling the reporter's own number or address into a question about somebody else.
PREFIX = "q"
#: In front of the names of a page's own questions, of how many persons or things are told of, and of consents.
OWN, COUNT = "own-", "n-"

LINE = 500

AnyForm = TypeVar("AnyForm", bound=forms.Form)


@dataclass(frozen=True)
class Section:
    """Choices under one heading of a long list."""

    label: Words
    icon: str
    choices: tuple[tuple[BoundWidget, str], ...]
    chosen: bool


@dataclass(frozen=True)
class Asked:
    """One question as the template draws it. ``depends`` is the name of the field it depends on."""

    question: Question | None
    field: BoundField
    sections: tuple[Section, ...] = ()
    depends: str = ""
    depends_on: str = ""

    @property
    def choices(self) -> Sequence[BoundWidget]:
        """The boxes to tick, of a list of which any may be chosen."""
        many = self.question is not None and self.question.kind == QuestionKind.MANY_OF
        return self.field.subwidgets if many else ()


@dataclass(frozen=True)
class Part:
    """The questions of one group about one person or thing; ``open`` when it starts unfolded."""

    group: Group
    number: int
    asked: tuple[Asked, ...]
    open: bool
    #: Whether one more person or thing can be added after this one.
    can_add: bool = False

    @property
    def label(self) -> Words:
        return self.group.heading(self.number)

    @property
    def key(self) -> str:
        return numbered(self.group.key, self.number)


class ReportForm(forms.Form):
    """The questions of some groups. ``cleaned_data`` holds answers by name: key, or key and number.

    ``groups`` limits it to these; ``short`` to the questions of the short form. ``spoken`` says that a file came
    with it. With ``whole`` something has to say what happened. ``made`` holds the fields of forms before this one,
    by question: none is changed after it was made, and making a hundred takes longer than reading the answers.
    """

    def __init__(
        self,
        asking: Asking,
        regions: list[tuple[str, str]],
        data: QueryDict | None = None,
        *,
        groups: Sequence[str] | None = None,
        short: bool = False,
        own: bool = True,
        whole: bool = True,
        spoken: bool = False,
        made: dict[str, forms.Field] | None = None,
    ) -> None:
        super().__init__(data, prefix=PREFIX, use_required_attribute=False)
        self.asking = asking
        self.whole, self.spoken = whole, spoken
        self.shown = [group for group in asking.groups if groups is None or group.key in groups]
        self.numbers = {group.key: _how_many(group, data) for group in self.shown}
        self._short = short
        made = {} if made is None else made
        for group in self.shown:
            for number in range(1, self.numbers[group.key] + 1):
                for question in asking.of(group.key, short=short):
                    if question.kind == QuestionKind.REGION and len(regions) < 2:
                        continue
                    field = made.get(question.key) or field_for(question, regions)
                    self.fields[numbered(question.key, number)] = made.setdefault(question.key, field)
        self.own_fields = FormBuilder(asking.own).formfields if own else {}
        for name, field in self.own_fields.items():
            # Only what happened is needed, whatever an editor ticked.
            field.required = False
            field.widget.attrs.update({"autocomplete": "off", "dir": "auto"})
            self.fields[f"{OWN}{name}"] = field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.whole and not tells_what_happened(cleaned, spoken=self.spoken) and "what_happened" in self.fields:
            if "what_happened" not in self.errors:
                words = _("Please tell us what happened. A few words are enough.")
                self.add_error("what_happened", forms.ValidationError(words, code="required"))
        return cleaned

    @property
    def answers(self) -> dict[str, Value]:
        """The cleaned answers; what was skipped is left out."""
        cleaned = {
            key: "yes" if value is True else value
            for key, value in self.cleaned_data.items()
            if not key.startswith(OWN)
        }
        return {key: value for key, value in cleaned.items() if value}

    @property
    def own_answers(self) -> tuple[OwnAnswer, ...]:
        """The answers to the page's own questions, as words."""
        said = ((field.label, self.cleaned_data.get(f"{OWN}{name}")) for name, field in self.own_fields.items())
        return tuple(OwnAnswer(str(label), _as_words(value)) for label, value in said if _as_words(value))

    @property
    def marked(self) -> dict[str, str]:
        """What could not be read, as it was typed, by name."""
        wrong = (name for name in self.errors if name in self.fields and not name.startswith(OWN))
        typed = {name: self._as_typed(name) for name in wrong}
        return {name: text for name, text in typed.items() if text}

    @property
    def own_marked(self) -> tuple[OwnAnswer, ...]:
        """Answers to the page's own questions that could not be read, as they were typed."""
        found = []
        for name, field in self.own_fields.items():
            if f"{OWN}{name}" in self.errors and (typed := self._as_typed(f"{OWN}{name}")):
                found.append(OwnAnswer(str(field.label), typed))
        return tuple(found)

    def _as_typed(self, name: str) -> str:
        value = self[name].data
        return _as_words(WordsField(longest=LINE).to_python(", ".join(value) if isinstance(value, list) else value))

    @property
    def start(self) -> str:
        """Where "Start" leads: the address, inside the page, of the first question."""
        return f"#{self[next(iter(self.fields))].id_for_label}"

    def parts(self) -> Iterator[Part]:
        """The form in the order of the page. A part unfolds when something in it was answered or is wrong."""
        for group in self.shown:
            many = self.numbers[group.key]
            for number in range(1, many + 1):
                asked = tuple(
                    self._asked(question, numbered(question.key, number), number)
                    for question in self.asking.of(group.key, short=self._short)
                    if numbered(question.key, number) in self.fields
                )
                touched = number > 1 or any(one.field.errors or one.field.value() for one in asked)
                can_add = number == many < group.most
                if asked:
                    yield Part(group, number, asked, group.open or touched, can_add)

    def own_asked(self) -> tuple[Asked, ...]:
        """The page's own questions."""
        return tuple(Asked(None, self[f"{OWN}{name}"]) for name in self.own_fields)

    def counts(self) -> list[tuple[str, int]]:
        """Hidden fields: of which group how many persons or things are told of."""
        return [(f"{COUNT}{key}", number) for key, number in self.numbers.items() if number > 1]

    def _asked(self, question: Question, name: str, number: int) -> Asked:
        condition = question.shown_if
        depends = numbered(condition.question, number) if condition else ""
        if not condition or depends not in self.fields:
            return Asked(question, self[name], tuple(self._sections(question, name)))
        return Asked(
            question,
            self[name],
            tuple(self._sections(question, name)),
            self[depends].html_name,
            " ".join(condition.answers),
        )

    def _sections(self, question: Question, name: str) -> Iterator[Section]:
        if question.kind != QuestionKind.MANY_OF:
            return
        terms = SCHEMA.vocabulary(question.vocabulary).terms
        if not any(term.section for term in terms):
            return
        heads: dict[Words, list[tuple[BoundWidget, str]]] = {}
        widgets = self[name].subwidgets
        for term, widget in zip(terms, widgets, strict=False):
            heads.setdefault(term.section, []).append((widget, term.icon))
        # The last choice says that somebody would rather not say; it stands with the last heading.
        *_others, last = heads
        heads[last].append((widgets[-1], ""))
        for label, choices in heads.items():
            chosen = any(widget.data["selected"] for widget, _icon in choices)
            yield Section(label, next((icon for _w, icon in choices if icon), ""), tuple(choices), chosen)


def unchecked(form: AnyForm) -> AnyForm:
    """The same form without errors, for a page that asks for more before anything is checked."""
    form._errors = ErrorDict()  # type: ignore[attr-defined]  # Django's own name, which the stubs leave out
    return form


def _how_many(group: Group, data: QueryDict | None) -> int:
    """How many persons or things the form shows: as many as were told of, one more when asked for."""
    if data is None or not group.repeatable:
        return 1
    told = data.get(f"{COUNT}{group.key}", "1")
    number = int(told) if told.isascii() and told.isdecimal() and len(told) < 3 else 1
    number += data.get("more") == group.key
    return max(1, min(number, group.most))


def _as_words(value: Any) -> str:
    if value is True:
        return "✓"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value or "").strip()
