"""The words on the receipt's pages: plain enough at three in the morning, and in the language that was chosen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.reports import languages, messages
from nums_wagtail.reports.models import Report
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.vault.holders import TeamHolder

from .reporter import digits_in, state_in
from .test_plain_words import is_plain, prose

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(reporter):
    return reporter.reports(what_happened="He took my phone.")


def test_the_receipts_further_pages_are_plain(reporter, sent):
    report = Report.objects.get()
    by = Actor.person(make_staff("caseworker"))
    messages.write_to_reporter(report, "Hello.", holder=TeamHolder(), by=by)
    Report.objects.update(received_on=timezone.localdate() - timedelta(days=31), status=Report.Status.WARNED)
    late = reporter.comes_back_with(digits_in(sent))
    pages = (
        late,
        reporter.tries_with_the_card("type", sent),
        reporter.tries_with_the_card("check", sent, digits_in(sent)),
        reporter.comes_back_with("abacus abdomen zookeeper yoyo xander"),
        reporter.presses("delete", late),
        reporter.presses("delete-now", late),
    )
    is_plain(list(dict.fromkeys(sentence for page in pages for sentence in prose(page))))


def test_a_chosen_language_stays_from_page_to_page(reporter, sent, monkeypatch):
    monkeypatch.setattr(languages, "offered", lambda: ("en", "ro"))
    page = reporter.client.post(reporter.receipt_url + "?hl=ro", {"receipt": digits_in(sent)})
    assert '<html lang="ro"' in page.content.decode()
    assert 'action="/n/r/?hl=ro"' in page.content.decode()
    card = reporter.client.post("/n/k/?hl=ro", {"card": state_in(sent, "card"), "do": "show"}).content.decode()
    assert card.index("nums-receipt__digits") < card.index('<ol class="nums-receipt'), "digits first"
    assert "?hl=" not in reporter.comes_back_with(digits_in(sent)).content.decode()
