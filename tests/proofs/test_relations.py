"""Rooms know only what stands before them, also where no import says so; and the front door gathers every room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.checks.registry import registry as checks
from django.db import models
from django.test.utils import isolate_apps

from nums_wagtail import rooms
from nums_wagtail.alerts.models import Alert
from nums_wagtail.alerts.signals import alert_released
from nums_wagtail.members.models import Member
from nums_wagtail.vault.models import DataKey

from . import gathering, relations
from .relations import Reference, Table

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "nums_wagtail"
TABLE = Table((ROOT / ".importlinter").read_text())
MODELS = [
    model
    for label in ("nums_wagtail", "nums_vault", "nums_pages")
    for model in apps.get_app_config(label).get_models(include_auto_created=True)
]
CODE = {
    ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file.read_text()
    for file in sorted(PACKAGE.rglob("*.py"))
    if "migrations" not in file.parts
}
TEMPLATES = {
    str(file.relative_to(PACKAGE / "templates")): file.read_text()
    for file in sorted((PACKAGE / "templates").rglob("*.*"))
}
LIBRARIES = {file.stem: file.read_text() for file in (PACKAGE / "templatetags").glob("[a-z]*.py")}


def wrong(references: Iterator[Reference]) -> list[Reference]:
    return [reference for reference in references if not TABLE.allows(reference)]


def test_every_room_stands_in_the_table():
    assert {TABLE.room_of(name) for name in CODE} - {"nums_wagtail"} - set(TABLE.rows) == set()


def test_no_table_points_at_a_later_room():
    found = list(relations.of_models(MODELS))
    assert len(found) > 30
    assert wrong(iter(found)) == []


def test_no_table_points_at_the_vault():
    """A data key is a UUID column elsewhere: its table may lie in another database."""
    assert [one for one in relations.of_models(MODELS) if "vault" in one.target and "vault" not in one.source] == []


def test_no_room_listens_to_a_later_one():
    signals = relations.signals_of(name for name in CODE if name.endswith(".signals"))
    found = list(relations.of_receivers(signals, MODELS))
    assert len(found) >= 6
    assert wrong(iter(found)) == []


def test_no_string_names_a_later_room():
    found = [one for module, code in CODE.items() for one in relations.of_strings(module, code)]
    assert len(found) > 70
    assert wrong(iter(found)) == []


def test_every_dotted_path_leads_somewhere():
    """A task or a channel that nobody finds fails at night, on a worker."""
    said = {path for code in CODE.values() for path in relations.dotted_paths(code)}
    assert len(said) > 10
    assert [path for path in said if not relations.leads_somewhere(path)] == []


def test_no_template_takes_in_one_of_a_later_room():
    found = [one for name, source in TEMPLATES.items() for one in relations.of_template(name, source, LIBRARIES)]
    assert len(found) > 80
    assert wrong(iter(found)) == []


def test_the_front_door_gathers_every_room():
    assert list(gathering.not_gathered(PACKAGE, rooms.ROOMS)) == []


def test_every_check_of_a_room_is_run():
    run = {check.__module__ for check in checks.get_checks(include_deployment_checks=True)}
    there = {name for name in CODE if name.endswith(".checks")}
    assert len(there) > 5
    assert there <= run


# The walk itself, on what must not be.


@isolate_apps("nums_wagtail")
def test_a_relation_to_a_later_room_is_found():
    class Vetted(models.Model):
        alert = models.ForeignKey(Alert, on_delete=models.CASCADE)
        member = models.ForeignKey(Member, on_delete=models.CASCADE)

        class Meta:
            app_label = "nums_wagtail"

        def __str__(self) -> str:
            return "row"

    Vetted.__module__ = "nums_wagtail.members.models"
    assert [one.how for one in wrong(relations.of_models([Vetted]))] == ["Vetted.alert"]


@isolate_apps("nums_wagtail")
def test_a_relation_of_regions_to_the_vault_is_found():
    class Area(models.Model):
        key = models.ForeignKey(DataKey, on_delete=models.CASCADE)

        class Meta:
            app_label = "nums_wagtail"

        def __str__(self) -> str:
            return "row"

    Area.__module__ = "nums_wagtail.regions.models"
    assert len(wrong(relations.of_models([Area]))) == 1


def test_a_receiver_of_a_later_rooms_signal_is_found():
    def tell_the_reporter(**kwargs: object) -> None: ...

    tell_the_reporter.__module__ = "nums_wagtail.reports.receipts"
    signals = [("nums_wagtail.alerts.signals", alert_released)]
    alert_released.connect(tell_the_reporter)
    try:
        assert len(wrong(relations.of_receivers(signals, MODELS))) == 1
    finally:
        alert_released.disconnect(tell_the_reporter)


def test_a_receiver_of_a_later_rooms_table_is_found():
    def look(**kwargs: object) -> None: ...

    look.__module__ = "nums_wagtail.members.looking"
    models.signals.post_save.connect(look, sender=Alert)
    try:
        assert len(wrong(relations.of_receivers([("", models.signals.post_save)], MODELS))) == 1
    finally:
        models.signals.post_save.disconnect(look, sender=Alert)


@pytest.mark.parametrize(
    "code",
    [
        'models.ForeignKey("nums_wagtail.Alert", on_delete=models.CASCADE)',
        'apps.get_model("nums_wagtail", "Alert")',
        'apps.get_model("nums_wagtail.Alert")',
        'enqueue("nums_wagtail.bulletins.tasks.sweep")',
        'render_to_string("nums_wagtail/alerts/review.html")',
        'import_module("nums_wagtail.casework")',
    ],
)
def test_a_string_that_names_a_later_room_is_found(code):
    assert len(wrong(relations.of_strings("nums_wagtail.members.views", code))) == 1
    assert wrong(relations.of_strings("nums_wagtail.wagtail_hooks", code)) == []


def test_a_default_among_the_settings_counts_for_the_room_it_is_of():
    code = 'class {}Conf:\n    CHANNEL: str = "nums_wagtail.mailing.channels.DjangoChannel"'
    assert wrong(relations.of_strings("nums_wagtail.conf", code.format("Mailing"))) == []
    assert len(wrong(relations.of_strings("nums_wagtail.conf", code.format("Regions")))) == 1


def test_a_template_that_takes_in_one_of_a_later_room_is_found():
    own = '{% extends "nums_wagtail/layouts/quiet.html" %}'
    source = own + '{% load nums_far %}{% include "nums_wagtail/alerts/foot.html" %}'
    far = {"nums_far": "from ..bulletins.models import Bulletin\n"}
    found = wrong(relations.of_template("nums_wagtail/members/home.html", source, far))
    assert [one.target for one in found] == ["nums_wagtail.alerts.foot", "nums_wagtail.bulletins"]


def test_a_dotted_path_to_nowhere_is_found():
    said = list(relations.dotted_paths('"nums_wagtail.mailing.tasks.gone"'))
    assert said == ["nums_wagtail.mailing.tasks.gone"]
    assert not relations.leads_somewhere(said[0])


def test_whatever_the_front_door_leaves_lying_is_found(tmp_path):
    package = tmp_path / "house"
    for name, text in {
        "models.py": "",
        "urls.py": "",
        "wagtail_hooks.py": "from .kept import viewsets as kept\nkept.VIEWSETS\n",
        "kept/viewsets.py": "class AViewSet: ...\nVIEWSETS = (AViewSet(),)\n",
        "lost/models.py": "class Row(models.Model):\n    pass\n",
        "lost/urls.py": "urlpatterns = []\n",
        "lost/viewsets.py": "class LostViewSet: ...\n\ndef admin_urls(): ...\n",
        "lost/panels.py": "def home_panel(request): ...\n",
        "lost/rows.py": "class Other(models.Model):\n    pass\n",
        "unnamed/checks.py": "",
    }.items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(text)
    assert list(gathering.not_gathered(package, ("kept", "lost"))) == [
        "unnamed/checks.py is of a room that ROOMS does not name",
        "lost/models.py is not in models.py",
        "lost/urls.py is not in urls.py",
        "lost/viewsets.py offers LostViewSet, which wagtail_hooks.py does not take",
        "lost/viewsets.py offers admin_urls, which wagtail_hooks.py does not take",
        "lost/panels.py offers home_panel, which wagtail_hooks.py does not take",
        "lost/rows.py has a table outside models.py",
    ]
