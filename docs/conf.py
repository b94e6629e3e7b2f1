"""Builds these pages into HTML with Sphinx: ``make docs``. Nothing in the output is loaded from anywhere else."""

from __future__ import annotations

import re
from pathlib import Path

_INIT = Path(__file__).resolve().parents[1] / "nums_wagtail" / "__init__.py"

project = "nums_wagtail"
author = project
release = re.search(r'__version__ = "([^"]+)"', _INIT.read_text()).group(1)

extensions = ["myst_parser"]
#: So that a page can name a heading of another: ``operations.md#keys``.
myst_heading_anchors = 3
exclude_patterns = ["_build"]

# A theme that comes with Sphinx: no fonts, badges or scripts of other companies.
html_theme = "alabaster"
html_theme_options = {"show_powered_by": False, "fixed_sidebar": True, "page_width": "66rem"}
html_show_sourcelink = False
html_copy_source = False
