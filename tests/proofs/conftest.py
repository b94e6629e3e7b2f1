"""The world of the matrix, made once for each file: every test takes back what it did, so the next finds it whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from .world import World, build_world


@pytest.fixture(scope="module")
def made_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A transaction that stays open round the tests of one file; each test is a savepoint within it."""
    with django_db_blocker.unblock():
        round_all = transaction.atomic()
        # As in Django's own TestCase, so that verbs may open a durable transaction in it.
        round_all._from_testcase = True  # type: ignore[attr-defined]
        with round_all:
            yield build_world()
            transaction.set_rollback(True)
    cache.clear()


@pytest.fixture
def world(made_world: World, db: None) -> World:
    cache.clear()
    return made_world
