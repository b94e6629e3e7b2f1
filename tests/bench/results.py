"""What was measured: one JSON file a figure, and of which code, so that a run can go on where it was cut off."""

from __future__ import annotations

import json
import platform
import subprocess
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
#: What a figure depends on.
MEASURED = ("nums_wagtail", "example_site", "tests/bench", "pyproject.toml")
PACKAGES = ("Django", "wagtail", "django-q2", "weasyprint", "cryptography", "argon2-cffi", "css-inline", "psycopg")


def commit() -> str:
    """The commit, and with changes on top of it a digest of them: other code is another name."""
    head = _git("rev-parse", "--short=12", "HEAD").decode().strip()
    changed = _git("diff", "HEAD", "--", *MEASURED)
    for name in sorted(_git("ls-files", "-o", "-z", "--exclude-standard", "--", *MEASURED).split(b"\0")):
        file = ROOT / name.decode()
        changed += name + file.read_bytes() if name and file.is_file() else b""
    return f"{head}+{sha256(changed).hexdigest()[:8]}" if changed else head


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True).stdout


def versions() -> dict[str, str]:
    """Of Python and of the packages that do the work."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


class Results:
    """The files of figures in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def find(self, key: str, code: str) -> dict[str, Any] | None:
        """The figure measured for this code; None when there is none or it is of other code."""
        try:
            figure = json.loads(self._file(key).read_text())
        except (OSError, ValueError):
            return None
        return figure if figure.get("commit") == code else None

    def keep(self, key: str, figure: dict[str, Any]) -> None:
        self._file(key).write_text(json.dumps(figure, indent=2) + "\n")

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}.json"
