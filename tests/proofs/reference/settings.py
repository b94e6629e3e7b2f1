"""The page of settings, from the dataclasses and comments of ``conf.py``."""

from __future__ import annotations

import ast

from nums_wagtail.conf import ROOMS

from . import MADE, PACKAGE, comment_above, joined, table

FILE = "settings.md"


def page() -> str:
    source = (PACKAGE / "conf.py").read_text()
    classes = {node.name: node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)}
    parts = [
        "# Settings",
        MADE,
        "Keys of the dict `NUMS_WAGTAIL` in the settings of your site. A key that nobody knows is a failed check.",
    ]
    for room, conf in ROOMS.items():
        lines = described(classes[conf.__name__], source.splitlines())
        parts += [f"## {room}", table(("key", "default", "type", "what it does"), lines)]
    return joined(parts)


def described(node: ast.ClassDef, lines: list[str]) -> list[tuple[str, str, str, str]]:
    """Key, default, type and comment; a comment above two keys is about both."""
    found, words = [], ""
    for field in node.body:
        if isinstance(field, ast.AnnAssign) and field.value is not None:
            words = comment_above(lines, field.lineno) or words
            default, kind = ast.unparse(field.value), ast.unparse(field.annotation)
            found.append((f"`{ast.unparse(field.target)}`", f"`{default}`", f"`{kind}`", words))
    return found
