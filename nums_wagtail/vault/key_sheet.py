"""The site keys on paper: what survives a lost server, as groups that somebody can read aloud and type back."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

from django.views.decorators.debug import sensitive_variables

from nums_wagtail.foundation.errors import VaultError

from .keyring import KEY_BYTES, Keyring, site_keyring

GROUP = 4
GROUPS_A_LINE = 7


@sensitive_variables()
def key_sheet_lines(keyring: Keyring) -> list[str]:
    """For each site key its kid, then its groups in lines: 13 groups of base32 and a check group at the end."""
    lines: list[str] = []
    for kid in keyring.kids:
        groups = _groups(kid, keyring.master_for_paper(kid))
        lines.append(f"{kid}:")
        lines += [" ".join(groups[at : at + GROUPS_A_LINE]) for at in range(0, len(groups), GROUPS_A_LINE)]
    return lines


def last_group(kid: str) -> str:
    """The check group of a key, which is typed back as proof that the sheet was printed. Raises KeyMissing."""
    return _groups(kid, site_keyring().master_for_paper(kid))[-1]


@sensitive_variables()
def read_key_sheet(kid: str, typed: str) -> str:
    """The line for ``SITE_KEYS`` from the groups of a sheet, whatever their case and spacing.

    Raises VaultError with code ``sheet_mistyped`` when the check group does not fit.
    """
    letters = "".join(typed.upper().split())
    body, check = letters[:-GROUP], letters[-GROUP:]
    try:
        master = base64.b32decode(body + "=" * (-len(body) % 8))
    except (binascii.Error, ValueError):
        raise VaultError("sheet_mistyped") from None
    if len(master) != KEY_BYTES or not hmac.compare_digest(_check(kid, master), check):
        raise VaultError("sheet_mistyped")
    return f"{kid}:{base64.b64encode(master).decode('ascii')}"


@sensitive_variables()
def _groups(kid: str, master: bytes) -> list[str]:
    letters = base64.b32encode(master).decode("ascii").rstrip("=") + _check(kid, master)
    return [letters[at : at + GROUP] for at in range(0, len(letters), GROUP)]


def _check(kid: str, master: bytes) -> str:
    """20 bits over kid and key: a sheet misread or filed under another kid does not pass."""
    return base64.b32encode(hashlib.sha256(b"nums|key sheet|" + kid.encode() + b"|" + master).digest())[
        :GROUP
    ].decode("ascii")
