"""The tests beside this file run inside a host's project only: ``make hosts`` brings them there.

``site`` is that project as a developer has it: a database on disk, and commands run in processes of their own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

HOST = os.environ.get("HOST", "")
collect_ignore_glob = [] if HOST else ["test_*.py"]


@dataclass(frozen=True)
class Ran:
    code: int
    words: str

    def is_fine(self) -> None:
        assert self.code == 0, self.words


@dataclass(frozen=True)
class Site:
    """A host's project on disk; ``settings`` is "settings" with the scheme and "before" without."""

    databases: Path

    def runs(self, *arguments: str, settings: str = "settings") -> Ran:
        """``manage.py`` with these arguments."""
        return self._run(["-m", "django", *arguments], settings)

    def visits(self, settings: str = "settings") -> Ran:
        """A superuser walks the site and its admin."""
        return self._run(["-m", "tests.projects.walk"], settings)

    def calls(self, function: str | None) -> None:
        """Something that this host's developer or its editors do by hand; others have nothing to do."""
        if function:
            module, _dot, name = function.rpartition(".")
            self.runs("shell", "-c", f"from {module} import {name}; {name}()").is_fine()

    def copy(self, folder: Path) -> Site:
        shutil.copytree(self.databases, folder)
        return Site(folder)

    def _run(self, arguments: list[str], settings: str) -> Ran:
        environment = {
            **os.environ,
            "HOST_DATABASES": str(self.databases),
            "DJANGO_SETTINGS_MODULE": f"tests.projects.{HOST}.{settings}",
        }
        done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True)
        return Ran(done.returncode, done.stdout + done.stderr)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Migrated by the run, and set up as ``docs/installing.md`` says."""
    from django.conf import settings

    site = Site(tmp_path_factory.mktemp("site"))
    for file in Path(os.environ["HOST_DATABASES"]).glob("*.sqlite3"):
        if not file.name.startswith("test_"):
            shutil.copy(file, site.databases)
    site.calls(getattr(settings, "MAKE_SITE", None))
    site.runs("nums_setup", "--no-input").is_fine()
    site.calls(getattr(settings, "MAKE_PAGES", None))
    return site
