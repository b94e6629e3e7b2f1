"""Opening data keys in bulk, as a queue, a bulletin or a change of keys does."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from tests.bench.clock import reading, seconds_of
from tests.bench.frame import Benchmark, Measured, Size, must

SIZES = (Size(2_000), Size(10_000), Size(100_000))


def data_keys_made(count: int) -> None:
    """``count`` keys for the site and as many for the team."""
    from django.db import transaction

    from nums_wagtail.vault import data_keys
    from nums_wagtail.vault.models import KeyKind

    with transaction.atomic():
        for _number in range(count):
            data_keys.create(KeyKind.MEMBER)
            data_keys.create_for_team(KeyKind.CASE)


def _bare(column: str, decrypt: Callable[[UUID, bytes], bytes]) -> dict[UUID, bytes]:
    """Every key by one plain query and the bare decryption of its wrapping."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {column} FROM nums_vault_datakey WHERE {column} IS NOT NULL")
        rows = cursor.fetchall()
    opened = {}
    for key_id, wrapped in rows:
        known = key_id if isinstance(key_id, UUID) else UUID(key_id)
        opened[known] = decrypt(known, bytes(wrapped))
    return opened


def _site_decrypt() -> Callable[[UUID, bytes], bytes]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from nums_wagtail.vault.keyring import Label, site_keyring

    keyring = site_keyring()
    cipher, start = AESGCM(keyring.subkey(keyring.write_kid, Label.FIELDS)), 4 + len(keyring.write_kid)

    def decrypt(key_id: UUID, wrapped: bytes) -> bytes:
        place = f"nums|nums_vault.DataKey|wrapped_site|{key_id}|1".encode()
        return cipher.decrypt(wrapped[start : start + 12], wrapped[start + 12 :], place)

    return decrypt


def _team_decrypt() -> Callable[[UUID, bytes], bytes]:
    from cryptography.hazmat.primitives import hpke

    from nums_wagtail.vault import team

    kid = team.ensure_team_key().kid
    private, start = team.private_half(kid), 4 + len(kid)
    suite = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)

    def decrypt(key_id: UUID, wrapped: bytes) -> bytes:
        place = f"nums|nums_vault.DataKey|wrapped_team|{key_id}|1".encode()
        return suite.decrypt(wrapped[start:], private, info=place)

    return decrypt


def opening(size: Size, *, column: str) -> Measured:
    from nums_wagtail.vault import data_keys
    from nums_wagtail.vault.holders import SiteHolder, TeamHolder
    from nums_wagtail.vault.models import DataKey

    holder = SiteHolder() if column == "wrapped_site" else TeamHolder()
    decrypt = _site_decrypt() if column == "wrapped_site" else _team_decrypt()
    ids = list(DataKey.objects.filter(**{f"{column}__isnull": False}).values_list("pk", flat=True))
    must(len(ids) == size.count, f"{len(ids)} of {size.count} keys are there")
    bare: dict[UUID, bytes] = {}
    against = seconds_of(lambda: bare.update(_bare(column, decrypt)))
    with reading() as ours:
        opened = data_keys.open_keys(holder, ids)
    must({key.id: key.secret for key in opened.values()} == bare, "the keys are not those that lie there")
    must(len(set(bare.values())) == size.count, "not every key is its own")
    return Measured(ours.seconds, against, ours.queries, {"per_second": size.count / ours.seconds})


def opening_for_the_site(size: Size) -> Measured:
    return opening(size, column="wrapped_site")


def opening_for_the_team(size: Size) -> Measured:
    return opening(size, column="wrapped_team")


BENCHMARKS = (
    Benchmark(
        name="vault-site",
        unit="s",
        baseline="one query and bare AES-256-GCM",
        sizes=SIZES,
        measure=opening_for_the_site,
        fill=data_keys_made,
    ),
    Benchmark(
        name="vault-team",
        unit="s",
        baseline="one query and bare HPKE",
        sizes=SIZES,
        measure=opening_for_the_team,
        fill=data_keys_made,
    ),
)
