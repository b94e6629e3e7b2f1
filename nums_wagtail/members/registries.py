"""What later rooms put on a member's pages: addresses of regional pages, panels for projects."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..foundation.errors import Words
from ..foundation.registry import Registry
from ..regions.models import Region
from .models import Member

#: Takes regions, answers region id → address for those it has a page for. One call for a whole list.
RegionLinks = Callable[[Sequence[Region]], Mapping[int, str]]

region_links: Registry[RegionLinks] = Registry("region links")


def regional_page_urls(regions: Sequence[Region]) -> dict[int, str]:
    """Addresses of the regions' pages by region id; of two claims the earlier registered one counts."""
    found: dict[int, str] = {}
    for links in region_links:
        for region_id, url in links(regions).items():
            found.setdefault(region_id, url)
    return found


def regional_page_url(region: Region) -> str | None:
    """The address of one region's page, or None when it has none."""
    return regional_page_urls([region]).get(region.pk)


@dataclass(frozen=True)
class ProjectPanel:
    """A line on the home page of people who work for an organisation."""

    label: Words
    url_for: Callable[[Member], str]
    allowed: Callable[[Member], bool]


project_panels: Registry[ProjectPanel] = Registry("project panels")


def panels_for(member: Member) -> list[tuple[Words, str]]:
    """Label and address of each panel the member may use; none for who belongs to no organisation."""
    if member.organisation_id is None:
        return []
    return [(panel.label, panel.url_for(member)) for panel in project_panels if panel.allowed(member)]
