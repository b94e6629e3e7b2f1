"""The support card says what was chosen, in two languages, and nobody else ever learns of it."""

from __future__ import annotations

import io

import pypdf
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from nums_wagtail.printing.exceptions import PdfBusy, PdfUnavailable
from nums_wagtail.reports import support_card
from nums_wagtail.reports.card_sentences import MOST, OPPOSITES, SECTIONS, lines
from nums_wagtail.test.people_factories import make_superuser

from .catalogue import speak_also

pytestmark = pytest.mark.django_db

ROMANIAN = {"I was hurt. I need a doctor.": "Sunt rănită. Am nevoie de un medic.", "Card": "Fișă"}


@pytest.fixture
def address(report_page) -> str:
    return reverse("nums_wagtail:card")


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True)


def shown(response) -> list[str]:
    page = BeautifulSoup(response.content.decode(), "html.parser")
    return [line.text for line in page.select(".nums-card p")]


def printed(response) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(response.content))


@pytest.mark.promise("P117")
def test_choosing_and_holding_up_needs_no_cookie_no_session_and_writes_nothing(address, browser):
    browser.force_login(make_superuser())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        offered = browser.get(address)
        held = browser.post(address, {"say": ["slowly", "hurt"], "do": "show"})
    assert shown(held) == ["I was hurt. I need a doctor.", "Please speak slowly."]
    for response in (offered, held):
        assert not response.cookies
        assert response["Cache-Control"] == "no-store"
        assert "Cookie" not in response.get("Vary", "")
    assert not [one["sql"] for one in queries if not one["sql"].startswith("SELECT") or "session" in one["sql"]]


def test_whoever_is_shown_help_is_shown_the_way_to_the_card(reporter, address):
    assert f'href="{address}"' in reporter.reports(what_happened="He did.", categories=["rape"]).content.decode()


def test_title_and_address_say_nothing_and_the_scheme_is_not_named_on_it(address, browser):
    page = BeautifulSoup(browser.post(address, {"say": "no_work"}).content.decode(), "html.parser")
    assert page.title.text == "Card"
    assert "Safety scheme" not in page.text
    assert address == "/n/card/"


@pytest.mark.slow
@pytest.mark.promise("P117")
def test_the_pdf_has_a_neutral_name_title_and_maker(address, browser):
    response = browser.post(address, {"say": ["hurt", "no_police"], "do": "take"})
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="card.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    document = printed(response)
    assert dict(document.metadata) == {"/Title": "Card", "/Producer": "PDF"}
    assert len(document.pages) == 1
    words = document.pages[0].extract_text()
    assert "I was hurt. I need a doctor." in words
    assert "Please do not call the police." in words
    assert "Safety scheme" not in words


@pytest.mark.slow
def test_the_most_that_may_be_chosen_fits_on_one_page(address, browser):
    longest = sorted((one for one in lines() if one.code != "police"), key=lambda one: -len(one.own))[:MOST]
    document = printed(browser.post(address, {"say": [one.code for one in longest], "do": "take"}))
    assert len(document.pages) == 1


def test_another_language_stands_above_its_english(address, browser, monkeypatch, settings, tmp_path):
    speak_also(monkeypatch, settings, tmp_path, "pl", ROMANIAN)
    assert 'hreflang="pl"' in browser.get(address).content.decode()
    choosing = browser.get(address, {"hl": "pl"}).content.decode()
    assert "Sunt rănită." in choosing
    assert '<span class="nums-card__english" lang="en" dir="ltr">I was hurt.' in choosing
    held = browser.post(address, {"say": ["hurt", "slowly"], "hl": "pl"})
    assert shown(held) == [
        "Sunt rănită. Am nevoie de un medic.",
        "I was hurt. I need a doctor.",
        "Please speak slowly.",
    ]
    assert '<html lang="pl"' in held.content.decode()


@pytest.mark.slow
def test_a_pdf_in_another_language_says_both(address, browser, monkeypatch, settings, tmp_path):
    speak_also(monkeypatch, settings, tmp_path, "pl", ROMANIAN)
    document = printed(browser.post(address, {"say": "hurt", "hl": "pl", "do": "take"}))
    words = document.pages[0].extract_text()
    assert words.index("Sunt rănită.") < words.index("I was hurt.")
    assert document.metadata["/Title"] == "Fișă"
    assert document.trailer["/Root"]["/Lang"] == "pl"


def test_a_language_that_is_not_there_leaves_the_page_as_it_is(address, browser):
    assert '<html lang="en-gb"' in browser.get(address, {"hl": "xx"}).content.decode()
    assert browser.post(address, {"say": "hurt", "hl": "<b>"}).status_code == 200


def test_changing_it_brings_back_what_was_chosen(address, browser):
    page = BeautifulSoup(
        browser.post(address, {"say": ["hurt", "touch"], "do": "change"}).content.decode(), "html.parser"
    )
    assert [one["value"] for one in page.select("input[checked]")] == ["hurt", "touch"]


@pytest.mark.parametrize(
    ("say", "words"),
    [
        ([], "This field is required."),
        (["police", "no_police"], "Two of these say the opposite."),
        ([one.code for one in SECTIONS[0].sentences] + ["pep", "call"], "at most 8 sentences"),
        (["<script>alert(1)</script>"], "Please choose from the list."),
    ],
)
def test_what_cannot_be_is_answered_above_the_list(address, browser, say, words):
    response = browser.post(address, {"say": say, "do": "take"})
    assert response.status_code == 400
    assert words in response.content.decode()
    assert "alert(1)" not in response.content.decode()


@pytest.mark.parametrize("error", [PdfUnavailable(), PdfBusy()])
def test_where_no_pdf_can_be_made_it_can_be_held_up(address, browser, monkeypatch, error):
    def fails(*args, **kwargs):
        raise error

    monkeypatch.setattr(support_card, "print_in_turn", fails)
    response = browser.post(address, {"say": "hurt", "do": "take"})
    assert response.status_code == 503
    assert "You can hold up this page instead." in response.content.decode()
    assert shown(response) == ["I was hurt. I need a doctor."]


@pytest.mark.promise("P117")
def test_an_error_holds_nothing_of_what_was_chosen(address, browser, monkeypatch, caplog):
    def breaks(codes=None):
        if codes:
            raise RuntimeError(f"no such sentence: {codes}")
        return lines()

    monkeypatch.setattr(support_card, "lines", breaks)
    response = browser.post(address, {"say": "no_police"})
    assert response.status_code == 503
    assert "Something went wrong on our side." in response.content.decode()
    assert "RuntimeError" in caplog.text
    assert "no_police" not in caplog.text


def test_too_much_to_read_is_answered_with_the_list(address, browser, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    response = browser.post(address, {"say": ["hurt", "pep", "call"]})
    assert response.status_code == 503
    assert "Show the card" in response.content.decode()


def test_every_sentence_is_short_and_each_code_stands_once():
    codes = [one.code for section in SECTIONS for one in section.sentences]
    assert len(codes) == len(set(codes))
    assert {code for pair in OPPOSITES for code in pair} <= set(codes)
    with override("en"):
        assert all(len(line.own.split()) <= 16 for line in lines())
        assert all(not line.english for line in lines())
