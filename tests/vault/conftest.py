"""Tables of the sample models, keys other than the ones in force, and a database of their own for the keys."""

import base64
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend
from django.test import override_settings

from .samples import SAMPLES

KEYS = "keys"


@pytest.fixture(scope="session")
def sample_tables(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            for model in SAMPLES:
                editor.create_model(model)
        yield
        with connection.schema_editor() as editor:
            for model in reversed(SAMPLES):
                editor.delete_model(model)


@pytest.fixture
def samples(sample_tables, db) -> None:
    """The sample models with empty tables."""


@pytest.fixture
def use_site_keys(settings) -> Callable[..., None]:
    """Put other site keys in force: names of keys in order, each made of its own name."""

    def use(*kids: str) -> None:
        lines = [f"{kid}:{base64.b64encode(kid.encode().ljust(32, b'.')).decode()}" for kid in kids]
        settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "SITE_KEYS": lines}

    return use


def _opened_as_keys(file: Path) -> BaseDatabaseWrapper:
    """The file as the alias ``keys``. Opened before it is named: Django's test cases forbid to open an alias
    that the settings did not have, but not to use an open one."""
    described = {
        **connections.settings["default"],
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
        },
    }
    wrapper = load_backend(described["ENGINE"]).DatabaseWrapper(described, KEYS)
    wrapper.ensure_connection()
    connections.settings[KEYS], connections[KEYS] = described, wrapper
    return wrapper


@contextmanager
def _keys_in(file: Path) -> Iterator[None]:
    wrapper = _opened_as_keys(file)
    inside = {**settings.NUMS_WAGTAIL, "KEYS_DATABASE": KEYS}
    try:
        with override_settings(NUMS_WAGTAIL=inside, DATABASE_ROUTERS=["nums_wagtail.vault.router.KeysRouter"]):
            yield
    finally:
        wrapper.close()
        del connections[KEYS], connections.settings[KEYS]


@pytest.fixture(scope="session")
def empty_keys_database(django_db_setup, django_db_blocker, tmp_path_factory) -> Path:
    """A file with the vault's tables, migrated through the router once."""
    file = tmp_path_factory.mktemp("keys") / "empty.sqlite3"
    with django_db_blocker.unblock(), _keys_in(file):
        call_command("migrate", "nums_vault", database=KEYS, verbosity=0)
    return file


@pytest.fixture
def keys_database(transactional_db, empty_keys_database, tmp_path) -> Iterator[Path]:
    """Data keys in a SQLite file of their own; yields the file."""
    file = tmp_path / "keys.sqlite3"
    shutil.copy(empty_keys_database, file)
    with _keys_in(file):
        yield file
