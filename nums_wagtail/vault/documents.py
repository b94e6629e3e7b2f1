"""Sealed documents: one JSON object a report version, message or note, its length hidden in 1 kB buckets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.views.decorators.debug import sensitive_variables

from nums_wagtail.foundation.errors import CannotOpen, CannotSeal

from . import envelope
from .data_keys import OpenedKey
from .padding import pad, unpad

BUCKET = 1024
#: Kid of everything sealed under a record's data key; which one stands in the record's ``data_key``.
DATA_KID = "d"


@sensitive_variables()
def seal_document(key: OpenedKey, context: envelope.Context, document: Mapping[str, Any]) -> bytes:
    """An envelope of the document. Raises CannotSeal, also for what JSON cannot hold."""
    return envelope.seal(key.secret, DATA_KID, pad(to_json(dict(document)), BUCKET), context)


@sensitive_variables()
def open_document(key: OpenedKey, context: envelope.Context, sealed: envelope.Envelope) -> dict[str, Any]:
    """The document. Raises CannotOpen."""
    document = from_json(unpad(envelope.open_envelope(lambda kid: key.secret, sealed, context)))
    if not isinstance(document, dict):
        raise CannotOpen("not_a_document")
    return document


@sensitive_variables()
def seal_content(key: OpenedKey, context: envelope.Context, content: bytes, bucket: int) -> bytes:
    """An envelope of bytes, such as a file, its length hidden in buckets of ``bucket`` bytes. Raises CannotSeal."""
    return envelope.seal(key.secret, DATA_KID, pad(content, bucket), context)


@sensitive_variables()
def open_content(key: OpenedKey, context: envelope.Context, sealed: envelope.Envelope) -> bytes:
    """The bytes. Raises CannotOpen."""
    return unpad(envelope.open_envelope(lambda kid: key.secret, sealed, context))


@sensitive_variables()
def to_json(value: Any) -> bytes:
    """JSON in its shortest form, keys sorted, UTF-8. Raises CannotSeal."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
        return text.encode()
    except (TypeError, ValueError):
        # The cause would carry what was written.
        raise CannotSeal("not_json") from None


@sensitive_variables()
def from_json(clear: bytes) -> Any:
    """What ``to_json`` was given. Raises CannotOpen."""
    try:
        return json.loads(clear)
    except ValueError:
        raise CannotOpen("not_json") from None
