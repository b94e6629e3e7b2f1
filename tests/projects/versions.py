"""Runs the quick suite of the checkout on other versions of Python, Django and Wagtail than those of ``make test``.

``python -m tests.projects.versions [COMBINATION …] [--tests PATH …]``. The environments are those of ``make
hosts`` with the tests' own dependencies added; what is tested is the checkout, because the current folder comes
before the wheel.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time

from .environments import (
    ROOT,
    WORKERS,
    add_arguments,
    build_wheel,
    chosen_from,
    make_environments,
    temporary_folder,
    without_ours,
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser)
    parser.add_argument("--tests", nargs="+", default=[], metavar="PATH", help="Those only.")
    arguments = parser.parse_args()
    names = chosen_from(arguments)
    with temporary_folder() as folder:
        programs = make_environments(names, build_wheel(folder), extra="test")
    failed = []
    for name in names:
        started = time.monotonic()
        python = programs[name] / "python"
        tests = [python, "-m", "pytest", "-q", "-n", str(WORKERS), *arguments.tests]
        if subprocess.run(tests, cwd=ROOT, env=without_ours()).returncode:
            failed.append(name)
        sys.stdout.write(f"== {name}: {time.monotonic() - started:.0f} s\n")
        sys.stdout.flush()
    sys.stdout.write(f"Failed: {', '.join(failed)}\n" if failed else "Every combination works.\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
