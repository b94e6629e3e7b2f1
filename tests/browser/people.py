"""The people of the road at their browsers, each with what they do as sentences."""

from __future__ import annotations

import re
import time
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from . import accessibility

PASSWORD = "lantern-demo"


class Visitor:
    """Somebody with a browser window of their own. ``pictures``: a folder that takes what they saw."""

    def __init__(self, window: BrowserContext, address: str, pictures: Path | None = None) -> None:
        self.window = window
        self.address = address
        self.pictures = pictures
        self.page: Page = window.new_page()
        self.page.set_default_timeout(20_000)

    def opens(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.address + path)

    def presses(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).first.click()
        self.page.wait_for_load_state()

    def follows(self, words: str | re.Pattern[str]) -> None:
        self.page.get_by_role("link", name=words).first.click()
        self.page.wait_for_load_state()

    def reads(self) -> str:
        return " ".join(self.page.locator("body").inner_text().split())

    def waits_to_read(self, words: str, *, seconds: int = 60) -> None:
        """Look again until the page says so: a worker has its own time."""
        end = time.monotonic() + seconds
        while words not in self.reads():
            assert time.monotonic() < end, f"{words!r} never came; the page says: {self.reads()[:600]}"
            time.sleep(1)
            self.page.reload()

    def keeps_a_picture(self, name: str) -> None:
        """A picture of the whole page, and what is wrong on it for people who cannot see or point."""
        if self.pictures is not None:
            self.page.screenshot(path=self.pictures / f"{name}.png", full_page=True)
            accessibility.keep(accessibility.look(self.page, name), self.pictures)


class Reporter(Visitor):
    """On a small phone without JavaScript, and without an account."""

    def opens_the_form(self) -> None:
        self.opens("/form/")

    def tells(self, words: str, *, region: str, phone: str, name: str) -> None:
        self.page.fill("[name=q-what_happened]", words)
        self.opens_every_group()
        self.page.select_option("[name=q-region]", region)
        self.page.fill("[name=q-phone]", phone)
        self.page.fill("[name=q-reporter_name]", name)

    def opens_every_group(self) -> None:
        closed = self.page.locator("details.nums-group:not([open]) > summary")
        while closed.count():
            closed.first.click()

    def receipt(self) -> str:
        """The twenty digits."""
        found = re.search(r"\d{4} \d{4} \d{4} \d{4} \d{4}", self.reads())
        assert found, self.reads()[:600]
        return found.group(0)

    def comes_back_with(self, receipt: str) -> None:
        self.opens("/n/r/")
        self.page.fill("[name=receipt]", receipt)
        self.presses("Show me")
        # Everybody in these tests comes from one address, so somebody may be asked to wait.
        while self.page.get_by_role("heading", name="Please wait a moment").is_visible():
            time.sleep(2)
            self.presses("Go on")


class Staff(Visitor):
    def signs_in(self, username: str) -> None:
        self.opens("/admin/login/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.presses("Sign in")


class Caseworker(Staff):
    def opens_the_case_that_says(self, words: str, *, seconds: int = 60) -> None:
        """Through the queue, the newest first, once the worker has made it."""
        end = time.monotonic() + seconds
        while True:
            self.opens("/admin/cases/")
            newest = max(int(number) for number in re.findall(r"Open case (\d+)", self.reads()))
            self.presses(f"Open case {newest}")
            self.page.wait_for_url("**/admin/cases/*-*/**")
            if words in self.reads():
                return
            assert time.monotonic() < end, "the case never came"
            time.sleep(1)

    def notes(self, words: str) -> None:
        self.page.get_by_label("New note").fill(words)
        with self.page.expect_navigation():
            self.presses("Keep the note")

    def downloads(self, words: str) -> bytes:
        with self.page.expect_download() as saved:
            self.page.get_by_role("link", name=words, exact=True).click()
        return Path(saved.value.path()).read_bytes()

    def draws_over(self, left: float, top: float, right: float, bottom: float) -> None:
        """A part of the picture that is being blocked out, in shares of its width and height."""
        picture = self.page.locator(".nums-block-out__picture")
        picture.scroll_into_view_if_needed()
        box = picture.bounding_box()
        assert box
        self.page.mouse.move(box["x"] + left * box["width"] + 1, box["y"] + top * box["height"] + 1)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + right * box["width"], box["y"] + bottom * box["height"], steps=4)
        self.page.mouse.up()

    def drafts_an_alert(self, line: str) -> None:
        self.presses("Draft an alert")
        self.page.wait_for_url("**/alerts/**")
        self.page.fill("[name=line]", line)
        # Enter keeps the draft, and hands nothing in.
        with self.page.expect_navigation():
            self.page.press("[name=line]", "Enter")
        self.page.wait_for_url("**/admin/alerts/edit/*/")
        assert self.page.input_value("[name=line]") == line

    def submits(self) -> None:
        footer = self.page.locator("footer")
        footer.get_by_role("button", name=re.compile("Submit to")).click()
        self.page.wait_for_url("**/admin/alerts/")


class Approver(Staff):
    def releases_what_waits_of(self, line: str) -> None:
        self.opens("/admin/")
        # What waits longest stands first; this one came last.
        self.page.get_by_role("link", name=re.compile("^Read and release ")).last.click()
        self.page.wait_for_load_state()
        assert line in self.reads(), self.reads()[:600]
        self.page.get_by_label("I read it with that in mind").check()
        with self.page.expect_navigation():
            self.presses("Release")


class Reader(Visitor):
    """A member; mails are looked at in the demo's post box."""

    def signs_in_with(self, address: str) -> None:
        had = self.counts_mails(address, "Your link")
        end = time.monotonic() + 150
        # Who asks twice within a minute gets one link, and a used one may lie there still: so as often as it takes.
        while True:
            self.opens("/n/in/")
            self.page.fill("[name=email]", address)
            self.presses("Send me a link")
            if self.gets_a_mail_more_than(had, address, "Your link"):
                break
            assert time.monotonic() < end, f"no link came for {address}"
        self.opens_the_newest_mail(address, "Your link")
        found = re.search(r"http\S+/in/\S+", self.page.locator("body").inner_text())
        assert found
        self.opens(found.group(0))
        self.presses("Sign in")

    def gets_a_mail_more_than(self, had: int, address: str, subject: str) -> bool:
        for _second in range(20):
            if self.counts_mails(address, subject) > had:
                return True
            time.sleep(1)
        return False

    def counts_mails(self, address: str, subject: str) -> int:
        self.opens(f"/outbox/?to={address}")
        return self.page.get_by_role("link", name=re.compile(re.escape(subject))).count()

    def opens_the_newest_mail(self, address: str, subject: str) -> None:
        self.opens(f"/outbox/?to={address}")
        self.waits_to_read(subject)
        self.follows(re.compile(re.escape(subject)))
