"""Rotation of site and team keys: afterwards only the new key is needed, and cut off it goes on where it was."""

import io
from itertools import islice

import pytest
from django.core.management import CommandError, call_command

from nums_wagtail.foundation.errors import CannotOpen, KeyMissing
from nums_wagtail.management.progress import ProgressBar
from nums_wagtail.vault import data_keys, rewrapping, rotation, team
from nums_wagtail.vault.holders import SiteHolder, TeamHolder
from nums_wagtail.vault.models import DataKey, KeyKind, TeamKey
from nums_wagtail.vault.receipts import new_receipt

pytestmark = pytest.mark.django_db


def rotate(**options) -> list[str]:
    out = io.StringIO()
    call_command("nums_rotate_keys", stdout=out, **options)
    return out.getvalue().splitlines()


def says(lines: list[str], words: str) -> bool:
    return any(words in line for line in lines)


@pytest.fixture
def made_under_old(use_site_keys):
    """Three data keys of the site and three of the team, made while ``old`` was the first key; now ``new`` is."""
    use_site_keys("old")
    for_site = [data_keys.create(KeyKind.MEMBER) for _i in range(3)]
    for_team = [data_keys.create_for_team(KeyKind.REPORT) for _i in range(3)]
    use_site_keys("new", "old")
    return for_site, for_team


@pytest.mark.promise("P016")
def test_after_a_rotation_the_new_key_alone_opens_everything(made_under_old, use_site_keys):
    for_site, for_team = made_under_old
    rotate()
    use_site_keys("new")
    assert data_keys.open_keys(SiteHolder(), [key.id for key in for_site]) == {key.id: key for key in for_site}
    assert data_keys.open_keys(TeamHolder(), [key.id for key in for_team]) == {key.id: key for key in for_team}
    use_site_keys("old")
    with pytest.raises(KeyMissing):
        data_keys.open_key(SiteHolder(), for_site[0].id)


def test_a_dry_run_says_what_rests_on_which_key_and_moves_nothing(made_under_old):
    before = list(DataKey.objects.order_by("pk").values_list("wrapped_site", "wrapped_team"))
    lines = rotate(dry_run=True)
    assert lines[0] == "First site key: new. Also listed: old."
    assert says(lines, "Data keys that the site opens itself: 3 rest on the key old.")
    assert says(lines, "Key pairs of the team: 1 rest on the key old.")
    assert says(lines, "Leave the key old in SITE_KEYS")
    assert list(DataKey.objects.order_by("pk").values_list("wrapped_site", "wrapped_team")) == before


def test_the_last_line_says_when_the_old_key_may_go(made_under_old):
    assert rotation.kids_done_with() == []
    lines = rotate()
    assert lines[-1].startswith("Nothing stored rests on the key old any more.")
    assert "take it out of SITE_KEYS 60 days after" in lines[-1]
    assert rotation.kids_done_with() == ["old"]


def test_with_one_key_there_is_nothing_to_do(use_site_keys):
    use_site_keys("only")
    data_keys.create(KeyKind.MEMBER)
    assert rotate() == ["First site key: only. Also listed: none.", "Everything rests on the first key."]


@pytest.mark.promise("P016")
def test_cut_off_in_the_middle_it_goes_on_where_it_was(made_under_old, use_site_keys, monkeypatch):
    for_site, _for_team = made_under_old
    monkeypatch.setattr(rewrapping, "BATCH", 1)
    assert list(islice(rewrapping.move_data_keys(), 2)) == [1, 1]
    assert rewrapping.data_keys_by_site_key() == {"new": 2, "old": 1, "": 0}
    done = dict(DataKey.objects.filter(wrapped_site__isnull=False).values_list("pk", "wrapped_site"))
    opened = data_keys.open_keys(SiteHolder(), [key.id for key in for_site])
    assert len(opened) == 3, "half moved, everything still opens"
    assert list(rewrapping.move_data_keys()) == [1]
    now = dict(DataKey.objects.filter(wrapped_site__isnull=False).values_list("pk", "wrapped_site"))
    assert sum(bytes(now[pk]) != bytes(done[pk]) for pk in now) == 1, "what was moved is not moved again"


def test_a_key_that_cannot_be_opened_stops_none_of_the_others_and_is_named(made_under_old, use_site_keys):
    for_site, _for_team = made_under_old
    broken = DataKey.objects.get(pk=for_site[0].id)
    kept = bytes(broken.wrapped_site)[:-1] + b"x"
    DataKey.objects.filter(pk=broken.pk).update(wrapped_site=kept)
    with pytest.raises(CommandError, match="1 rows could not be opened"):
        rotate()
    assert bytes(DataKey.objects.get(pk=broken.pk).wrapped_site) == kept
    use_site_keys("new")
    assert len(data_keys.open_keys(SiteHolder(), [key.id for key in for_site[1:]])) == 2


