"""One walk for all tests of this folder: a site with one of everything, seen in a language that nobody speaks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import TestCase, override_settings

import nums_wagtail
from tests.proofs.world import build_world

from . import msgids
from .names import names
from .stops import stops
from .walk import Walk, papers_caught, walk_past_addresses, watched

PACKAGE = Path(nums_wagtail.__file__).parent
#: Neither Wagtail nor we speak it, and Django has no ways of its own to write its days.
LANGUAGE = "ia"


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory) -> Path:
    """A folder with a catalogue in which each text of ours, and of Wagtail and Django, is translated."""
    import django
    import django_q
    import wagtail
    import wagtail_modeladmin

    others = [Path(module.__file__).parent for module in (django, wagtail, wagtail_modeladmin, django_q)]
    folder = tmp_path_factory.mktemp("locale")
    texts = [*msgids.of_others(others), *msgids.every_text(PACKAGE)]
    msgids.write_catalogue(texts, folder / LANGUAGE / "LC_MESSAGES")
    return folder


@pytest.fixture(scope="package")
def walk(catalogue, django_db_setup, django_db_blocker) -> Iterator[Walk]:
    with django_db_blocker.unblock():
        around = TestCase._enter_atomics()
        try:
            yield _walked(catalogue)
        finally:
            TestCase._rollback_atomics(around)


def _walked(catalogue: Path) -> Walk:
    walked = Walk()
    with papers_caught() as papers, watched(walked):
        world = build_world()
        with override_settings(
            LANGUAGE_CODE=LANGUAGE,
            LANGUAGES=[(LANGUAGE, "Pseudo"), *settings.LANGUAGES],
            LOCALE_PATHS=[str(catalogue), *settings.LOCALE_PATHS],
        ):
            papers.clear()
            walk_past_addresses(world, walked)
            walked.seen += stops(world, papers, LANGUAGE)
            walked.names = names()
    return walked
