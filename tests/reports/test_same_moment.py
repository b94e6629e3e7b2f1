"""The same form from several connections at once: one report, one receipt, and no words lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.reports.access import open_report
from nums_wagtail.reports.intake import accept_report
from nums_wagtail.reports.models import ConsentEvent, Report, ReportVersion
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import make_submission
from nums_wagtail.vault.holders import TeamHolder
from nums_wagtail.vault.models import DataKey, TeamKey

from .reporter import digits_in, state_in, words_in

TIMES = 6

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def _a_file_for_all(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only one connection at a time writes to SQLite in memory without an error; a file makes them wait in turn."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as file, monkeypatch.context() as meanwhile:
        connection.connection.backup(file)
        meanwhile.setitem(connections.settings["default"], "NAME", str(path))
        yield
        file.backup(connection.connection)


@contextmanager
def _one_server(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield


@pytest.fixture
def at_once(tmp_path, monkeypatch) -> Callable[[Callable[[int], object]], list]:
    """Runs one thing six times in the same moment, each with a connection of its own; the answers in order."""
    stage = _a_file_for_all if connection.vendor == "sqlite" else _one_server
    together = Barrier(TIMES)

    def one(act: Callable[[int], object], turn: int) -> object:
        try:
            connection.ensure_connection()
            together.wait(timeout=30)
            return act(turn)
        finally:
            connection.close()

    def run(act: Callable[[int], object]) -> list:
        with stage(tmp_path / "together.sqlite3", monkeypatch), ThreadPoolExecutor(TIMES) as people:
            return list(people.map(lambda turn: one(act, turn), range(TIMES)))

    return run


@pytest.mark.promise("P105")
def test_one_form_sent_six_times_in_one_moment_is_one_report(at_once):
    submission = make_submission()

    def send(_turn: int) -> tuple[object, ...]:
        accepted = accept_report(submission)
        return accepted.report_uuid, accepted.receipt.digits, accepted.again

    answers = at_once(send)
    assert len({(report, digits) for report, digits, _again in answers}) == 1
    assert sorted(again for _report, _digits, again in answers) == [False] + [True] * (TIMES - 1)
    assert Report.objects.count() == ReportVersion.objects.count() == 1
    assert DataKey.objects.filter(kind="report").count() == TeamKey.objects.count() == 1
    assert ConsentEvent.objects.count() == len(ConsentEvent.Purpose)


def test_one_page_sent_by_six_requests_shows_one_receipt(at_once, reporter):
    state = state_in(reporter.opens_the_form())

    def send(turn: int) -> HttpResponse:
        typed = {"state": state, "send": "warn", "q-what_happened": "He took my phone."}
        return Client(REMOTE_ADDR=f"192.0.2.{turn}").post(reporter.answer_url, typed)

    pages = at_once(send)
    assert [page.status_code for page in pages] == [200] * TIMES
    assert len({(tuple(words_in(page)), digits_in(page)) for page in pages}) == 1
    assert len(words_in(pages[0])) == 5
    assert Report.objects.count() == ReportVersion.objects.count() == 1


def test_other_words_in_each_of_six_requests_are_all_kept(at_once, reporter):
    state = state_in(reporter.opens_the_form())
    said = [f"He took my phone. Part {turn}." for turn in range(TIMES)]

    def send(turn: int) -> HttpResponse:
        typed = {"state": state, "send": "warn", "q-what_happened": said[turn]}
        return Client().post(reporter.answer_url, typed)

    pages = at_once(send)
    assert len({digits_in(page) for page in pages}) == 1
    caseworker = Actor.person(make_staff("caseworker"))
    found = open_report(TeamHolder(), Report.objects.get(), by=caseworker, why="case")
    assert sorted(answers.text("what_happened") for answers in found.versions) == said


def test_six_reports_in_one_moment_are_six(at_once, reporter):
    states = [state_in(reporter.opens_the_form()) for _turn in range(TIMES)]

    def send(turn: int) -> HttpResponse:
        typed = {"state": states[turn], "send": "warn", "q-what_happened": "He took my phone."}
        return Client().post(reporter.answer_url, typed)

    assert len({digits_in(page) for page in at_once(send)}) == TIMES
    assert Report.objects.count() == TIMES
    assert TeamKey.objects.count() == 1, "the first reports of a new scheme agree on one key of the team"
