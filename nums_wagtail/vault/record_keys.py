"""Which data key a record's encrypted fields use, and that it exists before the record's row is written.

A record's own key id stands in its column ``data_key``; a child's fields may use the key of their parent.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, router

from nums_wagtail.foundation.errors import CannotOpen, CannotSeal, VaultError

from . import data_keys
from .data_keys import OpenedKey
from .holders import SiteHolder
from .models import KeyKind

OWN = "self"
COLUMN = "data_key"


class Memory:
    """What an instance has opened so far. Lives and dies with it; a copy or a pickle starts empty."""

    __slots__ = ("key", "values")

    def __init__(self) -> None:
        self.key: OpenedKey | None = None
        #: Column → (envelope, what it held, as bytes and as value).
        self.values: dict[str, tuple[bytes, bytes, Any]] = {}

    def __reduce__(self) -> tuple[type[Memory], tuple[()]]:
        return Memory, ()


def memory_of(instance: models.Model) -> Memory:
    memory: Memory = instance.__dict__.setdefault("_nums_memory", Memory())
    return memory


def owner_of(instance: Any, data_key_from: str) -> Any:
    """The record whose data key is used: the instance, its parent that
    ``data_key_from`` names, or None while it has none."""
    try:
        return instance if data_key_from == OWN else getattr(instance, data_key_from)
    except ObjectDoesNotExist:
        return None


def key_for_reading(owner: Any) -> OpenedKey:
    """Raises CannotOpen without a data key, KeyMissing when it was shredded."""
    if owner is None or owner.data_key is None:
        raise CannotOpen("no_data_key")
    memory, key_id = memory_of(owner), _as_uuid(owner.data_key)
    if memory.key is None or memory.key.id != key_id:
        memory.key = data_keys.open_key(SiteHolder(), key_id)
    return memory.key


def key_for_writing(owner: Any) -> OpenedKey:
    """The same, making the key when there is none. Raises VaultError."""
    if owner is None:
        raise CannotSeal("no_owner")
    if owner.data_key is None:
        _give_key(owner)
    return key_for_reading(owner)


def _as_uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))


def _give_key(owner: Any) -> None:
    """A new data key for a record, or the one its row already has.

    The instance may know less than its row: a revision made before the key would, when published, write over
    it, and the key could be neither used nor shredded any more.
    """
    if owner.pk is None or owner._state.adding:
        _remember(owner, data_keys.create(KeyKind.for_model(type(owner))))
        return
    alias = owner._state.db or router.db_for_write(type(owner), instance=owner)
    rows = type(owner)._base_manager.using(alias).filter(pk=owner.pk)
    owner.data_key = rows.values_list(COLUMN, flat=True).first()
    if owner.data_key is not None:
        return
    key = data_keys.create(KeyKind.for_model(type(owner)))
    rows.filter(**{f"{COLUMN}__isnull": True}).update(**{COLUMN: key.id})
    there = rows.values_list(COLUMN, flat=True).first()
    if there is None or there == key.id:
        # None: its row does not stand yet, and will carry the key when it is inserted.
        _remember(owner, key)
    else:
        # Somebody else was first; nothing was sealed with ours.
        data_keys.shred([key.id])
        owner.data_key = there


def _remember(owner: Any, key: OpenedKey) -> None:
    owner.data_key = key.id
    memory_of(owner).key = key


def make_key_before_writing(model: type[models.Model]) -> None:
    """From now on each writing or serialising of ``model`` begins by making sure of its data key.

    Done at the column's ``pre_save``, because saving, bulk creation and revisions all go through it, in the
    order of columns and before children; a signal would miss two of the three.
    """
    column: Any = model._meta.get_field(COLUMN)
    if getattr(column, "nums_makes_key", False):
        return
    plain_pre_save = column.pre_save

    def pre_save(instance: Any, add: bool) -> Any:
        key_id = getattr(instance, COLUMN)
        if key_id is None:
            try:
                _give_key(instance)
            except VaultError as error:
                raise CannotSeal(error.code) from None
        elif add and not data_keys.exists(_as_uuid(key_id)):
            # A rolled-back save leaves a key id without a key: storing would lose the content for ever.
            raise CannotSeal("data_key_missing")
        return plain_pre_save(instance, add)

    column.pre_save = pre_save
    column.nums_makes_key = True
