"""A charity's own templates: each promised block and element overridden in turn, and what comes shows it.

Templates are rendered again with what they were rendered with on the walk, from a folder of the host's that stands
before ours. What came on the walk is also looked through for foreign addresses and for code in the page.
"""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template.backends.django import DjangoTemplates

from tests.proofs.reference import extending

from .test_words import NOT_WALKED
from .walk import Walk

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

MARK = "nums-host-was-here"
#: Extended by nothing of ours yet; ``tests/foundation`` overrides its blocks inside a host's page.
NOT_HERE = NOT_WALKED | {"nums_wagtail/layouts/site.html"}
#: What an anchor may lead to elsewhere: it is pressed by somebody, not loaded.
PRESSED = {"a"}


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, {name: value or "" for name, value in attrs}))


def engine_of(folder: Path) -> DjangoTemplates:
    """The site's templates, with a folder of the host's before them."""
    given = settings.TEMPLATES[0]
    options = {**given["OPTIONS"], "debug": False, "autoescape": True}
    return DjangoTemplates(
        {"NAME": "host", "DIRS": [folder, *given["DIRS"]], "APP_DIRS": given["APP_DIRS"], "OPTIONS": options}
    )


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)


def shows(folder: Path, name: str, contexts: list[dict[str, Any]]) -> bool:
    template = engine_of(folder).get_template(name)
    return any(MARK in template.render(context, context.get("request")) for context in contexts)


def promised_blocks() -> list[tuple[str, str]]:
    return [
        (template.strip("`"), block)
        for template, names in extending.blocks()
        for block in re.findall(r"`(\w+)`", names)
        if template.strip("`") not in NOT_HERE
    ]


def test_each_promised_block_can_be_overridden(walk: Walk, tmp_path):
    promised = promised_blocks()
    assert len(promised) > 80
    hidden = []
    for number, (name, block) in enumerate(promised):
        folder = tmp_path / str(number)
        write(folder, name, f'{{% extends "{name}" %}}{{% block {block} %}}{MARK}{{% endblock %}}')
        if not shows(folder, name, walk.contexts.get(name, [])):
            hidden.append(f"{name}: {block}")
    assert hidden == []


def test_each_element_can_be_overridden(walk: Walk, tmp_path):
    elements = extending.elements()
    assert len(elements) > 10
    hidden = []
    for number, name in enumerate(elements):
        folder = tmp_path / str(number)
        write(folder, name, MARK)
        if not any(shows(folder, user, walk.contexts.get(user, [])) for user in _users_of(name)):
            hidden.append(name)
    assert hidden == []


def _users_of(name: str) -> list[str]:
    """Templates that take it in, and those that take these in, nearest first."""
    found = [name]
    for used in found:
        found += [other for other, text in _sources().items() if used in text and other not in found]
    return found[1:]


@cache
def _sources() -> dict[str, str]:
    folder = extending.TEMPLATES.parent
    return {str(file.relative_to(folder)): file.read_text() for file in sorted(folder.rglob("*.*"))}


def test_an_override_of_a_block_that_is_not_there_does_not_show(walk: Walk, tmp_path):
    """The instrument: a mark that nobody shows is not seen."""
    name = "nums_wagtail/layouts/quiet.html"
    write(tmp_path, name, f'{{% extends "{name}" %}}{{% block no_such_block %}}{MARK}{{% endblock %}}')
    assert not shows(tmp_path, name, walk.contexts[name])


@pytest.mark.promise("P022")
def test_nothing_that_was_shown_loads_anything_from_elsewhere(walk: Walk):
    """Pages, mails and papers. In the admin, too: Wagtail's own assets come from this site."""
    found = [
        f"{seen.where}: {tag} {name}={value}"
        for seen in walk.seen
        for tag, given in Tags(seen.text).seen
        for name, value in given.items()
        if name in ("src", "srcset", "href", "action", "formaction", "poster", "data", "background")
        if re.match(r"\s*(?:https?:)?//", value) and tag not in PRESSED
    ]
    assert found == []


@pytest.mark.promise("P022")
def test_no_quiet_page_that_was_shown_carries_code(walk: Walk):
    """A mail's styles have to stand in it, and Wagtail's admin is Wagtail's."""
    pages = [seen for seen in walk.seen if not seen.inside and 'class="nums-root"' in seen.text]
    assert len(pages) > 40
    found = []
    for seen in pages:
        for tag, given in Tags(seen.text).seen:
            if tag == "style" or "style" in given or any(name.startswith("on") for name in given):
                found.append(f"{seen.where}: {tag} {given}")
            if tag == "script" and "src" not in given:
                found.append(f"{seen.where}: script")
    assert found == []
