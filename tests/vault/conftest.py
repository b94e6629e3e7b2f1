"""Tables of the sample models, and keys other than the ones in force."""

import base64
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from .samples import SAMPLES


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
