"""What somebody who reports does, as sentences: opens the form, fills it in, sends, comes back."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client

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

    def takes_back(self, purpose: str, status_page: HttpResponse) -> HttpResponse:
        data = {"open": state_in(status_page, "open"), "withdraw": purpose}
        return self.client.post(self.receipt_url, data)
