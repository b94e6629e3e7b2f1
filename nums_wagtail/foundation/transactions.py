"""How a verb opens its transaction: durable when it is the outermost, joined only where that is known.

Nothing may leave the machine before a commit, so a verb must know that its commit is the real one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

_inside: ContextVar[bool] = ContextVar("nums_inside_a_verb", default=False)

#: Places where Wagtail or Django already holds a transaction round one of our verbs, with why that is safe.
JOINS: dict[str, str] = {
    "workflow": "Wagtail's workflow views wrap on_action; our signals and tasks wait for their commit.",
    "admin": "Wagtail's create, edit and delete views and bulk actions wrap the save of a form.",
    "setup": "Commands that set up or remove demo content wrap many verbs on purpose.",
}


@contextmanager
def verb_transaction(joins: str = "") -> Iterator[None]:
    """A transaction for one verb.

    ``joins`` names an entry of JOINS when the caller may already hold a transaction. Verbs called by verbs
    join by themselves, and so does everything when the host sets ATOMIC_REQUESTS. Otherwise an outer
    transaction raises RuntimeError, because its rollback could take back what was already promised.
    """
    if joins and joins not in JOINS:
        raise ValueError(f"{joins!r} is not on the list of places where a verb may join a transaction.")
    may_join = bool(joins) or _inside.get() or connection.settings_dict.get("ATOMIC_REQUESTS", False)
    token = _inside.set(True)
    try:
        with transaction.atomic(durable=not may_join):
            yield
    finally:
        _inside.reset(token)
