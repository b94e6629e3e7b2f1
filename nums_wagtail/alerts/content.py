"""What an alert says: exactly what readers get, as one frozen document with one digest.

A release stores this document, and every face a reader sees is made from it, never from the live ``Alert``.
Version, day of release and end stand beside it in ``AlertRelease``, which nobody changes.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from nums_wagtail.reports.schema import SCHEMA, Question

if TYPE_CHECKING:
    from .models import Alert

#: Publishable questions that an alert keeps in a field of their own.
OWN_FIELDS = frozenset({"categories"})


@dataclass(frozen=True)
class Fact:
    """One described fact: a publishable question and codes of its vocabulary, in the vocabulary's order."""

    question: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class MaskedIdentifier:
    kind: str
    masked: str


@dataclass(frozen=True)
class AlertContent:
    """Exactly what readers get: codes wherever a vocabulary has them, so that it reads in any language."""

    reference: str
    kind: str
    severity: str
    categories: tuple[str, ...]
    line: str
    #: ``2026-W07`` or ``2026-02``: never finer than it is shown. Empty when not known.
    happened: str
    facts: tuple[Fact, ...]
    identifiers: tuple[MaskedIdentifier, ...]
    #: Codes of regions, sorted.
    regions: tuple[str, ...]
    certainty: str
    advice: tuple[str, ...]
    #: ISO day, or empty for the usual time.
    ends_on: str

    def to_document(self) -> dict[str, Any]:
        """As JSON can hold it."""
        document: dict[str, Any] = json.loads(canonical(self))
        return document

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> AlertContent:
        """Raises KeyError or TypeError for a document that is none of ours."""
        values = dict(document)
        values["facts"] = tuple(Fact(fact["question"], tuple(fact["codes"])) for fact in values["facts"])
        values["identifiers"] = tuple(MaskedIdentifier(**one) for one in values["identifiers"])
        for name in ("categories", "regions", "advice"):
            values[name] = tuple(values[name])
        return cls(**values)


def canonical(content: AlertContent) -> bytes:
    """The one way to write a content: sorted keys, no spaces, UTF-8."""
    text = json.dumps(dataclasses.asdict(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def digest(content: AlertContent) -> str:
    """SHA-256 of the canonical form, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(content)).hexdigest()


def fact_questions() -> tuple[Question, ...]:
    """The questions whose answers are an alert's facts, in the schema's order."""
    return tuple(question for question in SCHEMA.publishable_questions() if question.key not in OWN_FIELDS)


def in_order(vocabulary: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Codes in the vocabulary's order, each once; what the vocabulary does not know is left out."""
    chosen = set(codes)
    return tuple(term.code for term in SCHEMA.vocabulary(vocabulary).terms if term.code in chosen)


def content_of(alert: Alert) -> AlertContent:
    """What readers would get of this alert as it stands in memory."""
    facts = alert.facts if isinstance(alert.facts, dict) else {}
    chosen = (
        (question.key, in_order(question.vocabulary, facts.get(question.key) or ()))
        for question in fact_questions()
    )
    shown = {(one.kind, one.shown) for one in alert.identifiers.all()}
    return AlertContent(
        reference=alert.reference,
        kind=alert.kind,
        severity=alert.severity,
        categories=in_order("categories", alert.categories or ()),
        line=" ".join(alert.line.split()),
        happened=_happened(alert.incident_on, alert.incident_precision),
        facts=tuple(Fact(key, codes) for key, codes in chosen if codes),
        identifiers=tuple(MaskedIdentifier(kind, masked) for kind, masked in sorted(shown) if masked),
        regions=tuple(sorted(region.code for region in alert.regions.all())),
        certainty=alert.certainty,
        advice=in_order("advice", alert.advice or ()),
        ends_on=alert.ends_on.isoformat() if alert.ends_on else "",
    )


def _happened(day: date | None, precision: str) -> str:
    if day is None:
        return ""
    if precision == "month":
        return f"{day:%Y-%m}"
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"
