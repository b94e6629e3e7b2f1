"""A site with one of everything in it, for the access matrix. Each room plants its own things; see ``rows``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale, Page, Site

from nums_wagtail.members.models import Member
from nums_wagtail.regions.models import Region

from . import people


@dataclass(frozen=True)
class Secret:
    """Words that stand somewhere in the world, and the roles whose pages may show them."""

    name: str
    words: str
    readers: frozenset[str]


@dataclass
class World:
    """What there is. ``things`` are the ids that addresses are filled with, ``missing`` ids of nothing."""

    region: Region
    far_region: Region
    staff: dict[str, Any] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    things: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    missing: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    seen_by: dict[str, frozenset[str]] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    secrets: list[Secret] = field(default_factory=list)

    def plant(
        self,
        name: str,
        there: Mapping[str, Any],
        missing: Mapping[str, Any] | None = None,
        *,
        seen_by: Iterable[str] = (),
    ) -> None:
        """Something that addresses name.

        ``missing``: the same ids of something that is not there; left out where everybody may know what there
        is. ``seen_by``: the roles that may know that it is there.
        """
        self.things[name] = there
        if missing is not None:
            self.missing[name] = missing
            self.seen_by[name] = frozenset(seen_by)

    def hide(self, name: str, words: str, readers: Iterable[str]) -> None:
        """No page in the matrix may show ``words`` to anybody but ``readers``."""
        self.secrets.append(Secret(name, words, frozenset(readers)))

    def path(self, address: str, of: str, *, missing: bool = False) -> str:
        """The path of an address, filled with the things that ``of`` names."""
        names = [name for name in of.split(" + ") if name]
        filled: dict[str, Any] = {}
        for name in names:
            filled |= self.things[name]
        if missing:
            filled |= self.missing[names[0]]
        space, _colon, route = address.rpartition(":")
        page = self.pages.get(space)
        if page is None:
            return reverse(address, kwargs=filled)
        below = "" if route == "serve" else page.reverse_subpage(route, kwargs=filled)
        return page.get_url().rstrip("/") + "/" + below


def build_world() -> World:
    """A site that is set up, with a person of each role and what every room plants."""
    from . import rows

    if not Site.objects.exists():
        Locale.objects.get_or_create(language_code="en-gb")
        root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
        home = root.add_child(title="Home", slug="home")
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    call_command("nums_setup", no_input=True, verbosity=0)
    world = World(Region.objects.get(code="london"), Region.objects.get(code="north-east"))
    world.staff, world.members = people.make_people(world.region, world.far_region)
    world.cookies = people.make_browsers(world.staff, world.members)
    for room in rows.modules():
        if hasattr(room, "plant"):
            room.plant(world)
    return world
