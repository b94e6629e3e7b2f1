"""Processes that get ready one by one and begin at the same moment, so that starting them is not measured.

A role is a function, named ``module:function``, that gets ready and returns the work; the work returns JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from .frame import NotDone
from .results import ROOT


@dataclass(frozen=True)
class Done:
    """Seconds from the common start to the last one's end, and what each answered."""

    seconds: float
    answers: tuple[Any, ...]


def together(role: str, arguments: Sequence[Sequence[str]], environment: Mapping[str, str]) -> Done:
    """Run ``role`` once for each entry of ``arguments``, side by side. Raises NotDone when one fails."""
    crew = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.bench.crew", role, *each],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for each in arguments
    ]
    try:
        for worker in crew:
            if _line_of(worker) != "ready\n":
                raise NotDone("a worker did not get ready")
        began = time.perf_counter()
        for worker in crew:
            worker.stdin.write("go\n")
            worker.stdin.flush()
        lines = [_line_of(worker) for worker in crew]
        seconds = time.perf_counter() - began
        if not all(lines):
            raise NotDone("a worker did not come back")
        return Done(seconds, tuple(json.loads(line) for line in lines))
    finally:
        for worker in crew:
            worker.kill()
            worker.communicate()


def _line_of(worker: subprocess.Popen[str]) -> str:
    return worker.stdout.readline()


def main(role: str, *arguments: str) -> None:
    module, _colon, function = role.partition(":")
    work = getattr(import_module(module), function)(*arguments)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    sys.stdout.write(json.dumps(work()) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
