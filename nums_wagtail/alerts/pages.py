"""The pages members read alerts on, to be joined with a page type: the list of regions, and one for each region.

Both ask ``members.access`` themselves: a host's page restriction for "logged in" would open to every account.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.contrib.routable_page.models import path as subpath
from wagtail.models import Page

from nums_wagtail.foundation.errors import NotThere
from nums_wagtail.foundation.quiet import quiet_page, quiet_render
from nums_wagtail.members.access import NOBODY, Reader, reader_for, send_to_the_door
from nums_wagtail.members.registries import regional_page_urls
from nums_wagtail.regions.models import Region

from .cards import card, cards
from .listing import Cursor, current_in_region, last_released_in_region, release_for, withdrawn_in_region

#: Cards on one page of a list.
PAGE = 20


class ReadersOnly:
    """What both pages share: no alert shows in an editor's preview, no address in a sitemap."""

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        """For editors of the page, who may not read alerts: the page without any."""
        return quiet_page(self.show)(request, NOBODY)

    def show(self, request: HttpRequest, reader: Reader) -> HttpResponseBase:
        """What somebody may see who is let in; each kind of page has its own."""
        raise NotImplementedError

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[Any]:
        return []


class AlertIndexPageMixin(ReadersOnly, models.Model):
    """The regions a reader may read, each with its page."""

    intro = models.TextField(
        _("words at the top"), blank=True, help_text=_("Leave empty for none. Everybody signed in reads them.")
    )

    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        abstract = True
        verbose_name = _("list of regions")
        verbose_name_plural = _("lists of regions")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        def answer(request: HttpRequest) -> HttpResponseBase:
            reader = reader_for(request)
            return self.show(request, reader) if reader.is_anybody else send_to_the_door(request)

        return quiet_page(answer)(request)

    def show(self, request: HttpRequest, reader: Reader) -> HttpResponseBase:
        regions = Region.objects.all()
        if reader.region_ids is not None:
            regions = regions.filter(pk__in=reader.region_ids)
        readable = list(regions)
        urls = regional_page_urls(readable)
        listed = [(region, urls[region.pk]) for region in readable if region.pk in urls]
        return quiet_render(request, "nums_wagtail/alerts/index.html", {"page": self, "regions": listed})


class RegionalPageMixin(ReadersOnly, RoutablePageMixin, models.Model):
    """One region: the list of what is current there, and each release at an address of its own."""

    region = models.ForeignKey(
        "nums_wagtail.Region", on_delete=models.PROTECT, related_name="+", verbose_name=_("region")
    )
    intro = models.TextField(
        _("words at the top"), blank=True, help_text=_("What this region covers. Leave empty for none.")
    )

    content_panels = [*Page.content_panels, FieldPanel("region"), FieldPanel("intro")]

    class Meta:
        abstract = True
        verbose_name = _("regional page")
        verbose_name_plural = _("regional pages")

    @subpath("", name="list")
    def list_view(self, request: HttpRequest) -> HttpResponseBase:
        return self._answer(request, self.show)

    @subpath("a/<uuid:key>/", name="release")
    def release_view(self, request: HttpRequest, key: UUID) -> HttpResponseBase:
        def show_one(request: HttpRequest, reader: Reader) -> HttpResponseBase:
            release = release_for(key, reader)
            context = {"page": self, "card": card(release), "list_url": self.get_url(request)}
            return quiet_render(request, "nums_wagtail/alerts/release.html", context)

        return self._answer(request, show_one)

    def _answer(self, request: HttpRequest, show: Any) -> HttpResponseBase:
        """The guard of every address below this page."""

        def answer(request: HttpRequest) -> HttpResponseBase:
            reader = reader_for(request)
            if not reader.is_anybody:
                return send_to_the_door(request)
            if not reader.may_read([self.region_id]):
                # Not yours and not there look the same.
                raise NotThere()
            return show(request, reader)

        return quiet_page(answer)(request)

    def show(self, request: HttpRequest, reader: Reader) -> HttpResponseBase:
        after = Cursor.parse(request.GET.get("after", ""))
        listing = current_in_region(self.region, reader=reader, after=after, limit=PAGE)
        withdrawn = withdrawn_in_region(self.region, reader=reader) if after is None else ()
        shown = cards(listing.releases)
        for drawn, release in zip(shown, listing.releases, strict=True):
            drawn["url"] = self.release_url(request, release.uuid)
        context = {
            "page": self,
            "cards": shown,
            "withdrawn": cards(withdrawn),
            "after": str(listing.after) if listing.after else "",
            "is_first": after is None,
            "last": last_released_in_region(self.region) if not shown and reader is not NOBODY else None,
        }
        return quiet_render(request, "nums_wagtail/alerts/region.html", context)

    def release_url(self, request: HttpRequest, key: UUID) -> str:
        base = self.get_url(request) or ""
        return f"{base.rstrip('/')}/{self.reverse_subpage('release', kwargs={'key': key})}"


def regional_links(regions: Sequence[Region]) -> Mapping[int, str]:
    """Region id → address of its page, for those that have one; for the members' registry ``region_links``."""
    found: dict[int, str] = {}
    for model in apps.get_models():
        if not issubclass(model, RegionalPageMixin):
            continue
        manager: Any = model._default_manager
        pages = manager.filter(live=True, region__in=[region.pk for region in regions])
        for page in pages:
            url = page.get_url()
            if url:
                found.setdefault(page.region_id, url)
    return found
