"""Words are planted wherever somebody may type, on a real site with its worker; then everything it kept is searched.

The same without encryption finds them, so that finding nothing means something.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from nums_wagtail.test.canary import new_words
from tests.canary import careless, rows
from tests.canary import site as sites
from tests.canary.garden import Garden, until
from tests.canary.markers import READABLE, Marker
from tests.canary.places import everything, sqlite
from tests.canary.search import Findings, search
from tests.canary.uploads import public_paths, send_everywhere

pytestmark = pytest.mark.browser

SETTLE = 30


@pytest.fixture(scope="session")
def prepared(tmp_path_factory) -> Path:
    """A site that is set up; the runs work on copies."""
    var = tmp_path_factory.mktemp("prepared")
    sites.prepare(var)
    return var


@pytest.fixture
def var() -> Iterator[Path]:
    folder = sites.folder()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def copied(prepared, var) -> Path:
    shutil.copytree(prepared, var, dirs_exist_ok=True)
    return var


def _every_field_was_planted(garden: Garden) -> None:
    planted = {field for marker in garden.markers for field in marker.field.split()}
    assert planted == rows.planted_fields()


def _errors_were_reported(site: sites.Site) -> None:
    """Else nothing in logs and error mails would mean nothing."""
    log = (site.var / "site.log").read_text()
    for path in ("/n/join/", "/n/in/", "/admin/nums_members/edit/", "/admin/cases/", "/admin/alerts/edit/"):
        assert f"Internal Server Error: {path}" in log, path
    assert "A report was not stored: " in log
    assert "A receipt was not answered: " in log


def _only_where_its_class_allows(findings: Findings, garden: Garden) -> None:
    assert not findings.misplaced, "\n".join(findings.misplaced)
    for marker in garden.markers:
        if marker.kept and marker.kind in READABLE:
            assert {"column", "database"} <= findings.of(marker), f"{marker.name} was not kept at all"
    released = next(marker for marker in garden.markers if marker.kind == "released")
    assert "mail" in findings.of(released)
    addressed = [marker for marker in garden.markers if marker.envelope]
    assert all(findings.of(marker) == {"envelope"} for marker in addressed)
    assert {"cache", "log", "error mail", "browser"} <= findings.bytes.keys()


@pytest.mark.promise("P037", "P038", "P012", "P021", "P053", "P101", "P104", "P133", "P158", "P159")
def test_what_people_type_is_found_only_where_its_class_allows_it(copied, browser):
    with sites.running(copied) as site:
        garden = Garden(site, browser)
        rows.plant_all(garden)
        findings = search(everything(site), garden.markers)
        _every_field_was_planted(garden)
        _errors_were_reported(site)
        _only_where_its_class_allows(findings, garden)
        _a_file_that_nobody_asked_for_is_kept_nowhere(garden)


def _a_file_that_nobody_asked_for_is_kept_nowhere(garden: Garden) -> None:
    assert not os.listdir(garden.site.temp)
    request = garden.person("sender of files").page.request
    words = new_words()
    answers = send_everywhere(garden.site, request, words)
    assert len(answers) >= 3 * len(public_paths()) >= 30
    assert not {path: status for path, status in answers.items() if status >= 500}
    assert answers["/n/send/ files"] == 400
    garden.closes()
    assert not os.listdir(garden.site.temp)
    assert not list((garden.site.var / "media").glob("**/*"))
    file = Marker("file that nobody asked for", "secret", (words,))
    assert not search(everything(garden.site), [file]).misplaced


@pytest.mark.promise("P037")
def test_without_encryption_the_same_search_finds_what_was_typed(copied, browser):
    """The positive control; and a careless host view, for the places that hold nothing of ours."""
    with sites.running(copied, unsealed=True) as site:
        garden = Garden(site, browser)
        rows.plant_all(garden)
        planted = list(garden.markers)
        _is_careless(garden)
        findings = search(everything(site), garden.markers)
    told = "\n".join(findings.misplaced)
    for marker in planted:
        if marker.kept and marker.kind not in READABLE:
            assert findings.of(marker) & {"column", "database"}, f"{marker.name} is not found"
            assert marker.name in told
    for place, kinds in CARELESS.items():
        marker = next(one for one in garden.markers if one.name == place)
        assert kinds <= findings.of(marker), place


#: Where the careless view keeps what was typed → where the search must find it.
CARELESS = {
    "cache": {"cache"},
    "session": {"django_session.session_data"},
    "cookie": {"browser"},
    "waiting task": {"django_q_ormq.payload"},
    "result of a task": {"django_q_task.args", "django_q_task.result"},
    "failure of a task": {"django_q_task.args", "django_q_task.result"},
    "media": {"media"},
    "temp": {"temp"},
    "mail": {"mail"},
    "log": {"log"},
    "error mail": {"error mail"},
}


def _is_careless(garden: Garden) -> None:
    assert CARELESS.keys() == set(careless.PLACES)
    request = garden.person("careless").page.request
    address = f"{garden.site.address}/careless/"
    typed = {place: garden.plant(place, "secret") for place in careless.PLACES}
    lost = {"error mail": typed.pop("error mail")}
    assert request.post(address, form=typed).status == 200
    assert request.post(address, form=lost).status == 500
    wanted = [marker for marker in garden.markers if marker.name in ("result of a task", "failure of a task")]
    until(lambda: _all_in_the_results(garden.site, wanted), seconds=SETTLE)
    garden.closes()


def _all_in_the_results(site: sites.Site, wanted: list[Marker]) -> bool:
    columns = (place for place in sqlite(site.var / "db.sqlite3") if place.name == "django_q_task.result")
    found = search(columns, wanted)
    return all(found.of(marker) for marker in wanted)


@pytest.mark.postgres
@pytest.mark.promise("P037")
def test_a_dump_of_postgresql_holds_it_only_where_its_class_allows_it(var, browser):
    with sites.postgres_database() as database:
        sites.prepare(var, database=database)
        with sites.running(var, database=database) as site:
            garden = Garden(site, browser)
            rows.plant_all(garden)
            _only_where_its_class_allows(search(everything(site), garden.markers), garden)
