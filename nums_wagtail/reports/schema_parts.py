"""What a question schema is made of: terms, vocabularies, groups and questions. The data stand elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class IdentifierKind(TextChoices):
    """What a number or name of a suspect is. The same codes are used by alerts and by the checker."""

    PHONE = "phone", _("Phone")
    PLATE = "plate", _("Registration")
    EMAIL = "email", _("Email")
    USERNAME = "username", _("Username")
    WEB = "web", _("Web address")
    NAME = "name", _("Name used")


class QuestionKind(TextChoices):
    """How a question is answered, and so what its answer is in the sealed document."""

    #: One line of words: str.
    TEXT = "text", _("One line")
    #: Several lines of words: str.
    LONG_TEXT = "long_text", _("Text")
    #: Several short things, one on each line: str with line breaks.
    LINES = "lines", _("One on each line")
    #: One code of the vocabulary: str.
    ONE_OF = "one_of", _("One of a list")
    #: Codes of the vocabulary: list of str.
    MANY_OF = "many_of", _("Any of a list")
    #: A day: str as YYYY-MM-DD.
    DATE = "date", _("Date")
    #: Code of a region: str.
    REGION = "region", _("Region")
    #: "yes" or nothing.
    YES = "yes", _("Tick")


@dataclass(frozen=True)
class Term:
    """One entry of a vocabulary. ``code`` is stored and never renamed; ``section`` heads it in long lists."""

    code: str
    label: Words
    section: Words = ""


@dataclass(frozen=True)
class Vocabulary:
    """A closed list of terms. Answers from it translate by themselves, so they may be published."""

    key: str
    terms: tuple[Term, ...]

    def label_of(self, code: str) -> Words:
        """The words of a code; a code that left the list is shown as it was stored."""
        return next((term.label for term in self.terms if term.code == code), code)

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(term.code for term in self.terms)


@dataclass(frozen=True)
class Group:
    """Questions that belong together. A repeatable one may be answered for several people or things."""

    key: str
    label: Words
    help: Words = ""
    repeatable: bool = False
    #: Whether the form shows it unfolded.
    open: bool = False


@dataclass(frozen=True)
class Question:
    """One thing that is asked.

    ``label`` names the fact for staff and on an alert ("Height"); ``asks`` are the words on the form and
    default to the label. ``publishable`` answers may be put on an alert; all others are for staff only.
    """

    key: str
    group: str
    label: Words
    kind: QuestionKind = QuestionKind.TEXT
    asks: Words = ""
    help: Words = ""
    vocabulary: str = ""
    publishable: bool = False
    identifies_reporter: bool = False
    identifier: IdentifierKind | None = None
    required: bool = False

    def __post_init__(self) -> None:
        if self.publishable and not self.vocabulary:
            raise ValueError(f"{self.key}: only answers from a vocabulary may be published.")
        if (self.kind in {QuestionKind.ONE_OF, QuestionKind.MANY_OF}) != bool(self.vocabulary):
            raise ValueError(f"{self.key}: a list needs a vocabulary, and nothing else has one.")

    @property
    def words(self) -> Words:
        """What the form says."""
        return self.asks or self.label


@dataclass(frozen=True)
class Schema:
    """Every group, question and vocabulary, in the order in which they are asked. ``version`` goes into reports."""

    version: int
    groups: tuple[Group, ...]
    questions: tuple[Question, ...]
    vocabularies: tuple[Vocabulary, ...]
    _by_key: dict[str, Question] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        groups = {group.key for group in self.groups}
        lists = {vocabulary.key for vocabulary in self.vocabularies}
        for question in self.questions:
            if question.key in self._by_key:
                raise ValueError(f"{question.key}: asked twice.")
            if question.group not in groups or (question.vocabulary and question.vocabulary not in lists):
                raise ValueError(f"{question.key}: its group or its vocabulary is missing.")
            self._by_key[question.key] = question

    def group(self, key: str) -> Group:
        """Raises KeyError for a group nobody declared."""
        return {group.key: group for group in self.groups}[key]

    def question(self, key: str) -> Question:
        """Raises KeyError for a question nobody declared."""
        return self._by_key[key]

    def questions_of(self, group: str) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.group == group)

    def vocabulary(self, key: str) -> Vocabulary:
        """Raises KeyError for a vocabulary nobody declared."""
        return {vocabulary.key: vocabulary for vocabulary in self.vocabularies}[key]

    def publishable_questions(self) -> tuple[Question, ...]:
        """The questions whose answers may stand on an alert, in order."""
        return tuple(question for question in self.questions if question.publishable)

    def label_of(self, vocabulary: str, code: str) -> Words:
        return self.vocabulary(vocabulary).label_of(code)