def test_rows_of_a_key_taken_out_too_early_are_left_and_said(made_under_old, use_site_keys):
    use_site_keys("new")
    lines = rotate(dry_run=True)
    assert says(lines, "Data keys that the site opens itself: 3 rest on a key that is not listed.")
    with pytest.raises(CommandError, match="missing from SITE_KEYS"):
        rotate()
    use_site_keys("new", "old")
    rotate()
    assert rotation.what_is_left() == []


def test_a_key_shredded_meanwhile_does_not_come_back(made_under_old, monkeypatch):
    for_site, _for_team = made_under_old
    seal = rewrapping.envelope.seal

    def shred_then_seal(*args):
        data_keys.shred([key.id for key in for_site])
        return seal(*args)

    monkeypatch.setattr(rewrapping.envelope, "seal", shred_then_seal)
    assert sum(rewrapping.move_data_keys()) == 0
    assert not DataKey.objects.filter(wrapped_site__isnull=False).exists()


def test_a_receipt_stays_with_its_key_and_works_as_long_as_that_is_listed(use_site_keys):
    use_site_keys("old")
    receipt = new_receipt()
    key = data_keys.create_for_team(KeyKind.REPORT, receipt)
    use_site_keys("new", "old")
    lines = rotate()
    assert says(lines, "Receipts: 1 rest on the key old. Their words are stored nowhere")
    assert says(lines, "Leave the key old in SITE_KEYS")
    holder, key_id = data_keys.find_by_receipt(receipt)
    assert data_keys.open_key(holder, key_id) == key
    data_keys.shred([key.id])
    assert rotation.kids_done_with() == ["old"]


@pytest.mark.promise("P016")
def test_a_new_team_key_is_given_to_every_data_key(made_under_old):
    _for_site, for_team = made_under_old
    first = team.ensure_team_key()
    lines = rotate(new_team_key=True)
    assert says(lines, "The team has a new key pair: team2.")
    assert says(lines, "Data keys for the team's new key pair: 3 / 3")
    assert set(DataKey.objects.exclude(team_key="").values_list("team_key", flat=True)) == {"team2"}
    TeamKey.objects.filter(pk=first.pk).delete()
    assert data_keys.open_keys(TeamHolder(), [key.id for key in for_team]) == {key.id: key for key in for_team}


def test_a_new_team_key_cut_off_is_finished_without_another_one(made_under_old, monkeypatch):
    monkeypatch.setattr(rewrapping, "BATCH", 1)
    team.renew_team_key()
    assert next(rewrapping.move_to_current_pair()) == 1
    assert says(rotate(dry_run=True), "2 data keys are sealed to a retired key pair of the team.")
    rotate()
    assert set(DataKey.objects.exclude(team_key="").values_list("team_key", flat=True)) == {"team2"}
    assert TeamKey.objects.count() == 2


def test_a_private_half_under_a_wrong_key_is_left_as_it_is(use_site_keys, settings):
    pair = team.ensure_team_key()
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "SITE_KEYS": ["t2:" + "B" * 43 + "=", "t1:" + "A" * 43 + "="]}
    assert sum(rewrapping.move_team_keys()) == 0
    with pytest.raises(CannotOpen):
        team.private_half(pair.kid)


def test_without_keys_it_says_which_setting(use_site_keys):
    use_site_keys()
    with pytest.raises(CommandError, match="SITE_KEYS"):
        rotate()


def test_the_bar_is_drawn_on_a_terminal_and_is_one_line_elsewhere():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

        def write(self, text, ending="\n"):
            return super().write(text + ending)

    drawn, plain = Terminal(), Terminal()
    plain.isatty = lambda: False
    assert ProgressBar(drawn, "Keys", 4).follow([1, 3]) == 4
    ProgressBar(plain, "Keys", 4).follow([1, 3])
    assert [line[31:] for line in drawn.getvalue().split("\r")[1:]] == [
        "  0%  Keys: 0 / 4",
        " 25%  Keys: 1 / 4",
        "100%  Keys: 4 / 4",
        "100%  Keys: 4 / 4\n",
    ]
    assert plain.getvalue() == "█" * 30 + " 100%  Keys: 4 / 4\n"
