"""Model fields that are encrypted in the table, in revisions and in dumps, and clear in Python and in forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.views.decorators.debug import sensitive_variables

from nums_wagtail.foundation.errors import CannotOpen, CannotSeal, KeyMissing

from . import data_keys, envelope
from .documents import from_json, to_json
from .encrypted import _GT, _ST, EncryptedField
from .holders import SiteHolder

__all__ = ["EncryptedField", "EncryptedJSONField", "EncryptedTextField", "open_values"]


class EncryptedTextField(EncryptedField[_ST, _GT]):
    """Text. An empty one is encrypted too; None is NULL."""

    # Read by django-stubs' plugin.
    _pyi_private_set_type: str | Promise
    _pyi_private_get_type: str

    def encode(self, value: Any) -> bytes:
        if not isinstance(value, str | Promise):
            raise CannotSeal("not_text")
        try:
            return str(value).encode()
        except UnicodeEncodeError:
            # The cause would carry the text.
            raise CannotSeal("not_text") from None

    def decode(self, clear: bytes) -> str:
        try:
            return clear.decode()
        except UnicodeDecodeError:
            raise CannotOpen("not_text") from None

    def clear_to_python(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else str(value)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.CharField, "max_length": self.max_length, **kwargs})


class EncryptedJSONField(EncryptedField[_ST, _GT]):
    """A dict or a list that JSON can hold. None is NULL."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def encode(self, value: Any) -> bytes:
        if not isinstance(value, dict | list):
            # A bare number would be serialised by Django as it is, and so in the clear.
            raise CannotSeal("not_json")
        return to_json(value)

    def decode(self, clear: bytes) -> Any:
        return from_json(clear)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.JSONField, **kwargs})


@sensitive_variables()
def open_values(
    field: EncryptedField[Any, Any], rows: Iterable[tuple[UUID, UUID | None, bytes | memoryview | None]]
) -> list[Any]:
    """Values of many records at the price of one key derivation, in the order of ``rows``.

    A row is the record's uuid, its data key (its parent's, for a child), and the envelope, as
    ``values_list("uuid", "data_key", "<field>")`` gives them. NULL stays None. Raises KeyMissing for a
    shredded record, CannotOpen.
    """
    sealed = list(rows)
    keys = data_keys.open_keys(SiteHolder(), {key for _uuid, key, value in sealed if value is not None and key})
    opened: list[Any] = []
    for record, key_id, value in sealed:
        if value is None:
            opened.append(None)
            continue
        if key_id is None:
            raise CannotOpen("no_data_key")
        if key_id not in keys:
            raise KeyMissing()
        clear = envelope.open_envelope(_only(keys[key_id].secret), value, field.context(record))
        opened.append(field.decode(clear))
    return opened


def _only(secret: bytes) -> Callable[[str], bytes]:
    return lambda kid: secret
