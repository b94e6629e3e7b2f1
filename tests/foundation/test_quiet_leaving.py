"""Somebody who must be gone: three times Shift, a click, or a plain link without scripts."""

import pytest

from .quiet_urls import EXIT

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.foundation.quiet_urls"),
]


@pytest.fixture
def browser(monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def reader(browser, live_server):
    page = browser.new_context().new_page()
    complaints: list[str] = []

    def listen(said):
        # Where somebody leaves to is no page of ours, and the browser asks there for an icon at a time of its own.
        if said.type in {"error", "warning"} and not said.location["url"].endswith("/favicon.ico"):
            complaints.append(said.text)

    page.on("console", listen)
    page.goto(f"{live_server.url}/calm/")
    yield page
    assert complaints == []


@pytest.mark.promise("P024")
def test_shift_three_times_leaves_and_the_way_back_does_not_lead_here(reader, live_server):
    for _ in range(3):
        reader.keyboard.press("Shift")
    reader.wait_for_url(f"{live_server.url}{EXIT}")
    reader.go_back()
    assert reader.url == "about:blank"


def test_somebody_writing_capital_letters_stays(reader):
    for key in ("Shift", "A", "Shift", "B", "Shift", "C", "Shift"):
        reader.keyboard.press(key)
    assert reader.url.endswith("/calm/")
    assert reader.locator("body").is_visible()


def test_the_link_is_first_and_works_by_keyboard(reader, live_server):
    reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    reader.wait_for_url(f"{live_server.url}{EXIT}")


@pytest.mark.promise("P024")
def test_the_link_works_without_scripts(browser, live_server):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/calm/")
    page.click(".nums-leave")
    assert page.url == f"{live_server.url}{EXIT}"
