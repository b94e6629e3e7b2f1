"""``python -m tests.browser.pictures FROM DOCS`` keeps, of all that people saw on the road, what the docs show.

Pictures go to ``DOCS/pictures``, what axe-core found to ``DOCS/accessibility.md``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

from . import accessibility

#: What it is called in the docs → which picture of the road, and how many pixels of it from the top.
SHOWN = {"report": ("1-report-form", 640), "case": ("3-case", 900), "alert": ("7-alert", 560)}
#: Few colours are enough for pages, and make a small file.
COLOURS = 128


def keep(source: Path, target: Path) -> list[Path]:
    target.mkdir(parents=True, exist_ok=True)
    kept = []
    for name, (taken, height) in SHOWN.items():
        with Image.open(source / f"{taken}.png") as picture:
            first_screen = picture.convert("RGB").crop((0, 0, picture.width, min(height, picture.height)))
        kept.append(target / f"{name}.png")
        first_screen.quantize(COLOURS).save(kept[-1], optimize=True)
    return kept


if __name__ == "__main__":
    source, docs = map(Path, sys.argv[1:3])
    report = docs / "accessibility.md"
    report.write_text(accessibility.page_of(accessibility.read(source)))
    sys.stdout.write("".join(f"{file}\n" for file in [*keep(source, docs / "pictures"), report]))
