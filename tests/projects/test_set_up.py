"""Installing into a host as its developer does it, and taking it out again."""

from __future__ import annotations

import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

from .conftest import HOST, Site
from .plain.make import blocks

#: Tables of others that we write to: the column that shows it, and how it begins.
OURS_ELSEWHERE = (
    ("django_q_schedule", "name", "nums."),
    ("auth_group", "name", "Scheme:"),
    ("wagtailcore_task", "name", "Release"),
    ("wagtailcore_workflow", "name", "Release"),
)


def test_the_checks_find_nothing(site: Site):
    site.runs("check", "--fail-level", "WARNING").is_fine()


def test_the_migrations_match_the_models(site: Site):
    site.runs("makemigrations", "--check", "--dry-run").is_fine()


def test_setting_up_again_adds_nothing(site: Site):
    ran = site.runs("nums_setup", "--no-input")
    ran.is_fine()
    assert HOST == "own_page" or "(0 new)" in ran.words


def test_static_files_are_found(site: Site):
    ran = site.runs(
        "findstatic",
        "--first",
        *(f"nums_wagtail/{name}" for name in ("quiet.css", "reports.js", "icons/leave.svg")),
    )
    ran.is_fine()
    assert "No matching" not in ran.words


def test_the_host_and_its_admin_answer(site: Site):
    site.visits().is_fine()


def test_a_round_of_work_runs_what_is_due_and_ends(site: Site, tmp_path: Path):
    """The cron line of ``docs/operations.md``: every schedule that is due runs, and the queue is left empty."""
    site = site.copy(tmp_path / "worked")
    ran = site.runs("nums_work", "--seconds", "30")
    ran.is_fine()
    assert ran.words == "", "cron mails what a line prints"
    with closing(sqlite3.connect(site.databases / "host.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM nums_wagtail_workerbeat").fetchone() == (1,)
        assert database.execute("SELECT count(*) FROM django_q_ormq").fetchone() == (0,)


def test_taking_only_the_settings_out_leaves_the_host_working(site: Site, tmp_path: Path):
    """The rough way: pages, workflow and tables stay behind, and nobody answers for them."""
    site = site.copy(tmp_path / "rough")
    for ran in (site.runs("check", settings="before"), site.visits("before")):
        ran.is_fine()


def test_taking_it_out_as_the_page_says_leaves_the_host_as_it_was(site: Site, tmp_path: Path):
    site = site.copy(tmp_path / "whole")
    site.runs("shell", "-c", DELETE_PAGES).is_fine()
    for command in blocks(Path("docs/installing.md"), "Taking it out again", "sh"):
        for arguments in lines_of(command):
            site.runs(*arguments).is_fine()
    for ran in (site.runs("check", settings="before"), site.visits("before")):
        ran.is_fine()
    assert left_behind(site) == []


#: What an editor does in the page explorer.
DELETE_PAGES = """
from wagtail.models import Site
for page in Site.objects.get(is_default_site=True).root_page.get_children().filter(slug__in=["form", "updates"]):
    page.specific.delete()
"""


def lines_of(block: str) -> list[list[str]]:
    """The arguments of each ``python manage.py`` in a block, on this host's labels and databases."""
    commands = [part for part in shlex.split(block, comments=True)]
    starts = [number for number, word in enumerate(commands) if word == "manage.py"]
    ends = [number - 1 for number in starts[1:]] + [len(commands)]
    found = [commands[start + 1 : end] for start, end in zip(starts, ends, strict=True)]
    if HOST == "own_page":
        found = [["safety" if word == "nums_pages" else word for word in one] for one in found]
    if HOST == "two_databases":
        found = [[*one, "--database", "keys"] if "nums_vault" in one else one for one in found]
    return found


def left_behind(site: Site) -> list[str]:
    """Tables of ours, and rows of ours in the tables of others."""
    found = []
    for file in site.databases.glob("*.sqlite3"):
        with closing(sqlite3.connect(file)) as database:
            tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            found += [name for name in tables if name.startswith("nums_")]
            for table, column, ours in OURS_ELSEWHERE:
                if table in tables:
                    asks = f"SELECT {column} FROM {table} WHERE {column} LIKE '{ours}%'"
                    found += [f"{table}: {value}" for (value,) in database.execute(asks)]
    return found
