"""The versions that are supported, the wheel, and a virtual environment for each combination with the wheel in it.

Nothing here imports the package: whatever runs this may have none of its dependencies.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .interpreters import find_interpreter

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("pytest>=8", "pytest-django>=4.9", "hypothesis>=6.100", "aiosmtpd>=1.4.6", "django-csp>=4")
#: What two cores carry at once: an installation, or a host.
WORKERS = 2


@dataclass(frozen=True)
class Combination:
    #: Versions of Python, best first; none: whichever runs this.
    pythons: tuple[str, ...]
    packages: tuple[str, ...]

    def interpreter(self) -> str | None:
        return find_interpreter(self.pythons) if self.pythons else sys.executable


COMBINATIONS = {
    "standard": Combination((), ("Django>=5.2,<5.3", "wagtail>=8.0,<8.1")),
    "oldest": Combination(("3.11",), ("Django>=5.2,<5.3", "wagtail>=7.4,<7.5")),
    "newest": Combination(("3.13", "3.12"), ("Django>=6.1,<6.2", "wagtail>=8.0,<8.1")),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("combinations", nargs="*", metavar="COMBINATION", help=f"Of {', '.join(COMBINATIONS)}.")
    parser.add_argument(
        "--skip-missing", action="store_true", help="Say which Python is missing, and go on with the others."
    )


def chosen_from(arguments: argparse.Namespace) -> list[str]:
    """The names of those asked for that this machine has a Python for. Leaves with words at an unknown name, and
    when a Python is missing, unless that was to be skipped."""
    found = []
    for name in arguments.combinations or ["standard"]:
        if name not in COMBINATIONS:
            sys.exit(f"No combination {name!r}: there are {', '.join(COMBINATIONS)}.")
        if COMBINATIONS[name].interpreter():
            found.append(name)
            continue
        missing = f"no Python {' or '.join(COMBINATIONS[name].pythons)} on this machine"
        if not arguments.skip_missing:
            sys.exit(f"{name}: {missing}. Install one, or choose another combination.")
        sys.stdout.write(f"SKIPPED: the combination {name!r}, because there is {missing}.\n")
    return found


@contextmanager
def temporary_folder(keep: bool = False) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="hosts-"))
    try:
        yield folder
    finally:
        if keep:
            sys.stdout.write(f"The projects are in {folder}\n")
        else:
            shutil.rmtree(folder)


def build_wheel(folder: Path) -> Path:
    """The wheel, built from a copy, so that no earlier build's files get in and none are left in the tree."""
    source = folder / "source"
    caches = shutil.ignore_patterns("__pycache__", "*.pyc")
    shutil.copytree(ROOT / "nums_wagtail", source / "nums_wagtail", ignore=caches)
    for name in ("pyproject.toml", "setup.cfg", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    quietly([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, source])
    return next(folder.glob("*.whl"))


def make_environments(names: list[str], wheel: Path, extra: str = "") -> dict[str, Path]:
    """The folders of programs by combination. ``extra`` is one of the wheel's own, like "test"."""
    with ThreadPoolExecutor(max_workers=WORKERS) as pool:
        return dict(zip(names, pool.map(lambda name: _make_environment(name, wheel, extra), names), strict=True))


def _make_environment(name: str, wheel: Path, extra: str) -> Path:
    """A virtual environment that has the wheel and nothing of this folder; made once, brought up to date after."""
    combination = COMBINATIONS[name]
    home = ROOT / f".venv-hosts-{name}"
    programs = home / "bin"
    if not (programs / "python").exists():
        python = combination.interpreter()
        assert python is not None, "chosen_from has looked"
        quietly([python, "-m", "venv", home])
    pip = [programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    wanted = f"{wheel}[{extra}]" if extra else wheel
    quietly([*pip, wanted, *combination.packages, *TOOLS])
    quietly([*pip, "--force-reinstall", "--no-deps", wheel])
    return programs


def quietly(command: list[str | Path], cwd: Path | None = None, env: dict[str, str] | None = None) -> None:
    """Run it; when it fails, show what it said and stop."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(str(part) for part in command)}\n{done.stdout}{done.stderr}")


def without_ours() -> dict[str, str]:
    """An environment for another project's processes: nothing that this one's settings or tests are told."""
    ours = ("DJANGO_", "NUMS_", "PYTEST")
    return {key: value for key, value in os.environ.items() if not key.startswith(ours)}
