"""Builds the wheel and takes it through other people's projects, as a charity's web developer would install it.

``python -m tests.projects.run [COMBINATION …] [--host NAME …]``. What runs in the hosts is the wheel in a virtual
environment of its own, and of this folder the tests alone.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from .environments import (
    ROOT,
    WORKERS,
    add_arguments,
    build_wheel,
    chosen_from,
    make_environments,
    quietly,
    temporary_folder,
    without_ours,
)
from .plain.make import make_site, site_key

HOSTS = ("two_databases", "plain", "custom_user", "strict_csp", "own_page")
#: Apps whose migrations a host's developer makes; the run does it for them, on the Wagtail that is installed.
OWN_APPS = {"custom_user": ("accounts",), "own_page": ("website", "safety")}
#: What is migrated beside the first database, as docs/operations.md says.
SECOND_DATABASES = {"two_databases": ("nums_vault", "--database=keys")}


@dataclass(frozen=True)
class Workplace:
    """A folder for one combination: the tests, a fresh ``wagtail start`` project, and what processes are told."""

    combination: str
    folder: Path
    programs: Path
    environment: dict[str, str]


def make_workplace(combination: str, folder: Path, programs: Path, wheel: Path) -> Workplace:
    place = folder / combination
    shutil.copytree(ROOT / "tests", place / "tests", ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    shutil.copy(ROOT / "pyproject.toml", place)
    shutil.copytree(ROOT / "docs", place / "docs")
    page = place / "docs" / "installing.md"
    make_site(place / "site", programs, page)
    told = {
        "PYTHONPATH": os.pathsep.join((str(place), str(place / "site"))),
        "NUMS_SITE_KEYS": site_key(page, programs / "python"),
        "NUMS_SOURCE": str(folder / "source"),
        "NUMS_WHEEL": str(wheel),
    }
    return Workplace(combination, place, programs, {**without_ours(), **told})


def migrate(host: str, workplace: Workplace, databases: Path, environment: dict[str, str]) -> None:
    """The host's databases with the scheme's tables, once as they are and once for the tests to work in."""
    admin = workplace.programs / "django-admin"
    if host in OWN_APPS:
        quietly([admin, "makemigrations", "-v0", *OWN_APPS[host]], cwd=workplace.folder, env=environment)
    quietly([admin, "migrate", "-v0"], cwd=workplace.folder, env=environment)
    if host in SECOND_DATABASES:
        quietly([admin, "migrate", "-v0", *SECOND_DATABASES[host]], cwd=workplace.folder, env=environment)
    for file in databases.glob("*.sqlite3"):
        shutil.copy(file, file.with_name(f"test_{file.name}"))


def run_host(host: str, workplace: Workplace) -> tuple[str, int, str]:
    """The names of combination and host, pytest's exit code, and what it printed with the seconds it took."""
    name = f"{workplace.combination}, {host}"
    started = time.monotonic()
    databases = workplace.folder / f"databases-{host}"
    databases.mkdir()
    environment = {
        **workplace.environment,
        "DJANGO_SETTINGS_MODULE": f"tests.projects.{host}.settings",
        "HOST": host,
        "HOST_DATABASES": str(databases),
    }
    try:
        migrate(host, workplace, databases, environment)
    except SystemExit as stopped:
        return name, 1, f"{stopped}\n"
    tests = [workplace.programs / "python", "-m", "pytest", "-q", "-m", "", "-rfE", "--durations=6", "--reuse-db"]
    tests += ["--basetemp", databases / "temp", "-p", "tests.projects.at_home", "tests/projects"]
    tests += ["tests/road/test_road.py"]
    done = subprocess.run(tests, cwd=workplace.folder, env=environment, capture_output=True, text=True)
    words = f"{done.stdout}{done.stderr}\n== {name}: {time.monotonic() - started:.0f} s\n"
    return name, done.returncode, words


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser)
    parser.add_argument("--host", choices=HOSTS, action="append", help="One host only; may be given again.")
    parser.add_argument("--keep", action="store_true", help="Leave the folder with the projects for a look.")
    arguments = parser.parse_args()
    names = chosen_from(arguments)
    failed = []
    with temporary_folder(arguments.keep) as folder:
        wheel = build_wheel(folder)
        programs = make_environments(names, wheel)
        places = [make_workplace(name, folder, programs[name], wheel) for name in names]
        work = [(host, place) for place in places for host in arguments.host or HOSTS]
        with ThreadPoolExecutor(max_workers=WORKERS) as pool:
            for name, code, words in pool.map(lambda pair: run_host(*pair), work):
                sys.stdout.write(words)
                sys.stdout.flush()
                failed += [name] if code else []
    sys.stdout.write(f"Failed: {'; '.join(failed)}\n" if failed else "Every host works.\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
