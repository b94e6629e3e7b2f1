"""How the reporter can be reached: locked twice, read with the rest, gone ninety days after the last exchange."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from nums_wagtail.foundation.actors import CLOCK, WORKER, Actor
from nums_wagtail.foundation.clocks import clocks
from nums_wagtail.foundation.errors import CannotOpen, KeyMissing, NotAllowed
from nums_wagtail.reports import access, additions, documents, follow_up, messages
from nums_wagtail.reports.contact import KEPT, contact_until, end_contact, end_old_contacts, spoken
from nums_wagtail.reports.models import Report, ReportVersion
from nums_wagtail.reports.read import Answers
from nums_wagtail.reports.schema import SCHEMA
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import make_report
from nums_wagtail.vault import data_keys, sweeping
from nums_wagtail.vault.holders import SiteHolder, TeamHolder
from nums_wagtail.vault.models import DataKey, KeyKind

from .reporter import digits_in

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P144")]

CONTACT = {
    "contact_channel": "call",
    "reporter_contact": "07700 900461, after six",
    "contact_greeting": "say you are the flower shop",
}


def told(report):
    return documents.open_versions(Report.objects.get(pk=report.pk), TeamHolder())


def in_days(days):
    return timezone.now() + timedelta(days=days)


def test_it_is_read_with_the_rest_of_the_report():
    report = make_report(answers={**CONTACT, "person_hair": ["grey"]})
    (answers,) = told(report)
    assert {key: answers.values[key] for key in CONTACT} == CONTACT
    assert answers.values["person_hair"] == ["grey"]


def test_what_is_no_contact_has_no_second_lock():
    report = make_report(answers={"person_hair": ["grey"]})
    assert report.contact_key is None
    assert ReportVersion.objects.get().contact is None
    assert not DataKey.objects.filter(kind=KeyKind.CONTACT).exists()


def test_the_second_lock_opens_nothing_without_the_first():
    """The site holds the key of the second lock; what it finds behind it is sealed to team and receipt."""
    report = make_report(answers=CONTACT)
    outside = data_keys.open_key(SiteHolder(), report.contact_key)
    with pytest.raises(KeyMissing):
        data_keys.open_key(SiteHolder(), report.data_key)
    with pytest.raises(CannotOpen):
        documents.open_versions_with(report, outside)


def test_the_report_alone_opens_no_contact_once_its_key_is_shredded():
    """As somebody with a backup of the tables and the team's key would find it."""
    report = make_report(answers=CONTACT)
    sealed = ReportVersion.objects.get().contact
    data_keys.shred([report.contact_key])
    assert ReportVersion.objects.get().contact == sealed
    (answers,) = told(report)
    assert not set(CONTACT) & set(answers.values)
    assert answers.values["what_happened"]


def test_a_damaged_one_is_an_error_and_not_left_out():
    report = make_report(answers=CONTACT)
    ReportVersion.objects.update(contact=b"damaged")
    with pytest.raises(CannotOpen):
        told(report)


def test_it_ends_ninety_days_after_the_last_exchange_and_nothing_else_does():
    report = make_report(answers={**CONTACT, "person_hair": ["grey"]})
    key = report.contact_key
    assert end_old_contacts(in_days(90)) == 0
    assert end_old_contacts(in_days(91)) == 1
    report.refresh_from_db()
    assert report.contact_key is None
    assert ReportVersion.objects.get().contact is None
    assert not data_keys.exists(key)
    assert data_keys.exists(report.data_key)
    (answers,) = told(report)
    assert set(answers.values) == {"what_happened", "person_hair"}
    entry = ModelLogEntry.objects.get(action="nums.reports.contact_ended")
    assert entry.data == {"by": "clock"}
    assert timezone.localtime(entry.timestamp).hour == 0, "to the day"
    assert end_old_contacts(in_days(400)) == 0


def test_the_daily_round_runs_it():
    assert clocks.get("reports.contacts").run is end_old_contacts


def by_a_message(report):
    messages.write_to_team(report, "It is me again.", holder=TeamHolder())


def by_an_answer(report):
    messages.write_to_reporter(report, "Thank you.", holder=TeamHolder(), by=Actor.person(make_staff("caseworker")))


def by_more_words(report):
    additions.add_words(report, "He called again.", holder=TeamHolder())


def by_telephone(report):
    spoken(report, by=Actor.person(make_staff("caseworker")))


@pytest.mark.parametrize("how", [by_a_message, by_an_answer, by_more_words, by_telephone])
def test_whatever_one_says_to_the_other_counts_from_anew(how):
    with time_machine.travel(in_days(0), tick=False):
        report = make_report(answers=CONTACT)
        first = contact_until(report)
    with time_machine.travel(in_days(80), tick=False):
        how(Report.objects.get())
        report.refresh_from_db()
        assert contact_until(report) == first + timedelta(days=80)
        assert end_old_contacts(in_days(20)) == 0
        assert CONTACT.items() <= told(report)[-1].values.items()
        assert end_old_contacts(in_days(KEPT.days + 1)) == 1
    assert all(not set(CONTACT) & set(answers.values) for answers in told(report))


