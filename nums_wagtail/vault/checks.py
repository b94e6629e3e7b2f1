"""System checks of the vault: keys there and well formed, a database for them, receipts nobody can guess."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS

from nums_wagtail.conf import nums_settings

from .keyring import read_site_keys
from .receipts import LENGTHS
from .router import keys_alias

ROUTER = "nums_wagtail.vault.router.KeysRouter"
SENSIBLE_MEMORY_KIB = 19456
SENSIBLE_PASSES = 2


@register("nums_wagtail")
def check_site_keys(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A malformed list is always wrong, a missing one outside development."""
    try:
        keys = read_site_keys(nums_settings().vault.SITE_KEYS)
    except ImproperlyConfigured as error:
        return [
            Error(
                f"{error} Nothing can be opened or stored: reporters would lose what they wrote.",
                hint='Write NUMS_WAGTAIL["SITE_KEYS"] as a list of "kid:base64", each of 32 bytes, newest first.',
                id="nums_wagtail.E011",
            )
        ]
    return [] if keys or settings.DEBUG else [_no_site_keys()]


@register("nums_wagtail", deploy=True)
def check_site_keys_before_deploying(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """With DEBUG on, a check for deployment still asks for keys; with it off, the check above has asked."""
    return [_no_site_keys()] if settings.DEBUG and not nums_settings().vault.SITE_KEYS else []


def _no_site_keys() -> Error:
    return Error(
        "There are no site keys. Reports, members' addresses and receipts can be neither stored nor opened; "
        "with keys made from SECRET_KEY, whoever reads the settings or an old backup of them could read what "
        "reporters trusted you with.",
        hint=(
            "Make a key with `openssl rand -base64 32`, keep it in the environment or in a file outside the "
            'project folder, and set NUMS_WAGTAIL["SITE_KEYS"] = ["k1:<that key>"]. Print the key sheet: a lost '
            "key loses every report."
        ),
        id="nums_wagtail.E010",
    )


@register("nums_wagtail")
def check_keys_database(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    alias = keys_alias()
    if alias not in settings.DATABASES:
        return [
            Error(
                f"KEYS_DATABASE names {alias!r}, which is not in DATABASES, so no data key can be stored.",
                hint=f'Add DATABASES[{alias!r}] or set NUMS_WAGTAIL["KEYS_DATABASE"] = "default".',
                id="nums_wagtail.E012",
            )
        ]
    if alias != "default" and ROUTER not in settings.DATABASE_ROUTERS:
        return [
            Error(
                f"Data keys belong into the database {alias!r}, but migrations would put their tables into "
                "every database, and backups of content could hold keys.",
                hint=f'Set DATABASE_ROUTERS = ["{ROUTER}"].',
                id="nums_wagtail.E013",
            )
        ]
    return []


@register("nums_wagtail")
def check_keys_are_committed_first(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A request's transaction on the key database would end after that of the content, or not at all."""
    alias = keys_alias()
    database = settings.DATABASES.get(alias, {})
    if alias == DEFAULT_DB_ALIAS or not database.get("ATOMIC_REQUESTS"):
        return []
    return [
        Error(
            f"DATABASES[{alias!r}] has ATOMIC_REQUESTS, so data keys are committed after the content that they "
            "open: a crash in between leaves reports that nobody can ever read.",
            hint=f'Set DATABASES[{alias!r}]["ATOMIC_REQUESTS"] = False.',
            id="nums_wagtail.E016",
        )
    ]


@register("nums_wagtail", deploy=True)
def check_sqlite_overwrites_what_it_deletes(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    alias = keys_alias()
    database = settings.DATABASES.get(alias, {})
    if "sqlite" not in str(database.get("ENGINE", "")) or "secure_delete" in str(database.get("OPTIONS", "")):
        return []
    return [
        Warning(
            "SQLite leaves deleted data keys in its file until their place is needed, so whoever gets the file "
            "can read reports that were deleted.",
            hint=f'Add "PRAGMA secure_delete=ON;" to DATABASES[{alias!r}]["OPTIONS"]["init_command"].',
            id="nums_wagtail.W011",
        )
    ]


@register("nums_wagtail")
def check_receipt_words(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if nums_settings().vault.RECEIPT_WORDS in LENGTHS:
        return []
    return [
        Error(
            "RECEIPT_WORDS is not 5, 7 or 10, so no receipt can be made and no report can be sent.",
            hint='Set NUMS_WAGTAIL["RECEIPT_WORDS"] = 5.',
            id="nums_wagtail.E014",
        )
    ]


@register("nums_wagtail", deploy=True)
def check_cost_of_guessing(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    cost = nums_settings().vault
    if cost.ARGON2_MEMORY_KIB >= SENSIBLE_MEMORY_KIB and cost.ARGON2_PASSES >= SENSIBLE_PASSES:
        return []
    return [
        Warning(
            "Guessing is cheap: a thief of database and keys could try receipts and phone numbers quickly, and "
            "read a reporter's report or learn who was reported.",
            hint='Leave "ARGON2_MEMORY_KIB" and "ARGON2_PASSES" out of NUMS_WAGTAIL before the first report.',
            id="nums_wagtail.W010",
        )
    ]
