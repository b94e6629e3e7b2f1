"""Somebody at a browser without JavaScript: opens pages, fills in the forms they hold, presses their buttons."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.test import Client


class Person:
    """Wraps Django's test client; every form is sent with all that the page itself had in it."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or Client()
        self.response: HttpResponse
        self.address = "/"
        #: Buttons pressed and links followed so far.
        self.clicks = 0

    def opens(self, address: str) -> Person:
        return self._arrive(self.client.get(address, follow=True), address)

    def signs_in_as_staff(self, user: Any) -> Person:
        self.client.force_login(user)
        return self

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.response.content, "html.parser")

    @property
    def text(self) -> str:
        return " ".join(self.page.get_text(" ").split())

    @property
    def status(self) -> int:
        return self.response.status_code

    def presses(self, button: str, **typed: Any) -> Person:
        """Send the form that holds the button of that label, with ``typed`` over what stands in it."""
        self.clicks += 1
        pressed = self._button(button)
        form = pressed.find_parent("form")
        if form is None and pressed.get("form"):
            form = self.page.find("form", id=pressed["form"])
        assert form is not None, f"{button!r} is in no form"
        data = self._fields(form)
        if pressed.get("name"):
            data[pressed["name"]] = pressed.get("value", "")
        unknown = set(typed) - set(data) - self._names(form)
        assert not unknown, f"the form has no {unknown}; it has {sorted(self._names(form))}"
        data |= typed
        address = pressed.get("formaction") or form.get("action") or self.address
        if (form.get("method") or "get").lower() == "get":
            return self._arrive(self.client.get(address, data, follow=True), address)
        return self._arrive(self.client.post(address, data, follow=True), address)

    def sees(self, words: str) -> bool:
        return words in self.text

    def link(self, label: str) -> str:
        found = next((a for a in self.page.find_all("a") if label in " ".join(a.get_text(" ").split())), None)
        assert found is not None, f"no link {label!r}"
        return found["href"]

    def follows(self, label: str) -> Person:
        self.clicks += 1
        return self.opens(self.link(label))

    def _arrive(self, response: Any, address: str) -> Person:
        self.response = response
        self.address = response.redirect_chain[-1][0] if response.redirect_chain else address
        return self

    def _button(self, label: str) -> Tag:
        for button in self.page.find_all(["button", "input"]):
            words = button.get("value", "") if button.name == "input" else " ".join(button.get_text(" ").split())
            if words == label and button.get("type") != "hidden":
                return button
        raise AssertionError(f"no button {label!r} on the page: {self.text[:1500]}")

    def _names(self, form: Tag) -> set[str]:
        return {field["name"] for field in form.find_all(["input", "select", "textarea"]) if field.get("name")}

    def _fields(self, form: Tag) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for field in form.find_all(["input", "select", "textarea"]):
            name = field.get("name")
            if not name or field.has_attr("disabled") or field.find_parent("template"):
                continue
            kind = field.get("type", "text")
            if field.name == "select":
                chosen = [o.get("value", "") for o in field.find_all("option") if o.has_attr("selected")]
                if field.has_attr("multiple"):
                    data[name] = chosen
                elif chosen or field.find("option"):
                    data[name] = chosen[0] if chosen else field.find("option").get("value", "")
            elif kind in ("checkbox", "radio"):
                if field.has_attr("checked"):
                    data.setdefault(name, []).append(field.get("value", "on"))
            elif kind in ("submit", "button", "file", "image"):
                continue
            else:
                data[name] = (
                    field.get_text().removeprefix("\n") if field.name == "textarea" else field.get("value", "")
                )
        return data
