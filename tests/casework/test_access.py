"""The door to cases: who finds which, what opening one remembers, and what happens when it cannot be opened."""

import uuid

import pytest
from wagtail.models import ModelLogEntry

from nums_wagtail.casework.access import get_case, open_case, queue
from nums_wagtail.casework.models import Case, CaseNote
from nums_wagtail.casework.notes import NOTE_CHARACTERS, write_note
from nums_wagtail.foundation.actors import WORKER, Actor
from nums_wagtail.foundation.errors import BadInput, CannotOpen, KeyMissing, NotAllowed, NotThere
from nums_wagtail.reports.models import Report
from nums_wagtail.test.casework_factories import make_case
from nums_wagtail.test.people_factories import make_account, make_staff, make_stock_staff, make_superuser
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.holders import SiteHolder, TeamHolder

pytestmark = pytest.mark.django_db

STRANGERS = {
    "nobody": make_account,
    "superuser": make_superuser,
    "stock editor": lambda: make_stock_staff("Editors"),
    "stock moderator": lambda: make_stock_staff("Moderators"),
    **{
        key: (lambda key=key: make_staff(key))
        for key in (
            "regional_editor",
            "approver",
            "membership",
            "bulletin_editor",
            "police_contact",
            "auditor",
            "administrator",
        )
    },
}


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.promise("P130")
def test_for_everybody_without_the_right_there_are_no_cases(who):
    case = make_case(urgent=True)
    by = Actor.person(STRANGERS[who]())
    assert not queue(by).exists()
    with pytest.raises(NotThere):
        get_case(case.uuid, by=by)
    with pytest.raises(NotThere):
        open_case(TeamHolder(), case.uuid, by=by)


def test_a_machine_of_ours_opens_no_case():
    case = make_case()
    with pytest.raises(NotThere):
        open_case(TeamHolder(), case.uuid, by=WORKER)


@pytest.mark.promise("P023")
def test_not_yours_and_not_there_look_the_same(by_robin):
    with pytest.raises(NotThere) as missing:
        get_case(uuid.uuid4(), by=by_robin)
    with pytest.raises(NotThere) as hidden:
        get_case(make_case().uuid, by=Actor.person(make_superuser()))
    assert (missing.value.code, missing.value.words) == (hidden.value.code, hidden.value.words)


@pytest.mark.promise("P135")
def test_on_call_finds_urgent_cases_only():
    urgent, calm = make_case(urgent=True), make_case()
    by = Actor.person(make_staff("on_call"))
    assert list(queue(by)) == [urgent]
    with pytest.raises(NotThere):
        get_case(calm.uuid, by=by)


def test_urgent_cases_come_first_then_as_they_came(by_robin):
    first, second, urgent = make_case(), make_case(), make_case(urgent=True)
    assert list(queue(by_robin)) == [urgent, first, second]


def test_an_opened_case_has_its_reports_and_notes_in_clear(by_robin, robin):
    case = make_case(what_happened="He would not let me out.", note="Spoke to her on Monday.", by=by_robin)
    opened = open_case(TeamHolder(), case.uuid, by=by_robin)
    assert [report.answers.text("what_happened") for report in opened.reports] == ["He would not let me out."]
    assert [(note.by, note.text) for note in opened.notes] == [(robin, "Spoke to her on Monday.")]
    assert "Monday" not in repr(opened) + repr(opened.notes)


@pytest.mark.promise("P021", "P131")
def test_every_look_is_remembered_without_content(robin, by_robin):
    case = make_case()
    open_case(TeamHolder(), case.uuid, by=by_robin)
    open_case(TeamHolder(), case.uuid, by=by_robin)
    looks = ModelLogEntry.objects.filter(action="nums.casework.looked", user=robin)
    assert [(look.object_id, look.label, look.data) for look in looks] == [
        (str(case.pk), f"case {case.pk}", {})
    ] * 2
    assert ModelLogEntry.objects.filter(action="nums.reports.opened", user=robin).count() == 2


@pytest.mark.promise("P133")
def test_a_note_lies_sealed_in_the_tables(by_robin):
    case = make_case()
    write_note(case, "Ask Juniper about the scar.", by=by_robin)
    row = CaseNote.objects.values().get()
    assert b"Juniper" not in bytes(row["envelope"])
    assert len(row["envelope"]) > 1024


@pytest.mark.parametrize("text", ["", " \n\t ", "x" * (NOTE_CHARACTERS + 1), "x" * 1_000_000])
def test_a_note_that_is_empty_or_too_long_is_not_kept(by_robin, text):
    case = make_case()
    with pytest.raises(BadInput) as error:
        write_note(case, text, by=by_robin)
    assert list(error.value.fields) == ["text"]
    assert not CaseNote.objects.exists()


def test_only_who_works_on_cases_writes_notes():
    case = make_case(urgent=True)
    with pytest.raises(NotAllowed):
        write_note(case, "Hello", by=Actor.person(make_staff("on_call")))


@pytest.mark.promise("P001")
def test_a_note_moved_to_another_row_does_not_open(by_robin):
    case = make_case()
    one, other = (write_note(case, words, by=by_robin) for words in ("One", "Other"))
    CaseNote.objects.filter(pk=one.pk).update(envelope=other.envelope)
    with pytest.raises(CannotOpen):
        open_case(TeamHolder(), case.uuid, by=by_robin)


@pytest.mark.promise("P132")
def test_a_case_whose_key_is_gone_raises_and_stores_nothing(by_robin):
    case = make_case(note="Kept", by=by_robin)
    data_keys.shred([case.data_key])
    with pytest.raises(KeyMissing):
        open_case(TeamHolder(), case.uuid, by=by_robin)
    with pytest.raises(KeyMissing):
        write_note(case, "Another", by=by_robin)
    assert CaseNote.objects.count() == 1


@pytest.mark.promise("P132")
def test_a_case_with_a_damaged_report_raises_rather_than_leave_it_out(by_robin):
    case = make_case()
    Report.objects.get().versions.update(envelope=b"damaged")
    with pytest.raises(CannotOpen):
        open_case(TeamHolder(), case.uuid, by=by_robin)


@pytest.mark.promise("P009")
def test_the_unattended_site_cannot_open_a_case(by_robin):
    case = make_case(note="Kept", by=by_robin)
    with pytest.raises(KeyMissing):
        open_case(SiteHolder(), case.uuid, by=by_robin)


@pytest.mark.promise("P033")
def test_a_case_is_named_by_a_number_and_nothing_else():
    case = make_case()
    assert str(case) == f"case {case.pk}"
    assert Case._meta.default_permissions == ()
