"""The reporter's way in every language that is offered: chosen in the address, carried in the page, whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import translation

import nums_wagtail
from nums_wagtail.members.models import Member
from nums_wagtail.reports import languages
from nums_wagtail.reports.models import Report
from nums_wagtail.reports.schema import SCHEMA

from .reporter import digits_in, state_in, words_in
from .test_steps import Walker

pytestmark = pytest.mark.django_db

LOCALE = Path(nums_wagtail.__file__).parent / "locale"
OTHERS = [code for code in languages.offered() if code != "en"]
#: Names, numbers and words that are the same in several languages.
SAME = {
    *("English", "español", "Română", "Tell us", "PEP", "BDSM", "Afro", "Piercing", "Model", "Data", "Color"),
    *(
        "No",
        "Nu",
        "Online",
        "Hotel",
        "Taxi",
        "Email",
        "Accent",
        "Animal",
        "Alcohol",
        "Cannabis",
        "Student",
        "Client",
    ),
    *(
        "African",
        "Massage",
        "Text",
        "Telefon",
        "Radio",
        "Webcam",
        "Pick-up",
        "Trans",
        "Original",
        "✓",
        "SMS",
        "Blond",
        "Van",
    ),
}


def page_in(reporter, code, **query):
    return reporter.client.get(reporter.form_url, {languages.PARAMETER: code, **query})


def texts(response):
    """Every piece of text that somebody sees, without receipts, regions and makes of cars, which are names."""
    main = BeautifulSoup(response.content.decode(), "html.parser").main
    for name in main.select(
        "[translate=no], [name=q-region], [name$=vehicle_make], template, nav, .nums-receipt__digits"
    ):
        name.decompose()
    found = (" ".join(text.split()) for text in main.find_all(string=True))
    return {text for text in found if any(c.isalpha() for c in text)}


def words_of(catalogue):
    """What is said, with its context → in the other language, of both kinds of files alike."""
    return {
        (_context(one), one.id if isinstance(one.id, str) else one.id[0]): (
            one.string if isinstance(one.string, str) else tuple(one.string)
        )
        for one in catalogue
        if one.id
    }


def _context(one):
    """Babel leaves that of a compiled entry in bytes."""
    return one.context.decode() if isinstance(one.context, bytes) else one.context


def untranslated(english, other):
    return {text for text in texts(english) & texts(other) if text not in SAME and not text.isupper()}


def test_english_spanish_and_romanian_are_offered_by_their_own_names(reporter):
    assert languages.offered() == ("en", "es", "ro")
    page = BeautifulSoup(reporter.opens_the_form().content.decode(), "html.parser")
    assert [one.get_text(strip=True) for one in page.select("nav li")] == ["English", "español", "Română"]
    assert [one["lang"] for one in page.select("nav a")] == ["es", "ro"]


@pytest.mark.parametrize("code", OTHERS)
def test_no_english_is_left_on_the_form(reporter, code):
    page = page_in(reporter, code)
    assert f'lang="{code}"' in page.content.decode()
    assert untranslated(page_in(reporter, "en"), page) == set()


@pytest.mark.slow
@pytest.mark.parametrize("code", OTHERS)
def test_no_english_is_left_on_any_step(reporter, code):
    english, other = Walker(reporter), Walker(reporter)
    other.page = page_in(reporter, code, way="steps")
    for _step in range(12):
        assert untranslated(english.page, other.page) == set(), english.step
        for walker in (english, other):
            walker.presses("next", **{"c-alert": "yes"})


@pytest.mark.parametrize("code", OTHERS)
def test_the_language_goes_along_to_the_receipt_which_shows_digits_first(reporter, code):
    told = {"q-what_happened": "x", "q-categories": ["rape", "strangulation"], "q-urgent": "on", "send": "warn"}
    english = reporter.client.post(reporter.answer_url, {**told, "state": state_in(page_in(reporter, "en"))})
    sent = reporter.client.post(reporter.answer_url, {**told, "state": state_in(page_in(reporter, code))})
    assert words_in(sent), "the words stay English"
    assert untranslated(english, sent) == set()
    page = sent.content.decode()
    assert page.index(digits_in(sent)) < page.index('lang="en">')
    assert Report.objects.order_by("pk").last().language == code


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_saved_for_later_shows_digits_first_too(reporter, code):
    english, other = Walker(reporter), Walker(reporter)
    other.page = page_in(reporter, code, way="steps")
    for walker in (english, other):
        walker.presses("next", what_happened="x").presses("save")
    assert untranslated(english.page, other.page) == set()
    for walker, digits_first in ((english, False), (other, True)):
        page = walker.page.content.decode()
        assert (page.index(digits_in(walker.page)) < page.index('lang="en">')) is digits_first
        assert "we have your report" not in page.lower(), "it is not sent, and nobody has it"


@pytest.mark.parametrize("code", OTHERS)
def test_the_page_behind_the_receipt_is_whole_too(reporter, code):
    receipt = digits_in(reporter.reports(what_happened="x"))
    english = reporter.comes_back_with(receipt)
    with translation.override(code):
        other = reporter.client.post(reporter.receipt_url, {"receipt": receipt}, headers={"accept-language": code})
    assert untranslated(english, other) == set()


def test_a_language_that_is_not_offered_changes_nothing(reporter):
    assert "What happened?" in page_in(reporter, "xx").content.decode()


def test_the_choice_sets_no_cookie(reporter):
    assert not page_in(reporter, "ro").cookies


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_shipped_is_compiled_from_what_is_written(code):
    folder = LOCALE / code / "LC_MESSAGES"
    with (folder / "django.po").open("rb") as written, (folder / "django.mo").open("rb") as shipped:
        said, kept = (words_of(read) for read in (read_po(written), read_mo(shipped)))
    assert {words: translated for words, translated in said.items() if any(translated)} == kept


@pytest.mark.parametrize("code", OTHERS)
def test_it_says_that_a_native_speaker_has_not_read_it_yet(code):
    assert "Waits for review" in (LOCALE / code / "LC_MESSAGES" / "django.po").read_text()


def test_right_to_left_the_page_turns_round(reporter, monkeypatch):
    monkeypatch.setattr(languages, "offered", lambda: ("en", "ar"))
    page = page_in(reporter, "ar").content.decode()
    assert '<html lang="ar" dir="rtl"' in page
    assert reverse("nums_wagtail:answer") in page


@pytest.mark.parametrize(("language", "back", "light"), [("es", "Atrás", "Clara"), ("ro", "Înapoi", "Deschisă")])
def test_one_english_word_with_two_meanings_is_two_words_elsewhere(reporter, language, back, light):
    """A button that goes back is no part of a body, light skin no lamp, and who left went to no side."""
    page = reporter.client.get(reporter.form_url, {"way": "steps", "hl": language})
    state = {"state": state_in(page), "step": "incident", "q-what_happened": "x", "go": "next"}
    step = reporter.client.post(reverse("nums_wagtail:steps"), state)
    buttons = [
        one.get_text(strip=True) for one in BeautifulSoup(step.content.decode(), "html.parser").select("button")
    ]
    assert back in buttons
    with translation.override(language):
        assert str(SCHEMA.label_of("skin", "light")) == light
        assert str(Member.Status.LEFT.label) == "Left", "read by staff alone, and not translated yet"
