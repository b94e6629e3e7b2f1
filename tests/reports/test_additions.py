"""Adding to a report later: the first words stay as they were, and nothing that was said gets lost."""

import pytest

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.errors import BadInput, NotAllowed, NotThere, Refused
from nums_wagtail.reports import access, additions
from nums_wagtail.reports.models import Report, ReportVersion
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import PHONE, accept, make_report
from nums_wagtail.vault.holders import ReceiptHolder, TeamHolder

from .reporter import digits_in

pytestmark = pytest.mark.django_db

FIRST, LATER = "He took my phone.", "I remember now: he had a limp."


def opened(report):
    return access.open_report(TeamHolder(), report, by=Actor.person(make_staff("caseworker")), why="case")


@pytest.mark.promise("P126")
def test_the_first_words_stay_and_the_later_ones_stand_below(reporter):
    sent = reporter.reports(what_happened=FIRST, phone=PHONE)
    after = reporter.presses("add", reporter.comes_back_with(digits_in(sent)), text=LATER)
    assert "Added to your report" in after.content.decode()
    found = opened(Report.objects.get())
    assert found.earlier[0].text("what_happened") == FIRST
    assert found.answers.text("what_happened") == f"{FIRST}\n\n{LATER}"
    assert found.answers.value("phone") == PHONE, "what else was said is still there"


def test_one_addition_after_another_is_kept():
    accepted = accept(what_happened=FIRST)
    report, holder = Report.objects.get(), ReceiptHolder(accepted.receipt)
    assert additions.add_words(report, "One.", holder=holder) == 2
    assert additions.add_words(report, "Two.", holder=holder) == 3
    assert opened(report).answers.text("what_happened").split("\n\n") == [FIRST, "One.", "Two."]


def test_adding_to_a_report_without_words_starts_them():
    report = make_report(what_happened="?")
    additions.add_words(report, LATER, holder=TeamHolder())
    assert opened(report).answers.text("what_happened").endswith(LATER)


def test_a_page_that_is_sent_again_adds_once(reporter):
    sent = reporter.reports(what_happened=FIRST)
    page = reporter.comes_back_with(digits_in(sent))
    for _again in range(3):
        reporter.presses("add", page, text=LATER)
    assert ReportVersion.objects.count() == 2


@pytest.mark.parametrize("text", ["", " \n ", "x" * (additions.ADDITION_CHARACTERS + 1)])
def test_nothing_and_too_much_are_refused(text):
    with pytest.raises(BadInput):
        additions.add_words(make_report(), text, holder=TeamHolder())
    assert ReportVersion.objects.count() == 1


def test_too_many_are_refused_in_words(monkeypatch, reporter):
    monkeypatch.setattr(additions, "MOST_VERSIONS", 1)
    with pytest.raises(Refused):
        additions.add_words(make_report(), LATER, holder=TeamHolder())


def test_staff_add_nothing_in_a_reporters_name():
    with pytest.raises(NotAllowed):
        additions.add_words(make_report(), LATER, holder=TeamHolder(), by=Actor.person(make_staff("caseworker")))


def test_a_report_deleted_meanwhile_is_not_there():
    report = make_report()
    Report.objects.filter(pk=report.pk).delete()
    with pytest.raises(NotThere):
        additions.add_words(report, LATER, holder=TeamHolder())


@pytest.mark.promise("P126")
def test_an_answer_that_could_not_be_read_is_mended_with_the_receipt():
    accepted = accept(what_happened=FIRST, marked={"when_date": "the 40th of March"})
    report, holder = Report.objects.get(), ReceiptHolder(accepted.receipt)
    assert opened(report).answers.text("when_date") == "the 40th of March"
    additions.mend(report, {"when_date": "2026-03-04", "phone": "07700 900412"}, holder=holder)
    found = opened(report)
    assert found.answers.values["when_date"] == "2026-03-04"
    assert not found.answers.marked
    assert not found.answers.value("phone"), "what was not marked is left alone"
    assert found.earlier[0].text("when_date") == "the 40th of March", "as typed stays in the first version"
    report.refresh_from_db()
    assert str(report.incident_on) == "2026-03-04"


def test_words_too_long_to_be_read_are_added_to_as_well():
    accepted = accept(what_happened="", marked={"what_happened": FIRST}, spoken=True)
    report = Report.objects.get()
    additions.add_words(report, LATER, holder=ReceiptHolder(accepted.receipt))
    assert opened(report).answers.text("what_happened") == f"{FIRST}\n\n{LATER}"


@pytest.mark.promise("P126")
def test_the_receipt_page_asks_for_them_again(reporter):
    accepted = accept(what_happened=FIRST, marked={"when_date": "the 40th of March"})
    page = reporter.comes_back_with(accepted.receipt.digits)
    assert "You wrote: the 40th of March" in page.content.decode()
    wrong = reporter.presses("mend", page, **{"mend-when_date": "31 31 2026"})
    assert wrong.status_code == 400
    after = reporter.presses("mend", page, **{"mend-when_date": "4 March 2026"})
    assert "we can read it now" in after.content.decode()
    assert "You wrote" not in after.content.decode()
