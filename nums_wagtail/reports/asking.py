"""What one report page asks: the schema as its editor arranged it, and the page's own questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .schema import CORE_KEYS, SCHEMA, Group, Question


@dataclass(frozen=True)
class Asking:
    """Groups and questions in the order in which a page asks them. ``own``: rows of Wagtail's form builder."""

    groups: tuple[Group, ...]
    questions: tuple[Question, ...]
    own: tuple[Any, ...] = ()

    def of(self, group: str, *, short: bool = False) -> tuple[Question, ...]:
        """The questions of a group; of the short form alone when asked so."""
        return tuple(one for one in self.questions if one.group == group and (one.short or not short))

    def group(self, key: str) -> Group:
        """Raises KeyError for a group that this page does not ask."""
        return {group.key: group for group in self.groups}[key]


def everything() -> Asking:
    """The whole schema in its own order and words."""
    return Asking(SCHEMA.groups, SCHEMA.questions)


def asking_of(page: Any) -> Asking:
    """What ``page`` asks; everything, when there is no page or its editor left it as it is."""
    rows = list(getattr(page, "asked", None) or ())
    own = tuple(_own_questions(page))
    if not rows:
        return replace(everything(), own=own)
    order = [row.value["group"] for row in rows]
    # A group that left the schema is passed over; what the scheme cannot do without is asked all the same.
    keys = [*dict.fromkeys(key for key in order if key in {group.key for group in SCHEMA.groups})]
    needed = [SCHEMA.question(key).group for key in sorted(CORE_KEYS)]
    missing = [group.key for group in SCHEMA.groups if group.key in needed and group.key not in keys]
    words = {row["question"]: row for each in rows for row in each.value["words"]}
    groups = tuple(SCHEMA.group(key) for key in (*missing, *keys))
    questions = (question for group in groups for question in SCHEMA.questions_of(group.key))
    return Asking(groups, tuple(_reworded(question, words.get(question.key)) for question in questions), own)


def _reworded(question: Question, words: Mapping[str, str] | None) -> Question:
    if not words:
        return question
    return replace(question, asks=words["label"] or question.words, help=words["help"] or question.help)


def _own_questions(page: Any) -> Iterable[Any]:
    rows = getattr(page, "own_questions", None)
    return rows.all() if rows is not None else ()
