"""The extension that the documentation shows is run as it stands there, and keeps the contracts."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse

from nums_wagtail.casework.registries import case_panels
from nums_wagtail.foundation.actors import INTAKE
from nums_wagtail.mailing.letters import queue_letter
from nums_wagtail.mailing.models import Lane
from nums_wagtail.mailing.outbox import deliver_all
from nums_wagtail.members.holdings import holdings
from nums_wagtail.test.casework_contracts import CasePanelContract
from nums_wagtail.test.mailing_contracts import ChannelContract

PAGE = Path(__file__).resolve().parents[2] / "docs" / "extending.md"
APP, CONTRACT, MAIL, CANARY = re.findall(r"^```python\n(.+?)^```", PAGE.read_text(), re.M | re.S)
#: Takes the place of sendmail: a file for each message, named for its recipient.
CARRIER = "import pathlib, sys; pathlib.Path(sys.argv[1], sys.argv[-1]).write_bytes(sys.stdin.buffer.read())"


def _run(code: str, namespace: dict[str, Any]) -> None:
    exec(compile(code, str(PAGE), "exec"), namespace)  # noqa: S102 - our own page


herons = sys.modules["herons"] = ModuleType("herons")
_run(APP, vars(herons))
shown: dict[str, Any] = {"__name__": __name__}
_run(CONTRACT, shown)
#: What the page tells its readers to write.
TestAlarms = shown["TestAlarms"]


@pytest.fixture(autouse=True)
def _registered() -> Iterator[None]:
    """As ``ready()`` would."""
    with holdings.emptied(), case_panels.emptied():
        herons.register()
        yield
    cache.clear()


@pytest.mark.django_db
class TestAlarmsOfACase(CasePanelContract):
    def make_panel(self):
        return case_panels["herons.alarms"]

    def give_lines(self, case):
        herons.lend(case)


class TestCommandChannel(ChannelContract):
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path):
        self.folder = tmp_path

    def make_channel(self):
        channel = herons.CommandChannel()
        channel.command = [sys.executable, "-c", CARRIER, str(self.folder)]
        return channel

    def make_broken_channel(self):
        channel = herons.CommandChannel()
        channel.command = [str(self.folder / "nothing-here")]
        return channel

    def arrived(self):
        files = sorted(self.folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        return [file.name for file in files]


def test_it_is_thirty_lines_or_little_more():
    assert len([line for line in APP.splitlines() if line.strip()]) <= 40


@pytest.mark.django_db
def test_what_the_page_says_about_reading_mail_is_so():
    queue_letter(kind="notice", to="rowan@example.org", subject="s", text="t", lane=Lane.INSTANT, by=INTAKE)
    _run(MAIL, {})


def test_what_the_page_says_about_planted_words_is_so(tmp_path):
    log_file = tmp_path / "log"
    log_file.write_text("nothing")
    _run(CANARY, {"response": HttpResponse("nothing"), "log_file": log_file})


@pytest.mark.django_db
def test_the_channel_is_found_by_its_name_in_the_settings(settings, tmp_path, monkeypatch):
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "CHANNEL": "herons.CommandChannel"}
    monkeypatch.setattr(herons.CommandChannel, "command", [sys.executable, "-c", CARRIER, str(tmp_path)])
    letter = queue_letter(
        kind="notice", to="rowan@example.org", subject="s", text="t", lane=Lane.INSTANT, by=INTAKE
    )
    assert deliver_all(seconds=20).sent == 1
    assert letter.message_id.encode() in (tmp_path / "rowan@example.org").read_bytes()
