"""The page of system checks, from the places that report them."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from . import MADE, PACKAGE, joined, table

FILE = "checks.md"
IDS = re.compile(r"nums_wagtail\.[EW]\d{3}")


@dataclass(frozen=True)
class Reported:
    """One place that reports an id. ``function`` is the outermost function or ``Class.method`` round it."""

    id: str
    level: str
    words: str
    hint: str
    module: str
    function: str
    calls: frozenset[str]


def page() -> str:
    lines = [(f"`{one.id}`", one.level, one.words, one.hint) for one in reported()]
    intro = (
        "What `manage.py check` and `manage.py check --deploy` say. An id is never used again for something else."
    )
    return joined(["# Checks", MADE, intro, table(("id", "level", "what is wrong", "what to do"), lines)])


@cache
def reported() -> list[Reported]:
    """Every place in the package that reports a check id, by id."""
    files = sorted(PACKAGE.glob("**/*.py"))
    return sorted((one for file in files for one in _in_file(file)), key=lambda one: one.id)


def ids_in_the_source() -> set[str]:
    """Every id that stands in code, not in a comment or a docstring."""
    found = set()
    for file in PACKAGE.glob("**/*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and IDS.fullmatch(node.value):
                found.add(node.value)
    return found


def _in_file(file: Path) -> list[Reported]:
    tree = ast.parse(file.read_text())
    module = ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts)
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    for owner in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        functions |= {f"{owner.name}.{node.name}": node for node in owner.body if isinstance(node, ast.FunctionDef)}
    callers = {
        name: frozenset(
            call.func.id
            for call in ast.walk(node)
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        )
        for name, node in functions.items()
    }
    found = []
    for name, node in functions.items():
        for call in (inner for inner in ast.walk(node) if isinstance(inner, ast.Call)):
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            identity = given.get("id")
            if isinstance(identity, ast.Constant) and IDS.fullmatch(str(identity.value)):
                level = ast.unparse(call.func).rpartition(".")[2].lower()
                called_by = frozenset(caller for caller, calls in callers.items() if name in calls)
                words = [_words(one, node) for one in (call.args[0], given.get("hint"))]
                found.append(Reported(identity.value, level, *words, module, name, called_by))
    return found


def _words(value: ast.expr | None, function: ast.FunctionDef) -> str:
    """Text as it is written, with a name in angle brackets where a value goes."""
    if value is None:
        return ""
    if isinstance(value, ast.Constant):
        return str(value.value)
    if isinstance(value, ast.JoinedStr):
        parts = [
            part.value if isinstance(part, ast.Constant) else f"‹{ast.unparse(part.value)}›"
            for part in value.values
        ]
        return "".join(str(part) for part in parts)
    if isinstance(value, ast.IfExp):
        return f"{_words(value.body, function)} / {_words(value.orelse, function)}"
    if isinstance(value, ast.Name):
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == value.id:
                return _words(node.value, function)
    return f"‹{ast.unparse(value)}›"
