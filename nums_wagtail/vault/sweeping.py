"""The sweep: data keys whose record was never stored, or is gone while its key was left behind.

Which keys are in use is read from every model that has a column ``data_key``; a room or a host that keeps a key
elsewhere registers that place. A key is left alone for a day, because its record may be on its way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.apps import apps
from django.db import connections, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nums_wagtail.foundation.errors import VaultError
from nums_wagtail.foundation.registry import Registry

from .models import DataKey
from .record_keys import COLUMN
from .router import keys_alias
from .team import forget_retired_pairs

CHUNK = 500
#: So many orphans are swept without asking how many living keys there are.
FEW = 100

#: Says which of some data keys are in use in a place that has no column ``data_key``.
HeldElsewhere = Callable[[Iterable[UUID]], set[UUID]]
held_elsewhere: Registry[HeldElsewhere] = Registry("places of data keys")


@dataclass(frozen=True)
class Orphans:
    """Keys older than a day that belong to nothing, and how many keys there are in all."""

    ids: tuple[UUID, ...]
    of: int

    @property
    def are_suspiciously_many(self) -> bool:
        """More than half: rather a restored backup or a wrong database than reports that were not stored."""
        return len(self.ids) > FEW and len(self.ids) * 2 > self.of


def find_orphans(today: date) -> Orphans:
    """Data keys made before yesterday that no record names."""
    old = _keys_before(today).order_by("pk")
    orphans: list[UUID] = []
    for chunk in _chunks(old.values_list("pk", flat=True)):
        in_use = _in_use(chunk)
        orphans += [key for key in chunk if key not in in_use]
    return Orphans(tuple(orphans), DataKey.objects.using(keys_alias()).count())


def sweep_orphans(today: date, *, however_many: bool = False) -> int:
    """Shred them, and return how many there were.

    Raises VaultError with code ``too_many_orphans``, and then shreds none, where most keys belong to nothing:
    after a half-restored backup they may soon belong to something again. ``however_many``: somebody looked.
    """
    orphans = find_orphans(today)
    if orphans.are_suspiciously_many and not however_many:
        raise VaultError(
            "too_many_orphans",
            _("Most data keys belong to nothing that is stored here. None was deleted. Was a backup restored?"),
        )
    # The day is asked again: a form sent a second time makes its key young.
    return sum(_keys_before(today).filter(pk__in=chunk).delete()[0] for chunk in _chunks(orphans.ids))


def sweep(now: datetime) -> int:
    """The daily clock: orphans go, key pairs of the team that opened their last go, and SQLite's log of both.

    Returns how many keys of either kind. Raises VaultError as ``sweep_orphans``.
    """
    today = timezone.localdate(now)
    try:
        return forget_retired_pairs(today) + sweep_orphans(today)
    finally:
        empty_write_ahead_log()


def empty_write_ahead_log() -> bool:
    """Where the keys lie in SQLite, write its log back into the file and cut it to nothing.

    A deleted row stands in the log until then. Returns whether that was done: not for other databases, and
    not while somebody reads or this connection is in a transaction.
    """
    connection = connections[keys_alias()]
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return bool(cursor.fetchone()[0] == 0)


def _keys_before(today: date) -> models.QuerySet[DataKey]:
    return DataKey.objects.using(keys_alias()).filter(made_on__lt=today - timedelta(days=1))


def _in_use(ids: list[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for model in apps.get_models(include_auto_created=True):
        if model is not DataKey and _has_key_column(model):
            held = model._base_manager.filter(**{f"{COLUMN}__in": ids}).values_list(COLUMN, flat=True)
            found.update(key if isinstance(key, UUID) else UUID(str(key)) for key in held)
    for place in held_elsewhere:
        found |= place(ids)
    return found


def _has_key_column(model: type[models.Model]) -> bool:
    return model._meta.managed and any(field.name == COLUMN for field in model._meta.local_concrete_fields)


def _chunks(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    wanted = list(ids)
    for at in range(0, len(wanted), CHUNK):
        yield wanted[at : at + CHUNK]
