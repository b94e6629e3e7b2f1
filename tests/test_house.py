"""What holds for the whole house: imports walk one way, migrations match, every room is gathered."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from nums_wagtail.rooms import ROOMS

PACKAGE = Path(__file__).resolve().parents[1] / "nums_wagtail"


def test_rooms_import_only_what_stands_before_them():
    lint = Path(sys.executable).with_name("lint-imports")
    if not lint.exists():
        pytest.skip("import-linter is not in this environment; the standard one has it")
    done = subprocess.run([str(lint)], cwd=PACKAGE.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.django_db
def test_the_migrations_match_the_models():
    call_command("makemigrations", "--check", "--dry-run", "nums_wagtail", "nums_vault", "nums_pages", verbosity=0)


def test_the_migrations_run_on_the_oldest_supported_wagtail():
    """Made on Wagtail 8 they would name a setting and a migration that 7.4 does not have."""
    for file in PACKAGE.glob("**/migrations/0*.py"):
        text = file.read_text()
        assert "WAGTAIL_PAGE_MODEL" not in text, file
        assert "0098_apitoken" not in text, file


def test_every_room_with_tables_is_gathered():
    gathered = {model.__module__ for model in apps.get_app_config("nums_wagtail").get_models()}
    for room in ROOMS:
        models = PACKAGE / room / "models.py"
        if models.exists() and re.search(r"^class \w+\(", models.read_text(), re.M):
            assert f"nums_wagtail.{room}.models" in gathered


@pytest.mark.promise("P033")
def test_no_model_of_ours_puts_content_into_its_name():
    """Log entries, revisions and mails store ``str(obj)``."""
    for label in ("nums_wagtail", "nums_vault"):
        for model in apps.get_app_config(label).get_models():
            assert "__str__" in {name for base in model.__mro__[:-1] for name in vars(base)}, model
