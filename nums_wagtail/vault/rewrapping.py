"""Wrapping the vault's own keys anew: under the first site key, and for the current key pair of the team.

A data key never changes, and so nothing that was sealed with it: only its wrappings are made again. A wrapping
is replaced where it is still the one that was read, so that a key shredded meanwhile does not come back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import BinaryField, QuerySet
from django.db.models.functions import Substr
from django.views.decorators.debug import sensitive_variables

from nums_wagtail.foundation.errors import VaultError

from . import envelope, team
from .envelope import Algorithm
from .holders import SiteHolder, TeamHolder, key_context
from .keyring import Label, site_keyring
from .models import DataKey, TeamKey
from .rotation import NOT_LISTED
from .router import keys_alias

#: Keys wrapped anew in one transaction.
BATCH = 250


def data_keys_by_site_key() -> dict[str, int]:
    return _by_site_key(_data_keys(), "wrapped_site")


def receipts_by_site_key() -> dict[str, int]:
    return _by_site_key(_data_keys(), "wrapped_receipt")


def team_keys_by_site_key() -> dict[str, int]:
    return _by_site_key(_team_keys(), "wrapped_private")


def data_keys_for_retired_pairs() -> QuerySet[DataKey]:
    """Data keys that are sealed to another key pair of the team than the current one."""
    current = team.current_team_key()
    rows = _data_keys().filter(wrapped_team__isnull=False)
    return rows.exclude(team_key=current.kid) if current else rows


def move_data_keys() -> Iterator[int]:
    """Wrap what the site itself opens under the first site key; yields how many after each commit."""
    keyring = site_keyring()
    kid, unwrap = keyring.write_kid, SiteHolder().opener()
    fields_key = keyring.subkey(kid, Label.FIELDS)

    @sensitive_variables()
    def again(row: DataKey) -> int:
        sealed = envelope.seal(fields_key, kid, unwrap(row), key_context(row, "wrapped_site"))
        return _data_keys().filter(pk=row.pk, wrapped_site=row.wrapped_site).update(wrapped_site=sealed)

    yield from _in_batches(_under_other_keys(_data_keys(), "wrapped_site"), again)


def move_team_keys() -> Iterator[int]:
    """Wrap the private halves of the team's key pairs under the first site key."""

    @sensitive_variables()
    def again(pair: TeamKey) -> int:
        sealed = team.wrap_private(pair, team.private_half(pair.kid))
        unchanged = _team_keys().filter(pk=pair.pk, wrapped_private=pair.wrapped_private)
        return unchanged.update(wrapped_private=sealed)

    yield from _in_batches(_under_other_keys(_team_keys(), "wrapped_private"), again)


def move_to_current_pair() -> Iterator[int]:
    """Seal every data key of the team to its current key pair; the reports themselves are not touched."""
    pair, unwrap = team.ensure_team_key(), TeamHolder().opener()

    @sensitive_variables()
    def again(row: DataKey) -> int:
        sealed = team.seal_to_team(pair, unwrap(row), key_context(row, "wrapped_team"))
        unchanged = _data_keys().filter(pk=row.pk, wrapped_team=row.wrapped_team)
        return unchanged.update(wrapped_team=sealed, team_key=pair.kid)

    yield from _in_batches(data_keys_for_retired_pairs(), again)


def _data_keys() -> QuerySet[DataKey]:
    return DataKey.objects.using(keys_alias())


def _team_keys() -> QuerySet[TeamKey]:
    return TeamKey.objects.using(keys_alias())


def _by_site_key(rows: QuerySet[Any], column: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for kid in site_keyring().kids:
        begins = envelope.header(Algorithm.AES_256_GCM, kid)
        found[kid] = _with_heads(rows, column, begins).filter(_head=begins).count()
    every = rows.filter(**{f"{column}__isnull": False}).count()
    return {**found, NOT_LISTED: every - sum(found.values())}


def _under_other_keys(rows: QuerySet[Any], column: str) -> QuerySet[Any]:
    begins = envelope.header(Algorithm.AES_256_GCM, site_keyring().write_kid)
    return _with_heads(rows, column, begins).exclude(_head=begins)


def _with_heads(rows: QuerySet[Any], column: str, begins: bytes) -> QuerySet[Any]:
    head = Substr(column, 1, len(begins), output_field=BinaryField())
    headed: QuerySet[Any] = rows.filter(**{f"{column}__isnull": False}).alias(_head=head)
    return headed


def _in_batches(rows: QuerySet[Any], again: Callable[..., int]) -> Iterator[int]:
    """Walks ``rows`` once by their primary key, so that one that cannot be opened is met once."""
    ordered = rows.order_by("pk")
    batch = list(ordered[:BATCH])
    while batch:
        with transaction.atomic(using=keys_alias()):
            moved = sum(_passing_over(again, row) for row in batch)
        yield moved
        batch = list(ordered.filter(pk__gt=batch[-1].pk)[:BATCH])


def _passing_over(again: Callable[..., int], row: DataKey | TeamKey) -> int:
    try:
        return again(row)
    except VaultError:
        # It stays as it is and is counted as left over.
        return 0
