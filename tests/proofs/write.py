"""``python -m tests.proofs.write`` writes the pages of ``docs/reference`` that are made from the code."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from types import ModuleType

from .reference import FOLDER

PAGES = ("promises", "data", "settings", "checks", "extending")


def modules() -> list[ModuleType]:
    return [import_module(f"{__package__}.reference.{name}") for name in PAGES]


def write_all() -> list[str]:
    """Write every page that differs; returns their names."""
    FOLDER.mkdir(exist_ok=True)
    written = []
    for module in modules():
        file, text = FOLDER / module.FILE, module.page()
        if not file.exists() or file.read_text() != text:
            file.write_text(text)
            written.append(module.FILE)
    return written


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    sys.stdout.write("".join(f"docs/reference/{name}\n" for name in write_all()) or "Nothing has changed.\n")
