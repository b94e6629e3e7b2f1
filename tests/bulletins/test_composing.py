"""When a release becomes a bulletin, and for whom."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Site

from nums_wagtail.alerts.models import AlertRegion, AlertRelease
from nums_wagtail.alerts.release import withdraw_release
from nums_wagtail.bulletins.audience import audience_of
from nums_wagtail.bulletins.compose import compose_instant, compose_missing
from nums_wagtail.bulletins.models import Bulletin, BulletinSettings, Subscription
from nums_wagtail.foundation.actors import INTAKE, SETUP, WORKER, Actor
from nums_wagtail.foundation.errors import NotAllowed
from nums_wagtail.mailing.models import Lane
from nums_wagtail.members.joining import leave, suspend_member
from nums_wagtail.members.models import Member
from nums_wagtail.test.alerts_factories import make_released_alert
from nums_wagtail.test.bulletins_factories import composed_of
from nums_wagtail.test.members_factories import make_member
from nums_wagtail.test.people_factories import make_staff

pytestmark = pytest.mark.django_db

ALL, DANGEROUS, NONE = Member.Rhythm.ALL, Member.Rhythm.DANGEROUS, Member.Rhythm.NONE


def _readers(bulletin: Bulletin) -> set[str]:
    return {one.member.email for one in audience_of(bulletin).select_related("member")}


def test_a_release_is_told_on_its_commit(django_capture_on_commit_callbacks, region):
    with django_capture_on_commit_callbacks(execute=True):
        release = make_released_alert(regions=[region])
    bulletin = Bulletin.objects.get()
    assert list(bulletin.releases.all()) == [release]
    assert bulletin.lane == Lane.INSTANT


@pytest.mark.promise("P191")
def test_a_release_is_told_once(region):
    release = make_released_alert(regions=[region])
    assert compose_instant(release, by=WORKER)
    assert compose_instant(release, by=WORKER) is None
    assert Bulletin.objects.count() == 1


def test_the_undo_window_comes_first(region, settings):
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "UNDO_SECONDS": 300, "UNDO_SECONDS_EMERGENCY": 60}
    usual = composed_of(make_released_alert(regions=[region]))
    assert timedelta(seconds=290) < usual.starts_at - timezone.now() <= timedelta(seconds=300)
    release = make_released_alert(regions=[region])
    AlertRelease.objects.filter(pk=release.pk).update(kind=AlertRelease.Kind.EMERGENCY)
    release.refresh_from_db()
    urgent = composed_of(release)
    assert urgent.starts_at - timezone.now() <= timedelta(seconds=60)
    assert urgent.lane == Lane.EMERGENCY


def test_what_a_dying_server_left_out_is_composed_by_the_sweep(region):
    release = make_released_alert(regions=[region])
    assert not Bulletin.objects.exists()
    assert compose_missing() == 1
    assert list(Bulletin.objects.get().releases.all()) == [release]
    assert compose_missing() == 0


def test_the_sweep_does_not_tell_of_what_is_long_known(region):
    release = make_released_alert(regions=[region])
    AlertRelease.objects.filter(pk=release.pk).update(released_at=timezone.now() - timedelta(days=3))
    assert compose_missing() == 0


@pytest.mark.parametrize("severity", ["nuisance", "risky", "dangerous"])
def test_a_nuisance_is_sent_only_where_a_charity_wants_it(severity, region):
    release = make_released_alert(regions=[region], severity=severity)
    assert bool(compose_instant(release, by=WORKER)) is (severity != "nuisance")
    site = Site.objects.filter(is_default_site=True).first() or Site.objects.create(
        hostname="localhost", root_page_id=1, is_default_site=True
    )
    BulletinSettings.objects.create(site=site, least_severity="nuisance")
    assert bool(compose_instant(release, by=WORKER)) is (severity == "nuisance")


@pytest.mark.promise("P190")
def test_a_withdrawn_or_checker_only_release_is_not_told(region):
    gone = make_released_alert(regions=[region])
    withdraw_release(gone, "wrong", by=Actor.person(make_staff("approver")))
    assert compose_instant(gone, by=WORKER) is None
    quiet = make_released_alert(regions=[region])
    AlertRelease.objects.filter(pk=quiet.pk).update(kind=AlertRelease.Kind.CHECKER_ONLY)
    quiet.refresh_from_db()
    assert compose_instant(quiet, by=WORKER) is None


def test_nobody_without_the_right_composes(region):
    release = make_released_alert(regions=[region])
    for by in (INTAKE, Actor.person(make_staff("caseworker"))):
        with pytest.raises(NotAllowed):
            compose_instant(release, by=by)


def test_readers_of_the_region_get_what_they_chose(region, far_region):
    make_member(email="all@example.org", home_region=region, rhythm=ALL)
    make_member(email="dangerous@example.org", home_region=region, rhythm=DANGEROUS)
    make_member(email="none@example.org", home_region=region, rhythm=NONE)
    make_member(email="chosen@example.org", home_region=far_region, regions=[region], rhythm=ALL)
    make_member(email="elsewhere@example.org", home_region=far_region, rhythm=ALL)
    risky = composed_of(make_released_alert(regions=[region], severity="risky"))
    assert _readers(risky) == {"all@example.org", "chosen@example.org"}
    dangerous = composed_of(make_released_alert(regions=[region], severity="dangerous"))
    assert _readers(dangerous) == {"all@example.org", "chosen@example.org", "dangerous@example.org"}


def test_danger_reaches_the_neighbours(region):
    release = make_released_alert(regions=[region], severity="dangerous")
    beside = AlertRegion.objects.filter(release=release, why="neighbour").select_related("region").first()
    make_member(email="beside@example.org", home_region=beside.region)
    assert _readers(composed_of(release)) == {"beside@example.org"}


@pytest.mark.promise("P191")
def test_only_approved_members_get_anything(region):
    for name in ("applied", "suspended", "left"):
        make_member(email=f"{name}@example.org", home_region=region, status=name, rhythm=ALL)
    assert _readers(composed_of(make_released_alert(regions=[region]))) == set()


def test_a_subscription_ends_with_the_membership(reader, region):
    bulletin = composed_of(make_released_alert(regions=[region]))
    assert _readers(bulletin) == {"reader@example.org"}
    suspend_member(reader, by=SETUP)
    assert _readers(bulletin) == set()
    leave(reader, by=SETUP)
    assert not Subscription.objects.exists()
