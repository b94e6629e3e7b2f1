"""The same form from several connections at once, on a database that lets them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from nums_wagtail.reports.intake import accept_report
from nums_wagtail.reports.models import ConsentEvent, Report, ReportVersion
from nums_wagtail.test.reports_factories import make_submission
from nums_wagtail.vault.models import DataKey

TIMES = 6


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_form_sent_six_times_in_one_moment_is_one_report():
    submission = make_submission()
    together = Barrier(TIMES)

    def send(_turn: int) -> tuple:
        together.wait(timeout=20)
        try:
            accepted = accept_report(submission)
            return accepted.report_uuid, accepted.receipt.digits, accepted.again
        finally:
            connection.close()

    with ThreadPoolExecutor(TIMES) as people:
        answers = list(people.map(send, range(TIMES)))
    assert len({(report, digits) for report, digits, _again in answers}) == 1
    assert sorted(again for _report, _digits, again in answers) == [False] + [True] * (TIMES - 1)
    assert Report.objects.count() == ReportVersion.objects.count() == 1
    assert DataKey.objects.filter(kind="report").count() == 1
    assert ConsentEvent.objects.count() == len(ConsentEvent.Purpose)
