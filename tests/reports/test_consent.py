"""The ledger."""

import pytest
from django.db import transaction

from nums_wagtail.foundation.actors import LEDGER, Actor
from nums_wagtail.foundation.errors import NotAllowed
from nums_wagtail.reports import consent
from nums_wagtail.reports.consent import Answer, Purpose, Through
from nums_wagtail.reports.models import ConsentEvent
from nums_wagtail.reports.signals import consent_changed
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def changes():
    seen = []

    def hears(sender, report, purpose, allowed, **kwargs):
        seen.append((str(purpose), allowed, transaction.get_connection().in_atomic_block))

    consent_changed.connect(hears)
    yield seen
    consent_changed.disconnect(hears)


@pytest.mark.promise("P107")
def test_a_withdrawn_consent_allows_nothing_and_its_history_stays(changes):
    report = make_report()
    before = ConsentEvent.objects.filter(report=report).count()
    consent.withdraw(report, Purpose.ALERT, Through.RECEIPT, by=LEDGER)
    assert consent.allows(report, Purpose.ALERT) is None
    assert ConsentEvent.objects.filter(report=report).count() == before + 1
    assert changes == [("alert", False, True)]


def test_withdrawing_twice_is_one_entry(changes):
    report = make_report()
    assert consent.withdraw(report, Purpose.ALERT, Through.RECEIPT, by=LEDGER) is not None
    assert consent.withdraw(report, Purpose.ALERT, Through.RECEIPT, by=LEDGER) is None
    assert len(changes) == 1


@pytest.mark.promise("P107")
def test_the_newest_answer_counts():
    report = make_report(warn=False)
    consent.record(report, {Purpose.ALERT: Answer.YES}, Through.RECEIPT, by=LEDGER)
    entry = consent.allows(report, Purpose.ALERT)
    assert entry is not None
    assert entry.through == Through.RECEIPT


def test_what_rests_on_a_consent_can_stop_its_withdrawal():
    def refuses(sender, **kwargs):
        raise RuntimeError

    report = make_report()
    consent_changed.connect(refuses)
    try:
        with pytest.raises(RuntimeError):
            consent.withdraw(report, Purpose.ALERT, Through.RECEIPT, by=LEDGER)
    finally:
        consent_changed.disconnect(refuses)
    assert consent.allows(report, Purpose.ALERT) is not None


@pytest.mark.parametrize("group", ["approver", "auditor", "regional_editor"])
def test_nobody_but_caseworkers_answers_for_a_reporter(group):
    report = make_report(warn=False)
    with pytest.raises(NotAllowed):
        consent.record(report, {Purpose.ALERT: Answer.YES}, Through.STAFF, by=Actor.person(make_staff(group)))
    assert consent.allows(report, Purpose.ALERT) is None
