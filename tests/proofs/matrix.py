"""The form of the access matrix: a row an address, a cell a role, and how one request is tried and judged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from . import people
from .world import World

Cells = Mapping[str, str]

#: Outcomes that let nobody in. ``login`` is the admin's own sign-in page, ``signin`` and ``waiting`` are ours.
TURNED_AWAY = frozenset({"signin", "waiting", "login", "refused", "notfound", "method"})
#: Outcomes of somebody who came in: a page, a page and something written, sent on, sent on and something written,
#: told what is wrong with what was typed, stopped by an error (its row says why that is right).
LET_IN = frozenset({"ok", "did", "led", "done", "bad", "over", "fails"})

#: Written by Wagtail at a look alone, and none of ours: that somebody is there.
PRESENCE = frozenset(
    {
        "django_session",
        "wagtailadmin_editingsession",
        "wagtailcore_pagesubscription",
        "wagtailusers_userprofile",
    }
)
#: The log of who looked.
LOG = frozenset({"wagtailcore_modellogentry"})

_STATUS = {400: "bad", 403: "refused", 404: "notfound", 405: "method", 410: "over", 500: "fails"}
_WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.I)


def cells(rest: str, **others: str) -> Cells:
    """``rest`` for everybody but the roles named: ``cells("signin", ok="approved project")``."""
    return _fill(dict.fromkeys(people.ROLES, rest), others)


def staff_cells(rest: str, **others: str) -> Cells:
    """A page of the admin: strangers and members meet its sign-in, everybody else ``rest``."""
    inside = dict.fromkeys(people.INSIDE, rest)
    return _fill({**dict.fromkeys(people.OUTSIDE, "login"), **inside}, others)


def no_post(get: Cells) -> Cells:
    """Whoever may look is told that there is nothing to send; the others are turned away as before."""
    return {role: "method" if outcome in LET_IN else outcome for role, outcome in get.items()}


def _fill(made: dict[str, str], others: Mapping[str, str]) -> Cells:
    for outcome, roles in others.items():
        for role in roles.split():
            if role not in made:
                raise ValueError(f"{role!r} is no role.")
            made[role] = outcome
    unknown = set(made.values()) - TURNED_AWAY - LET_IN
    if unknown:
        raise ValueError(f"{sorted(unknown)} are no outcomes.")
    return made


@dataclass(frozen=True)
class Row:
    """What each role may expect of one address."""

    address: str
    get: Cells
    #: None: as ``no_post`` says.
    post: Cells | None = None
    #: Names of the things that fill the address, joined by " + ", the one that may be missing first.
    of: str = ""
    #: What a POST sends; a function gets the world.
    data: Mapping[str, Any] | Callable[[World], Mapping[str, Any]] = field(default_factory=dict)
    #: Rows of one kind stand for one another in the quick part of the matrix.
    kind: str = ""
    #: What follows the path, for example "?export=csv".
    query: str = ""
    #: Tables in which a look is remembered.
    looks: frozenset[str] = frozenset()
    #: Takes a POST without a token, since there is no authority to steal.
    no_token: bool = False
    #: Answers OPTIONS with a description of itself, the same for everybody in the admin.
    tells_of_itself: bool = False
    #: Why something in this row is not as one would expect, and right all the same.
    why: str = ""
    #: Part of a fault that is known and waits to be mended; the row fails once it is gone.
    known_fault: str = ""
    #: Known, too, and as strict: who may not see the thing can tell whether it is there.
    known_to_tell: bool = False

    def __post_init__(self) -> None:
        if self.post is None:
            object.__setattr__(self, "post", no_post(self.get))

    def __str__(self) -> str:
        return self.address + self.query + (f" ({self.of})" if self.of else "")


@dataclass(frozen=True)
class Tried:
    """What became of one request."""

    outcome: str
    response: HttpResponse
    text: str
    written: frozenset[str]


@contextmanager
def watched_writes() -> Iterator[set[str]]:
    """The names of the tables that are written to, as statements reach the database."""
    written: set[str] = set()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = _WRITES.match(sql)
        if found:
            written.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written


#: Django 6.1 has it under another name, and warns of the one that 5.2 knows.
_savepoint = getattr(transaction, "savepoint_create", None) or transaction.savepoint


def attempt(
    world: World,
    row: Row,
    role: str,
    method: str,
    *,
    missing: bool = False,
    check_token: bool = False,
    keep: bool = False,
) -> Tried:
    """Try one cell; whatever it does is taken back unless ``keep``."""
    client = Client(raise_request_exception=False, enforce_csrf_checks=check_token)
    for name, value in world.cookies[role].items():
        client.cookies[name] = value
    path = world.path(row.address, row.of, missing=missing) + row.query
    data = row.data(world) if callable(row.data) else row.data
    cache.clear()
    before = _savepoint()
    try:
        with watched_writes() as written:
            response = client.generic(method, path) if method != "POST" else client.post(path, data)
            body = response.getvalue() if response.streaming else response.content
    finally:
        if keep:
            transaction.savepoint_commit(before)
        else:
            transaction.savepoint_rollback(before)
    counted = frozenset(written) - PRESENCE - LOG - row.looks
    text = body.decode("utf-8", "replace")
    return Tried(outcome(response, bool(counted)), response, text, frozenset(written))


def outcome(response: HttpResponse, wrote: bool = False) -> str:
    """What an answer means to whoever gets it, in one word."""
    status = response.status_code
    if status in (301, 302, 303):
        door = _where(urlsplit(response["Location"]).path)
        return "done" if wrote and door in ("", "refused") else door or "led"
    if status in (200, 201):
        return "did" if wrote else "ok"
    return _STATUS.get(status, f"status {status}")


def _where(path: str) -> str:
    doors = {
        reverse("nums_wagtail:sign_in"): "signin",
        reverse("nums_wagtail:waiting"): "waiting",
        reverse("wagtailadmin_login"): "login",
        reverse("wagtailadmin_home"): "refused",
    }
    return doors.get(path, "")


def faults(world: World, row: Row, role: str, method: str) -> list[str]:
    """What is wrong with one cell, in words; nothing when it is as the row says."""
    tried = attempt(world, row, role, method)
    here = f"{method} {row} as {role}"
    wrong = [f"{here} shows {secret.name}" for secret in world.secrets if _shows(tried, secret, role)]
    if method in ("GET", "HEAD", "OPTIONS"):
        if extra := sorted(tried.written - PRESENCE - row.looks):
            wrong.append(f"{here} writes to {', '.join(extra)}")
    if method in ("GET", "HEAD", "POST"):
        expected = (row.post if method == "POST" else row.get)[role]
        # Some of Wagtail's views know GET and not HEAD.
        if tried.outcome != expected and (method, tried.outcome) != ("HEAD", "method"):
            wrong.append(f"{here}: expected {expected}, got {tried.outcome}")
    else:
        wrong += [f"{here}: {words}" for words in _other_method(row, role, tried)]
    return wrong


def _other_method(row: Row, role: str, tried: Tried) -> Iterator[str]:
    """PUT, PATCH, DELETE and OPTIONS open no door that GET and POST keep shut, and do nothing that POST does not."""
    may = {row.get[role], row.post[role]}
    if tried.outcome == "fails" and not row.why:
        yield "fails"
    if tried.written - PRESENCE - LOG - row.looks and not may & {"did", "done"} and not row.why:
        yield "writes, though POST does not"
    bare = not tried.text or row.tells_of_itself
    if may <= TURNED_AWAY and tried.outcome not in TURNED_AWAY | {"bad"} and not bare:
        yield f"got {tried.outcome}"


def _shows(tried: Tried, secret: Any, role: str) -> bool:
    return role not in secret.readers and secret.words in tried.text


def shape(world: World, row: Row, tried: Tried, *, missing: bool) -> tuple[int, str]:
    """Status and body of an answer, without what differs from one request or one address to the next."""
    path = world.path(row.address, row.of, missing=missing)
    body = tried.text + tried.response.get("Location", "")
    for written in (path, quote(path, safe=""), quote(path), escape(path)):
        body = body.replace(written, "PATH")
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", body)
    return tried.response.status_code, re.sub(r"\s+", " ", body)
