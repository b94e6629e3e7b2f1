"""The guided form: its steps, and the walk through them that travels in the page, sealed.

Nothing is stored until it is sent or saved on purpose. What was typed is carried as it was typed, so that going
back loses nothing, not even what cannot be read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from nums_wagtail.conf import nums_settings
from nums_wagtail.foundation.errors import CannotOpen, Words
from nums_wagtail.vault.sealed_state import open_state, seal_state

from .asking import Asking
from .form_state import Showing
from .forms import COUNT, OWN, PREFIX
from .schema import SCHEMA, split_number

PURPOSE = "report-steps"

#: Keys of the steps that are no group of questions.
MORE, CONSENT, CHECK = "more", "consent", "check"
#: The group that is asked together with the consents.
WARNING = "warning"
#: In front of the names of consents.
CONSENT_PREFIX = "c-"
#: Name of the tick with which a project's worker tells the team who they are. It stands where Send does.
TELL = "tell"


@dataclass(frozen=True)
class Step:
    """One page of the guided form."""

    key: str
    label: Words
    groups: tuple[str, ...] = ()


def steps_of(asking: Asking) -> tuple[Step, ...]:
    """The steps of a page in order: its groups, its own questions, the consents, the check."""
    steps = [Step(group.key, group.label, (group.key,)) for group in asking.groups if group.key != WARNING]
    if asking.own:
        steps.append(Step(MORE, _("A few more questions")))
    return (
        *steps,
        Step(CONSENT, _("Who may we tell?"), (WARNING,)),
        Step(CHECK, _("Check your answers")),
    )


@dataclass(frozen=True, repr=False)
class Walk:
    """One walk through the guided form. ``typed`` holds, by name of the field, what was typed so far."""

    showing: Showing = field(default_factory=Showing)
    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    #: Whether it was saved to be finished later: then something has to be forgotten once it is sent.
    saved: bool = False
    #: Whether it began on a project's page. Which project is asked from who is signed in, and never from here.
    for_project: bool = False

    def seal(self) -> str:
        """The walk for the page's hidden field. Raises VaultError."""
        return seal_state(PURPOSE, self.as_document())

    def as_document(self) -> dict[str, object]:
        typed = {name: list(values) for name, values in self.typed.items()}
        begun = {"saved": self.saved, "for_project": self.for_project}
        return {**self.showing.as_document(), "typed": typed, **begun}

    @classmethod
    def from_document(cls, state: Mapping[str, object]) -> Walk:
        """Raises CannotOpen for a state without a receipt."""
        typed = state.get("typed")
        return cls(
            Showing.from_document(state),
            dict(typed) if isinstance(typed, dict) else {},
            saved=state.get("saved") is True,
            for_project=state.get("for_project") is True,
        )

    def after(self, step: Step, sent: QueryDict) -> Walk:
        """The walk with what was typed on ``step`` in place of what stood there before."""
        kept = {name: values for name, values in self.typed.items() if not _belongs(step, name)}
        new = {name: sent.getlist(name) for name in sent if _belongs(step, name)}
        return replace(self, typed={**kept, **new})

    def data(self, more: str = "") -> QueryDict:
        """What was typed, as a form reads it. ``more``: key of a group to show one more of."""
        data = QueryDict(mutable=True)
        for name, values in self.typed.items():
            data.setlist(name, list(values))
        if more:
            data["more"] = more
        return data


@dataclass(frozen=True, repr=False)
class ReadWalk:
    """What came back. Not ``fresh``: it lay open too long. ``broken``: nothing typed before could be read."""

    walk: Walk
    fresh: bool = True
    broken: bool = False


def read_walk(text: str) -> ReadWalk:
    """Open a sealed walk; an expired one keeps what was typed."""
    try:
        state = open_state(PURPOSE, text, nums_settings().reports.FORM_HOURS * 3600)
        return ReadWalk(Walk.from_document(state))
    except CannotOpen as error:
        if error.code == "expired":
            return ReadWalk(Walk.from_document(open_state(PURPOSE, text, None)), fresh=False)
    return ReadWalk(Walk(), broken=True)


def step_called(steps: Sequence[Step], key: str) -> Step:
    """The step of that key, or the first."""
    return next((step for step in steps if step.key == key), steps[0])


def neighbour(steps: Sequence[Step], step: Step, by: int) -> Step:
    """The next (1) or the one before (-1); the ends stay where they are."""
    at = steps.index(step) + by
    return steps[max(0, min(at, len(steps) - 1))]


def _belongs(step: Step, name: str) -> bool:
    if name.startswith(CONSENT_PREFIX):
        return step.key == CONSENT
    if name == TELL:
        return step.key == CHECK
    if name.startswith(COUNT):
        return name.removeprefix(COUNT) in step.groups
    inner = name.removeprefix(f"{PREFIX}-")
    if inner == name:
        return False
    if inner.startswith(OWN):
        return step.key == MORE
    if not SCHEMA.asks(inner):
        return False
    return SCHEMA.question(split_number(inner)[0]).group in step.groups
