"""The key sheet: printed and typed back at setting up, asked for again after six months, warned of until then."""

import io
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from django.utils import timezone

from nums_wagtail import key_sheet_panel
from nums_wagtail.test.people_factories import make_staff, make_superuser
from nums_wagtail.vault import sheet_checks
from nums_wagtail.vault.key_sheet import key_sheet_lines, last_group
from nums_wagtail.vault.keyring import site_keyring
from nums_wagtail.vault.models import KeySheetCheck
from nums_wagtail.vault.sheet_checks import SheetState, confirm_sheet, standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def types(monkeypatch):
    """Sits down at the terminal and types lines, each ended with the return key."""

    def lines(*typed: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in typed)))

    return lines


def set_up(**options) -> str:
    out = io.StringIO()
    call_command("nums_setup", no_pages=True, stdout=out, stderr=out, **options)
    return out.getvalue()


def panel(user):
    request = RequestFactory().get("/admin/")
    request.user = user
    return key_sheet_panel.home_panel(request)


def words_of(user) -> str:
    return panel(user).render_html()


@pytest.mark.promise("P007")
def test_setting_up_prints_the_sheet_and_has_each_last_group_typed_back(use_site_keys, types):
    use_site_keys("new", "old")
    types("y", "0000", last_group("new").lower(), last_group("old"))
    said = set_up()
    for line in key_sheet_lines(site_keyring()):
        assert line in said
    assert "That is not the last group of this key." in said
    assert "Thank you. The sheet is right." in said
    assert standing().state == SheetState.FINE


def test_somebody_who_walks_away_has_everything_but_a_confirmed_sheet(use_site_keys, types):
    use_site_keys("new")
    types("y", "0000")
    with pytest.raises(CommandError, match="counts as missing"):
        set_up()
    assert standing() == sheet_checks.SheetStanding(SheetState.NEVER, ("new",))


def test_checking_the_paper_may_be_left_for_later(use_site_keys, monkeypatch):
    use_site_keys("new")

    def ctrl_c(question):
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", ctrl_c)
    with pytest.raises(CommandError, match="Nothing was changed"):
        set_up(check_key_sheet=True)
    assert standing().state == SheetState.NEVER


def test_a_mistyped_path_is_asked_for_again(use_site_keys, types):
    use_site_keys("new")
    types("/nowhere/", "", "n")
    out = io.StringIO()
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("nums_setup", stdout=out)
    assert "There is no page with this path." in out.getvalue()
    assert "pages below" in out.getvalue()


def test_nobody_is_asked_and_no_key_is_shown_without_input(use_site_keys):
    use_site_keys("new")
    said = set_up(no_input=True)
    assert "No key sheet was printed." in said
    assert not any(line in said for line in key_sheet_lines(site_keyring())[1:])
    assert standing().state == SheetState.NEVER


def test_keys_made_from_secret_key_have_no_sheet(use_site_keys, types, settings):
    use_site_keys()
    settings.DEBUG = True
    types("y")
    assert "set SITE_KEYS and run nums_setup again" in set_up()
    assert standing().state == SheetState.NO_KEYS
    with pytest.raises(CommandError, match="no SITE_KEYS"):
        set_up(check_key_sheet=True)


def test_saying_no_changes_nothing(use_site_keys, types):
    use_site_keys("new")
    types("n")
    with pytest.raises(CommandError, match="Nothing was changed"):
        set_up()
    assert not KeySheetCheck.objects.exists()


def test_the_sheet_is_checked_from_paper_without_being_shown(use_site_keys, types):
    use_site_keys("new")
    types(last_group("new"))
    said = set_up(check_key_sheet=True)
    assert said.splitlines() == ["Please fetch the key sheet from its safe.", "Thank you. The sheet is right."]
    assert last_group("new") not in said
    assert KeySheetCheck.objects.get().checked_on == timezone.localdate()


def test_after_six_months_it_is_asked_for_again(use_site_keys):
    use_site_keys("new")
    assert confirm_sheet("new", " " + last_group("new").lower())
    KeySheetCheck.objects.update(checked_on=date(2026, 1, 1))
    assert standing(date(2026, 7, 2)).state == SheetState.FINE
    found = standing(date(2026, 7, 3))
    assert (found.state, found.kids, found.since) == (SheetState.DUE, ("new",), date(2026, 1, 1))


def test_a_new_key_wants_a_new_sheet(use_site_keys):
    use_site_keys("old")
    assert confirm_sheet("old", last_group("old"))
    use_site_keys("new", "old")
    assert standing().kids == ("new",)
    assert not confirm_sheet("new", last_group("old"))
    assert confirm_sheet("new", last_group("new"))
    assert standing().state == SheetState.FINE


def test_the_home_page_warns_whoever_keeps_the_settings_until_it_is_done(use_site_keys):
    use_site_keys("new")
    administrator = make_staff("administrator")
    assert "Nobody has confirmed the key sheet of new." in words_of(administrator)
    assert panel(make_staff("caseworker")) is None
    assert panel(make_superuser()) is None
    confirm_sheet("new", last_group("new"))
    assert panel(administrator) is None
    KeySheetCheck.objects.update(checked_on=timezone.localdate() - timedelta(days=200))
    assert "manage.py nums_setup --check-key-sheet" in words_of(administrator)


def test_the_home_page_opens_where_there_are_no_keys(use_site_keys, settings):
    administrator = make_staff("administrator")
    use_site_keys()
    assert "set SITE_KEYS" in words_of(administrator)
