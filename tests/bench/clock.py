"""Measuring: seconds, queries, percentiles."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass
class Reading:
    seconds: float = 0.0
    queries: int = 0


@contextmanager
def reading() -> Iterator[Reading]:
    """Seconds and queries of the block, over every database of the site."""
    from django.db import connections

    result = Reading()

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        result.queries += 1
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for connection in connections.all():
            connection.ensure_connection()
            stack.enter_context(connection.execute_wrapper(count))
        began = time.perf_counter()
        try:
            yield result
        finally:
            result.seconds = time.perf_counter() - began


def seconds_of(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of them lie (nearest rank)."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]
