"""What a list of members shows of sealed values: the working name, and the address masked.

A whole page of rows is opened at the price of one derivation and one query for keys.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.utils.translation import gettext as _

from ..vault.fields import EncryptedField, open_values
from .addresses import masked
from .models import Member


def put_names_on(members: Sequence[Member]) -> None:
    """Give each member ``shown_name`` and ``shown_address``. Raises VaultError when one does not open."""
    shown: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
        ("working_name", "shown_name", lambda name: name or _("no working name")),
        ("email", "shown_address", lambda address: masked(address or "")),
    )
    for column, attribute, show in shown:
        field = cast("EncryptedField[Any, Any]", Member._meta.get_field(column))
        rows = [(member.uuid, member.data_key, getattr(member, field.attname)) for member in members]
        for member, value in zip(members, open_values(field, rows), strict=True):
            setattr(member, attribute, show(value))
