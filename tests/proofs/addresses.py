"""Finds every address that a site answers: from the address table and from the routes of our page types.

Says which are ours. What each role may expect of them stands in ``rows``.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import Page

PACKAGE = "nums_wagtail"

#: What stands in for a converter when only the door is tried, and not what is behind it.
SAMPLES = {"int": "1", "slug": "some", "str": "some", "uuid": "00000000-0000-4000-8000-000000000000"}
#: Addresses written as regular expressions, with one that fits.
REGEX_SAMPLES = {
    r"^(?P<pk>\d+)/revisions/compare/": "1/revisions/compare/earliest...latest/",
    r"(?P<pk>.+)/revisions/compare/": "1/revisions/compare/earliest...latest/",
    r"^(\d+)/revisions/compare/": "1/revisions/compare/earliest...latest/",
    r"^.*/$": "anything/",
}


@dataclass(frozen=True)
class Address:
    """One entry of the address table, or one route of a page type."""

    name: str
    pattern: str
    view: Any

    @property
    def sample(self) -> str:
        """A path that fits, with made-up ids. Raises ValueError when a pattern is written in a new way."""
        text = self.pattern
        for regex, filled in REGEX_SAMPLES.items():
            if regex in text:
                text = text[: text.index(regex)] + filled
        text = re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found[1] or "str"], text).replace("^", "")
        if re.search(r"[()\\$<>]", text):
            raise ValueError(f"No sample for {self.pattern!r}; add one to REGEX_SAMPLES.")
        return f"/{text}"

    @property
    def is_ours(self) -> bool:
        return any(_is_ours(view) for view in _layers(self.view))


def every_address() -> list[Address]:
    """Every entry of the address table in force."""
    return list(_walk(get_resolver(), "", ""))


def our_addresses() -> list[Address]:
    """The entries that a room of ours answers or that show a model of ours, and the routes of our page types."""
    table = every_address()
    spaces = {space for one in table if one.is_ours and (space := one.name.rpartition(":")[0])}
    ours = [one for one in table if one.is_ours or one.name.rpartition(":")[0] in spaces]
    return [*ours, *page_routes()]


def page_routes() -> list[Address]:
    """``RegionalPage:release`` and the like; a page type without routes has one, ``serve``."""
    found = []
    for model in apps.get_models():
        if issubclass(model, Page) and model.__module__.startswith(f"{PACKAGE}."):
            routes = getattr(model, "get_subpage_urls", list)()
            for route in routes:
                found.append(Address(f"{model.__name__}:{route.name}", str(route.pattern), model))
            if not routes:
                found.append(Address(f"{model.__name__}:serve", "", model))
    return found


def _walk(resolver: URLResolver, prefix: str, space: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Address(f"{space}{entry.name or path}", path, entry.callback)
        else:
            yield from _walk(entry, path, f"{space}{entry.namespace}:" if entry.namespace else space)


def _layers(view: Any) -> Iterator[Any]:
    """The view and everything that it wraps."""
    while view is not None:
        yield view
        view = getattr(view, "__wrapped__", None)


def _is_ours(view: Any) -> bool:
    owner = getattr(view, "__self__", None)
    shown = [
        getattr(view, "view_initkwargs", {}).get("model"),
        getattr(getattr(view, "view_class", None), "model", None),
        getattr(owner, "model", None),
    ]
    makers = [inspect.unwrap(view) if callable(view) else view, getattr(view, "view_class", None), type(owner)]
    return any(_from_us(maker) for maker in makers) or any(
        isinstance(model, type) and issubclass(model, Model) and _from_us(model) for model in shown
    )


def _from_us(thing: Any) -> bool:
    module = getattr(thing, "__module__", "") or ""
    return module == PACKAGE or module.startswith(f"{PACKAGE}.")
