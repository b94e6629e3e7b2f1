"""Builds the wheel and takes it through other people's projects, as a charity's web developer would install it.

``python -m tests.projects.run [--combination NAME] [--host NAME …]``. Nothing here imports the package: what
runs in the hosts is the wheel in a virtual environment of its own, and of this folder the tests alone.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from .interpreters import find_interpreter
from .plain.make import make_site, site_key

ROOT = Path(__file__).resolve().parents[2]
HOSTS = ("plain", "custom_user", "strict_csp", "own_page", "two_databases")
#: Apps whose migrations a host's developer makes; the run does it for them, on the Wagtail that is installed.
OWN_APPS = {"custom_user": ("accounts",), "own_page": ("website", "safety")}
TOOLS = ("pytest>=8", "pytest-django>=4.9", "hypothesis>=6.100", "aiosmtpd>=1.4.6", "django-csp>=4")


@dataclass(frozen=True)
class Combination:
    #: Versions of Python, best first; none: whichever runs this.
    pythons: tuple[str, ...]
    packages: tuple[str, ...]


COMBINATIONS = {
    "standard": Combination((), ("Django>=5.2,<5.3", "wagtail>=8.0,<8.1")),
    "oldest": Combination(("3.11",), ("Django>=5.2,<5.3", "wagtail>=7.4,<7.5")),
    "newest": Combination(("3.13", "3.12"), ("Django>=6.1,<6.2", "wagtail>=8.0,<8.1")),
}


def build_wheel(folder: Path) -> Path:
    """The wheel, built from a copy, so that no earlier build's files get in and none are left in the tree."""
    source = folder / "source"
    caches = shutil.ignore_patterns("__pycache__", "*.pyc")
    shutil.copytree(ROOT / "nums_wagtail", source / "nums_wagtail", ignore=caches)
    for name in ("pyproject.toml", "setup.cfg", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    quietly([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, source])
    return next(folder.glob("*.whl"))


def make_environment(name: str, combination: Combination, wheel: Path) -> Path:
    """The folder of programs of a virtual environment that has the wheel and nothing of this folder."""
    home = ROOT / f".venv-hosts-{name}"
    programs = home / "bin"
    if not (programs / "python").exists():
        python = find_interpreter(combination.pythons) if combination.pythons else sys.executable
        quietly([python, "-m", "venv", home])
    pip = [programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    quietly([*pip, wheel, *combination.packages, *TOOLS])
    quietly([*pip, "--force-reinstall", "--no-deps", wheel])
    return programs


def make_workplace(folder: Path, programs: Path) -> dict[str, str]:
    """A folder with the tests and a fresh ``wagtail start`` project; returns the environment to run in."""
    place = folder / "place"
    shutil.copytree(ROOT / "tests", place / "tests", ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    shutil.copy(ROOT / "pyproject.toml", place)
    shutil.copytree(ROOT / "docs", place / "docs")
    page = place / "docs" / "installing.md"
    make_site(place / "site", programs, page)
    return {
        **{key: value for key, value in os.environ.items() if not key.startswith(("DJANGO_", "NUMS_", "PYTEST"))},
        "PYTHONPATH": os.pathsep.join((str(place), str(place / "site"))),
        "NUMS_SITE_KEYS": site_key(page, programs / "python"),
        "NUMS_SOURCE": str(folder / "source"),
    }


def run_host(host: str, folder: Path, programs: Path, environment: dict[str, str]) -> tuple[str, int, str]:
    """The host's name, pytest's exit code, and what it printed with the seconds it took."""
    started = time.monotonic()
    databases = folder / f"databases-{host}"
    databases.mkdir()
    settings = f"tests.projects.{host}.settings"
    own = {**environment, "DJANGO_SETTINGS_MODULE": settings, "HOST": host, "HOST_DATABASES": str(databases)}
    place = folder / "place"
    if host in OWN_APPS:
        quietly([programs / "django-admin", "makemigrations", "-v0", *OWN_APPS[host]], cwd=place, env=own)
    tests = [
        programs / "python",
        "-m",
        "pytest",
        "-q",
        "-m",
        "",
        "--durations=6",
        "-p",
        "tests.projects.at_home",
        "tests/projects",
    ]
    done = subprocess.run([*tests, "tests/road/test_road.py"], cwd=place, env=own, capture_output=True, text=True)
    words = f"{done.stdout}{done.stderr}\n== {host}: {time.monotonic() - started:.0f} s\n"
    return host, done.returncode, words


def quietly(command: list[str | Path], cwd: Path | None = None, env: dict[str, str] | None = None) -> None:
    """Run it; when it fails, show what it said and stop."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(str(part) for part in command)}\n{done.stdout}{done.stderr}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--combination", choices=COMBINATIONS, default="standard")
    parser.add_argument("--host", choices=HOSTS, action="append", help="One host only; may be given again.")
    parser.add_argument("--keep", action="store_true", help="Leave the folder with the projects for a look.")
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="hosts-"))
    try:
        wheel = build_wheel(folder)
        programs = make_environment(chosen.combination, COMBINATIONS[chosen.combination], wheel)
        environment = {**make_workplace(folder, programs), "NUMS_WHEEL": str(wheel)}
        failed = []
        with ThreadPoolExecutor(max_workers=2) as pool:
            for host, code, words in pool.map(
                lambda host: run_host(host, folder, programs, environment), chosen.host or HOSTS
            ):
                sys.stdout.write(words)
                sys.stdout.flush()
                failed += [host] if code else []
    finally:
        if chosen.keep:
            sys.stdout.write(f"The projects are in {folder}\n")
        else:
            shutil.rmtree(folder)
    sys.stdout.write(f"Failed: {', '.join(failed)}\n" if failed else "Every host works.\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
