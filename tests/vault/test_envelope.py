"""Known answers of the envelope, and that nothing opens anywhere but in its place."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nums_wagtail.foundation.errors import CannotOpen, CannotSeal
from nums_wagtail.vault import envelope
from nums_wagtail.vault.envelope import Algorithm, Context

KEY = bytes(range(32))
NONCE = bytes(range(12))
RECORD = UUID("00112233-4455-6677-8899-aabbccddeeff")
PLACE = Context("nums_wagtail.Report", "words", RECORD)


def opened(sealed: bytes, context: Context = PLACE, key: bytes = KEY) -> bytes:
    return envelope.open_envelope(lambda kid: key, sealed, context)


def test_associated_data_name_model_field_record_and_version():
    assert PLACE.aad() == b"nums|nums_wagtail.Report|words|00112233-4455-6677-8899-aabbccddeeff|1"


@pytest.mark.parametrize(
    ("kid", "clear", "expected"),
    [
        ("k1", b"", "4e3101026b31000102030405060708090a0b001cb73b0ed520ba8987835d55e05495"),
        ("k1", b"hello", "4e3101026b31000102030405060708090a0b2f67ba77aa67b765dc1f5fb09a7c9ba6c13806fa31"),
        ("d", "Größe".encode(), "4e31010164000102030405060708090a0b007015ad067aa755b33370484f92e42cf65bb0a506d1ea"),
    ],
)
@pytest.mark.promise("P002")
def test_known_answers(kid, clear, expected):
    sealed = envelope._seal(KEY, kid, NONCE, clear, PLACE)
    assert sealed.hex() == expected
    assert opened(bytes.fromhex(expected)) == clear


@pytest.mark.promise("P002")
def test_the_layout_is_the_documented_one():
    sealed = envelope.seal(KEY, "k1", b"hello", PLACE)
    assert sealed[:6] == b"N1\x01\x02k1"
    assert len(sealed) == 6 + 12 + 5 + 16


def test_two_seals_of_one_text_differ():
    assert envelope.seal(KEY, "k1", b"hello", PLACE) != envelope.seal(KEY, "k1", b"hello", PLACE)


@given(st.binary(max_size=200))
def test_whatever_is_sealed_comes_back(clear):
    assert opened(memoryview(envelope.seal(KEY, "k1", clear, PLACE))) == clear


@pytest.mark.parametrize(
    "elsewhere",
    [
        Context("nums_wagtail.Member", "words", RECORD),
        Context("nums_wagtail.Report", "notes", RECORD),
        Context("nums_wagtail.Report", "words", UUID(int=1)),
        Context("nums_wagtail.Report", "words", RECORD, version=2),
    ],
)
@pytest.mark.promise("P001")
def test_a_ciphertext_moved_elsewhere_does_not_open(elsewhere):
    sealed = envelope.seal(KEY, "k1", b"hello", PLACE)
    with pytest.raises(CannotOpen):
        opened(sealed, elsewhere)


def test_a_wrong_key_does_not_open():
    with pytest.raises(CannotOpen):
        opened(envelope.seal(KEY, "k1", b"hello", PLACE), key=bytes(32))


@pytest.mark.parametrize("at", range(6 + 12 + 5 + 16))
@pytest.mark.promise("P002")
def test_every_changed_byte_is_noticed_or_names_another_key(at):
    sealed = bytearray(envelope._seal(KEY, "k1", NONCE, b"hello", PLACE))
    sealed[at] ^= 0x40
    with pytest.raises(CannotOpen):
        envelope.open_envelope({"k1": KEY}.get, bytes(sealed), PLACE)


@pytest.mark.parametrize("junk", [b"", b"N1", b"N1\x01\x02k1", b"N2\x01\x02k1" + bytes(40), b"\xff" * 60])
@pytest.mark.promise("P003")
def test_what_is_no_envelope_is_an_error_and_not_an_empty_text(junk):
    with pytest.raises(CannotOpen):
        opened(junk)


@pytest.mark.parametrize(("key", "kid"), [(b"short", "k1"), (KEY, ""), (KEY, "ключ"), (KEY, "k" * 256)])
def test_a_bad_key_or_kid_seals_nothing(key, kid):
    with pytest.raises(CannotSeal):
        envelope.seal(key, kid, b"hello", PLACE)


def test_an_envelope_of_another_algorithm_is_not_taken_for_ours():
    sealed = envelope.assemble(Algorithm.HPKE_X25519_AES_256_GCM, "team1", bytes(80))
    assert not envelope.is_envelope(sealed)


@pytest.mark.promise("P006")
def test_an_error_says_nothing_of_what_was_sealed():
    with pytest.raises(CannotOpen) as caught:
        opened(envelope.seal(KEY, "k1", b"hello", PLACE), key=bytes(32))
    assert "hello" not in repr(caught.value)
    assert caught.value.__cause__ is None
