"""Makes the plain host: ``wagtail start``, then every block of ``docs/installing.md`` where the page says it goes."""

from __future__ import annotations

import re
import subprocess
import textwrap
from pathlib import Path

_HEADING = re.compile(r"^## (?:\d+\. )?(.+)$", re.M)
_BLOCK = re.compile(r"^ *```(\w+)\n(.*?)^ *```$", re.M | re.S)


def blocks(page: Path, heading: str, language: str) -> list[str]:
    """The code blocks in ``language`` below one heading of the page."""
    words = page.read_text()
    starts = list(_HEADING.finditer(words))
    for number, start in enumerate(starts):
        if start.group(1) == heading:
            end = starts[number + 1].start() if number + 1 < len(starts) else len(words)
            found = [
                textwrap.dedent(text) for kind, text in _BLOCK.findall(words[start.end() : end]) if kind == language
            ]
            if found:
                return found
    raise LookupError(f"{page.name} has no {language} block below {heading!r}")


def make_site(folder: Path, bin_folder: Path, page: Path) -> None:
    """A project ``mysite`` in ``folder``, once as it came and once with the scheme in it."""
    folder.mkdir()
    subprocess.run([bin_folder / "wagtail", "start", "mysite", folder], check=True, stdout=subprocess.DEVNULL)
    site = folder / "mysite"
    (site / "urls_before.py").write_text((site / "urls.py").read_text())
    added = "".join(blocks(page, "Addresses", "python"))
    (site / "urls_with_scheme.py").write_text((site / "urls.py").read_text() + "\n" + added)
    # The template's base.py is where the page puts it; dev.py imports it and adds a secret and DEBUG.
    settings = site / "settings"
    (settings / "base_with_scheme.py").write_text(
        (settings / "base.py").read_text() + "\n" + "".join(blocks(page, "Settings", "python"))
    )
    dev = (settings / "dev.py").read_text().replace("from .base import *", "from .base_with_scheme import *")
    (settings / "with_scheme.py").write_text(dev)


def site_key(page: Path, python: Path) -> str:
    """What the page's own command for a key prints."""
    command = blocks(page, "Make a key", "sh")[0].strip().replace("python ", f"{python} ", 1)
    return subprocess.run(command, shell=True, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S602
