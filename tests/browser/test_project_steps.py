"""A project's worker in the guided form: on a small phone, with scripts and without, saved and finished later."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from nums_wagtail.test.evidence_factories import jpeg

from . import accessibility
from .people import Reader

pytestmark = pytest.mark.browser

#: Who works for a project in the demo's story.
WORKERS = {True: "juniper@example.org", False: "saffron@example.org"}
TOLD = "He said he would pay her later and locked the door."
RECEIPT = re.compile(r"(\d{4} ){4}\d{4}")
PICTURES = Path(os.environ["NUMS_PICTURES"]) if "NUMS_PICTURES" in os.environ else None


def stands_at(page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_visible(timeout=60_000)


def goes_on_with(worker: Reader, receipt: str) -> None:
    worker.page.get_by_label("Your receipt").fill(receipt)
    worker.presses("Go on with it")
    # Everybody in these tests comes from one address, and wrong receipts make it wait. What was typed stays.
    while worker.page.get_by_text("Please wait").first.is_visible():
        worker.page.wait_for_timeout(1000)
        worker.presses("Go on with it")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_saved_on_the_projects_page_and_finished_there(browser, site, scripts):
    window = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=scripts)
    worker = Reader(window, site.address, PICTURES)
    page = worker.page
    worker.signs_in_with(WORKERS[scripts])
    worker.follows(re.compile("Report for somebody"))
    worker.keeps_a_picture(f"j1-project-{scripts}")
    worker.follows("Step by step")
    stands_at(page, "What happened")
    looked = [accessibility.look(page, "a project's first step")] if scripts else []
    page.get_by_label("What happened?").fill(TOLD)
    worker.keeps_a_picture(f"j2-step-{scripts}")
    # The browser loses the cookie that the token belongs to: the words come back, and one more press goes on.
    window.clear_cookies(name="csrftoken")
    page.locator("#send button[value=next]").click()
    stands_at(page, "This was not sent")
    expect(page.get_by_label("What happened?")).to_have_value(TOLD)
    looked += [accessibility.look(page, "a page without its token")] if scripts else []
    worker.keeps_a_picture(f"j4-no-token-{scripts}")
    worker.presses("Send again")
    stands_at(page, "When and where")
    page.get_by_label("Which town or part of town?").fill("Exampleton")
    page.locator("#send button[value=save]").click()
    expect(page.get_by_text(RECEIPT)).to_be_visible(timeout=60_000)
    receipt = RECEIPT.search(worker.reads()).group(0)
    looked += [accessibility.look(page, "saved at a project")] if scripts else []

    worker.follows("Come back to your project's page with this receipt")
    page.locator("summary", has_text="Finish a saved report").click()
    goes_on_with(worker, "abacus abdomen zookeeper yoyo gander")
    stands_at(page, "Finish a saved report")
    looked += [accessibility.look(page, "a receipt that opens nothing")] if scripts else []
    goes_on_with(worker, receipt)
    stands_at(page, "When and where")
    expect(page.get_by_label("Which town or part of town?")).to_have_value("Exampleton")
    page.locator("#send button[value=check]").click()
    stands_at(page, "Check your answers")
    expect(page.get_by_text(TOLD)).to_be_visible()
    page.locator("button[value='change.consent']").last.click()
    stands_at(page, "Who may we tell?")
    page.locator("[name=c-alert][value=yes]").check()
    page.locator("#send button[value=next]").click()
    stands_at(page, "Check your answers")
    page.get_by_label("Tell the team that it was me").check()
    looked += [accessibility.look(page, "a project's check page")] if scripts else []
    worker.keeps_a_picture(f"j3-check-{scripts}")
    if scripts:
        # What a phone recorded stands nowhere else: it moves along to the page that gives the words back.
        voice = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
        page.get_by_label("Tell it with your voice").set_input_files(voice)
        window.clear_cookies(name="csrftoken")
        page.locator("#send button[value=send]").click()
        stands_at(page, "This was not sent")
        looked += [accessibility.look(page, "a recording without its token")]
        worker.keeps_a_picture("j5-recording")
        worker.presses("Send again")
        expect(page.get_by_text("We have your file, too.")).to_be_visible(timeout=60_000)
    else:
        page.locator("#send button[value=send]").click()
    expect(page.get_by_text("This receipt belongs to the person it happened to.")).to_be_visible(timeout=60_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    worker.follows("Reports of your project")
    assert "Received" in worker.reads()
    assert accessibility.faults_of_ours(looked) == []
    window.close()
