"""The receipt in a real browser: a picture, typing it once, coming back, with scripts and without, off the line."""

from __future__ import annotations

import re

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from . import accessibility

pytestmark = pytest.mark.browser

TOLD = "He followed me from the station & knew my name."
WORDS = "He has a blue van. <Please> be quick."
DIGITS = re.compile(r"(\d{4} ){4}\d{4}")
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 900}


@pytest.fixture
def new_window(browser):
    made: list[BrowserContext] = []

    def make(*, scripts=True, size=PHONE):
        made.append(browser.new_context(viewport=size, java_script_enabled=scripts, accept_downloads=True))
        return made[-1]

    yield make
    for window in made:
        window.close()


class Teller:
    """Somebody who has just told what happened."""

    def __init__(self, window: BrowserContext, address: str) -> None:
        self.window, self.address = window, address
        self.page: Page = window.new_page()
        self.page.goto(f"{address}/form/")
        self.page.get_by_label("What happened?").fill(TOLD)
        self.presses("Send and warn others")
        expect(self.page.get_by_text(DIGITS)).to_be_visible(timeout=60_000)
        self.digits = DIGITS.search(self.page.locator("main").inner_text()).group(0)

    def presses(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).click()

    def comes_back_with(self, receipt: str) -> None:
        self.page.goto(f"{self.address}/n/r/")
        self.page.get_by_label("Your receipt").fill(receipt)
        self.presses("Show me")
        self.page.wait_for_load_state()
        # Every window here has one address, and whoever tries often is asked to wait some seconds.
        while self.page.get_by_role("heading", name="Please wait a moment").is_visible():
            self.page.wait_for_timeout(1000)
            self.presses("Go on")
            self.page.wait_for_load_state()

    def reads(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible(timeout=60_000)

    def unfolds_everything(self) -> None:
        closed = self.page.locator("main details:not([open]) > summary").locator("visible=true")
        while closed.count():
            closed.first.click()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["320", "1280"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_sending_to_deleting_without_a_cookie(new_window, site, scripts, size, tmp_path):
    teller = Teller(new_window(scripts=scripts, size=size), site.address)
    with teller.page.expect_download() as download:
        teller.presses("Keep a picture")
    assert download.value.suggested_filename == "note.png"
    download.value.save_as(tmp_path / "note.png")
    with Image.open(tmp_path / "note.png") as picture:
        assert picture.size == (720, 486)
    teller.presses("I'll type it once")
    teller.page.get_by_label("Type your receipt").fill(f"0001 {teller.digits[5:]}")
    teller.presses("Is it right?")
    teller.reads("look at the digits again, at group 1")
    teller.page.get_by_label("Type your receipt").fill(teller.digits)
    teller.presses("Is it right?")
    teller.reads("That is right")
    teller.comes_back_with(teller.digits.replace(" ", "-"))
    teller.page.get_by_label("Your message").fill(WORDS)
    teller.presses("Leave the message")
    teller.reads(WORDS)
    teller.unfolds_everything()
    teller.page.get_by_label("What else happened?").fill("He had a limp.")
    teller.presses("Add it")
    teller.reads("Added to your report")
    teller.page.locator("[name=alert][value=no]").check()
    teller.presses("Keep my answers")
    teller.reads("We warn nobody")
    teller.presses("Delete my report")
    teller.reads("This cannot be undone")
    teller.presses("Delete it for good")
    teller.reads("Your report is deleted")
    teller.comes_back_with(teller.digits)
    teller.reads("We do not know this receipt")
    assert teller.window.cookies() == []


def test_with_the_line_cut_a_message_stays_and_can_be_sent_again(new_window, site):
    teller = Teller(new_window(), site.address)
    teller.comes_back_with(teller.digits)
    teller.page.get_by_label("Your message").fill(WORDS)
    teller.window.set_offline(True)
    teller.presses("Leave the message")
    teller.reads("No signal. Your words are still here.")
    expect(teller.page.get_by_label("Your message")).to_have_value(WORDS)
    teller.window.set_offline(False)
    teller.presses("Leave the message")
    teller.reads("Your message is with the team")


def test_the_card_fits_two_lines_of_the_narrowest_phone_and_nothing_is_wider(new_window, site):
    teller = Teller(new_window(), site.address)
    tiles = teller.page.locator(".nums-receipt > li")
    tops = tiles.evaluate_all("tiles => tiles.map(tile => tile.offsetTop)")
    assert len(tops) == 5
    assert len(set(tops)) == 2
    assert teller.page.evaluate("document.documentElement.scrollWidth") <= 320
    teller.comes_back_with(teller.digits)
    teller.unfolds_everything()
    assert teller.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_every_button_is_reached_by_keyboard_in_the_order_it_is_read(new_window, site):
    teller = Teller(new_window(size=DESK), site.address)
    teller.comes_back_with(teller.digits)
    teller.unfolds_everything()
    reached = []
    teller.page.locator("main").focus()
    for _press in range(60):
        teller.page.keyboard.press("Tab")
        reached.append(teller.page.evaluate("document.activeElement.textContent.trim()"))
    wanted = [
        "Leave the message",
        "Add it",
        "Add the files",
        "Keep my answers",
        "Keep it so long",
        "Delete my report",
    ]
    assert [words for words in reached if words in wanted][: len(wanted)] == wanted


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["320", "1280"])
def test_axe_finds_nothing_on_any_page_of_the_receipt(browser, site, size, scheme):
    window = browser.new_context(viewport=size, color_scheme=scheme)
    teller = Teller(window, site.address)
    looked = [accessibility.look(teller.page, "sent")]
    teller.presses("I'll type it once")
    teller.page.get_by_label("Type your receipt").fill("0001 0002")
    teller.presses("Is it right?")
    teller.reads("You typed 2 groups of four digits")
    looked.append(accessibility.look(teller.page, "type"))
    teller.comes_back_with("abacus abdomen zookeeper yoyo xander")
    teller.reads("look at word 5 again")
    looked.append(accessibility.look(teller.page, "wrong"))
    teller.comes_back_with(teller.digits)
    teller.page.get_by_label("Your message").fill(WORDS)
    teller.presses("Leave the message")
    teller.reads("Your message is with the team")
    teller.unfolds_everything()
    looked.append(accessibility.look(teller.page, "status"))
    teller.presses("Delete my report")
    teller.reads("This cannot be undone")
    looked.append(accessibility.look(teller.page, "delete"))
    window.close()
    assert accessibility.faults_of_ours(looked) == []
