"""The same number written in any way is one number; masked ones cannot be dialled."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nums_wagtail.reports.identifiers import Identifier, identifiers_of, mask, normalise
from nums_wagtail.reports.schema import IdentifierKind


@pytest.mark.parametrize(
    "typed",
    [
        "07700 900412",
        "+44 7700 900412",
        "0044 7700 900 412",
        "07700900412",
        "(07700) 900-412",
        "０７７００９００４１２",
    ],
)
def test_a_phone_is_the_same_however_it_is_written(typed):
    assert normalise("phone", typed).normal == "+447700900412"
    assert normalise("phone", typed).verified


def test_a_phone_with_words_round_it_matches_but_is_not_verified():
    found = normalise("phone", "07700 900412 (his work phone)")
    assert (found.normal, found.verified) == ("+447700900412", False)


@pytest.mark.parametrize("typed", ["ends in 412", "0770", "call me maybe", "07700 900", "²³", "9" * 400, "+"])
def test_a_phone_that_cannot_be_read_is_kept_as_typed(typed):
    found = normalise("phone", typed)
    assert found.typed == typed
    assert not found.verified


@pytest.mark.parametrize(
    ("kind", "typed", "normal", "verified"),
    [
        ("plate", "ab12 cde", "AB12CDE", True),
        ("plate", "YX19", "YX19", False),
        ("email", " Night.Caller@Example.ORG ", "night.caller@example.org", True),
        ("email", "caller at example", "calleratexample", False),
        ("username", "@Night_Caller", "night_caller", True),
        ("web", "https://www.Example.org/ads/7/", "example.org/ads/7", True),
        ("web", "example.org?id=7", "example.org?id=7", True),
        ("web", "http://[broken", "http://[broken", False),
        ("name", "  Big   DAVE ", "big dave", True),
        ("name", "D'Arcy", "darcy", True),
    ],
)
def test_each_kind_has_one_normal_form(kind, typed, normal, verified):
    found = normalise(kind, typed)
    assert (found.normal, found.verified) == (normal, verified)


@pytest.mark.parametrize(
    ("kind", "value", "masked"),
    [
        ("phone", "+44 7700 900412", "07••• •••412"),
        ("phone", "ends in 412", "•••12"),
        ("plate", "AB12 CDE", "AB12 •••"),
        ("plate", "YX19", "YX •••"),
        ("email", "night.caller@example.org", "ni•••@example.org"),
        ("username", "night_caller", "nig•••"),
        ("web", "https://example.org/ads/7", "example.org/•••"),
        ("web", "example.org", "ex•••.org"),
        ("name", "Dave Example", "Dave E•••"),
        ("phone", "", "•••"),
    ],
)
@pytest.mark.promise("P159")
def test_readers_get_a_mask(kind, value, masked):
    assert mask(kind, value) == masked


@given(st.sampled_from(IdentifierKind), st.text(max_size=80))
@settings(deadline=None, derandomize=True, max_examples=300)
def test_nothing_typed_breaks_reading_or_masking(kind, text):
    found = normalise(kind, text)
    assert found.typed == text.strip()
    masked = mask(kind, text)
    if kind != IdentifierKind.NAME and len(found.normal) > 1:
        assert found.normal not in masked


def test_several_on_one_line_or_on_several_are_several():
    found = identifiers_of({"phone": "07700 900412\n07700 900413, 07700 900412", "vehicle_plate": "AB12 CDE"})
    assert [one.normal for one in found] == ["AB12CDE", "+447700900412", "+447700900413"]


@pytest.mark.promise("P109")
def test_the_reporters_own_contact_is_no_identifier():
    assert identifiers_of({"reporter_contact": "07700 900555", "reporter_name": "Wren"}) == []


def test_what_is_too_short_to_mean_anything_is_not_worth_a_tag():
    assert not normalise("phone", "412").is_worth_a_tag
    assert normalise("plate", "YX19").is_worth_a_tag


def test_an_identifier_shows_nothing_in_a_log():
    shown = repr(Identifier(IdentifierKind.PHONE, "07700 900412", "+447700900412", True))
    assert "900412" not in shown
