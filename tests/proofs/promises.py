"""The promises of ``docs/security.md``, which tests claim to prove them, and what is missing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nums_wagtail.rooms import ROOMS

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "nums_wagtail"
SECURITY = ROOT / "docs" / "security.md"

#: Apps of their own, and what is shipped for tests: the front door does not gather them.
BESIDE = ("vault", "pages", "test")

_ROW = re.compile(r"^\| (P\d{3}) \| ([\w/]+) \| (.+) \|$", re.M)
_LOOKS_LIKE_A_ROW = re.compile(r"^\|\s*P\d", re.M)


@dataclass(frozen=True)
class Promise:
    """``place`` is the room, or the part of a room, that keeps it."""

    id: str
    place: str
    words: str

    @property
    def is_built(self) -> bool:
        room, _slash, part = self.place.partition("/")
        return (room in ROOMS or room in BESIDE) and _has_code(PACKAGE / room / part if part else PACKAGE / room)


def read_promises(text: str | None = None) -> list[Promise]:
    """Raises ValueError for a row that cannot be read or an id that is given twice."""
    text = SECURITY.read_text() if text is None else text
    found = [Promise(*row) for row in _ROW.findall(text)]
    if len(found) != len(_LOOKS_LIKE_A_ROW.findall(text)):
        raise ValueError("A row of the promises is not written as | P001 | room | words. |")
    ids = [promise.id for promise in found]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        raise ValueError(f"{twice} are given twice.")
    return sorted(found, key=lambda promise: promise.id)


def read_marks(folder: Path = ROOT / "tests") -> dict[str, list[str]]:
    """Promise id → the tests marked with it, as ``tests/vault/test_team.py::test_x``, without running any."""
    found: dict[str, list[str]] = {}
    for file in sorted(folder.glob("**/test_*.py")):
        for test, ids in _marks_in(ast.parse(file.read_text())):
            for one in ids:
                found.setdefault(one, []).append(f"{file.relative_to(folder.parent)}::{test}")
    return found


def faults(promises: Iterable[Promise], marks: Mapping[str, list[str]]) -> list[str]:
    """What is wrong, in words: an id that nobody gave, a built room that proves nothing."""
    known = {promise.id: promise for promise in promises}
    wrong = [f"{test} is marked {one}, which is no promise" for one in marks.keys() - known for test in marks[one]]
    wrong += [
        f"{promise.id} is kept in {promise.place}, which is built, and no test proves it"
        for promise in known.values()
        if promise.is_built and not marks.get(promise.id)
    ]
    return sorted(wrong)


def still_open(promises: Iterable[Promise], marks: Mapping[str, list[str]]) -> list[Promise]:
    return [promise for promise in promises if not marks.get(promise.id)]


def _has_code(place: Path) -> bool:
    files = [place.with_suffix(".py")] if place.with_suffix(".py").exists() else sorted(place.glob("*.py"))
    kinds = (ast.ClassDef, ast.FunctionDef)
    return any(isinstance(node, kinds) for file in files for node in ast.parse(file.read_text()).body)


def _marks_in(module: ast.Module) -> Iterator[tuple[str, list[str]]]:
    shared = [node for node in module.body if isinstance(node, ast.Assign) and _is_pytestmark(node)]
    of_all = [one for node in shared for one in _ids(node)]
    for node in module.body:
        if isinstance(node, ast.ClassDef):
            of_class = [one for decorator in node.decorator_list for one in _ids(decorator)]
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and inner.name.startswith("test"):
                    yield f"{node.name}::{inner.name}", [*of_all, *of_class, *_of(inner)]
        elif isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            yield node.name, [*of_all, *_of(node)]


def _of(function: ast.FunctionDef) -> list[str]:
    return [one for decorator in function.decorator_list for one in _ids(decorator)]


def _is_pytestmark(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets)


def _ids(node: ast.AST) -> list[str]:
    """The arguments of every ``pytest.mark.promise(…)`` inside ``node``."""
    return [
        argument.value
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "promise"
        for argument in call.args
        if isinstance(argument, ast.Constant)
    ]
