"""Finds a Python of a wanted version on this machine: on the path, or among pyenv's."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import which


def find_interpreter(versions: Sequence[str]) -> str:
    """The first that runs and is one of ``versions``, best first. Leaves with words when there is none."""
    for version in versions:
        for candidate in _candidates(version):
            if _version_of(candidate) == version:
                return candidate
    sys.exit(f"No Python {' or '.join(versions)} on this machine. Install one, or choose another combination.")


def _candidates(version: str) -> Iterator[str]:
    found = which(f"python{version}")
    if found:
        yield found
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for home in sorted(pyenv.glob(f"versions/{version}.*"), reverse=True):
        yield str(home / "bin" / "python")


def _version_of(python: str) -> str:
    """Its version as "3.12", or nothing when it does not run: pyenv's shims are there for versions that are not."""
    asks = "import sys; sys.stdout.write('%d.%d' % sys.version_info[:2])"
    try:
        return subprocess.run([python, "-c", asks], capture_output=True, text=True, check=False).stdout
    except OSError:
        return ""
