"""One class for every registry: typed, ordered, refusing duplicates, emptied in tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


class DuplicateEntry(ValueError):
    """Two owners claim one key. Names both, so that a host knows which apps collide."""


@dataclass(frozen=True)
class _Entry(Generic[T]):
    key: str
    item: T
    owner: str
    order: int


class Registry(Generic[T]):
    """Named things that later rooms or hosts add to an earlier room, usually in ``apps.ready()``."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: dict[str, _Entry[T]] = {}
        self._in_order: list[_Entry[T]] | None = None

    def register(self, key: str, item: T, *, owner: str, order: int = 100) -> T:
        """Add ``item``; the same item again is fine. Raises DuplicateEntry naming both owners."""
        there = self._entries.get(key)
        if there is not None and there.item is not item:
            raise DuplicateEntry(
                f"{self.name}: {key!r} is registered by {there.owner} and again by {owner}; "
                "rename one of them or leave one app out."
            )
        self._entries[key] = _Entry(key, item, owner, order)
        self._in_order = None
        return item

    def __getitem__(self, key: str) -> T:
        return self._entries[key].item

    def get(self, key: str) -> T | None:
        entry = self._entries.get(key)
        return entry.item if entry else None

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[T]:
        return (entry.item for entry in self._ordered())

    def items(self) -> Iterator[tuple[str, T]]:
        return ((entry.key, entry.item) for entry in self._ordered())

    def owner_of(self, key: str) -> str:
        return self._entries[key].owner

    def _ordered(self) -> list[_Entry[T]]:
        if self._in_order is None:
            self._in_order = sorted(self._entries.values(), key=lambda entry: (entry.order, entry.key))
        return self._in_order

    @contextmanager
    def emptied(self) -> Iterator[Registry[T]]:
        """For tests: an empty registry inside the block, the former content after it."""
        kept, self._entries, self._in_order = self._entries, {}, None
        try:
            yield self
        finally:
            self._entries, self._in_order = kept, None
