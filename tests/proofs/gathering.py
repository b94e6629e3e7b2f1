"""What each room offers to the front door by the names that all rooms share, and whether the front door takes it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

#: File of a room → top-level names in it that ``wagtail_hooks`` has to take.
OFFERED = {
    "viewsets.py": r"VIEWSETS|admin_urls|menu_item|\w+ViewSet",
    "staff_views.py": r"admin_urls",
    "panels.py": r"home_panel",
    "registers.py": r"\w+Register",
    "menu.py": r"menu_item",
}
#: What a register of a room builds upon is none itself.
BASES = {"ReadOnlyRegister"}
#: A class with a table of its own: a model that is not said to be abstract.
_TABLE = re.compile(r"^class \w+\(.*\bmodels\.Model\b.*\):(?!(?:\n(?!class ).*)*?abstract = True)", re.M)


def not_gathered(package: Path, rooms: tuple[str, ...]) -> Iterator[str]:
    """Everything a room offers that the front door leaves lying, as sentences."""
    yield from _rooms_nobody_lists(package, rooms)
    models, urls = (package / "models.py").read_text(), (package / "urls.py").read_text()
    hooks = _taken((package / "wagtail_hooks.py").read_text())
    for room in rooms:
        folder = package / room
        if _has_tables(folder / "models.py") and f"from .{room}.models import *" not in models:
            yield f"{room}/models.py is not in models.py"
        if (folder / "urls.py").exists() and f'include("{package.name}.{room}.urls")' not in urls:
            yield f"{room}/urls.py is not in urls.py"
        for file, names in OFFERED.items():
            for name in _offers(folder / file, names):
                if (f"{room}.{Path(file).stem}", name) not in hooks:
                    yield f"{room}/{file} offers {name}, which wagtail_hooks.py does not take"
        for file in sorted(folder.glob("*.py")):
            if file.name != "models.py" and _TABLE.search(file.read_text()):
                yield f"{room}/{file.name} has a table outside models.py"


def _rooms_nobody_lists(package: Path, rooms: tuple[str, ...]) -> Iterator[str]:
    for part in ("checks.py", "registrations.py", "models.py", "urls.py"):
        for file in sorted(package.glob(f"*/{part}")):
            own_app = (file.parent / "apps.py").exists()
            if file.parent.name not in rooms and not own_app:
                yield f"{file.parent.name}/{part} is of a room that ROOMS does not name"


def _has_tables(file: Path) -> bool:
    return file.exists() and re.search(r"^class \w+\(", file.read_text(), re.M) is not None


def _offers(file: Path, names: str) -> Iterator[str]:
    """Names at the top of ``file``; of views' classes only those that nothing in the same file gathers."""
    if not file.exists():
        return
    tree = ast.parse(file.read_text())
    grouped = any("VIEWSETS" in _names_of(node) for node in tree.body)
    for node in tree.body:
        for name in _names_of(node):
            if re.fullmatch(names, name) and not name.startswith("_") and name not in BASES:
                if isinstance(node, ast.ClassDef) and name.endswith("ViewSet") and grouped:
                    continue
                yield name


def _names_of(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []


def _taken(code: str) -> set[tuple[str, str]]:
    """(room.module, name) of everything that ``wagtail_hooks`` uses, under whatever name it imported it."""
    tree = ast.parse(code)
    modules: dict[str, str] = {}
    taken: set[tuple[str, str]] = set()
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module:
            for alias in node.names:
                if "." in node.module and (alias.asname or alias.name) in used:
                    taken.add((node.module, alias.name))
                else:
                    modules[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            taken.add((modules[node.value.id], node.attr))
    return taken
