"""What somebody who reports does, as sentences: opens the form, fills it in, sends, comes back."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

WARN, TEAM = "warn", "team"


def state_in(response: HttpResponse, name: str = "state") -> str:
    """The sealed state in a page's hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, "the page has no state"
    return html.unescape(found[1])


def words_in(response: HttpResponse) -> list[str]:
    """The words of a receipt as the page shows them."""
    return re.findall(r'<li translate="no" lang="en">([^<]+)</li>', response.content.decode())


def digits_in(response: HttpResponse) -> str:
    return re.search(r'nums-receipt__digits">([^<]+)<', response.content.decode())[1]


def typed_in(response: HttpResponse) -> dict[str, Any]:
    """What stands in the fields of a form page, by question key; what is empty is left out."""
    page = BeautifulSoup(response.content.decode(), "html.parser")
    typed: dict[str, Any] = {}
    for field in page.select("[name^='q-']"):
        key = field["name"].removeprefix("q-")
        if field.name == "textarea":
            typed[key] = field.text.removeprefix("\n")
        elif field.name == "select":
            typed[key] = "".join(option["value"] for option in field.select("option[selected]"))
        elif field.get("type") != "checkbox":
            typed[key] = field.get("value", "")
        elif field.has_attr("checked") and field.has_attr("value"):
            typed.setdefault(key, []).append(field["value"])
        elif field.has_attr("checked"):
            typed[key] = "on"
    return {key: value for key, value in typed.items() if value}


def error_beside(response: HttpResponse, key: str) -> str:
    """The words of the error that stands between a question and its field, empty when there is none."""
    page = BeautifulSoup(response.content.decode(), "html.parser")
    found = page.find(id=f"id_q-{key}_error")
    return found.text.strip() if found else ""


@dataclass
class Reporter:
    """Somebody with a browser that has no account here."""

    client: Client
    form_url: str
    answer_url: str
    receipt_url: str

    def opens_the_form(self) -> HttpResponse:
        return self.client.get(self.form_url)

    def sends(self, form: HttpResponse, *, button: str = WARN, **answers: Any) -> HttpResponse:
        """Press a button of the form page, with ``answers`` by question key."""
        data = {f"q-{key}": value for key, value in answers.items()}
        return self.client.post(self.answer_url, {**data, "state": state_in(form), "send": button})

    def reports(self, *, button: str = WARN, **answers: Any) -> HttpResponse:
        return self.sends(self.opens_the_form(), button=button, **answers)

    def comes_back_with(self, receipt: str) -> HttpResponse:
        return self.client.post(self.receipt_url, {"receipt": receipt})

    def presses(self, button: str, status_page: HttpResponse, **typed: Any) -> HttpResponse:
        """Press a button of the page behind the receipt, with what was typed or chosen beside it."""
        data = {"open": state_in(status_page, "open"), "do": button, **typed}
        return self.client.post(self.receipt_url, data)

    def takes_back(self, purpose: str, status_page: HttpResponse) -> HttpResponse:
        return self.presses("allow", status_page, **{purpose: "no"})

    def tries_with_the_card(self, button: str, sent_page: HttpResponse, typed: str = "") -> HttpResponse:
        """Press a button of the receipt's card on the page that came after sending."""
        data = {"card": state_in(sent_page, "card"), "do": button, "receipt": typed}
        return self.client.post(reverse("nums_wagtail:receipt_card"), data)
