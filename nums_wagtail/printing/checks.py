"""System check of printing: names the packages when a PDF cannot be made. Everything else works without."""

from __future__ import annotations

from ctypes.util import find_library
from typing import Any

from django.core.checks import CheckMessage, Warning, register

from .pdf import is_available

#: What WeasyPrint loads, as the linker knows it.
LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
DEBIAN_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def libraries_in_sight() -> bool:
    """A look that costs milliseconds; only when it misses something is a child asked."""
    return all(find_library(name) for name in LIBRARIES)


@register("nums_wagtail")
def check_pdf_libraries(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if libraries_in_sight() or is_available():
        return []
    return [
        Warning(
            "PDFs cannot be made on this machine: WeasyPrint or a library it needs is missing. Bulletins go out "
            "without their PDF, and paper forms and wall sheets cannot be printed; everything else works.",
            hint=f"On Debian and Ubuntu: apt install {DEBIAN_PACKAGES}. Elsewhere install Pango and HarfBuzz.",
            id="nums_wagtail.W020",
        )
    ]
