"""Benchmarks of nothing, for the tests of the frame: one does its work, one only says so."""

from __future__ import annotations

import tempfile
from pathlib import Path

from .frame import Benchmark, Measured, Size, must


def _write_files(size: Size, written: int) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        for number in range(written):
            (Path(folder) / str(number)).touch()
        there = len(list(Path(folder).iterdir()))
    must(there == size.count, f"{there} of {size.count} files are there")
    return Measured(value=2.0, against=1.0, more={"files": there})


def working(size: Size) -> Measured:
    return _write_files(size, size.count)


def pretending(size: Size) -> Measured:
    return _write_files(size, size.count - 1)


def failing(size: Size) -> Measured:
    raise OSError("the disk is gone")


BENCHMARKS = tuple(
    Benchmark(
        name=measure.__name__, unit="s", baseline="itself", sizes=(Size(3), Size(5)), measure=measure, on_site=False
    )
    for measure in (working, pretending, failing)
)
