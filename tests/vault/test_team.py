"""Known answer of HPKE, so that what was sealed to a team years ago opens under a newer library."""

from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from nums_wagtail.foundation.errors import CannotOpen
from nums_wagtail.vault import team
from nums_wagtail.vault.envelope import Context
from nums_wagtail.vault.models import TeamKey

PRIVATE = X25519PrivateKey.from_private_bytes(bytes(range(32)))
PLACE = Context("nums_vault.DataKey", "wrapped_team", UUID(int=7))
SEALED = bytes.fromhex(
    "4e3102057465616d317d9c24316539825c1896e57f28197746793ce60cbee3ad47da9d07b85fa55e2ac07ac3065bacd4a3e1"
    "81b9b10456eef16e1c00756ae431133987e22f7193444a54c14181d5e331ad9dcfff96726d8ed2"
)


def test_an_envelope_sealed_by_another_implementation_opens():
    assert team.open_sealed_to_team(lambda kid: PRIVATE, SEALED, PLACE) == b"a data key of thirty-two bytes.."


@pytest.mark.parametrize("at", [0, 2, 3, 9, 20, 41, 60, -1])
def test_a_changed_envelope_does_not_open(at):
    changed = bytearray(SEALED)
    changed[at] ^= 1
    with pytest.raises(CannotOpen):
        team.open_sealed_to_team(lambda kid: PRIVATE, bytes(changed), PLACE)


@pytest.mark.parametrize("length", [0, 5, 30, 45, 60])
def test_a_cut_envelope_does_not_open(length):
    with pytest.raises(CannotOpen):
        team.open_sealed_to_team(lambda kid: PRIVATE, SEALED[:length], PLACE)


@pytest.mark.promise("P001")
def test_an_envelope_moved_to_another_record_does_not_open():
    with pytest.raises(CannotOpen):
        team.open_sealed_to_team(lambda kid: PRIVATE, SEALED, Context(PLACE.model, PLACE.field, UUID(int=8)))


@pytest.mark.django_db
def test_whoever_comes_between_the_look_and_the_number_is_agreed_with(monkeypatch):
    """Two processes with the first reports of a new scheme: one makes its pair while the other numbers its own."""
    look, looked = team.current_team_key, []

    def looks():
        there = look()
        if not looked:
            looked.append(team._make_team_key(1))
        return there

    monkeypatch.setattr(team, "current_team_key", looks)
    assert team.ensure_team_key() == looked[0]
    assert TeamKey.objects.count() == 1
