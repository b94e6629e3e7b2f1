"""What our rooms register keeps the contracts that the kit ships for what other people register."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from nums_wagtail.alerts.drafting import draft_alert
from nums_wagtail.alerts.models import Alert
from nums_wagtail.alerts.pages import regional_links
from nums_wagtail.alerts.registrations import ALERTS, DRAFT
from nums_wagtail.bulletins.ending import KEPT as BULLETINS_KEPT
from nums_wagtail.bulletins.models import Bulletin, Reached, Subscription
from nums_wagtail.casework.registries import case_actions, case_panels
from nums_wagtail.foundation.actors import INTAKE, Actor
from nums_wagtail.foundation.clocks import clocks
from nums_wagtail.mailing import letters
from nums_wagtail.mailing.models import Lane, Letter, RowState
from nums_wagtail.mailing.outbox import deliver_all
from nums_wagtail.mailing.schedules import schedules
from nums_wagtail.members.holdings import holdings
from nums_wagtail.members.models import Member
from nums_wagtail.members.registries import region_links
from nums_wagtail.members.signin import make_link
from nums_wagtail.pages.models import AlertIndexPage, RegionalPage
from nums_wagtail.regions.packs import packs
from nums_wagtail.reports import drafts
from nums_wagtail.reports.contact import contact_until
from nums_wagtail.reports.keeping import kept_until
from nums_wagtail.reports.purposes import purposes
from nums_wagtail.reports.steps import Walk
from nums_wagtail.test.alerts_factories import make_released_alert
from nums_wagtail.test.bulletins_factories import make_compiled_bulletin
from nums_wagtail.test.casework_contracts import CaseActionContract, CasePanelContract
from nums_wagtail.test.casework_factories import make_case
from nums_wagtail.test.clock_contracts import ClockContract, PlannedContract
from nums_wagtail.test.members_contracts import HoldingContract, RegionLinksContract
from nums_wagtail.test.members_factories import any_region, make_member
from nums_wagtail.test.memory_channel import mail_kept_in_memory
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.regions_contracts import CountryPackContract
from nums_wagtail.test.reports_contracts import ServedPurposeContract
from nums_wagtail.test.reports_factories import make_report
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.models import KeyKind
from nums_wagtail.vault.receipts import new_receipt

pytestmark = pytest.mark.django_db


class _Clock(ClockContract):
    key = ""

    def make_clock(self):
        return clocks[self.key]


class TestClockOfLetters(_Clock):
    key = "mailing.letters"

    def make_thing(self):
        letter = letters.queue_letter(
            kind="notice", to="a@example.org", subject="s", text="t", lane=Lane.INSTANT, by=INTAKE
        )
        Letter.objects.filter(pk=letter.pk).update(state=RowState.SENT)
        return letter.message_date + letters.KEPT


class TestClockOfReports(_Clock):
    key = "casework.old_reports"

    def make_thing(self):
        case = make_case(closed="nothing", severity="nuisance")
        # Deleted on the day after the last one on which it is kept.
        due = kept_until(case.closed_on, case.severity) + timedelta(days=1)
        return datetime.combine(due, time(12), tzinfo=timezone.get_current_timezone())


class TestClockOfContacts(_Clock):
    key = "reports.contacts"

    def make_thing(self):
        report = make_report(answers={"reporter_contact": "07700 900461"})
        due = contact_until(report) + timedelta(days=1)
        return datetime.combine(due, time(12), tzinfo=timezone.get_current_timezone())


class TestClockOfSavedReports(_Clock):
    key = "reports.drafts"

    def make_thing(self):
        drafts.save(Walk(), "incident")
        due = timezone.localdate() + drafts.KEPT + timedelta(days=1)
        return datetime.combine(due, time(12), tzinfo=timezone.get_current_timezone())


class TestClockOfLinks(_Clock):
    key = "members.sign_in_links"

    def make_thing(self):
        return make_link(make_member()).expires_at


class TestClockOfListedAlerts(_Clock):
    key = "alerts.old_rows"

    def make_thing(self):
        return make_released_alert().ends_at


class TestClockOfDeliveries(_Clock):
    key = "bulletins.deliveries"

    def make_thing(self):
        region = any_region()
        make_member(home_region=region, rhythm=Member.Rhythm.ALL)
        bulletin = make_compiled_bulletin(regions=[region])
        with mail_kept_in_memory():
            deliver_all(seconds=20, keys={"bulletins"})
        return Bulletin.objects.get(pk=bulletin.pk).finished_at + BULLETINS_KEPT


class TestClockOfWhoGotWhat(_Clock):
    key = "bulletins.reached"

    def make_thing(self):
        release = make_released_alert()
        reader = Subscription.objects.get(member=make_member())
        Reached.objects.create(subscription=reader, release=release)
        return release.ends_at + BULLETINS_KEPT


class TestClockOfTheVault(_Clock):
    key = "vault.sweep"

    def make_thing(self):
        data_keys.create_for_team(KeyKind.REPORT, new_receipt())
        return timezone.now() + timedelta(days=2)


def test_every_clock_of_ours_keeps_the_contract():
    assert {key for key, _clock in clocks.items()} == {contract.key for contract in _Clock.__subclasses__()}


class TestPlanned(PlannedContract):
    @pytest.fixture(autouse=True, params=[key for key, _planned in schedules.items()])
    def _key(self, request):
        self.key = request.param

    def make_planned(self):
        return schedules[self.key]


class TestSubscriptionsAsAHolding(HoldingContract):
    def make_holding(self):
        return holdings["bulletins.subscription"]

    def hold_something_on(self, member):
        assert Subscription.objects.filter(member=member).exists()


class TestRegionalPages(RegionLinksContract):
    def make_links(self):
        return regional_links

    def make_pages(self):
        region = any_region()
        regions = [region, region.get_next_sibling()]
        Locale.objects.get_or_create(language_code="en-gb")
        site = Site.objects.filter(is_default_site=True).first()
        if site is None:
            top = Page.objects.filter(depth=1).first() or Page.add_root(instance=Page(title="Root", slug="root"))
            home = top.add_child(instance=Page(title="Home", slug="home"))
            site = Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
        index = site.root_page.add_child(instance=AlertIndexPage(title="Updates", slug="updates"))
        for each in regions:
            index.add_child(instance=RegionalPage(title=each.name, slug=each.code, region=each))
        return regions


class TestAlertsOfACase(CasePanelContract):
    def make_panel(self):
        return ALERTS

    def give_lines(self, case):
        draft_alert(case, by=Actor.person(make_staff("caseworker")))


class TestDraftingAnAlert(CaseActionContract):
    def make_action(self):
        return DRAFT

    def has_happened(self, case):
        return Alert.objects.filter(alert_cases__case=case).exists()


class TestThePackOfTheUnitedKingdom(CountryPackContract):
    plates = ("AB12 CDE", "ab12cde", "A123 BCD", "BXI 1234")
    postcodes = ("M1 1AE", "SW1A 1AA", "B33 8TH")

    def make_pack(self):
        return packs["gb"]


class TestThePackOfIreland(CountryPackContract):
    plates = ("191-D-12345", "191D12345", "07-WX-1")
    postcodes = ("D02 X285", "A65F4E2", "D6W PV38")

    def make_pack(self):
        return packs["ie"]


class TestPurposes(ServedPurposeContract):
    @pytest.fixture(autouse=True, params=[key for key, _purpose in purposes.items()])
    def _key(self, request):
        self.key = request.param

    def make_purpose(self):
        return purposes[self.key]


def test_every_entry_of_ours_keeps_the_contract():
    """A new entry needs a class above."""
    entries = {registry.name: {key for key, _item in registry.items()} for registry in (holdings, packs)}
    assert entries == {"holdings": {"bulletins.subscription"}, "country packs": {"gb", "ie"}}
    assert list(case_panels) == [ALERTS]
    assert list(case_actions) == [DRAFT]
    assert list(region_links) == [regional_links]
