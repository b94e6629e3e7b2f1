"""What every purpose on the receipt page must do. Inherit beside ``TestCase``, or in a class of pytest's."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.reports import consent
from nums_wagtail.reports.consent import Answer, Through
from nums_wagtail.reports.models import Report
from nums_wagtail.reports.purposes import ServedPurpose
from nums_wagtail.reports.receipt_page import seal_visit

from .people_factories import make_staff
from .reports_factories import accept


class ServedPurposeContract:
    """Asked about with what follows, and allowed by a yes alone. Needs a database, and the purpose registered."""

    def make_purpose(self) -> ServedPurpose:
        raise NotImplementedError

    def test_it_says_what_follows_in_few_words(self) -> None:
        words = str(self.make_purpose().follows)
        assert words
        assert len(words.split()) <= 30

    def test_the_receipt_page_asks_about_it_once(self) -> None:
        purpose = self.make_purpose().purpose
        page = _page_of_a_report()
        assert page.count(f'name="{purpose}"') == len(Answer)

    def test_only_a_yes_allows_it(self) -> None:
        purpose = self.make_purpose().purpose
        report = Report.objects.get(uuid=accept(warn=False).report_uuid)
        by = Actor.person(make_staff("caseworker"))
        for given in (Answer.ASK, Answer.NO, Answer.YES):
            consent.answer(report, {purpose: given}, Through.STAFF, by=by)
            assert (consent.allows(report, purpose) is not None) == (given == Answer.YES)


def _page_of_a_report() -> str:
    state = seal_visit(accept().receipt)
    return Client().post(reverse("nums_wagtail:receipt"), {"open": state}).content.decode()
