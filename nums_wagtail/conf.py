"""Settings: what an operator may put into the dict ``NUMS_WAGTAIL`` in the host's settings.

One frozen dataclass a room, one flat dict for the operator. What a charity changes for itself is a Wagtail
site setting in the room it belongs to; secrets come from the environment. This module imports no room.
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed


@dataclass(frozen=True)
class FoundationConf:
    #: Template that public pages without secrets extend; must offer the blocks ``title`` and ``content``.
    HOST_BASE_TEMPLATE: str = "base.html"


@dataclass(frozen=True)
class VaultConf:
    #: Site keys as ``kid:base64`` of 32 bytes each; the first writes, the others still read.
    SITE_KEYS: tuple[str, ...] = ()
    #: Database alias that holds the data keys; another one than ``default`` makes shredding outlive backups.
    KEYS_DATABASE: str = "default"
    #: How many words a receipt has: five, seven or ten.
    RECEIPT_WORDS: int = 5
    #: Argon2id memory in KiB and passes for receipts and slow tags. Lower them in tests only.
    ARGON2_MEMORY_KIB: int = 19456
    ARGON2_PASSES: int = 2


@dataclass(frozen=True)
class RegionsConf:
    #: Country pack: regions, police forces, phone and plate formats, emergency words.
    COUNTRY: str = "gb"


@dataclass(frozen=True)
class MailingConf:
    #: Dotted path of the channel that carries mail.
    CHANNEL: str = "nums_wagtail.mailing.channels.DjangoChannel"
    #: Messages an hour that the channel may send; None: no limit. Shared hosts often allow 300.
    MAILS_PER_HOUR: int | None = 300
    #: Sender of bulletins, and of letters (sign-in, notices). Empty: DEFAULT_FROM_EMAIL.
    BULLETIN_FROM: str = ""
    LETTER_FROM: str = ""
    #: Right-hand side of Message-IDs and List-Id; should not name the scheme.
    MAIL_DOMAIN: str = "mail.invalid"
    #: Address with scheme in front that links in mails start with, e.g. ``https://example.org``.
    BASE_URL: str = ""
    #: Seconds that a worker may hold claimed rows before another may take them.
    CLAIM_SECONDS: int = 120
    #: Attempts before a message is given up; waits double from one minute.
    MAIL_ATTEMPTS: int = 8
    #: Rows that a worker claims at once; also the most that a crash may double.
    DELIVERY_BATCH: int = 32
    #: SMTP connections one worker keeps open side by side.
    DELIVERY_CONNECTIONS: int = 2


@dataclass(frozen=True)
class MembersConf:
    #: Minutes that a sign-in link lives, and minutes without a click before a session ends.
    SIGN_IN_MINUTES: int = 15
    SESSION_MINUTES: int = 30


@dataclass(frozen=True)
class ReportsConf:
    #: Hours that a report form may lie open before its sealed state expires.
    FORM_HOURS: int = 24
    #: Most characters kept of one answer; longer ones are answered beside the field.
    ANSWER_CHARACTERS: int = 20_000
    #: Files that may come at once: how many, megabytes of each, and megabytes of all together. All are in memory
    #: while they are looked at.
    EVIDENCE_FILES: int = 10
    EVIDENCE_FILE_MB: int = 10
    EVIDENCE_ALL_MB: int = 25
    #: Files that one report may have in all, later ones and copies included.
    EVIDENCE_FILES_A_REPORT: int = 60
    #: Pages that a PDF may have.
    EVIDENCE_PDF_PAGES: int = 100


@dataclass(frozen=True)
class AlertsConf:
    #: How many people a release needs: 2, or 1 for one-person schemes.
    RELEASE_EYES: int = 2


@dataclass(frozen=True)
class BulletinsConf:
    #: Seconds between a release and the first mail of it, in which pulling back stops all of it.
    UNDO_SECONDS: int = 300
    UNDO_SECONDS_EMERGENCY: int = 60


ROOMS: dict[str, type] = {
    "foundation": FoundationConf,
    "vault": VaultConf,
    "regions": RegionsConf,
    "mailing": MailingConf,
    "members": MembersConf,
    "reports": ReportsConf,
    "alerts": AlertsConf,
    "bulletins": BulletinsConf,
}


@dataclass(frozen=True)
class NumsSettings:
    """Every room's settings, read once; ``nums_settings()`` hands out the one in force."""

    foundation: FoundationConf = field(default_factory=FoundationConf)
    vault: VaultConf = field(default_factory=VaultConf)
    regions: RegionsConf = field(default_factory=RegionsConf)
    mailing: MailingConf = field(default_factory=MailingConf)
    members: MembersConf = field(default_factory=MembersConf)
    reports: ReportsConf = field(default_factory=ReportsConf)
    alerts: AlertsConf = field(default_factory=AlertsConf)
    bulletins: BulletinsConf = field(default_factory=BulletinsConf)


def known_keys() -> dict[str, str]:
    """Every key an operator may set, with the room that owns it."""
    return {item.name: room for room, conf in ROOMS.items() for item in dataclasses.fields(conf)}


def unknown_keys(given: Mapping[str, Any]) -> dict[str, str | None]:
    """Keys that no room knows, each with the nearest known one, or None."""
    known = list(known_keys())
    return {
        key: next(iter(difflib.get_close_matches(str(key), known, n=1)), None) for key in given if key not in known
    }


def _read(given: Mapping[str, Any]) -> NumsSettings:
    rooms = {}
    for room, conf in ROOMS.items():
        names = {item.name for item in dataclasses.fields(conf)}
        values = {key: tuple(v) if isinstance(v, list) else v for key, v in given.items() if key in names}
        rooms[room] = conf(**values)
    return NumsSettings(**rooms)


@cache
def nums_settings() -> NumsSettings:
    """The settings in force.

    Raises ImproperlyConfigured when ``NUMS_WAGTAIL`` is not a dict. An unknown key is a failed system check,
    not an exception, so that ``manage.py check`` can name the nearest known one.
    """
    given = getattr(settings, "NUMS_WAGTAIL", {})
    if not isinstance(given, Mapping):
        raise ImproperlyConfigured("NUMS_WAGTAIL must be a dict of settings, for example {'COUNTRY': 'gb'}.")
    return _read(given)


def _forget(*, setting: str, **kwargs: Any) -> None:
    if setting == "NUMS_WAGTAIL":
        nums_settings.cache_clear()


setting_changed.connect(_forget, dispatch_uid="nums_wagtail.conf")