def test_a_reporter_deletes_it_at_once_and_keeps_the_rest(reporter):
    sent = reporter.reports(what_happened="He took my phone.", reporter_contact="07700 900461")
    page = reporter.comes_back_with(digits_in(sent))
    assert "You told us how to reach you." in page.content.decode()
    after = reporter.presses("forget-contact", page).content.decode()
    assert "How to reach you is deleted" in after
    assert "You told us how to reach you." not in after
    report = Report.objects.get()
    assert report.contact_key is None
    assert told(report)[0].values["what_happened"] == "He took my phone."
    assert ModelLogEntry.objects.get(action="nums.reports.contact_ended").data == {"by": "ledger"}
    assert reporter.presses("forget-contact", page).status_code == 200, "pressed twice"


def test_who_gave_none_reads_nothing_of_it(reporter):
    sent = reporter.reports(what_happened="He took my phone.")
    assert "how to reach you" not in reporter.comes_back_with(digits_in(sent)).content.decode()


def test_looking_counts_for_nothing(reporter):
    with time_machine.travel(in_days(0), tick=False):
        sent = reporter.reports(what_happened="He took my phone.", reporter_contact="07700 900461")
    with time_machine.travel(in_days(50), tick=False):
        page = reporter.comes_back_with(digits_in(sent))
        assert page.status_code == 200
    assert Report.objects.get().exchanged_on == Report.objects.get().received_on


def test_what_could_not_be_read_of_it_ends_too():
    """A report with a file is kept as typed; so a contact may stand among what was marked."""
    from nums_wagtail.reports.intake import accept_report
    from nums_wagtail.test.reports_factories import make_submission

    typed = "07700 900461 " * 400
    accept_report(make_submission(marked={"reporter_contact": typed}))
    report = Report.objects.get()
    assert told(report)[0].marked == {"reporter_contact": typed}
    end_contact(report)
    assert told(report)[0].marked == {}


def test_an_addition_afterwards_brings_nothing_back():
    report = make_report(answers=CONTACT)
    end_contact(report)
    report.refresh_from_db()
    additions.add_words(report, "He called again.", holder=TeamHolder())
    assert report.contact_key is None
    assert all(not set(CONTACT) & set(answers.values) for answers in told(report))


def test_a_stale_row_neither_loses_a_version_nor_revives_the_key():
    report = make_report(answers=CONTACT)
    stale = Report.objects.get()
    end_contact(report)
    additions.add_words(stale, "He called again.", holder=TeamHolder())
    assert len(told(report)) == 2
    assert Report.objects.get().contact_key is None


def test_deleting_the_report_shreds_both_keys():
    report = make_report(answers=CONTACT)
    access.delete_report(report, by=CLOCK)
    assert not DataKey.objects.exists() or not data_keys.exists(report.contact_key)
    assert not data_keys.exists(report.data_key)


def test_the_sweep_of_keys_leaves_it_alone():
    report = make_report(answers=CONTACT)
    DataKey.objects.update(made_on=timezone.localdate() - timedelta(days=5))
    assert report.contact_key not in sweeping.find_orphans(timezone.localdate()).ids
    Report.objects.update(contact_key=None)
    assert report.contact_key in sweeping.find_orphans(timezone.localdate()).ids


def test_nobody_but_the_clock_ends_it_and_only_who_works_on_cases_prolongs_it():
    report = make_report(answers=CONTACT)
    for by in (WORKER, Actor.person(make_staff("caseworker"))):
        with pytest.raises(NotAllowed):
            end_contact(report, by=by)
    for group in ("on_call", "approver", "auditor"):
        with pytest.raises(NotAllowed):
            spoken(report, by=Actor.person(make_staff(group)))


def test_the_questions_of_the_receipt_page_go_on_after_it_ended():
    report = make_report(answers=CONTACT)
    end_contact(report)
    with time_machine.travel(in_days(95), tick=False):
        assert follow_up.due(Report.objects.get())


TEXTS = [question.key for question in SCHEMA.questions_of("contact") if not question.vocabulary]


@given(st.dictionaries(st.sampled_from(TEXTS), st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)))
def test_whatever_is_said_comes_back_and_then_is_gone(said):
    report = make_report(answers=said)
    assert {key: told(report)[0].values.get(key) for key in said} == said
    end_contact(report)
    assert not set(said) & set(told(report)[0].values)
    report.delete()


def test_an_addition_right_after_the_one_that_first_said_it_keeps_it():
    report = make_report()
    first, second = Report.objects.get(), Report.objects.get()
    documents.add_version(first, data_keys.open_key(TeamHolder(), report.data_key), answers_with(CONTACT), 2)
    additions.add_words(second, "He called again.", holder=TeamHolder())
    assert CONTACT.items() <= told(report)[-1].values.items()


def answers_with(values):
    return Answers(values={"what_happened": "He took my phone.", **values}, received_at=timezone.now())
