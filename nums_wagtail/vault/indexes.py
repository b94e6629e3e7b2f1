"""Keyed tags: they say that two values are the same, and nothing of what they are.

    HMAC-SHA256, its first 28 bytes | mark of the site key, 4 bytes

The caller normalises; a tag of ``kind`` never equals one of another kind. Rows are written with the tag under
the first site key; while others still read, look-ups ask for the tags under all of them. The mark says which
key made a tag, so that a rotation knows what is left; it stands at the end, where cutting a tag short drops it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from typing import TypeVar

from django.db import models
from django.db.models.functions import Substr
from django.views.decorators.debug import sensitive_variables

from . import derivation
from .keyring import Label, site_keyring

TAG_BYTES = 32
MARK_BYTES = 4

M = TypeVar("M", bound=models.Model)


def fast_tag(kind: str, value: str) -> bytes:
    """32 bytes, HMAC-SHA256: for addresses and for what is published anyway."""
    return _fast(site_keyring().write_kid, kind, value)


def fast_tags(kind: str, value: str) -> list[bytes]:
    """The tag under every site key, for ``tag__in=``."""
    return [_fast(kid, kind, value) for kid in site_keyring().kids]


def slow_tag(kind: str, value: str) -> bytes:
    """32 bytes, HMAC of Argon2id: for identifiers of suspects, since every phone number can be counted through."""
    return _slow(site_keyring().write_kid, kind, value)


def slow_tags(kind: str, value: str, kids: Iterable[str] | None = None) -> list[bytes]:
    """The slow tag under every site key, or under those of ``kids``, one Argon2id each. Raises KeyMissing."""
    return [_slow(kid, kind, value) for kid in (site_keyring().kids if kids is None else kids)]


def kids_in_use(rows: models.QuerySet[M], column: str) -> list[str]:
    """Site keys under which a row written or looked for now must have its tag: the first, and any other that
    made a tag in ``rows``. One query, and none while a single key is listed."""
    first, *others = site_keyring().kids
    made = tags_by_key(rows, column) if others else {}
    return [first, *(kid for kid in others if made.get(kid))]


def tags_by_key(rows: models.QuerySet[M], column: str) -> dict[str, int]:
    """How many tags of ``rows`` each listed site key made; under ``""`` those of keys that are not listed."""
    marks = {_mark(kid): kid for kid in site_keyring().kids}
    found: dict[str, int] = {}
    tagged = rows.filter(**{f"{column}__isnull": False}).order_by().values(_mark=_mark_in(column))
    for mark, count in tagged.annotate(_count=models.Count("pk")).values_list("_mark", "_count"):
        kid = marks.get(bytes(mark), "")
        found[kid] = found.get(kid, 0) + count
    return found


def tagged_by_first_key(rows: models.QuerySet[M], column: str) -> models.QuerySet[M]:
    """Those of ``rows`` whose tag needs no rotation."""
    return _with_marks(rows, column).filter(_mark=_mark(site_keyring().write_kid))


def tagged_by_other_keys(rows: models.QuerySet[M], column: str) -> models.QuerySet[M]:
    """Those of ``rows`` whose tag was made by another site key than the first, listed or not."""
    return _with_marks(rows, column).exclude(_mark=_mark(site_keyring().write_kid))


def _with_marks(rows: models.QuerySet[M], column: str) -> models.QuerySet[M]:
    tagged: models.QuerySet[M] = rows.filter(**{f"{column}__isnull": False})
    return tagged.alias(_mark=_mark_in(column))  # type: ignore[return-value]  # an alias leaves the rows as they are


def _mark_in(column: str) -> Substr:
    return Substr(column, TAG_BYTES - MARK_BYTES + 1, MARK_BYTES, output_field=models.BinaryField())


@sensitive_variables()
def _fast(kid: str, kind: str, value: str) -> bytes:
    return _marked(kid, f"fast|{_checked(kind)}|".encode() + value.encode())


@sensitive_variables()
def _slow(kid: str, kind: str, value: str) -> bytes:
    salt = _keyed(kid, f"salt|{_checked(kind)}".encode())
    return _marked(kid, f"slow|{kind}|".encode() + derivation.from_guessable(value.encode(), salt))


def _checked(kind: str) -> str:
    if "|" in kind:
        raise ValueError("The kind of a tag has no bar in it.")
    return kind


@sensitive_variables()
def _marked(kid: str, message: bytes) -> bytes:
    return _keyed(kid, message)[: TAG_BYTES - MARK_BYTES] + _mark(kid)


def _mark(kid: str) -> bytes:
    """Made from the key and not from its name, so that another key of the same name has another mark."""
    return _keyed(kid, b"mark")[:MARK_BYTES]


@sensitive_variables()
def _keyed(kid: str, message: bytes) -> bytes:
    return hmac.new(site_keyring().subkey(kid, Label.INDEXES), message, hashlib.sha256).digest()
