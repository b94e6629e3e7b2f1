"""What every test shares: property tests that give the same answer twice in CI, and no clock in them anywhere."""

import os
from collections.abc import Iterator
from unittest import mock

import pytest
from hypothesis import settings

pytest_plugins = ["tests.proofs.plugin"]

settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """Before the databases are made: take the migrated one that an earlier run kept."""
    from tests.ready_database import migrating

    with mock.patch("django.core.management.call_command", migrating()):
        yield
