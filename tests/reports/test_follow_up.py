"""What a reporter is asked after 30 and 90 days, and what becomes of the answers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.errors import BadInput, NotAllowed
from nums_wagtail.reports import follow_up
from nums_wagtail.reports.models import AnswerTally, Report
from nums_wagtail.reports.signals import police_answered
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import make_report

from .reporter import digits_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    """What later rooms are told about the police."""
    answers = []

    def hear(sender, report, answer, **kwargs):
        answers.append(answer)

    police_answered.connect(hear)
    yield answers
    police_answered.disconnect(hear)


def aged(days):
    report = make_report()
    report.received_on = timezone.localdate() - timedelta(days=days)
    report.save(update_fields=["received_on"])
    return report


@pytest.mark.parametrize(("days", "round_"), [(0, None), (29, None), (30, 30), (89, 30), (90, 90), (400, 90)])
def test_questions_come_when_they_are_due(days, round_):
    due = follow_up.due(aged(days))
    assert (due.round if due else None) == round_


def test_who_answered_after_a_month_is_asked_about_the_police_again_after_three():
    report = aged(40)
    follow_up.answer(report, police="no", otherwise="no")
    assert follow_up.due(report) is None
    report.received_on -= timedelta(days=60)
    assert follow_up.due(report) == follow_up.Due(90, otherwise=False)


def test_the_receipt_page_asks_only_then(reporter, heard):
    sent = reporter.reports(what_happened="He took my phone.")
    assert "Did the police hear" not in reporter.comes_back_with(digits_in(sent)).content.decode()
    Report.objects.update(received_on=timezone.localdate() - timedelta(days=31))
    page = reporter.comes_back_with(digits_in(sent))
    assert "Did the police hear" in page.content.decode()
    after = reporter.presses("later", page, police="went", otherwise="no")
    assert "Thank you" in after.content.decode()
    assert "Did the police hear" not in after.content.decode()
    assert heard == ["went"]


def test_skipping_is_an_answer(reporter, heard):
    sent = reporter.reports(what_happened="He took my phone.")
    Report.objects.update(received_on=timezone.localdate() - timedelta(days=31))
    reporter.presses("later", reporter.comes_back_with(digits_in(sent)))
    assert Report.objects.get().asked_after == 30
    assert not heard
    assert not AnswerTally.objects.exists()


@pytest.mark.promise("P127")
def test_whether_they_would_have_told_anybody_is_counted_and_belongs_to_nobody(heard):
    for given in ("no", "no", "yes"):
        follow_up.answer(aged(31), otherwise=given)
    counted = dict(AnswerTally.objects.values_list("answer", "count"))
    assert counted == {"no": 2, "yes": 1}
    assert not [field for field in AnswerTally._meta.get_fields() if field.is_relation]


def test_nobody_is_counted_twice():
    report = aged(31)
    follow_up.answer(report, otherwise="yes")
    follow_up.answer(report, otherwise="yes")
    report.received_on -= timedelta(days=70)
    report.save()
    follow_up.answer(report, otherwise="yes")
    assert AnswerTally.objects.get().count == 1


def test_an_answer_that_was_not_offered_is_refused(reporter):
    with pytest.raises(BadInput):
        follow_up.answer(aged(31), police="not_asked")
    with pytest.raises(NotAllowed):
        follow_up.answer(aged(31), police="no", by=Actor.person(make_staff("caseworker")))
