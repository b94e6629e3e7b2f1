"""What somebody sees who was attacked an hour ago: on a small phone, without scripts, before any scrolling."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

pytestmark = pytest.mark.browser

HEIGHT = 640
TYPED = "He took my phone & rang again."


@pytest.fixture
def small_phone(browser):
    context = browser.new_context(viewport={"width": 360, "height": HEIGHT}, java_script_enabled=False)
    yield context
    context.close()


@pytest.fixture
def phone_with_scripts(browser):
    context = browser.new_context(viewport={"width": 360, "height": HEIGHT})
    yield context
    context.close()


#: What stands there depends on the hour; nothing it may say is longer.
LONGEST = "We read reports until 17:00, then on Wednesday, 25 September, at 09:00."
LONGEST_ELSEWHERE = {
    "es": "Leemos avisos hasta medianoche, después el miércoles, 25 de septiembre, a las 09:00.",
    "ro": "Citim sesizări până la miezul nopții, apoi miercuri, 25 septembrie, la 09:00.",
}
SENTENCE = re.compile(r"(?:The next person reads|We read) reports [^<]*?\.(?=</p>)")


def opens_the_form(context: BrowserContext, site) -> Page:
    page = context.new_page()
    page.goto(f"{site.address}/form/")
    return page


def opens_the_form_at_the_worst_hour(context: BrowserContext, site) -> Page:
    def with_the_longest(route: Route) -> None:
        answer = route.fetch()
        page, found = SENTENCE.subn(LONGEST, answer.text())
        assert found == 1
        route.fulfill(response=answer, body=page)

    context.route("**/form/", with_the_longest)
    return opens_the_form(context, site)


def ends_at(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box, selector
    return box["y"] + box["height"]


def test_all_that_matters_and_start_stand_on_the_first_screen(small_phone, site):
    page = opens_the_form_at_the_worst_hour(small_phone, site)
    ends = [ends_at(page, one) for one in ("h1", "[data-nums-opening] a[href='tel:999']", "[data-nums-opening]")]
    assert ends == sorted(ends)
    start = page.get_by_role("link", name="Start").bounding_box()
    assert ends[-1] <= start["y"]
    assert start["y"] + start["height"] < HEIGHT
    assert start["height"] >= 44
    assert small_phone.cookies() == []


def test_it_fits_the_narrowest_phone_too(phone, site):
    page = opens_the_form_at_the_worst_hour(phone, site)
    assert ends_at(page, "[data-nums-start] .nums-button--primary") < HEIGHT


@pytest.mark.parametrize(("language", "longest"), LONGEST_ELSEWHERE.items())
def test_it_fits_in_each_language_at_the_worst_hour(small_phone, site, language, longest):
    page = small_phone.new_page()
    page.goto(f"{site.address}/form/?hl={language}")
    # The demo alone has a banner; these languages need its line.
    page.locator(".nums-banner").evaluate("banner => banner.remove()")
    page.locator("[data-nums-opening] > p").first.evaluate(
        "(opening, longest) => opening.textContent = opening.textContent.trim().replace(/[^.]+\\.$/, ' ' + longest)",
        longest,
    )
    expect(page.get_by_text(longest)).to_be_visible()
    assert ends_at(page, "[data-nums-start] .nums-button--primary") < HEIGHT


def test_start_leads_to_the_first_question_with_its_words_in_view(small_phone, site):
    page = opens_the_form(small_phone, site)
    page.get_by_role("link", name="Start").click()
    question = page.get_by_label("What happened?")
    expect(question).to_be_focused()
    expect(page.locator("label", has_text="What happened?")).to_be_in_viewport(ratio=1)
    assert question.bounding_box()["y"] < HEIGHT / 2


def test_the_receipt_is_two_lines_of_tiles_and_one_of_digits(phone, site):
    page = opens_the_form(phone, site)
    page.get_by_label("What happened?").fill(TYPED)
    page.get_by_role("button", name="Send and warn others").click()
    expect(page.locator(".nums-receipt > li")).to_have_count(5)
    page.wait_for_load_state()  # Asked for a place, a page lays itself out without the looks still on their way.
    tiles = [tile.bounding_box() for tile in page.locator(".nums-receipt > li").all()]
    assert len({tile["y"] for tile in tiles}) == 2
    assert all(tile["height"] >= 56 and tile["x"] + tile["width"] <= 304 for tile in tiles)
    digits = page.locator(".nums-receipt__digits")
    assert re.fullmatch(r"(\d{4} ){4}\d{4}", digits.inner_text())
    assert digits.bounding_box()["height"] < 40


def test_without_signal_the_words_stay_and_the_last_button_counts(phone_with_scripts, site):
    page = opens_the_form(phone_with_scripts, site)
    page.get_by_label("What happened?").fill(TYPED)
    phone_with_scripts.set_offline(True)
    page.get_by_role("button", name="Send and warn others").click()
    expect(page.get_by_text("No signal. Your words are still here.")).to_be_visible()
    expect(page.get_by_label("What happened?")).to_have_value(TYPED)
    # Before there is signal again: the page then sends by itself, at once.
    page.get_by_role("button", name="Send, only tell the team").click()
    phone_with_scripts.set_offline(False)
    expect(page.get_by_role("heading", name="Your receipt")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Only our team reads it.")).to_be_visible()


def test_a_mistake_is_where_the_reader_is_taken_with_scripts(phone_with_scripts, site):
    page = opens_the_form(phone_with_scripts, site)
    page.get_by_label("Where exactly?").fill("behind the market")
    page.get_by_role("button", name="Send and warn others").click()
    expect(page.locator(".nums-errors")).to_be_focused()
    expect(page.get_by_label("Where exactly?")).to_have_value("behind the market")


def test_more_than_can_be_sent_stays_in_the_page_to_be_made_shorter(phone_with_scripts, site):
    page = opens_the_form(phone_with_scripts, site)
    # Unseen while it is that long: a browser needs a minute to draw it.
    page.get_by_label("What happened?").evaluate(
        "field => { field.hidden = true; field.value = 'word '.repeat(600000); }"
    )
    page.get_by_role("button", name="Send and warn others").click()
    expect(page.get_by_text("too much to send at once")).to_be_visible(timeout=30_000)
    length = page.locator("[name='q-what_happened']").evaluate("field => field.value.length")
    assert length == 3_000_000
