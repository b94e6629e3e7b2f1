"""What is measured, one module for each thing; every module here has a tuple ``BENCHMARKS``."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from tests.bench.frame import Benchmark


def all_benchmarks() -> list[Benchmark]:
    """Every benchmark, in the order of modules. Raises ValueError when two have one name."""
    found: list[Benchmark] = []
    for module in iter_modules(__path__):
        found += import_module(f"{__name__}.{module.name}").BENCHMARKS
    names = [benchmark.name for benchmark in found]
    if len(set(names)) != len(names):
        raise ValueError("Two benchmarks have the same name.")
    return found
