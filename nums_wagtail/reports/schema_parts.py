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
    PAYMENT = "payment", _("Payment name")


class Seen(TextChoices):
    """Who may see an answer."""

    #: May stand on an alert; those come from a vocabulary, so they read in every language.
    READERS = "readers", _("Readers of a warning")
    #: Whoever may open the case.
    TEAM = "team", _("Whoever opens the case")
    #: Caseworkers; nobody who opens a case on call, or for the police alone.
    CASEWORKERS = "caseworkers", _("Caseworkers")


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
    """One entry of a vocabulary. ``code`` is stored and never renamed; ``section`` heads it in long lists.

    ``icon`` names a pictogram of ours for people who read little; it never stands without the label.
    """

    code: str
    label: Words
    section: Words = ""
    icon: str = ""


#: Code of the last choice of every list: the question was seen, and not answered on purpose.
UNSAID = "unsaid"
UNSAID_LABEL = _("Don't know or rather not say")


@dataclass(frozen=True)
class Vocabulary:
    """A closed list of terms. Answers from it translate by themselves, so they may be published."""

    key: str
    terms: tuple[Term, ...]

    def label_of(self, code: str) -> Words:
        """The words of a code; a code that left the list is shown as it was stored."""
        if code == UNSAID:
            return UNSAID_LABEL
        return next((term.label for term in self.terms if term.code == code), code)

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(term.code for term in self.terms)


@dataclass(frozen=True)
class Condition:
    """A question is worth asking only after one of ``answers`` was given to ``question`` of the same step."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Questions that belong together: one step of the guided form, one section of the short one."""

    key: str
    label: Words
    help: Words = ""
    #: How often it may be answered, for several people or things.
    most: int = 1
    #: What the button says that adds one more, and the heading of each: "Person 2".
    add: Words = ""
    one: Words = ""
    #: Whether the short form shows it unfolded.
    open: bool = False

    @property
    def repeatable(self) -> bool:
        return self.most > 1

    def heading(self, number: int) -> Words:
        """What stands above the answers about the ``number``-th person or thing, counted from 1."""
        return f"{self.one} {number}" if self.repeatable and number > 1 else self.label


@dataclass(frozen=True)
class Question:
    """One thing that is asked.

    ``label`` names the fact for staff and on an alert ("Height"); ``asks`` are the words on the form and
    default to the label. ``publishable`` answers may be put on an alert; all others are for staff only.
    ``short``: also asked on the short form. ``seen`` narrows who among staff sees it.
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
    short: bool = False
    shown_if: Condition | None = None
    restricted: bool = False

    def __post_init__(self) -> None:
        if self.publishable and not self.vocabulary:
            raise ValueError(f"{self.key}: only answers from a vocabulary may be published.")
        if (self.kind in {QuestionKind.ONE_OF, QuestionKind.MANY_OF}) != bool(self.vocabulary):
            raise ValueError(f"{self.key}: a list needs a vocabulary, and nothing else has one.")
        if self.publishable and (self.identifies_reporter or self.restricted):
            raise ValueError(f"{self.key}: what identifies the reporter is never published.")
        if "." in self.key:
            raise ValueError(f"{self.key}: a point stands before the number of a repeated answer.")

    @property
    def words(self) -> Words:
        """What the form says."""
        return self.asks or self.label

    @property
    def seen(self) -> Seen:
        if self.publishable:
            return Seen.READERS
        return Seen.CASEWORKERS if self.restricted else Seen.TEAM


@dataclass(frozen=True)
class QuestionGroup:
    """What is registered: a group with its questions and the lists they need, perhaps in place of another group."""

    group: Group
    questions: tuple[Question, ...]
    vocabularies: tuple[Vocabulary, ...] = ()
    replaces: str = ""


def numbered(key: str, number: int) -> str:
    """Under what the answer about the ``number``-th person or thing is kept: ``phone``, ``phone.2`` …"""
    return key if number == 1 else f"{key}.{number}"


def split_number(name: str) -> tuple[str, int]:
    """What ``numbered`` was given. Raises ValueError for what it never makes."""
    key, point, number = name.partition(".")
    if not point:
        return key, 1
    if not (number.isascii() and number.isdecimal()) or number.startswith("0") or int(number) < 2:
        raise ValueError("not a numbered key")
    return key, int(number)


@dataclass(frozen=True)
class Schema:
    """Every group, question and vocabulary, in the order in which they are asked. ``version`` goes into reports."""

    version: int
    groups: tuple[Group, ...]
    questions: tuple[Question, ...]
    vocabularies: tuple[Vocabulary, ...]
    _by_key: dict[str, Question] = field(init=False, repr=False, compare=False, default_factory=dict)
    _groups: dict[str, Group] = field(init=False, repr=False, compare=False, default_factory=dict)
    _lists: dict[str, Vocabulary] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._groups.update({group.key: group for group in self.groups})
        self._lists.update({vocabulary.key: vocabulary for vocabulary in self.vocabularies})
        for question in self.questions:
            if question.key in self._by_key:
                raise ValueError(f"{question.key}: asked twice.")
            if question.group not in self._groups:
                raise ValueError(f"{question.key}: its group is missing.")
            if question.vocabulary and question.vocabulary not in self._lists:
                raise ValueError(f"{question.key}: its vocabulary is missing.")
            if question.shown_if and question.shown_if.question not in self._by_key:
                raise ValueError(f"{question.key}: what it depends on must be asked before it.")
            self._by_key[question.key] = question

    def group(self, key: str) -> Group:
        """Raises KeyError for a group nobody declared."""
        return self._groups[key]

    def question(self, key: str) -> Question:
        """Raises KeyError for a question nobody declared."""
        return self._by_key[key]

    def questions_of(self, group: str) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.group == group)

    def vocabulary(self, key: str) -> Vocabulary:
        """Raises KeyError for a vocabulary nobody declared."""
        return self._lists[key]

    def publishable_questions(self) -> tuple[Question, ...]:
        """The questions whose answers may stand on an alert, in order."""
        return tuple(question for question in self.questions if question.publishable)

    def label_of(self, vocabulary: str, code: str) -> Words:
        return self.vocabulary(vocabulary).label_of(code)

    def asks(self, name: str) -> bool:
        """Whether an answer may be kept under ``name``: a question's key, numbered where it may be repeated."""
        try:
            key, number = split_number(name)
        except ValueError:
            return False
        question = self._by_key.get(key)
        return question is not None and number <= self._groups[question.group].most
