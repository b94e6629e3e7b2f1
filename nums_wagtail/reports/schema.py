"""The one question schema: what is asked, in which order, and what each answer may be used for.

Web form, paper form, keying page, case view, alert, leak check and exports are made from it. The questions stand in
``questions``, the lists in ``vocabularies``; a host adds or replaces a group through ``question_groups``.
"""

from __future__ import annotations

from typing import Any, cast

from nums_wagtail.foundation.registry import Registry

from .questions import CORE_GROUPS
from .schema_parts import (
    UNSAID,
    Condition,
    Group,
    IdentifierKind,
    Question,
    QuestionGroup,
    QuestionKind,
    Schema,
    Seen,
    Term,
    Vocabulary,
    Words,
    numbered,
    split_number,
)
from .vocabularies import VOCABULARIES

__all__ = [
    "SCHEMA",
    "UNSAID",
    "Condition",
    "Group",
    "IdentifierKind",
    "Question",
    "QuestionGroup",
    "QuestionKind",
    "Schema",
    "Seen",
    "Term",
    "Vocabulary",
    "Words",
    "label_of",
    "numbered",
    "publishable_questions",
    "question",
    "question_groups",
    "questions",
    "split_number",
    "vocabulary",
]

VERSION = 2

#: Questions that the rooms after this one ask for by name; whoever replaces their group asks them too.
CORE_KEYS = frozenset({"what_happened", "categories", "region", "when", "when_date", "urgent", "child_at_risk"})

#: Key of a group → the group with its questions. A host's own ``order`` says where it stands; ours have 10, 20, …
question_groups: Registry[QuestionGroup] = Registry("question groups")

for _place, _group in enumerate(CORE_GROUPS, start=1):
    question_groups.register(_group.group.key, _group, owner="nums_wagtail.reports", order=_place * 10)


def assemble(groups: tuple[QuestionGroup, ...]) -> Schema:
    """The schema of these groups, in their order; a replaced one is left out.

    Raises ValueError naming what does not fit: a question asked twice, a missing list, a core question left out.
    """
    gone = {one.replaces for one in groups if one.replaces}
    asked = [one for one in groups if one.group.key not in gone]
    schema = Schema(
        version=VERSION,
        groups=tuple(one.group for one in asked),
        questions=tuple(question for one in asked for question in one.questions),
        vocabularies=(*VOCABULARIES, *(vocabulary for one in asked for vocabulary in one.vocabularies)),
    )
    left_out = sorted(CORE_KEYS - {question.key for question in schema.questions})
    if left_out:
        raise ValueError(f"{left_out[0]}: this question is needed; whoever replaces its group must ask it too.")
    return schema


class _Assembled:
    """Always the schema of the groups that are registered now, put together again when they change."""

    def __init__(self) -> None:
        self._of: tuple[int, ...] = ()
        self._schema: Schema | None = None

    def __getattr__(self, name: str) -> Any:
        groups = tuple(question_groups)
        of = tuple(map(id, groups))
        if self._schema is None or of != self._of:
            self._schema, self._of = assemble(groups), of
        return getattr(self._schema, name)


SCHEMA = cast(Schema, _Assembled())


def questions(group: str) -> tuple[Question, ...]:
    """The questions of one group, in the order in which they are asked."""
    return SCHEMA.questions_of(group)


def question(key: str) -> Question:
    """Raises KeyError for a question nobody declared."""
    return SCHEMA.question(key)


def vocabulary(key: str) -> Vocabulary:
    """Raises KeyError for a vocabulary nobody declared."""
    return SCHEMA.vocabulary(key)


def publishable_questions() -> tuple[Question, ...]:
    """The questions whose answers may stand on an alert, in order."""
    return SCHEMA.publishable_questions()


def label_of(vocabulary_key: str, code: str) -> Words:
    """The words of a code, translated when shown."""
    return SCHEMA.label_of(vocabulary_key, code)
