"""What later rooms add to the page of a case: panels, actions, and further sources of matches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..foundation.actors import Actor
from ..foundation.errors import Words
from ..foundation.registry import Registry
from .models import Case


@dataclass(frozen=True)
class CaseLine:
    """One line in a panel of a case: words, where they lead, and a status tag. No words of a report."""

    words: Words
    url: str = ""
    tag: Words = ""


@dataclass(frozen=True)
class CasePanel:
    """A panel on the page of a case, for example the alerts made from it. Without lines it is left out."""

    label: Words
    lines: Callable[[Case, Actor], Sequence[CaseLine]]


@dataclass(frozen=True)
class CaseAction:
    """A button on the page of a case. It posts to ``url_for(case)``; its view asks the right again."""

    label: Words
    url_for: Callable[[Case], str]
    allowed: Callable[[Actor, Case], bool]


@dataclass(frozen=True)
class MatchSource:
    """Where else the identifiers of a case turn up, for example in a live alert."""

    label: Words
    lines: Callable[[Case, Actor], Sequence[CaseLine]]


case_panels: Registry[CasePanel] = Registry("case panels")
case_actions: Registry[CaseAction] = Registry("case actions")
match_sources: Registry[MatchSource] = Registry("match sources")


@dataclass(frozen=True)
class ShownPanel:
    """A panel as it is shown: its key, heading and lines."""

    key: str
    label: Words
    lines: tuple[CaseLine, ...]


@dataclass(frozen=True)
class ShownAction:
    label: Words
    url: str


def panels_of(case: Case, *, by: Actor) -> list[ShownPanel]:
    """The panels that have something to say about the case."""
    return _with_lines(case_panels, case, by)


def matches_of(case: Case, *, by: Actor) -> list[ShownPanel]:
    """What the other sources of matches have found."""
    return _with_lines(match_sources, case, by)


def actions_of(case: Case, *, by: Actor) -> list[ShownAction]:
    """The actions that the actor may take on the case now."""
    return [ShownAction(action.label, action.url_for(case)) for action in case_actions if action.allowed(by, case)]


def _with_lines(sources: Registry[CasePanel] | Registry[MatchSource], case: Case, by: Actor) -> list[ShownPanel]:
    shown = [ShownPanel(key, source.label, tuple(source.lines(case, by))) for key, source in sources.items()]
    return [panel for panel in shown if panel.lines]
