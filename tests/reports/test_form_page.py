"""What somebody sees who opens the report page."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from nums_wagtail.reports.models import Report
from nums_wagtail.test.people_factories import make_superuser

pytestmark = pytest.mark.django_db


def opening_of(page: str) -> str:
    """The words before the first question, without what is one tap away."""
    opening = re.search(r'<div class="nums-opening" data-nums-opening>(.*?)\n</div>\n', page, re.S)[1]
    return strip_tags(re.sub(r"<details.*?</details>", "", opening, flags=re.S))


def test_the_first_words_are_at_most_sixty(reporter):
    page = reporter.opens_the_form().content.decode()
    words = opening_of(page).split()
    assert 25 <= len(words) <= 60, words


def test_danger_comes_before_the_first_question(reporter):
    page = reporter.opens_the_form().content.decode()
    assert page.index('href="tel:999"') < page.index('name="q-what_happened"')
    assert "Press 55" in page
    assert re.search("reads? reports", opening_of(page))
    assert page.index("The police cannot see") < page.index('name="q-what_happened"')


def test_start_leads_to_the_first_question_and_is_gone_once_something_was_sent(reporter):
    page = reporter.opens_the_form().content.decode()
    assert re.search(r'<a class="[^"]*" href="#id_q-what_happened">Start</a>', page)
    assert 'id="id_q-what_happened"' in page
    assert page.index("data-nums-opening") < page.index(">Start<") < page.index("The police cannot see")
    assert ">Start<" not in reporter.reports(what_happened="").content.decode()


@pytest.mark.promise("P100")
def test_opening_it_sets_no_cookie_reads_no_session_and_stores_nothing(reporter, django_assert_max_num_queries):
    reporter.opens_the_form()
    with django_assert_max_num_queries(12) as queries:
        response = reporter.opens_the_form()
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not [one for one in queries.captured_queries if re.match("INSERT|UPDATE|DELETE", one["sql"])]
    assert not Report.objects.exists()


@pytest.mark.promise("P100")
def test_whoever_is_signed_in_is_not_looked_at(reporter):
    reporter.client.force_login(make_superuser())
    response = reporter.opens_the_form()
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies


@pytest.mark.promise("P022")
def test_it_asks_nobody_else_and_is_kept_nowhere(reporter):
    response = reporter.opens_the_form()
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex, noarchive"
    assert "csrf" not in response.content.decode()
    assert not re.search(r'(src|action|href)="(https?:)?//', response.content.decode())


def test_every_showing_is_a_form_of_its_own(reporter):
    from .reporter import state_in

    assert state_in(reporter.opens_the_form()) != state_in(reporter.opens_the_form())


def test_answers_are_not_taken_at_the_address_of_the_page(reporter):
    response = Client().post(reporter.form_url, {"q-what_happened": "He took my phone."})
    assert response.status_code == 405
    assert not Report.objects.exists()


def test_without_keys_nobody_is_asked_to_type(reporter, settings):
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "SITE_KEYS": []}
    response = reporter.opens_the_form()
    assert response.status_code == 503
    page = response.content.decode()
    assert "<textarea" not in page
    assert 'href="tel:999"' in page


def test_enter_in_a_text_field_presses_no_button_that_gives_consent(reporter):
    page = reporter.opens_the_form().content.decode()
    buttons = re.findall(r'<button[^>]*type="submit"[^>]*value="(\w+)"', page)
    assert buttons[0] == "enter"
    assert buttons[-2:] == ["warn", "team"]
    assert set(buttons[1:-2]) == {"person", "vehicle", "online"}, "the others add one more"


def test_a_preview_sends_nothing_and_may_stand_in_the_admins_frame(report_page):
    response = report_page.make_preview_request()
    page = response.content.decode()
    assert "This is a preview" in page
    assert 'value="warn"' not in page
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_the_editors_words_and_title_are_shown(report_page, reporter):
    report_page.intro = "Say what <b>happened</b>."
    report_page.save()
    page = reporter.opens_the_form().content.decode()
    assert "Say what &lt;b&gt;happened&lt;/b&gt;." in page
    assert "<h1>Tell us</h1>" in page


def test_an_editors_intro_may_not_be_long(report_page):
    from django.core.exceptions import ValidationError

    report_page.intro = "word " * 26
    with pytest.raises(ValidationError, match="25 words"):
        report_page.full_clean()


@pytest.mark.promise("P114")
def test_the_addresses_say_nothing(reporter):
    for name in ("answer", "receipt"):
        assert "report" not in reverse(f"nums_wagtail:{name}")
