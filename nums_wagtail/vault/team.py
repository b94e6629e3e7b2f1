"""The team's key pair (X25519): anybody may seal to the team, only who holds the private half opens.

HPKE of RFC 9180 in base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. The library takes no
associated data, so the context goes into ``info``. In managed mode, the one built here, the private half is
wrapped under the site key.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from nums_wagtail.foundation.errors import CannotOpen, CannotSeal, KeyMissing, VaultError

from .envelope import Algorithm, Context, Envelope, assemble, open_envelope, seal, take_apart
from .keyring import Label, site_keyring
from .models import DataKey, TeamKey
from .router import keys_alias

ALGORITHM = Algorithm.HPKE_X25519_AES_256_GCM


def _suite() -> hpke.Suite:
    return hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def current_team_key() -> TeamKey | None:
    """The key pair to which new data keys are sealed."""
    return TeamKey.objects.using(keys_alias()).filter(retired_on__isnull=True).order_by("-pk").first()


def ensure_team_key() -> TeamKey:
    """The current key pair, made now when there is none. Raises VaultError without site keys."""
    there = current_team_key()
    if there is not None:
        return there
    for _attempt in range(3):
        # The number first: a pair that another process makes from now on has it, and so ours is refused.
        number = _last_number() + 1
        there = current_team_key()
        if there is not None:
            return there
        try:
            with transaction.atomic(using=keys_alias()):
                return _make_team_key(number)
        except IntegrityError:
            # Another process was first with the same kid; its pair is the one to use.
            continue
    raise CannotSeal("no_team_key")


@sensitive_variables()
def _make_team_key(number: int) -> TeamKey:
    private = X25519PrivateKey.generate()
    pair = TeamKey(
        kid=f"team{number}",
        public=private.public_key().public_bytes_raw(),
        made_on=timezone.localdate(),
    )
    pair.wrapped_private = wrap_private(pair, private)
    pair.save(using=keys_alias(), force_insert=True)
    return pair


def _last_number() -> int:
    """Of all pairs that are there; the newest always is, so no kid is given twice."""
    kids = TeamKey.objects.using(keys_alias()).values_list("kid", flat=True)
    return max((int(kid.removeprefix("team")) for kid in kids), default=0)


@sensitive_variables()
def wrap_private(pair: TeamKey, private: X25519PrivateKey) -> bytes:
    """The private half of ``pair`` under the first site key. Raises VaultError without site keys."""
    keyring = site_keyring()
    kid = keyring.write_kid
    return seal(keyring.subkey(kid, Label.TEAM), kid, private.private_bytes_raw(), _private_context(pair))


def renew_team_key() -> TeamKey:
    """A new key pair for everything from now on; the older ones are retired and still open what they opened.

    Data keys are sealed to the new pair by ``rewrapping.move_to_current_pair``. Raises VaultError.
    """
    with transaction.atomic(using=keys_alias()):
        pair = _make_team_key(_last_number() + 1)
        older = TeamKey.objects.using(keys_alias()).filter(retired_on__isnull=True).exclude(pk=pair.pk)
        older.update(retired_on=timezone.localdate())
    return pair


def forget_retired_pairs(today: date) -> int:
    """Delete key pairs retired for more than a day to which nothing is sealed; returns how many.

    The day is for a report that was being sealed to the older pair while it was retired.
    """
    sealed_to = DataKey.objects.using(keys_alias()).filter(team_key=OuterRef("kid"))
    pairs = TeamKey.objects.using(keys_alias()).filter(retired_on__lt=today - timedelta(days=1))
    return pairs.filter(~Exists(sealed_to)).delete()[0]


def _private_context(pair: TeamKey) -> Context:
    return Context("nums_vault.TeamKey", "wrapped_private", pair.uuid)


@sensitive_variables()
def seal_to_team(pair: TeamKey, clear: bytes, context: Context) -> bytes:
    """An envelope that only the team's private half opens. Raises CannotSeal."""
    try:
        public = X25519PublicKey.from_public_bytes(bytes(pair.public))
        body = _suite().encrypt(clear, public, info=context.aad())
    except (TypeError, ValueError):
        raise CannotSeal("bad_team_key") from None
    return assemble(ALGORITHM, pair.kid, body)


@sensitive_variables()
def open_sealed_to_team(
    private_for: Callable[[str], X25519PrivateKey], envelope: Envelope, context: Context
) -> bytes:
    """What was sealed to the team. Raises CannotOpen, or what ``private_for`` raises."""
    kid, body = take_apart(ALGORITHM, envelope)
    private = private_for(kid)
    try:
        return _suite().decrypt(body, private, info=context.aad())
    except (InvalidTag, TypeError, ValueError):
        raise CannotOpen() from None


def private_half(kid: str) -> X25519PrivateKey:
    """The private half in managed mode. Raises KeyMissing for an unknown kid, CannotOpen for a wrong site key."""
    pair = TeamKey.objects.using(keys_alias()).filter(kid=kid).first()
    if pair is None:
        raise KeyMissing("team_key_missing")
    return _open_private(pair)


def require_working(pair: TeamKey) -> None:
    """Make sure that what is sealed to ``pair`` can be opened again. Raises CannotSeal.

    Sealing needs the public half alone, so with a lost site key reports would go on coming in that nobody can
    ever read, and their reporters would be told that they arrived.
    """
    try:
        works = _open_private(pair).public_key().public_bytes_raw() == bytes(pair.public)
    except VaultError:
        works = False
    if not works:
        raise CannotSeal("bad_team_key")


@sensitive_variables()
def _open_private(pair: TeamKey) -> X25519PrivateKey:
    keyring = site_keyring()
    raw = open_envelope(
        lambda site_kid: keyring.subkey(site_kid, Label.TEAM), pair.wrapped_private, _private_context(pair)
    )
    return X25519PrivateKey.from_private_bytes(raw)
