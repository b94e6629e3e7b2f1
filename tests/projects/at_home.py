"""A pytest plugin that lets the road run in a host's project without knowing it.

Addresses are found where that host put them, its own pages are made, every database may be used, and every
answer on the way is looked at: outside the admin nothing of the host's base template may be in it.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils.module_loading import import_string
from wagtail.coreutils import get_supported_content_language_variant

#: An asset, a frame or a style that a page would load from somebody else.
FOREIGN = re.compile(r"""<(?:script|img|iframe|link|source|audio|video)\b[^>]*(?:src|href)=["'](?:https?:)?//""")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if on_the_road(item):
            item.add_marker(pytest.mark.django_db(transaction=True, databases="__all__"))


def on_the_road(item: pytest.Item) -> bool:
    return "tests/road/" in item.nodeid


@pytest.fixture(autouse=True)
def _the_hosts_own_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = on_the_road(request.node)
    monkeypatch.setattr(Client, "request", _asked_at_the_hosts_address(Client.request, looks))
    if "scheme" in request.fixturenames:
        from wagtail.models import Locale

        request.getfixturevalue("transactional_db")
        # A test before this one may have emptied every table.
        language = get_supported_content_language_variant(settings.LANGUAGE_CODE)
        Locale.objects.get_or_create(language_code=language)
        make_site_and_pages(before=lambda: request.getfixturevalue("scheme"))


def make_site_and_pages(before: Any) -> None:
    """What a host with its own base page does by hand, round ``nums_setup``; others need nothing."""
    make_site, make_pages = getattr(settings, "MAKE_SITE", None), getattr(settings, "MAKE_PAGES", None)
    if make_site:
        import_string(make_site)()
    before()
    if make_pages:
        import_string(make_pages)()


def at_home(address: str) -> str:
    """``/form/`` as this host calls it; an address of its own stays as it is."""
    places: dict[str, str] = getattr(settings, "ADDRESSES", {})
    for usual, own in sorted(places.items(), key=lambda pair: -len(pair[0])):
        if address == usual or (usual != "/" and address.startswith(usual)):
            return own + address.removeprefix(usual)
    return address


def look_at(response: HttpResponse, address: str) -> None:
    """Raises AssertionError when a page of ours carries what the host's own pages load."""
    from nums_wagtail.foundation.quiet import CONTENT_SECURITY_POLICY

    if not response.headers.get("Content-Type", "").startswith("text/html") or response.status_code != 200:
        return
    page = response.content.decode()
    assert "hostile" not in page, address
    assert not FOREIGN.search(page), address
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=", page), address
    assert response.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY, address


def _asked_at_the_hosts_address(ask: Any, looks: bool) -> Any:
    def request(client: Client, **asked: Any) -> HttpResponse:
        address = asked["PATH_INFO"] = at_home(asked["PATH_INFO"])
        response = ask(client, **asked)
        if looks and not address.startswith(at_home("/admin/")):
            look_at(response, address)
        return response

    return request
