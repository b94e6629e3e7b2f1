"""The answers of one report, opened: how they are stored as a document and how staff read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nums_wagtail.regions.models import Region

from .identifiers import Identifier, identifiers_of
from .incident_dates import IncidentDate
from .schema import SCHEMA, Group, Question, QuestionKind

Value = str | list[str] | None


@dataclass(frozen=True, repr=False)
class Answers:
    """What was said. Has no useful ``repr``, so that no traceback or log shows it."""

    values: Mapping[str, Value]
    received_at: datetime
    incident: IncidentDate = field(default_factory=IncidentDate)
    schema: int = SCHEMA.version
    #: Through what it came: "short" is the one-page form.
    path: str = "short"

    def value(self, key: str) -> Value:
        """The answer as stored: text, a code, a list of codes, or None."""
        return self.values.get(key) or None

    def codes(self, key: str) -> list[str]:
        """The chosen codes of a question with a vocabulary, empty when it was skipped."""
        value = self.value(key)
        return [value] if isinstance(value, str) else list(value or [])

    def text(self, key: str) -> str:
        """The answer in words of the active language, empty when skipped. Raises KeyError for no question."""
        question = SCHEMA.question(key)
        value = self.value(key)
        if value is None:
            return ""
        if question.vocabulary:
            return ", ".join(str(SCHEMA.label_of(question.vocabulary, code)) for code in self.codes(key))
        match question.kind:
            case QuestionKind.DATE:
                return date_format(date.fromisoformat(str(value)), "DATE_FORMAT")
            case QuestionKind.REGION:
                return Region.objects.filter(code=value).values_list("name", flat=True).first() or str(value)
            case QuestionKind.YES:
                return _("Yes")
        return str(value)

    def lines(self) -> list[tuple[Group, list[tuple[Question, str]]]]:
        """Every question that was answered, with its words, by group and in the order of the schema."""
        shown = []
        for group in SCHEMA.groups:
            answered = [(question, self.text(question.key)) for question in SCHEMA.questions_of(group.key)]
            answered = [(question, words) for question, words in answered if words]
            if answered:
                shown.append((group, answered))
        return shown

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
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Answers:
        return cls(
            values=document["answers"],
            received_at=datetime.fromisoformat(document["received_at"]),
            incident=IncidentDate.from_document(document["incident_date"]),
            schema=document["schema"],
            path=document["path"],
        )

    def says_the_same_as(self, other: Answers) -> bool:
        """Whether both hold the same words, whenever each was sent."""
        return {k: v for k, v in self.values.items() if v} == {k: v for k, v in other.values.items() if v}
