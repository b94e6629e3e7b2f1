"""The log: every action is declared before it can be written, with who reads it and how it is shredded.

Entries go to Wagtail's own log. They hold opaque references only, never words of a report or an address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.log_actions import LogActionRegistry, log

from .actors import Actor
from .registry import Registry


@dataclass(frozen=True)
class LogAction:
    """A thing worth remembering. ``key`` is ``nums.<room>.<what>``."""

    key: str
    label: Any
    #: Right that may read entries of this kind.
    reader: str
    #: How personal data in it goes: usually "opaque", because it holds none.
    shredding: str = "opaque"


actions: Registry[LogAction] = Registry("log actions")


def declare(key: str, label: Any, *, reader: str = "see_registers", shredding: str = "opaque") -> LogAction:
    """Declare a log action at import time of the room that writes it."""
    room = key.split(".")[1]
    return actions.register(key, LogAction(key, label, reader, shredding), owner=f"nums_wagtail.{room}")


def write(instance: Any, action: LogAction, *, by: Actor, data: Mapping[str, Any] | None = None) -> None:
    """Write an entry about ``instance``. ``data`` holds counts, codes and opaque ids only.

    Raises ValueError for an action that was not declared.
    """
    if actions.get(action.key) is not action:
        raise ValueError(f"{action.key} is not a declared log action.")
    entry = dict(data or {})
    if by.machine:
        entry["by"] = by.machine
    log(instance=instance, action=action.key, user=by.user, data=entry)


def register_with_wagtail(registry: LogActionRegistry) -> None:
    """Called by the front door's ``register_log_actions`` hook."""
    for action in actions:
        registry.register_action(action.key, action.label, action.label)
