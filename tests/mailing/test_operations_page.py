"""What the operations page tells to copy works as it stands there: the service's unit and the line for cron."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
SECRETS = 'NUMS_SITE_KEYS="k2:bmV3 k1:b2xk"\n'


def block(first_line: str) -> str:
    """The indented lines of the page that begin with this one."""
    found = re.search(rf"^    {re.escape(first_line)}.*\n(?:(?:    .*)?\n)*", PAGE.read_text(), re.M)
    assert found, first_line
    return re.sub(r"^    ", "", found[0], flags=re.M).strip() + "\n"


@pytest.fixture
def server(tmp_path: Path) -> Path:
    """Where the page says that things lie, in a folder of its own; its python says what it was called with."""
    python = tmp_path / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$NUMS_SITE_KEYS|$PWD|$*"\n')
    python.chmod(0o755)
    (tmp_path / "environment").write_text(SECRETS)
    return tmp_path


def at(server: Path, text: str) -> str:
    return text.replace("/etc/site", str(server)).replace("/srv/site", str(server))


def test_the_cron_line_runs_a_round_with_the_keys_of_the_file(server):
    line = block("* * * * * ").removeprefix("* * * * * ")
    said = subprocess.run(["sh", "-c", at(server, line)], env={}, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == f"k2:bmV3 k1:b2xk|{server}|manage.py nums_work"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_takes_the_unit_as_it_stands(server):
    unit = server / "scheme-worker.service"
    unit.write_text(at(server, block("[Unit]")))
    assert "KillMode=control-group" in unit.read_text()
    said = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    ours = [line for line in (said.stdout + said.stderr).splitlines() if unit.name in line]
    assert not ours
    assert said.returncode == 0
