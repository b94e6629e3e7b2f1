"""Who reads what: regional pages, single releases, lists and their ends."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nums_wagtail.alerts.listing import Cursor, current_in_region, drop_old_rows, release_for, withdrawn_in_region
from nums_wagtail.alerts.models import AlertRegion, AlertWithdrawal
from nums_wagtail.alerts.release import withdraw_release
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.errors import Conflict, NotAllowed, NotThere
from nums_wagtail.members.access import NOBODY, Reader
from nums_wagtail.members.models import Member
from nums_wagtail.members.registries import regional_page_url
from nums_wagtail.regions.models import Region
from nums_wagtail.test.alerts_factories import LINE, approve, clear, edit, make_released_alert, submit
from nums_wagtail.test.members_factories import make_member, sign_in
from nums_wagtail.test.people_factories import make_account, make_staff


def url_of(page, release) -> str:
    return f"{page.url}a/{release.uuid}/"


@pytest.mark.promise("P156")
def test_an_approved_member_reads_list_and_alert(reader, page, region):
    release = make_released_alert(regions=[region], facts={"person_hair": ["grey"]})
    listed = reader.get(page.url)
    assert url_of(page, release) in listed.content.decode()
    shown = reader.get(url_of(page, release))
    assert LINE in shown.content.decode()
    assert "Grey or white" in shown.content.decode()
    for answer in (listed, shown):
        assert answer["Cache-Control"] == "no-store"
        assert "<title>Updates</title>" in answer.content.decode()


@pytest.mark.promise("P156")
def test_strangers_and_accounts_of_the_host_go_to_the_door(page, region):
    release = make_released_alert(regions=[region])
    signed_in = Client()
    signed_in.force_login(make_account())
    for browser in (Client(), signed_in):
        for url in (page.url, url_of(page, release), page.get_parent().url):
            answer = browser.get(url)
            assert answer.status_code == 302
            assert answer.url.startswith(reverse("nums_wagtail:sign_in"))


def test_who_waits_for_approval_gets_the_waiting_page(page, region):
    browser = Client()
    sign_in(browser, make_member(home_region=region, status=Member.Status.APPLIED))
    assert browser.get(page.url).url == reverse("nums_wagtail:waiting")


@pytest.mark.promise("P156")
def test_another_regions_member_finds_nothing_there(page, region, far_region):
    release = make_released_alert(regions=[region])
    browser = Client()
    sign_in(browser, make_member(home_region=far_region))
    missing = browser.get(f"{page.url}a/{uuid4()}/")
    for url in (page.url, url_of(page, release)):
        answer = browser.get(url)
        assert answer.status_code == missing.status_code == 404
        assert answer.content == missing.content


@pytest.mark.promise("P076")
def test_an_alert_of_one_region_is_not_read_all_over_its_nation(region, far_region):
    """Both regions lie in England, and every member there reads England's own alerts."""
    release = make_released_alert(regions=[region])
    england = Region.objects.get(code="england")
    far = Reader(None, frozenset({far_region.pk, england.pk}))
    assert current_in_region(england, reader=far).releases == ()
    with pytest.raises(NotThere):
        release_for(release.uuid, far)
    assert current_in_region(england).releases == (release,)


def test_an_alert_of_a_nation_is_read_in_its_regions(region):
    england = Region.objects.get(code="england")
    release = make_released_alert(regions=[england])
    here = Reader(None, frozenset({region.pk, england.pk}))
    assert current_in_region(region, reader=here).releases == (release,)
    assert release_for(release.uuid, here) == release


def test_neighbours_read_of_danger_only(region):
    beside = Region.objects.get(code="south-east")
    risky = make_released_alert(regions=[region])
    dangerous = make_released_alert(regions=[region], severity="dangerous", line="He has a knife.")
    there = Reader(None, frozenset({beside.pk}))
    assert current_in_region(beside, reader=there).releases == (dangerous,)
    assert release_for(dangerous.uuid, there) == dangerous
    with pytest.raises(NotThere):
        release_for(risky.uuid, there)
    inside = Region.objects.get(code="kent")
    assert AlertRegion.objects.filter(release=dangerous, region=inside, why="neighbour").exists()


def test_nobody_reads_nothing(region):
    release = make_released_alert(regions=[region])
    with pytest.raises(NotThere):
        release_for(release.uuid, NOBODY)


