"""Puts ``mail.css`` into a mail: rules inlined, media queries kept in the head, nothing loaded from anywhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import css_inline
from django.contrib.staticfiles import finders

from .colours import DEFAULT_ACCENT, DEFAULT_ACCENT_ON_DARK, accent_on_dark, safe_accent

_OWN = Path(__file__).resolve().parent.parent / "static" / "nums_wagtail" / "mail.css"


def _stylesheet() -> str:
    return Path(finders.find("nums_wagtail/mail.css") or _OWN).read_text(encoding="utf-8")


@cache
def _inliner(css: str) -> css_inline.CSSInliner:
    return css_inline.CSSInliner(
        load_remote_stylesheets=False,
        inline_style_tags=True,  # off, it leaves out the rules of extra_css too
        keep_style_tags=False,
        keep_link_tags=False,
        keep_at_rules=True,
        extra_css=css,
    )


def inline(html: str, *, accent: str = DEFAULT_ACCENT) -> str:
    """The whole mail with its styles in it. ``accent`` is the charity's colour, ``#`` and six digits.

    Mail readers know no custom properties, so the two accents of ``mail.css`` are replaced as text.
    """
    light = safe_accent(accent)
    css = _stylesheet().replace(DEFAULT_ACCENT_ON_DARK, accent_on_dark(light)).replace(DEFAULT_ACCENT, light)
    return _inliner(css).inline(html)
