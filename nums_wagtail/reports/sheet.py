"""The paper form: which questions of the schema stand on it, and how each is answered with a pen.

The printed sheet and the page on which it is keyed are both made from this, so both have the same order.
"""

from __future__ import annotations

from dataclasses import dataclass

from .asking import Asking
from .schema import SCHEMA, UNSAID, Group, Question, QuestionKind, Term

#: Asked on the sheet beside the questions of the short form. Nothing that says more of the reporter.
ALSO = frozenset(
    {
        "contact_way",
        "outcome",
        "others",
        "injuries",
        "still",
        "person_facial_hair",
        "person_marks_where",
        "person_tattoo_kind",
        "vehicle_model",
        "vehicle_features",
        "username_site",
        "recognised",
        "not_before",
    }
)

#: What may say who reports: a working name, a way to reach them, and what protects or helps them.
OF_REPORTER = frozenset(
    {"reporter_name", "reporter_contact", "not_to_publish", "support", "recognised", "not_before"}
)

#: Lists too long for paper: written in words, and chosen when the sheet is keyed.
WRITTEN = frozenset({"vehicle_make"})

#: Key of a question → the drawing on which it is answered with a circle.
CIRCLED = {"person_marks_where": "body", "vehicle_features": "car"}

#: Key of a question → how many lines there are to write on; for others it follows from their kind.
LINES = {"what_happened": 9, "not_to_publish": 2, "reporter_contact": 1, "person_more": 2}
LINES_OF_KIND = {QuestionKind.LONG_TEXT: 3}


@dataclass(frozen=True)
class OnPaper:
    """One question as the sheet shows it. ``lines`` to write on, ``terms`` to tick, a ``drawing`` to circle."""

    question: Question
    lines: int = 0
    terms: tuple[Term, ...] = ()
    drawing: str = ""

    @property
    def is_day(self) -> bool:
        return self.question.kind == QuestionKind.DATE

    @property
    def is_tick(self) -> bool:
        return self.question.kind == QuestionKind.YES

    @property
    def one_only(self) -> bool:
        return self.question.kind == QuestionKind.ONE_OF

    @property
    def sections(self) -> tuple[tuple[object, tuple[Term, ...]], ...]:
        """The terms by heading; one section without one for a short list."""
        heads: dict[object, list[Term]] = {}
        for term in self.terms:
            heads.setdefault(term.section, []).append(term)
        return tuple((head, tuple(terms)) for head, terms in heads.items())


@dataclass(frozen=True)
class PaperGroup:
    """A section of the sheet."""

    group: Group
    asked: tuple[OnPaper, ...]


def sheet_asking() -> Asking:
    """What the sheet asks, in the order of the schema; a host's group is on it with its short questions."""
    asked = tuple(question for question in SCHEMA.questions if _is_on_paper(question))
    keys = {question.group for question in asked}
    return Asking(tuple(group for group in SCHEMA.groups if group.key in keys), asked)


def paper_groups() -> tuple[PaperGroup, ...]:
    """The sheet, section by section."""
    asking = sheet_asking()
    return tuple(
        PaperGroup(group, tuple(_on_paper(question) for question in asking.of(group.key)))
        for group in asking.groups
    )


def _is_on_paper(question: Question) -> bool:
    if question.restricted or (question.identifies_reporter and question.key not in OF_REPORTER):
        return False
    return question.short or question.key in ALSO


def _on_paper(question: Question) -> OnPaper:
    drawing = CIRCLED.get(question.key, "")
    if question.vocabulary and question.key not in WRITTEN:
        terms = SCHEMA.vocabulary(question.vocabulary).terms
        # What is circled on the body needs no boxes as well.
        shown = () if drawing == "body" else tuple(term for term in terms if term.code != UNSAID)
        return OnPaper(question, terms=shown, drawing=drawing)
    if question.kind == QuestionKind.YES:
        return OnPaper(question)
    return OnPaper(question, lines=LINES.get(question.key, LINES_OF_KIND.get(question.kind, 1)))
