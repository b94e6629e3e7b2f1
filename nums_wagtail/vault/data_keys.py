"""Data keys: one a record, made, opened, found by a receipt and shredded. What was sealed with it dies with it.

With a database of their own there is no common transaction: the key is committed first, then the record. A key
whose record was not stored is swept after a day; do not shred it in an error's way out, because a second sending
of the same form may be using it.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, NoReturn
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from nums_wagtail.foundation.errors import CannotSeal, KeyMissing

from . import envelope, team
from .holders import KeyHolder, ReceiptHolder, key_context
from .keyring import Label, site_keyring
from .models import DataKey, KeyKind
from .receipts import Receipt
from .router import keys_alias

#: Ids asked for in one query; below SQLite's limit of parameters.
CHUNK = 500


@dataclass(frozen=True, slots=True, repr=False)
class OpenedKey:
    """A data key as it seals and opens: 32 bytes. Never leaves the process."""

    id: UUID
    secret: bytes

    def __copy__(self) -> OpenedKey:
        return self

    def __deepcopy__(self, memo: Any) -> OpenedKey:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("An opened key is never stored.")


def _rows() -> QuerySet[DataKey]:
    return DataKey.objects.using(keys_alias())


def _blank(kind: KeyKind) -> tuple[DataKey, OpenedKey]:
    row = DataKey(id=uuid.uuid4(), kind=kind, made_on=timezone.localdate())
    return row, OpenedKey(row.id, secrets.token_bytes(envelope.KEY_BYTES))


@sensitive_variables()
def create(kind: KeyKind) -> OpenedKey:
    """A new data key wrapped for the site. Raises VaultError without site keys, CannotSeal."""
    row, opened = _blank(kind)
    keyring = site_keyring()
    kid = keyring.write_kid
    row.wrapped_site = envelope.seal(
        keyring.subkey(kid, Label.FIELDS), kid, opened.secret, key_context(row, "wrapped_site")
    )
    row.save(using=keys_alias(), force_insert=True)
    return opened


@sensitive_variables()
def create_for_team(kind: KeyKind, receipt: Receipt | ReceiptHolder | None = None) -> OpenedKey:
    """A new data key sealed to the team and, if there is one, to the receipt; the site alone cannot open it.

    A receipt that already opens a key gives that key again: the same form sent twice, after the first sending
    stored the key but no record, must not fail. Raises VaultError without site keys, CannotSeal, also where the
    team could not open it.
    """
    pair = team.ensure_team_key()
    team.require_working(pair)
    row, opened = _blank(kind)
    row.team_key = pair.kid
    row.wrapped_team = team.seal_to_team(pair, opened.secret, key_context(row, "wrapped_team"))
    holder = _holder_of(receipt) if receipt is not None else None
    if holder is not None:
        kid = site_keyring().write_kid
        keys = holder.keys(kid)
        row.receipt_lookup = keys.lookup_id
        row.wrapped_receipt = envelope.seal(
            keys.wrapping_key, kid, opened.secret, key_context(row, "wrapped_receipt")
        )
    try:
        with transaction.atomic(using=keys_alias()):
            row.save(using=keys_alias(), force_insert=True)
    except IntegrityError:
        return _same_again(holder)
    return opened


def _holder_of(receipt: Receipt | ReceiptHolder) -> ReceiptHolder:
    return ReceiptHolder(receipt) if isinstance(receipt, Receipt) else receipt


def _same_again(holder: ReceiptHolder | None) -> OpenedKey:
    found = find_by_receipt(holder) if holder is not None else None
    if found is None:
        raise CannotSeal("key_not_stored") from None
    holder, key_id = found
    # Young again, so that the sweep of keys without a record leaves it alone for another day.
    _rows().filter(pk=key_id).update(made_on=timezone.localdate())
    return open_key(holder, key_id)


def open_key(holder: KeyHolder, key_id: UUID) -> OpenedKey:
    """One data key. Raises KeyMissing when it was shredded or is not for this holder, CannotOpen."""
    try:
        return open_keys(holder, [key_id])[key_id]
    except KeyError:
        raise KeyMissing() from None


@sensitive_variables()
def open_keys(holder: KeyHolder, ids: Iterable[UUID]) -> dict[UUID, OpenedKey]:
    """Many data keys at the price of one derivation; shredded ones are left out.

    Raises KeyMissing when one is not for this holder, CannotOpen when one does not open.
    """
    unwrap = holder.opener()
    return {row.id: OpenedKey(row.id, unwrap(row)) for row in _in_chunks(ids)}


def _in_chunks(ids: Iterable[UUID]) -> Iterator[DataKey]:
    wanted = list(dict.fromkeys(ids))
    for at in range(0, len(wanted), CHUNK):
        yield from _rows().filter(pk__in=wanted[at : at + CHUNK])


@sensitive_variables()
def find_by_receipt(receipt: Receipt | ReceiptHolder) -> tuple[ReceiptHolder, UUID] | None:
    """Who may open which data key, from a receipt alone. Works as long for a miss as for a hit.

    Every site key is tried, since a receipt was peppered with the one that wrote when it was given out.
    """
    holder = _holder_of(receipt)
    lookups = [holder.keys(kid).lookup_id for kid in site_keyring().kids]
    key_id = _rows().filter(receipt_lookup__in=lookups).values_list("pk", flat=True).first()
    return None if key_id is None else (holder, key_id)


def shred(ids: Iterable[UUID]) -> int:
    """Delete data keys, so that nothing sealed with them opens again; returns how many there were."""
    wanted = list(dict.fromkeys(ids))
    return sum(_rows().filter(pk__in=wanted[at : at + CHUNK]).delete()[0] for at in range(0, len(wanted), CHUNK))


def shred_with_record(ids: Iterable[UUID]) -> None:
    """Shred the keys of records that the open transaction deletes.

    In one database both go in that transaction. In two the keys go once it is committed: a rollback could not
    bring them back, and would leave a record that nobody can read. A crash in between is the sweep's to mend.
    """
    wanted = list(ids)
    if keys_alias() == DEFAULT_DB_ALIAS:
        shred(wanted)
    else:
        transaction.on_commit(partial(shred, wanted), robust=True)


def exists(key_id: UUID) -> bool:
    """Whether the key was made and not shredded."""
    return _rows().filter(pk=key_id).exists()
