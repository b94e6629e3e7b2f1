"""What a reporter does on the receipt page, as staff meet it: messages, additions, the police, floods, deletion."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nums_wagtail.casework import cases
from nums_wagtail.casework.access import queue
from nums_wagtail.casework.models import Case
from nums_wagtail.casework.panels import WaitingCasesPanel
from nums_wagtail.foundation.actors import LEDGER, Actor
from nums_wagtail.reports import access, additions, follow_up, messages
from nums_wagtail.reports.models import Report
from nums_wagtail.test.casework_factories import case_of, make_case
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import make_report
from nums_wagtail.vault.holders import TeamHolder

pytestmark = pytest.mark.django_db

WORDS = "He drives a van now, the one with the dented door."


def report_of(case):
    return Report.objects.get(pk=case.case_reports.get().report_id)


def post(browser, name, case, **data):
    return browser.post(reverse(f"nums_cases:{name}", args=[case.uuid]), data, follow=True)


@pytest.mark.promise("P116")
def test_a_message_marks_the_case_until_somebody_read_it(admin, robin, by_robin):
    case = make_case(taken_by=robin)
    messages.write_to_team(report_of(case), WORDS, holder=TeamHolder())
    browser = admin(robin)
    assert "Wrote" in browser.get(reverse("nums_cases:index")).content.decode()
    page = browser.get(reverse("nums_cases:case", args=[case.uuid])).content.decode()
    assert WORDS in page
    assert Case.objects.get().has_news, "looking takes nothing off"
    post(browser, "news_read", case)
    assert not Case.objects.get().has_news


@pytest.mark.promise("P116")
def test_an_answer_waits_for_the_reporter_and_takes_the_mark_off(admin, robin):
    case = make_case(taken_by=robin)
    report = report_of(case)
    messages.write_to_team(report, WORDS, holder=TeamHolder())
    page = post(admin(robin), "message", case, report=str(report.uuid), text="Where does he park?")
    assert "waits for the reporter" in page.content.decode()
    assert "has not come back since the team wrote" in page.content.decode()
    assert not Case.objects.get().has_news
    report.refresh_from_db()
    assert report.news_for_reporter
    assert robin.username not in str(messages.ReportMessage.objects.values()), "a reporter learns no name"


def test_nothing_written_is_answered_beside_the_field(admin, robin):
    case = make_case(taken_by=robin)
    response = post(admin(robin), "message", case, report=str(report_of(case).uuid), text=" ")
    assert response.status_code == 400
    assert "Write something first" in response.content.decode()


def test_a_message_reaches_no_report_of_another_case(admin, robin):
    case, other = make_case(taken_by=robin), make_case()
    response = post(admin(robin), "message", case, report=str(report_of(other).uuid), text="Hello.")
    assert response.status_code == 404
    assert post(admin(robin), "message", case, report="%s", text="Hello.").status_code == 400
    assert not messages.ReportMessage.objects.exists()


def test_a_closed_case_comes_back_into_the_queue_when_its_reporter_writes(admin, robin):
    case = make_case(taken_by=robin, closed="nothing")
    address = reverse("nums_cases:case", args=[case.uuid])
    browser = admin(robin)
    assert address not in browser.get(reverse("nums_cases:index")).content.decode()
    additions.add_words(report_of(case), WORDS, holder=TeamHolder())
    assert address in browser.get(reverse("nums_cases:index")).content.decode()
    assert address in browser.get(reverse("nums_cases:index") + "?news=true").content.decode()


def test_what_was_added_later_does_not_change_when_the_report_came(admin, robin, time_machine):
    time_machine.move_to(timezone.now() - timedelta(days=20), tick=False)
    case = make_case(taken_by=robin)
    time_machine.shift(timedelta(days=20))
    additions.add_words(report_of(case), WORDS, holder=TeamHolder())
    page = admin(robin).get(reverse("nums_cases:case", args=[case.uuid])).content.decode()
    assert WORDS in page
    assert "As first sent" in page
    assert f"<dd>{timezone.localtime().day} " not in page.split("nums-facts-1")[1].split("</dl>")[0]


def test_the_home_page_says_who_wrote_and_bundles_a_flood_in_one_line(robin, by_robin):
    for _number in range(12):
        flood = make_report()
        Report.objects.filter(pk=flood.pk).update(looks_automatic=True)
    case = make_case(urgent=True)
    messages.write_to_team(report_of(case), WORDS, holder=TeamHolder())
    shown = WaitingCasesPanel(by_robin).get_context_data({})
    assert shown["sentence"].startswith("1 new report waits")
    assert shown["automatic"] == "12 reports look automatic."
    assert shown["news"] == "1 reporter wrote."


@pytest.mark.promise("P128")
def test_what_looks_automatic_stands_behind_the_rest_and_is_not_refused(admin, robin, by_robin):
    flood = make_report(answers={"urgent": "yes"})
    Report.objects.filter(pk=flood.pk).update(looks_automatic=True)
    marked, real = case_of(flood), make_case()
    assert list(queue(by_robin)) == [real, marked]
    browser = admin(robin)
    index = reverse("nums_cases:index")
    assert "Looks automatic" in browser.get(index).content.decode()
    only, without = (browser.get(f"{index}?automatic={given}").content.decode() for given in ("true", "false"))
    assert str(marked.uuid) in only
    assert str(real.uuid) not in only
    assert str(marked.uuid) not in without


@pytest.mark.parametrize(
    ("before", "answer", "after"),
    [
        ("not_asked", "no", "no"),
        ("no", "went", "went"),
        ("named", "no", "named"),
        ("anonymous", "no", "anonymous"),
        ("anonymous", "went", "went"),
    ],
)
def test_what_a_reporter_says_about_the_police_reaches_the_case(before, answer, after):
    case = make_case()
    Case.objects.update(police=before)
    report = report_of(case)
    report.received_on -= timedelta(days=31)
    report.save(update_fields=["received_on"])
    follow_up.answer(report, police=answer)
    assert Case.objects.get().police == after


def test_each_answer_of_the_receipt_page_is_one_of_a_case():
    assert {code for code, _label in follow_up.POLICE} <= set(Case.Police.values)


@pytest.mark.promise("P129", "P138")
def test_a_deleted_report_takes_messages_and_mark_with_it(robin):
    case = make_case(taken_by=robin)
    messages.write_to_team(report_of(case), WORDS, holder=TeamHolder())
    access.delete_report(report_of(case), by=LEDGER)
    case.refresh_from_db()
    assert (case.outcome, case.has_news) == (Case.Outcome.TAKEN_BACK, False)
    assert not messages.ReportMessage.objects.exists()


def test_who_is_on_call_marks_as_read_but_writes_nothing(admin):
    on_call = make_staff("on_call")
    case = make_case(urgent=True)
    messages.write_to_team(report_of(case), WORDS, holder=TeamHolder())
    page = admin(on_call).get(reverse("nums_cases:case", args=[case.uuid])).content.decode()
    assert WORDS in page
    assert "Leave the message" not in page
    cases.read_news(case, by=Actor.person(on_call))
    assert not Case.objects.get().has_news
