"""The page of what is kept, from the inventory of fields."""

from __future__ import annotations

from ..fields import CLASSES, classed, our_models
from . import MADE, joined, table

FILE = "data.md"


def page() -> str:
    parts = [
        "# What is kept",
        MADE,
        "Every field of every table of ours. What Wagtail keeps of pages and of the workflow stands in its own tables.",
        table(("class", "what it means"), [(kind, words) for kind, words in CLASSES.items()]),
    ]
    for model in sorted(our_models(), key=lambda model: model._meta.label):
        lines = [(f"`{entry.name}`", entry.kind, entry.reason) for entry in classed(model._meta.label)]
        lines.sort(key=lambda line: (list(CLASSES).index(line[1]), line[0]))
        parts += [f"## {model.__name__}", first_line(model), table(("field", "class", "why no coarser"), lines)]
    return joined(parts)


def first_line(model: type) -> str:
    words = (model.__doc__ or "").strip().splitlines()[0]
    return "" if words.startswith(f"{model.__name__}(") else words
