"""The page of the architecture speaks of what is there: every file it names, every test of a decision."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from nums_wagtail.rooms import ROOMS

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text()
PLACES = (ROOT / "nums_wagtail", ROOT / "tests", ROOT)
_PATH = re.compile(r"`([\w/.-]+\.(?:py|html|js|css))`")


def _section(heading: str) -> str:
    return PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def _rows(heading: str) -> list[list[str]]:
    lines = [line for line in _section(heading).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


DECISIONS = _rows("One place for each decision")


def _imported(code: str) -> set[str]:
    """Dotted names of everything that a test imports, modules and what is taken from them."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def _dotted(path: str) -> str:
    return "nums_wagtail." + path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def test_every_file_the_page_names_is_there():
    named = set(_PATH.findall(PAGE))
    assert len(named) > 60
    assert not [path for path in named if not any((place / path).is_file() for place in PLACES)]


@pytest.mark.parametrize("row", DECISIONS, ids=lambda row: row[0].replace(" ", "-")[:40])
def test_a_decision_is_made_in_a_module_and_held_by_a_test_of_it(row):
    _decision, modules, tests = row
    codes = [(ROOT / "tests" / path).read_text() for path in _PATH.findall(tests)]
    named = {_dotted(path) for path in _PATH.findall(modules)}
    assert named
    assert codes
    for code in codes:
        assert "def test_" in code
        assert named & _imported(code), tests


def test_a_decision_is_made_in_one_place_only():
    modules = [path for _decision, modules, _tests in DECISIONS for path in _PATH.findall(modules)]
    assert len(modules) == len(set(modules))
    decisions = [row[0] for row in DECISIONS]
    assert len(decisions) == len(set(decisions))


def test_the_page_tells_of_every_room_and_of_no_other():
    told = re.findall(r"^\| (\w+) \| ", PAGE.partition("| room | keeps |")[2].partition("\n\n")[0], re.M)
    assert sorted(told) == sorted({*ROOMS, "vault"})


def test_there_are_a_dozen_hard_cases_at_least_and_each_names_where_it_went():
    cases = re.split(r"^\d+\. ", _section("Where does this go?"), flags=re.M)[1:]
    assert len(cases) >= 12
    assert all(_PATH.search(case) for case in cases)
