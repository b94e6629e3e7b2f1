"""Finds a Python of a wanted version on this machine: on the path, or among those of pyenv and uv."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import which


def find_interpreter(versions: Sequence[str]) -> str | None:
    """The first that runs and is one of ``versions``, best first."""
    for version in versions:
        for candidate in _candidates(version):
            if _version_of(candidate) == version:
                return candidate
    return None


def _candidates(version: str) -> Iterator[str]:
    found = which(f"python{version}")
    if found:
        yield found
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for home in sorted(pyenv.glob(f"versions/{version}.*"), reverse=True):
        yield str(home / "bin" / "python")
    uv = Path(os.environ.get("UV_PYTHON_INSTALL_DIR", Path.home() / ".local/share/uv/python"))
    for home in sorted(uv.glob(f"cpython-{version}.*"), reverse=True):
        yield str(home / "bin" / "python")


def _version_of(python: str) -> str:
    """Its version as "3.12", or nothing where it makes no environments or does not run, as pyenv's shims may."""
    asks = "import ensurepip, sys; sys.stdout.write('%d.%d' % sys.version_info[:2])"
    try:
        return subprocess.run([python, "-c", asks], capture_output=True, text=True, check=False).stdout
    except OSError:
        return ""
