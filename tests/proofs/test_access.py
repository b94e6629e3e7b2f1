"""The access matrix: every address of ours × role × method. What each cell may expect stands in ``rows``."""

from __future__ import annotations

import hashlib
from itertools import product

import pytest
from django.apps import apps
from django.db import connection

from . import matrix, people, rows
from .matrix import LET_IN, Row
from .world import World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
pytestmark = pytest.mark.django_db


EVERY_ROW = pytest.mark.parametrize("row", rows.rows(), ids=str)


def wrong(world: World, chosen: list[Row], methods: tuple[str, ...], roles: tuple[str, ...]) -> list[str]:
    """The faults of the chosen cells; of a known fault it is a fault that it is gone."""
    found = []
    for row in chosen:
        faults = [
            words for role in roles for method in methods for words in matrix.faults(world, row, role, method)
        ]
        if row.known_fault:
            known = [words for words in faults if row.known_fault in words]
            faults = [words for words in faults if words not in known]
            if not known and "GET" in methods:
                faults.append(f"{row}: the known fault is mended; take it out of the row")
        found += faults
    return found


def one_of_each_kind() -> list[Row]:
    kinds: dict[str, Row] = {}
    for row in rows.rows():
        if row.kind:
            kinds.setdefault(row.kind, row)
    return list(kinds.values())


@pytest.mark.promise("P030")
def test_one_address_of_each_kind_opens_to_whom_it_should(world):
    chosen = one_of_each_kind()
    assert {row.kind for row in chosen} == {
        "public",
        "member page",
        "page",
        "project form",
        "staff list",
        "staff object",
        "staff verb",
    }
    found = wrong(world, chosen, ("GET", "POST"), people.ROLES)
    assert not found, "\n".join(found)


@pytest.mark.slow
@EVERY_ROW
@pytest.mark.promise("P030", "P031")
def test_every_address_opens_to_whom_it_should(world, row):
    before = digest_of_our_tables()
    found = wrong(world, [row], METHODS, people.ROLES)
    assert not found, "\n".join(found)
    assert digest_of_our_tables() == before, "a cell that was tried has left something behind"


@pytest.mark.slow
@pytest.mark.promise("P031")
def test_looking_changes_no_table_of_ours(world):
    """Beside the statements that each cell is watched for: the content of the tables, before and after."""
    before = digest_of_our_tables()
    for row in rows.rows():
        if row.known_fault or row.looks - matrix.LOG:
            continue
        role = next((role for role, outcome in row.get.items() if outcome in LET_IN), "stranger")
        matrix.attempt(world, row, role, "GET", keep=True)
    assert digest_of_our_tables() == before


def digest_of_our_tables() -> dict[str, str]:
    """Table → digest of its rows, for every table of ours."""
    tables = {
        table
        for label in ("nums_wagtail", "nums_vault", "nums_pages")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model._meta.managed
        for table in [model._meta.db_table]
    }
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            lines = sorted(repr([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in cursor)
            found[table] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return found


def told_apart(world: World, chosen: list[Row]) -> list[str]:
    """Cells in which somebody who may not know can tell whether something is there."""
    told = []
    for row in chosen:
        thing = row.of.split(" + ")[0]
        if thing not in world.missing:
            continue
        found = []
        for role, method in product(people.ROLES, ("GET", "POST")):
            expected = row.get if method == "GET" else row.post
            if expected[role] in LET_IN or role in world.seen_by[thing]:
                continue
            tries = {
                missing: matrix.attempt(world, row, role, method, missing=missing) for missing in (False, True)
            }
            there, nowhere = (matrix.shape(world, row, tried, missing=missing) for missing, tried in tries.items())
            if there != nowhere:
                found.append(f"{method} {row} as {role}: {there[0]} and {nowhere[0]}")
        if row.known_to_tell:
            found = [] if found else [f"{row}: the known fault is mended; take it out of the row"]
        told += found
    return told


@pytest.mark.promise("P023")
def test_not_yours_and_not_there_look_the_same(world):
    told = told_apart(world, one_of_each_kind())
    assert not told, "\n".join(told)


@pytest.mark.slow
@EVERY_ROW
@pytest.mark.promise("P023")
def test_under_no_address_can_anybody_tell_what_there_is(world, row):
    told = told_apart(world, [row])
    assert not told, "\n".join(told)


@pytest.mark.slow
@pytest.mark.parametrize("room", rows.ROOMS)
@pytest.mark.promise("P032")
def test_a_form_from_elsewhere_does_nothing(world, room):
    """Whoever may do it: without the token of the page nothing is written."""
    done = []
    for row in rows.rows(room):
        role = next((role for role, outcome in row.post.items() if outcome in ("did", "done")), None)
        if role and not row.no_token:
            tried = matrix.attempt(world, row, role, "POST", check_token=True)
            if tried.response.status_code != 403 or tried.written - matrix.PRESENCE:
                done.append(f"{row} as {role}: {tried.outcome}")
    assert not done, "\n".join(done)
