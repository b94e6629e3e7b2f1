"""The answers of one report, opened: how they are stored as a document and how staff read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nums_wagtail.regions.models import Region

from .identifiers import Identifier, identifiers_of
from .incident_dates import IncidentDate
from .schema import SCHEMA, UNSAID, Group, Question, QuestionKind, Words, numbered

Value = str | list[str] | None

#: The question for the reporter's own age, and its answer that makes the reporter a child.
OWN_AGE, UNDER_18 = "reporter_age", "under_18"


@dataclass(frozen=True, repr=False)
class OwnAnswer:
    """An answer to a question of the page's own, with the words that were asked: those may change any day."""

    asked: str
    said: str


@dataclass(frozen=True, repr=False)
class AnsweredGroup:
    """The answers of one group about one person or thing. ``number`` counts from 1."""

    group: Group
    number: int
    lines: tuple[tuple[Question, str], ...]

    @property
    def label(self) -> Words:
        return self.group.heading(self.number)


@dataclass(frozen=True, repr=False)
class Answers:
    """What was said. Has no useful ``repr``, so that no traceback or log shows it.

    ``values`` are by question key; about a second person or thing they are under ``numbered(key, 2)``.
    """

    values: Mapping[str, Value]
    received_at: datetime
    incident: IncidentDate = field(default_factory=IncidentDate)
    schema: int = SCHEMA.version
    #: Through what it came: "short" is the one-page form, "guided" the steps.
    path: str = "short"
    #: Answers to the page's own questions.
    own: tuple[OwnAnswer, ...] = ()
    #: What could not be read and was kept as typed, by the name that ``values`` would have.
    marked: Mapping[str, str] = field(default_factory=dict)

    def value(self, key: str) -> Value:
        """The answer as stored: text, a code, a list of codes, or None when skipped or not said on purpose."""
        value = self.values.get(key)
        if isinstance(value, list):
            return [code for code in value if code != UNSAID] or None
        return None if value == UNSAID else value or None

    def codes(self, key: str) -> list[str]:
        """The chosen codes of a question with a vocabulary, empty when it was skipped."""
        value = self.value(key)
        return [value] if isinstance(value, str) else list(value or [])

    def text(self, key: str, number: int = 1) -> str:
        """The answer in words of the active language, empty when skipped. Raises KeyError for no question."""
        question = SCHEMA.question(key)
        name = numbered(key, number)
        if name in self.marked:
            return self.marked[name]
        value = self.values.get(name)
        if not value:
            return ""
        if question.vocabulary:
            codes = [value] if isinstance(value, str) else value
            return ", ".join(str(SCHEMA.label_of(question.vocabulary, code)) for code in codes)
        match question.kind:
            case QuestionKind.DATE:
                return date_format(date.fromisoformat(str(value)), "DATE_FORMAT")
            case QuestionKind.REGION:
                return Region.objects.filter(code=value).values_list("name", flat=True).first() or str(value)
            case QuestionKind.YES:
                return _("Yes")
        return str(value)

    def lines(self) -> Iterator[AnsweredGroup]:
        """Every question that was answered, with its words, by group and number, in the order of the schema."""
        for group in SCHEMA.groups:
            for number in range(1, group.most + 1):
                said = ((question, self.text(question.key, number)) for question in SCHEMA.questions_of(group.key))
                if lines := tuple((question, words) for question, words in said if words):
                    yield AnsweredGroup(group, number, lines)

    def identifiers(self) -> list[Identifier]:
        """The suspects' numbers and names, in normal form."""
        return identifiers_of(self.values)

    def as_document(self) -> dict[str, Any]:
        """The document to be sealed. It alone holds the exact time."""
        return {
            "schema": self.schema,
            "answers": {key: value for key, value in self.values.items() if value},
            "incident_date": self.incident.as_document(),
            "received_at": self.received_at.isoformat(),
            "path": self.path,
            "own": [[one.asked, one.said] for one in self.own],
            "marked": dict(self.marked),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Answers:
        return cls(
            values=document["answers"],
            received_at=datetime.fromisoformat(document["received_at"]),
            incident=IncidentDate.from_document(document["incident_date"]),
            schema=document["schema"],
            path=document["path"],
            own=tuple(OwnAnswer(*one) for one in document.get("own", ())),
            marked=document.get("marked", {}),
        )

    def says_the_same_as(self, other: Answers) -> bool:
        """Whether both hold the same words, whenever each was sent."""
        return self._said() == other._said()

    def _said(self) -> tuple[Any, ...]:
        own = tuple((one.asked, one.said) for one in self.own)
        return {key: value for key, value in self.values.items() if value}, own, dict(self.marked)


def tells_of_child(values: Mapping[str, Value]) -> bool:
    """Whether by these answers a child may be at risk: it was ticked, or the reporter is one."""
    return bool(values.get("child_at_risk")) or values.get(OWN_AGE) == UNDER_18
