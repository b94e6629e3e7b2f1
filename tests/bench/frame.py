"""What a benchmark is: sizes, a database to begin with, a measuring that proves its work. How they run: ``runner``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


class NotDone(Exception):
    """The work was not really done, so its time says nothing. The words say what is missing."""


def must(done: bool, words: str) -> None:
    """Refuse the figure unless ``done``."""
    if not done:
        raise NotDone(words)


@dataclass(frozen=True)
class Size:
    """How much one figure is about, and how many processes share the work."""

    count: int
    workers: int = 1

    def __str__(self) -> str:
        return f"{self.count}x{self.workers}" if self.workers > 1 else str(self.count)


@dataclass(frozen=True)
class Measured:
    """What one round took. ``value`` and ``against`` are of the same work, in the benchmark's unit."""

    value: float
    against: float
    #: Queries of the measured part alone.
    queries: int = 0
    #: Further numbers that stand beside the figure.
    more: Mapping[str, float | int | str] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """How many times the baseline it took; 1 is as fast, less is faster."""
        return self.value / self.against


@dataclass(frozen=True)
class Benchmark:
    """One thing measured beside the least that it could cost. Stands in ``BENCHMARKS`` of its module."""

    name: str
    #: A unit of which less is better, time or memory, so that every ratio reads the same way.
    unit: str
    #: What the figure stands beside, in words.
    baseline: str
    #: The first is the quick one.
    sizes: tuple[Size, ...]
    #: Called in a fresh process. Raises NotDone when the work was not done.
    measure: Callable[[Size], Measured]
    #: What the copied database holds before: called once for each count. None: an empty scheme.
    fill: Callable[[int], None] | None = None
    #: False: needs neither a database nor Django.
    on_site: bool = True
    #: Fresh processes, each on a copy of its own; the round with the middle ratio is the figure.
    rounds: int = 3

    @property
    def module(self) -> str:
        return self.measure.__module__


def benchmark_named(module: str, name: str) -> Benchmark:
    """The benchmark of that name in a module's ``BENCHMARKS``."""
    from importlib import import_module

    return next(each for each in import_module(module).BENCHMARKS if each.name == name)
