"""The pages of ``docs/reference`` say what the code says. To write them anew: ``python -m tests.proofs.write``."""

from __future__ import annotations

import pytest
from django.core.checks.registry import registry

from nums_wagtail.conf import known_keys

from .reference import FOLDER, PACKAGE, checks, comment_above, promises, settings
from .write import modules


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.FILE)
def test_a_page_is_as_the_code_says(module):
    written = (FOLDER / module.FILE).read_text()
    made = module.page()
    if module is promises:
        written, made = promises.without_results(written), promises.without_results(made)
    assert written == made, "python -m tests.proofs.write"


def test_a_check_id_belongs_to_one_check():
    places: dict[str, set[str]] = {}
    for one in checks.reported():
        places.setdefault(one.id, set()).add(f"{one.module}.{one.function}")
    assert not {identity: where for identity, where in places.items() if len(where) > 1}


def test_every_check_id_in_the_code_is_reported_somewhere():
    assert checks.ids_in_the_source() == {one.id for one in checks.reported()}


def test_every_check_is_registered():
    known = {
        f"{check.__module__}.{check.__name__}" for check in registry.get_checks(include_deployment_checks=True)
    }
    for one in checks.reported():
        by = {one.function, *one.calls}
        field_check = one.function.endswith(".check")
        assert field_check or any(f"{one.module}.{name}" in known for name in by), one.id


def test_every_check_says_what_is_wrong_and_what_to_do():
    for one in checks.reported():
        assert one.level == ("error" if one.id[-4] == "E" else "warning"), one.id
        assert len(one.words) > 30, one.id
        assert one.hint, one.id


def test_every_setting_is_explained():
    page = settings.page()
    for key in known_keys():
        line = next(line for line in page.splitlines() if line.startswith(f"| `{key}` "))
        assert not line.endswith("|  |"), key


def test_every_setting_is_read_by_somebody():
    code = {file: file.read_text() for file in PACKAGE.glob("**/*.py") if file.name != "conf.py"}
    for key in known_keys():
        assert any(f".{key}" in text or f'"{key}"' in text for text in code.values()), key


def test_a_comment_belongs_to_the_line_below_it():
    lines = ["#: One", "#: thing.", "A: int = 1", "B: int = 2"]
    assert comment_above(lines, 3) == "One thing."
    assert comment_above(lines, 4) == ""


def test_every_signal_says_when_it_is_sent():
    from .reference.extending import signals

    assert all(words for _name, words in signals())
