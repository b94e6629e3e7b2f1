"""Which database holds the data keys. One of their own lets shredding outlive the backups of the content."""

from __future__ import annotations

from typing import Any

from nums_wagtail.conf import nums_settings

VAULT_LABEL = "nums_vault"


def keys_alias() -> str:
    """The database alias of the data keys; every query for them goes ``.using()`` it."""
    return nums_settings().vault.KEYS_DATABASE


class KeysRouter:
    """For ``DATABASE_ROUTERS``: the vault's tables live in ``KEYS_DATABASE``, and nothing else lives there."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return keys_alias() if model._meta.app_label == VAULT_LABEL else None

    def db_for_write(self, model: Any, **hints: Any) -> str | None:
        return self.db_for_read(model, **hints)

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool | None:
        """No relation crosses the vault's wall, even while both sides share a database."""
        inside = {one._meta.app_label == VAULT_LABEL, other._meta.app_label == VAULT_LABEL}
        return False if len(inside) == 2 else None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        if app_label == VAULT_LABEL:
            return db == keys_alias()
        return False if db == keys_alias() != "default" else None
