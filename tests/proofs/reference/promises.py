"""The page of promises: which tests prove which, and what came of the run that wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..promises import Promise, read_marks, read_promises
from . import FOLDER, MADE

FILE = "promises.md"
NOT_RUN = "not run"

_LINE = re.compile(r"^- (?P<result>[a-z ]+): `(?P<test>[^`]+)`$", re.M)


def page(results: Mapping[str, str] | None = None) -> str:
    """``results``: outcome by test. Without them those that stand in the file stay."""
    if results is None:
        there = FOLDER / FILE
        results = results_in(there.read_text()) if there.exists() else {}
    promises, marks = read_promises(), read_marks()
    head = (
        "# Promises and what proves them\n\n" + MADE + "\nThe words before each test are what came of the run that "
        "wrote this page: `pytest -m 'not browser and not postgres' --promises docs/reference/promises.md`.\n"
    )
    return head + "\n" + "\n".join(_of(promise, marks.get(promise.id, []), results) for promise in promises)


def results_in(text: str) -> dict[str, str]:
    return {line["test"]: line["result"] for line in _LINE.finditer(text)}


def without_results(text: str) -> str:
    """The page as every run writes it."""
    return _LINE.sub(lambda line: f"- `{line['test']}`", text)


def _of(promise: Promise, tests: list[str], results: Mapping[str, str]) -> str:
    lines = [f"- {results.get(test, NOT_RUN)}: `{test}`" for test in sorted(tests)]
    if not lines:
        lines = ["- open: nothing proves it yet" if promise.is_built else "- open: not built yet"]
    return "\n".join([f"## {promise.id} · {promise.place}", "", promise.words, "", *lines, ""])
