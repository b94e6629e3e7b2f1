"""Runs benchmarks: prepares databases, starts a fresh process for each round, refuses, keeps and prints figures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from .databases import Databases, SqliteFiles, databases_here
from .frame import Benchmark, NotDone, Size
from .results import ROOT, Results, commit, versions

#: Seconds that one process may take.
PATIENCE = 3600


@dataclass
class Runner:
    """One run over some benchmarks. ``folder`` keeps figures and prepared databases."""

    folder: Path
    out: TextIO = field(default_factory=lambda: sys.stdout)
    again: bool = False
    #: One round of each, for a first look.
    once: bool = False

    def __post_init__(self) -> None:
        self._code = commit()
        #: Ends the names of databases: what was prepared by other code is not used.
        self._ending = "-" + self._code.replace("+", "")[-8:]
        self._results = Results(self.folder)
        self._databases: Databases = databases_here(self.folder / "databases")
        if isinstance(self._databases, SqliteFiles):
            self._databases.drop_all_but(self._ending)

    def run(self, benchmarks: Sequence[Benchmark], *, full: bool) -> bool:
        """Print a line for each figure; returns whether all were measured, now or before."""
        whole = True
        for benchmark in benchmarks:
            for size in benchmark.sizes if full else benchmark.sizes[:1]:
                line = self._figure(benchmark, size)
                whole = whole and "error" not in line
                self.out.write(json.dumps(line) + "\n")
                self.out.flush()
        return whole

    def _figure(self, benchmark: Benchmark, size: Size) -> dict[str, Any]:
        # A figure of one round is not taken for one of several.
        rounds = "@once" if self.once and benchmark.rounds > 1 else ""
        key = f"{benchmark.name}@{size}@{self._databases.kind if benchmark.on_site else 'none'}{rounds}"
        kept = None if self.again else self._results.find(key, self._code)
        if kept is not None:
            sys.stderr.write(f"{key}: measured before, kept\n")
            return kept
        sys.stderr.write(f"{key}: measuring\n")
        try:
            figure = self._measure(benchmark, size)
        except NotDone as refused:
            return {"name": benchmark.name, "size": str(size), "error": str(refused), "commit": self._code}
        self._results.keep(key, figure)
        return figure

    def _measure(self, benchmark: Benchmark, size: Size) -> dict[str, Any]:
        rounds = [self._round(benchmark, size) for _round in range(1 if self.once else benchmark.rounds)]
        rounds.sort(key=lambda each: each["value"] / each["against"])
        middle = rounds[len(rounds) // 2]
        return {
            "name": benchmark.name,
            "value": _rounded(middle["value"]),
            "unit": benchmark.unit,
            "against": _rounded(middle["against"]),
            "ratio": _rounded(middle["value"] / middle["against"]),
            "baseline": benchmark.baseline,
            "queries": middle["queries"],
            "size": str(size),
            "database": self._databases.kind if benchmark.on_site else "none",
            **{name: _rounded(number) for name, number in middle["more"].items()},
            "ratios": [_rounded(each["value"] / each["against"]) for each in rounds],
            "commit": self._code,
            "versions": versions(),
            "settings": middle["settings"],
        }

    def _round(self, benchmark: Benchmark, size: Size) -> dict[str, Any]:
        arguments = (benchmark.module, benchmark.name, str(size.count))
        if not benchmark.on_site:
            return self._child("", "measure", *arguments, str(size.workers))
        source, copy = self._prepared(benchmark, size), f"round-{os.getpid()}{self._ending}"
        self._databases.copy(source, copy)
        try:
            return self._child(self._databases.address(copy), "measure", *arguments, str(size.workers))
        finally:
            self._databases.drop(copy)

    def _prepared(self, benchmark: Benchmark, size: Size) -> str:
        """The name of the database that this benchmark begins with, made when it is not there."""
        site = f"site{self._ending}"
        if not self._databases.exists(site):
            self._databases.make(f"making{self._ending}")
            self._child(self._databases.address(f"making{self._ending}"), "site")
            self._databases.rename(f"making{self._ending}", site)
        if benchmark.fill is None:
            return site
        filled = f"{benchmark.fill.__name__.replace('_', '-')}-{size.count}{self._ending}"
        if not self._databases.exists(filled):
            making = f"making{self._ending}"
            self._databases.copy(site, making)
            self._child(self._databases.address(making), "fill", benchmark.module, benchmark.name, str(size.count))
            self._databases.rename(making, filled)
        return filled

    def _child(self, database: str, *arguments: str) -> dict[str, Any]:
        """The answer of a fresh process. Raises NotDone when it refuses, fails or does not come back."""
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.bench.settings", "BENCH_DATABASE": database}
        command = [sys.executable, "-m", "tests.bench.child", *arguments]
        try:
            done = subprocess.run(
                command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            raise NotDone(f"not done within {PATIENCE} s") from None
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no word"])[-1]
            sys.stderr.write(done.stderr)
            raise NotDone(f"the process failed: {last}")
        answer = json.loads(done.stdout.strip().splitlines()[-1])
        if "refused" in answer:
            raise NotDone(answer["refused"])
        return answer


def _rounded(number: Any) -> Any:
    return float(f"{number:.4g}") if isinstance(number, float) else number
