"""The page of extension points: registries, signals, page mixins, templates, commands and what is shipped for tests."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.core.management import load_command_class

from . import MADE, PACKAGE, comment_above, joined, table

FILE = "extending.md"
TEMPLATES = PACKAGE / "templates" / "nums_wagtail"

#: Templates whose blocks and places a host may rely on, beside the elements.
_BLOCK = re.compile(r"\{% block (\w+)")


def page() -> str:
    parts = [
        "# Extending",
        MADE,
        "What a host or another app may rely on. Settings stand in [settings.md](settings.md), check ids in "
        "[checks.md](checks.md). What is not listed here may change.",
        "## Registries",
        "Entries are added in `AppConfig.ready()` by `registry.register(key, item, owner=…)`; a key given twice is an "
        "error.",
        table(("registry", "holds", "what for"), list(registries())),
        "## Signals",
        table(("signal", "when"), list(signals())),
        "## Page mixins",
        "For a host with a base page of its own, which leaves `nums_wagtail.pages` out.",
        table(("mixin", "what it is"), list(mixins())),
        "## Elements",
        "Small templates that all pages are made of; override one in your own templates folder under the same name.",
        *[f"- `{name}`" for name in elements()],
        "## Blocks",
        table(("template", "blocks"), list(blocks())),
        "## Commands",
        table(("command", "what it does"), list(commands())),
        "## For your tests",
        table(("import", "what it makes"), list(factories())),
    ]
    text = joined(parts)
    return re.sub(r"(?m)^(- .+)\n\n(?=- )", r"\1\n", text)


def registries() -> Iterator[tuple[str, str, str]]:
    for module, name, node, lines, tree in _assignments("Registry"):
        holds = ast.unparse(node.annotation.slice) if isinstance(node, ast.AnnAssign) else ""  # type: ignore[attr-defined]
        words = comment_above(lines, node.lineno) or _docstring_of(holds, tree)
        yield f"`{module}.{name}`", f"`{holds}`", words


def signals() -> Iterator[tuple[str, str]]:
    for module, name, node, lines, _tree in _assignments("Signal"):
        yield f"`{module}.{name}`", comment_above(lines, node.lineno)


def mixins() -> Iterator[tuple[str, str]]:
    for file in sorted(PACKAGE.glob("*/*.py")):
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.ClassDef) and node.name.endswith("PageMixin"):
                yield f"`{_module(file)}.{node.name}`", _first_line(node)


def elements() -> list[str]:
    return sorted(str(file.relative_to(TEMPLATES.parent)) for file in TEMPLATES.glob("elements/*.html"))


def blocks() -> Iterator[tuple[str, str]]:
    for file in sorted(TEMPLATES.glob("**/*.html")):
        found = list(dict.fromkeys(_BLOCK.findall(file.read_text())))
        if found:
            yield f"`{file.relative_to(TEMPLATES.parent)}`", ", ".join(f"`{name}`" for name in found)


def commands() -> Iterator[tuple[str, str]]:
    for file in sorted((PACKAGE / "management" / "commands").glob("[a-z]*.py")):
        yield f"`manage.py {file.stem}`", str(load_command_class("nums_wagtail", file.stem).help)


def factories() -> Iterator[tuple[str, str]]:
    for file in sorted((PACKAGE / "test").glob("[a-z]*.py")):
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                yield f"`{_module(file)}.{node.name}`", _first_line(node)


def _assignments(maker: str) -> Iterator[tuple[str, str, ast.stmt, list[str], ast.Module]]:
    """Module, name and place of everything at the top of a module that is made by calling ``maker``."""
    for file in sorted(PACKAGE.glob("*/**/*.py")):
        text = file.read_text()
        tree = ast.parse(text)
        for node in tree.body:
            value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
            if isinstance(value, ast.Call) and ast.unparse(value.func) == maker:
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                yield _module(file), ast.unparse(target), node, text.splitlines(), tree


def _docstring_of(name: str, tree: ast.Module) -> str:
    """The first line of the class an entry is of; for another kind of entry, that of the module."""
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    return _first_line(classes.get(name, tree))


def _first_line(node: ast.ClassDef | ast.FunctionDef | ast.Module) -> str:
    return (ast.get_docstring(node) or "").partition("\n")[0]


def _module(file: Path) -> str:
    parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
