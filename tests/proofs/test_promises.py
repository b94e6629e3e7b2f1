"""Every promise of a room that is built has a test, and no test claims a promise that nobody gave."""

from __future__ import annotations

import pytest

import nums_wagtail

from .promises import Promise, faults, read_marks, read_promises, still_open
from .reference import promises as page

pytest_plugins = ["pytester"]


def test_every_promise_of_a_built_room_has_a_test_and_no_mark_is_made_up():
    assert not faults(read_promises(), read_marks())


@pytest.mark.skipif("dev" in nums_wagtail.__version__, reason="before the first release promises may be open")
def test_a_release_leaves_no_promise_open():
    assert not still_open(read_promises(), read_marks())


def test_a_built_room_without_a_test_is_noticed():
    kept, later = Promise("P001", "vault", "Kept."), Promise("P002", "no_such_room", "Later.")
    part = Promise("P003", "vault/no_such_part", "Later.")
    assert faults([kept, later, part], {}) == ["P001 is kept in vault, which is built, and no test proves it"]
    assert not faults([kept, later, part], {"P001": ["tests/test_a.py::test_a"]})
    assert still_open([kept, later], {"P001": ["tests/test_a.py::test_a"]}) == [later]


def test_an_id_that_nobody_gave_is_noticed():
    assert faults([], {"P999": ["tests/test_a.py::test_a"]}) == [
        "tests/test_a.py::test_a is marked P999, which is no promise"
    ]


@pytest.mark.parametrize(
    "text",
    ["| P001 | vault | Words. |\n| P001 | vault | Other words. |", "| P1 | vault | Words. |", "| P001 | vault |"],
)
def test_a_table_that_cannot_be_read_is_an_error(text):
    with pytest.raises(ValueError, match=r"P001"):
        read_promises(text)


def test_marks_are_found_on_functions_classes_and_modules(tmp_path):
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_a.py").write_text(
        "import pytest\n"
        "pytestmark = [pytest.mark.promise('P001')]\n"
        "@pytest.mark.promise('P002', 'P003')\n"
        "def test_a(): pass\n"
        "@pytest.mark.promise('P004')\n"
        "class TestB:\n"
        "    def test_c(self): pass\n"
    )
    found = read_marks(folder)
    assert found["P001"] == ["tests/test_a.py::test_a", "tests/test_a.py::TestB::test_c"]
    assert found["P002"] == found["P003"] == ["tests/test_a.py::test_a"]
    assert found["P004"] == ["tests/test_a.py::TestB::test_c"]


def test_a_run_writes_what_came_of_each_test(pytester, monkeypatch):
    """The plugin, in a run of its own; the worst case of a parametrised test counts."""
    monkeypatch.setattr(page, "read_promises", lambda: [Promise("P001", "vault", "Kept.")])
    tests = [f"test_it.py::test_{name}" for name in ("good", "cases", "left_out")]
    monkeypatch.setattr(page, "read_marks", lambda: {"P001": tests})
    pytester.makepyfile(
        test_it="import pytest\n"
        "def test_good(): pass\n"
        "@pytest.mark.parametrize('one', [True, False])\n"
        "def test_cases(one): assert one\n"
    )
    pytester.inline_run("-p", "no:cacheprovider", "-p", "no:django", "--promises", "out.md", plugins=[_plugin()])
    text = (pytester.path / "out.md").read_text()
    assert "- passed: `test_it.py::test_good`" in text
    assert "- failed: `test_it.py::test_cases`" in text
    assert "- not run: `test_it.py::test_left_out`" in text
    assert page.without_results(text).count("passed") == 0


def _plugin() -> object:
    from . import plugin

    return plugin
