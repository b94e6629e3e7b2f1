"""What the runner starts as a fresh process: set a site up, fill it, or measure one round on it.

    python -m tests.bench.child site | fill MODULE NAME COUNT | measure MODULE NAME COUNT WORKERS

The last line on standard output is the answer in JSON.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from .frame import NotDone, Size, benchmark_named


def site() -> dict[str, Any]:
    """An empty scheme: tables, regions, groups, workflow, pages, schedules, team key."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("nums_setup", "--no-input", verbosity=0, stderr=sys.stderr)
    return {}


def fill(module: str, name: str, count: str) -> dict[str, Any]:
    filled_by = benchmark_named(module, name).fill
    if filled_by is not None:
        filled_by(int(count))
    return {}


def measure(module: str, name: str, count: str, workers: str) -> dict[str, Any]:
    benchmark = benchmark_named(module, name)
    measured = benchmark.measure(Size(int(count), int(workers)))
    if not (measured.value > 0 and measured.against > 0):
        raise NotDone("a time of nothing")
    return {**asdict(measured), "settings": _settings() if benchmark.on_site else {}}


def _settings() -> dict[str, str]:
    """What the database says of how safely it writes; a figure without that compares nothing."""
    from django.db import connection

    asked = {"sqlite": ("journal_mode", "synchronous"), "postgresql": ("fsync", "synchronous_commit")}
    found = {}
    with connection.cursor() as cursor:
        for name in asked[connection.vendor]:
            cursor.execute(f"PRAGMA {name}" if connection.vendor == "sqlite" else f"SHOW {name}")
            found[name] = str(cursor.fetchone()[0])
    return found


def main(task: str, *arguments: str) -> None:
    needs_site = task == "site" or benchmark_named(*arguments[:2]).on_site
    if needs_site:
        import django

        django.setup()
    try:
        answer = {"site": site, "fill": fill, "measure": measure}[task](*arguments)
    except NotDone as refused:
        answer = {"refused": str(refused)}
    if needs_site:
        from django.db import connections

        connections.close_all()
    sys.stdout.write("\n" + json.dumps(answer) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
