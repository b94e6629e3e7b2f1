"""What the page of an opened case shows: words on the left, facts and identifiers on the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..reports import consent
from ..reports.access import OpenedReport
from ..reports.identifiers import Identifier
from ..reports.models import Report
from ..reports.read import Answers
from ..reports.schema import Group, Question, QuestionKind

#: Kinds of question whose answers are somebody's own words.
_WORDS = {QuestionKind.TEXT, QuestionKind.LONG_TEXT, QuestionKind.LINES}


@dataclass(frozen=True, repr=False)
class ShownGroup:
    """One group of questions with the answers of one side of the page."""

    group: Group
    answers: tuple[tuple[Question, str], ...]


@dataclass(frozen=True, repr=False)
class ShownConsent:
    purpose: Any
    answer: Any
    entry: Any


@dataclass(frozen=True, repr=False)
class ShownReport:
    """One report of a case as its page shows it."""

    report: Report
    received_at: Any
    words: tuple[ShownGroup, ...]
    earlier_words: tuple[tuple[ShownGroup, ...], ...]
    facts: tuple[ShownGroup, ...]
    identifiers: tuple[Identifier, ...]
    consents: tuple[ShownConsent, ...]


def shown_report(opened: OpenedReport) -> ShownReport:
    """Lay out an opened report. Identifiers stand on both sides: as they were typed, and as they are compared."""
    return ShownReport(
        report=opened.report,
        received_at=opened.answers.received_at,
        words=_words(opened.answers),
        earlier_words=tuple(_words(answers) for answers in opened.earlier),
        facts=_side(opened.answers, words=False),
        identifiers=tuple(opened.answers.identifiers()),
        consents=_consents(opened.report),
    )


def _words(answers: Answers) -> tuple[ShownGroup, ...]:
    return _side(answers, words=True)


def _side(answers: Answers, *, words: bool) -> tuple[ShownGroup, ...]:
    shown = []
    for group, lines in answers.lines():
        picked = tuple((question, text) for question, text in lines if (question.kind in _WORDS) == words)
        if picked:
            shown.append(ShownGroup(group, picked))
    return tuple(shown)


def _consents(report: Report) -> tuple[ShownConsent, ...]:
    standing = consent.standing(report)
    return tuple(
        ShownConsent(purpose.label, event.get_answer_display(), event)
        for purpose in consent.Purpose
        if (event := standing.get(purpose)) is not None
    )
