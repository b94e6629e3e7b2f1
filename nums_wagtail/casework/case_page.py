"""What the page of an opened case shows: words on the left, facts and identifiers on the right."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..foundation import policy
from ..foundation.actors import Actor
from ..reports import consent
from ..reports.access import OpenedReport
from ..reports.contact import contact_until
from ..reports.identifiers import Identifier
from ..reports.messages import OpenedMessage
from ..reports.models import Report
from ..reports.read import Answers
from ..reports.schema import Question, QuestionKind, Seen, Words, numbered
from .case_files import ShownFile, shown_files

#: Kinds of question whose answers are somebody's own words.
_WORDS = {QuestionKind.TEXT, QuestionKind.LONG_TEXT, QuestionKind.LINES}


@dataclass(frozen=True)
class _Own:
    """A question of the page's own, as far as its heading goes."""

    label: Words
    key: str = ""


@dataclass(frozen=True, repr=False)
class ShownGroup:
    """One group of questions with the answers of one side of the page."""

    label: Words
    answers: tuple[tuple[Question | _Own, str], ...]
    #: Keys of questions whose answer could not be read and was kept as typed.
    marked: frozenset[str] = frozenset()


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
    messages: tuple[OpenedMessage, ...]
    files: tuple[ShownFile, ...] = ()
    #: The last day on which the reporter's contact is kept; None where there is none, or for who may not see it.
    contact_until: date | None = None
    #: Whether it is a paper form whose picture is there to be keyed.
    on_paper: bool = False


def shown_report(opened: OpenedReport, *, by: Actor) -> ShownReport:
    """Lay out an opened report. Identifiers stand on both sides: as they were typed, and as they are compared.

    Answers that only caseworkers see are left out for whoever does not work on cases.
    """
    may_see = {Seen.READERS, Seen.TEAM, *((Seen.CASEWORKERS,) if policy.may(by, "work_case") else ())}
    return ShownReport(
        report=opened.report,
        received_at=opened.versions[0].received_at,
        words=_side(opened.answers, may_see, words=True),
        earlier_words=tuple(_side(answers, may_see, words=True) for answers in opened.earlier),
        facts=_side(opened.answers, may_see, words=False),
        identifiers=tuple(opened.answers.identifiers()),
        consents=_consents(opened.report),
        messages=opened.messages,
        files=shown_files(opened.files),
        contact_until=contact_until(opened.report) if policy.may(by, "work_case") else None,
        on_paper=opened.answers.path in consent.ON_PAPER and bool(opened.files),
    )


def _side(answers: Answers, may_see: Collection[Seen], *, words: bool) -> tuple[ShownGroup, ...]:
    shown = []
    for part in answers.lines():
        picked = tuple(
            (question, text)
            for question, text in part.lines
            if (question.kind in _WORDS) == words and question.seen in may_see
        )
        marked = frozenset(q.key for q, _text in picked if numbered(q.key, part.number) in answers.marked)
        if picked:
            shown.append(ShownGroup(part.label, picked, marked))
    if words and answers.own:
        shown.append(ShownGroup(_("Further questions"), tuple((_Own(one.asked), one.said) for one in answers.own)))
    return tuple(shown)


def _consents(report: Report) -> tuple[ShownConsent, ...]:
    standing = consent.standing(report)
    return tuple(
        ShownConsent(purpose.label, event.get_answer_display(), event)
        for purpose in consent.Purpose
        if (event := standing.get(purpose)) is not None
    )
