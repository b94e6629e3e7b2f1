"""What axe-core finds on the pages that people saw: kept beside each picture, and gathered into one page of the docs.

axe-core lies on the disk, put there by the Makefile; nothing is fetched while tests run.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

AXE = Path(__file__).resolve().parent / "node_modules" / "axe-core" / "axe.min.js"
#: WCAG 2.2 AA and what it builds on.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
#: Of pages in Wagtail's admin all that is Wagtail's stands here, too; ours are held to none.
ADMIN = "/admin/"

HEAD = """\
# Accessibility

Written by `make pictures`, which walks the road in a browser and lets axe-core {version} look at every page that
somebody sees on it, for WCAG 2.2 AA and what it builds on. A program finds about half of what can be wrong; the rest
needs people. A fault on a page that reporters or members see fails the run. On pages of the admin, Wagtail's own frame
is looked at as well.

| page | whose | rules held | faults |
|---|---|---|---|
"""


@dataclass(frozen=True)
class Fault:
    """One rule that a page breaks. ``places`` are selectors."""

    rule: str
    words: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Looked:
    """What axe-core says of one page."""

    name: str
    is_admin: bool
    version: str
    held: int
    faults: tuple[Fault, ...]


def look(page: Page, name: str) -> Looked:
    """Runs axe-core in a still copy of the page, so that it works also where the page may run no script."""
    assert AXE.exists(), "axe-core is not there: make browser installs it"
    browser = page.context.browser
    assert browser is not None
    window = browser.new_context(viewport=page.viewport_size)
    try:
        copy = window.new_page()
        _open_still(copy, page.url, page.content())
        copy.evaluate(AXE.read_text())
        said: dict[str, Any] = copy.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})",
            list(RULES),
        )
    finally:
        window.close()
    faults = tuple(
        Fault(found["id"], found["help"], tuple(" ".join(map(str, node["target"])) for node in found["nodes"]))
        for found in said["violations"]
    )
    return Looked(name, ADMIN in page.url, said["testEngine"]["version"], len(said["passes"]), faults)


def _open_still(copy: Page, address: str, html: str) -> None:
    """The words of a page as they stood in its window, with its styles and without its scripts."""
    if not address.startswith("http"):
        copy.set_content(html)
        return

    def answer(route: Route) -> None:
        if route.request.is_navigation_request():
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif route.request.resource_type == "script":
            route.abort()
        else:
            route.continue_()

    copy.route("**/*", answer)
    copy.goto(address)


def keep(looked: Looked, folder: Path) -> None:
    (folder / f"{looked.name}.axe.json").write_text(json.dumps(asdict(looked), indent=1) + "\n")


def read(folder: Path) -> list[Looked]:
    """Everything that was kept in the folder, in the order of names."""
    found = []
    for file in sorted(folder.glob("*.axe.json")):
        values = json.loads(file.read_text())
        faults = tuple(Fault(**{**each, "places": tuple(each["places"])}) for each in values.pop("faults"))
        found.append(Looked(**values, faults=faults))
    return found


def faults_of_ours(looked: Iterable[Looked]) -> list[str]:
    """In words, what is wrong on pages that reporters and members see."""
    return [
        f"{one.name}: {fault.rule} ({fault.words}) at {', '.join(fault.places)}"
        for one in looked
        if not one.is_admin
        for fault in one.faults
    ]


def page_of(looked: Iterable[Looked]) -> str:
    """The page of the docs."""
    rows, version = [], "?"
    for one in looked:
        version = one.version
        faults = "; ".join(f"{fault.rule} ×{len(fault.places)}" for fault in one.faults) or "none"
        rows.append(f"| {one.name} | {'admin' if one.is_admin else 'ours'} | {one.held} | {faults} |\n")
    return HEAD.format(version=version) + "".join(rows)
