"""What every holding and every giver of regional addresses must do. For ``TestCase`` or classes of pytest's."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from nums_wagtail.foundation.actors import SETUP
from nums_wagtail.members.holdings import Holding, everything_held, holdings
from nums_wagtail.members.joining import leave
from nums_wagtail.members.models import Member
from nums_wagtail.members.registries import RegionLinks
from nums_wagtail.regions.models import Region

from .members_factories import any_region, make_member


class HoldingContract:
    """Says to a member what is held, and forgets it, of this member alone. Needs a database."""

    def make_holding(self) -> Holding:
        raise NotImplementedError

    def hold_something_on(self, member: Member) -> None:
        """Have the room store something; nothing to do where being approved does it."""
        raise NotImplementedError

    def test_of_whom_nothing_is_held_nothing_is_said(self) -> None:
        assert not list(self.make_holding().describe(make_member(status=Member.Status.APPLIED)))

    def test_a_member_reads_what_is_held_in_words(self) -> None:
        holding, member = self.make_holding(), self._known()
        with holdings.emptied() as alone:
            alone.register("contract", holding, owner="contract")
            ((label, lines),) = everything_held(member)
        assert str(label).strip()
        assert all(str(line).strip() for line in lines)

    def test_looking_changes_nothing(self) -> None:
        holding, member = self.make_holding(), self._known()
        first = [str(line) for line in holding.describe(member)]
        assert first == [str(line) for line in holding.describe(member)]

    def test_forgetting_ends_it_and_again_is_fine(self) -> None:
        holding, member = self.make_holding(), self._known()
        holding.forget(member)
        holding.forget(member)
        assert not list(holding.describe(member))

    def test_forgetting_one_keeps_the_others(self) -> None:
        holding, member, other = self.make_holding(), self._known(), self._known()
        holding.forget(member)
        assert list(holding.describe(other))

    def test_who_leaves_is_forgotten(self) -> None:
        holding, member = self.make_holding(), self._known()
        with holdings.emptied() as alone:
            alone.register("contract", holding, owner="contract")
            leave(member, by=SETUP)
        assert not list(holding.describe(Member.objects.get(pk=member.pk)))

    def _known(self) -> Member:
        member = make_member()
        self.hold_something_on(member)
        return member


class RegionLinksContract:
    """Addresses of pages for a whole list of regions at once. Needs a database."""

    def make_links(self) -> RegionLinks:
        raise NotImplementedError

    def make_pages(self) -> list[Region]:
        """Two regions at least that have a page."""
        raise NotImplementedError

    def test_each_region_with_a_page_has_its_address(self) -> None:
        regions = self.make_pages()
        found = self.make_links()(regions)
        assert set(found) == {region.pk for region in regions}
        assert len(set(found.values())) == len(regions)
        assert all(url.startswith(("/", "http://", "https://")) for url in found.values())

    def test_a_region_without_a_page_is_left_out(self) -> None:
        any_region()
        having = {region.pk for region in self.make_pages()}
        every = list(Region.objects.order_by("pk"))
        assert set(self.make_links()(every)) == having
        assert len(every) > len(having)

    def test_no_regions_have_no_addresses(self) -> None:
        assert not self.make_links()([])

    def test_a_whole_list_costs_no_more_questions_than_one_region(self) -> None:
        regions, links = self.make_pages(), self.make_links()
        links(regions)  # What is looked up once and kept is not counted.
        with CaptureQueriesContext(connection) as for_one:
            links(regions[:1])
        with CaptureQueriesContext(connection) as for_all:
            links(regions)
        assert len(for_all) == len(for_one)