def test_the_list_goes_on_page_by_page(region):
    made = [make_released_alert(regions=[region], line=f"Warning of kind {word}.") for word in ("a", "b", "c")]
    first = current_in_region(region, limit=2)
    second = current_in_region(region, after=Cursor.parse(str(first.after)), limit=2)
    assert [*first.releases, *second.releases] == made[::-1]
    assert second.after is None
    assert Cursor.parse("yesterday_7") is None


@pytest.mark.promise("P157")
def test_an_alert_ends_by_the_clock_on_the_wall(region, reader, page):
    release = make_released_alert(regions=[region])
    with time_machine.travel(release.ends_at + timedelta(minutes=1), tick=False):
        assert current_in_region(region).releases == ()
        with pytest.raises(NotThere):
            release_for(release.uuid, Reader(None, None))
        assert drop_old_rows(timezone.now()) > 0
    assert not AlertRegion.objects.exists()


def test_a_withdrawal_hides_an_alert_also_where_its_rows_were_not_struck(region):
    """The rows are a list made beforehand; whether something was withdrawn is asked again when it is read."""
    release = make_released_alert(regions=[region])
    reason = AlertWithdrawal.Reason.WRONG
    AlertWithdrawal.objects.create(release=release, reason=reason, machine="ledger", withdrawn_at=timezone.now())
    assert AlertRegion.objects.filter(release=release, state=AlertRegion.State.CURRENT).exists()
    assert current_in_region(region).releases == ()


@pytest.mark.promise("P157")
def test_a_withdrawn_alert_is_struck_for_a_while_without_its_facts(region, reader, page, approver):
    release = make_released_alert(regions=[region], facts={"person_hair": ["grey"]})
    withdraw_release(release, "wrong", by=Actor.person(approver))
    words = reader.get(page.url).content.decode()
    assert f"<s>{LINE}</s>" in words
    single = reader.get(url_of(page, release)).content.decode()
    assert "Withdrawn" in single
    assert "Grey" not in single
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        assert withdrawn_in_region(region) == ()


@pytest.mark.promise("P152")
def test_only_the_right_in_every_region_withdraws(region, far_region):
    release = make_released_alert(regions=[region, far_region])
    partly = Actor.person(make_staff("regional_editor", regions=[region]))
    with pytest.raises(NotAllowed):
        withdraw_release(release, "wrong", by=partly)
    both = Actor.person(make_staff("regional_editor", regions=[region, far_region]))
    withdraw_release(release, "wrong", by=both)
    with pytest.raises(Conflict):
        withdraw_release(release, "wrong", by=both)


def test_a_newer_version_takes_the_place_of_the_older_one(region, approver, caseworker):
    release = make_released_alert(regions=[region])
    alert = edit(release.alert, by=caseworker, line="Also has a dog.")
    assert current_in_region(region).releases == (release,)
    clear(alert)
    newer = approve(submit(alert), by=approver)
    assert newer.version == 2
    assert current_in_region(region).releases == (newer,)
    assert withdrawn_in_region(region) == ()
    with pytest.raises(NotThere):
        release_for(release.uuid, Reader(None, None))


def test_a_draft_of_a_released_alert_changes_nothing_for_readers(region, reader, page, caseworker):
    release = make_released_alert(regions=[region])
    edit(release.alert, by=caseworker, line="A sentence in the works.")
    assert "A sentence in the works." not in reader.get(page.url).content.decode()


def test_members_are_linked_to_their_regions_page(page, region, far_region):
    assert regional_page_url(region) == page.url
    assert regional_page_url(far_region) is None


def test_the_index_lists_the_readers_regions(reader, page, region):
    words = reader.get(page.get_parent().url).content.decode()
    assert page.url in words


def test_a_pages_editor_previews_it_without_alerts(page, region, rf):
    make_released_alert(regions=[region])
    answer = page.make_preview_request()
    assert answer.status_code == 200
    assert LINE not in answer.content.decode()


def test_a_list_costs_the_same_however_long(region, reader, page, django_assert_max_num_queries):
    for word in ("a", "b", "c", "d"):
        make_released_alert(regions=[region], line=f"Warning of kind {word}.")
    reader.get(page.url)
    with django_assert_max_num_queries(22):
        reader.get(page.url)
