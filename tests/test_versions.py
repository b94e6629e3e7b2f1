"""Which versions are tested: what is left out on a machine is said, and CI asks for all of them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pytest

from .projects import environments
from .projects.interpreters import find_interpreter

ROOT = Path(__file__).resolve().parents[1]


def asked(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    environments.add_arguments(parser)
    return parser.parse_args(words)


@pytest.fixture
def no_other_python(monkeypatch):
    monkeypatch.setattr(environments, "find_interpreter", lambda versions: None)


def test_a_python_of_this_version_is_found_and_runs():
    this = "{}.{}".format(*sys.version_info)
    assert find_interpreter([this])


def test_no_python_is_found_for_a_version_that_nobody_has():
    assert find_interpreter(["2.99"]) is None


@pytest.mark.usefixtures("no_other_python")
def test_a_combination_without_its_python_is_left_out_and_said(capsys):
    assert environments.chosen_from(asked("standard", "newest", "--skip-missing")) == ["standard"]
    assert capsys.readouterr().out.startswith("SKIPPED: the combination 'newest'")


@pytest.mark.usefixtures("no_other_python")
def test_whoever_asks_for_it_by_name_is_not_told_that_it_works():
    with pytest.raises(SystemExit, match="no Python 3.13 or 3.12"):
        environments.chosen_from(asked("newest"))


def test_an_unknown_combination_is_named_with_those_there_are():
    with pytest.raises(SystemExit, match="standard, oldest, newest"):
        environments.chosen_from(asked("newst"))


def test_ci_asks_for_every_combination():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    (hosts,) = [line for line in lines if "make hosts" in line]
    (versions,) = [line for line in lines if "make versions" in line]
    assert all(name in hosts for name in environments.COMBINATIONS)
    # The quick suite itself runs on whatever runs CI.
    assert all(name in versions for name in environments.COMBINATIONS if name != "standard")
