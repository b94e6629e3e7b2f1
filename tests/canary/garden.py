"""Where words are planted: people at their browsers on the running site, and a list of what they typed."""

from __future__ import annotations

import email
import email.policy
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from nums_wagtail.test.canary import new_words

from .breaking import HEADER
from .markers import SECRET, Marker
from .prepare import PASSWORD
from .site import Site

#: Fills the form that holds a button, with what the page itself has in it, and sends it. A field that scripts
#: would add is added, because what counts is what arrives.
_SEND = """([label, typed, to, sends]) => {
    const label_of = (one) => (one.value && one.tagName === "INPUT" ? one.value : one.textContent);
    const said = (one) => label_of(one).replace(/\\s+/g, " ").trim();
    const buttons = [...document.querySelectorAll("button, input[type=submit]")].filter((one) => one.form);
    const button = buttons.find((one) => said(one) === label || `${one.name}=${one.value}` === label);
    if (!button) return `no button ${label} among ${buttons.map(said)}`;
    const form = button.form;
    for (const [name, value] of Object.entries(typed)) {
        const there = [...form.elements].filter((one) => one.name === name);
        const values = [value].flat();
        if (there.length && ["checkbox", "radio"].includes(there[0].type)) {
            there.forEach((one) => { one.checked = values.includes(one.value); });
        } else if (there.length) {
            there[0].value = values[0];
            there[0].dispatchEvent(new Event("input", { bubbles: true }));
        } else {
            const added = document.createElement("input");
            Object.assign(added, { type: "hidden", name, value: values[0] });
            form.append(added);
        }
    }
    if (!sends) return "";
    if (to) button.formAction = to;
    button.disabled = false;
    HTMLFormElement.prototype.requestSubmit.call(form, button);
    return "";
}"""


class Person:
    """Somebody at a browser of their own."""

    def __init__(self, window: BrowserContext, site: Site) -> None:
        self.window = window
        self.site = site
        self.page: Page = window.new_page()
        self.page.set_default_timeout(30_000)
        self.status = 0

    def opens(self, path: str) -> Person:
        answer = self.page.goto(path if path.startswith("http") else self.site.address + path)
        self.status = answer.status if answer else 0
        return self

    def signs_in_as_staff(self, username: str) -> Person:
        self.opens("/admin/login/").presses("Sign in", username=username, password=PASSWORD)
        assert "/login/" not in self.page.url, self.reads()
        return self

    def presses(self, button: str, *, to: str = "", **typed: Any) -> Person:
        """Send the form of a button with ``typed`` in it; ``to`` another address than its own.

        ``button`` is its label, or ``name=value``.
        """
        with self.page.expect_navigation() as arrived:
            trouble = self.page.evaluate(_SEND, [button, typed, to, True])
            assert not trouble, trouble
        self.status = arrived.value.status if arrived.value else 0
        return self

    def fills_in(self, **typed: Any) -> None:
        """Type, and send nothing yet. Of a page with one form."""
        first = self.page.locator("main form button, form button").first
        label = first.evaluate("one => `${one.name}=${one.value}`")
        trouble = self.page.evaluate(_SEND, [label, typed, "", False])
        assert not trouble, trouble

    def attaches(self, name: str, *files: tuple[str, bytes]) -> None:
        """Choose files, by name and content, for a field of the page."""
        chosen = [{"name": called, "mimeType": "audio/wav", "buffer": content} for called, content in files]
        self.page.locator(f"input[type=file][name='{name}']").set_input_files(chosen)

    @contextmanager
    def while_the_database_refuses(self) -> Iterator[None]:
        self.page.set_extra_http_headers({HEADER: "yes"})
        try:
            yield
        finally:
            self.page.set_extra_http_headers({})

    def reads(self) -> str:
        return " ".join(self.page.locator("body").inner_text().split())

    def has_typed(self, name: str) -> str:
        """What stands in a field of the page."""
        return self.page.locator(f"[name='{name}']").first.input_value()

    def link(self, pattern: str) -> str:
        """The first address on the page that holds ``pattern``."""
        found = self.page.locator(f"a[href*='{pattern}']").first.get_attribute("href")
        assert found, pattern
        return found


class Garden:
    """One site and what was planted in it."""

    def __init__(self, site: Site, browser: Browser) -> None:
        self.site = site
        self.browser = browser
        self.markers: list[Marker] = [Marker("password of the staff", SECRET, (PASSWORD,), kept=False)]
        self.things: dict[str, Any] = {}
        self._windows: dict[str, BrowserContext] = {}

    def plant(
        self,
        name: str,
        kind: str,
        field: str = "",
        *,
        shape: Callable[[str], str] = str,
        also: Callable[[str], tuple[str, ...]] = lambda typed: (),
        kept: bool = True,
        envelope: bool = False,
    ) -> str:
        """Words for somebody to type. ``shape`` makes of them what the field takes, ``also`` gives other ways to
        write the same."""
        word = new_words()
        typed = shape(word)
        words = also(typed) or (word,)
        self.markers.append(Marker(name, kind, words, field, kept and kind != SECRET, envelope))
        return typed

    def person(self, name: str, *, scripts: bool = False) -> Person:
        """Their browser keeps its cookies until the search. Wagtail's own scripts do things of their own."""
        desk = {"width": 1280, "height": 900}
        self._windows[name] = self.browser.new_context(viewport=desk, java_script_enabled=scripts)
        return Person(self._windows[name], self.site)

    def staff(self, username: str, *, scripts: bool = False) -> Person:
        return self.person(username, scripts=scripts).signs_in_as_staff(username)

    def mail(self, to: str, words: str, *, seconds: int = 60) -> EmailMessage:
        """The newest mail to an address with ``words`` in subject or text. A worker has its own time."""
        end = time.monotonic() + seconds
        while True:
            for file in sorted(self.site.outbox.glob("*.eml"), reverse=True):
                message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
                text = message.get_body(("plain",))
                if (
                    to in str(message["To"])
                    and words in f"{message['Subject']} {text.get_content() if text else ''}"
                ):
                    return message  # type: ignore[return-value]  # the policy makes it one
            assert time.monotonic() < end, f"no mail {words!r} came"
            time.sleep(0.3)

    def closes(self) -> None:
        """Leave, and lay what each browser keeps beside what the site keeps."""
        folder = self.site.var / "browser"
        folder.mkdir(exist_ok=True)
        for name, window in self._windows.items():
            window.storage_state(path=folder / f"{name}.json")
            window.close()
        self._windows.clear()


def until(true: Callable[[], Any], *, seconds: int = 60) -> Any:
    """Ask again until there is an answer."""
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.3)
    return found


Rows = Mapping[str, Callable[[Garden], None]]
