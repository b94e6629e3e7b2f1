"""Who gets a bulletin: one place that decides it, for compiling and for the staff's preview of numbers."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from nums_wagtail.alerts.models import Alert, AlertRegion, AlertRelease
from nums_wagtail.mailing.models import RowState
from nums_wagtail.members.models import Member

from .models import Bulletin, Delivery, Reached, Subscription, SubscriptionQuerySet

#: Who wants mail about an alert of which severity at once. What is not here is read on the regional page.
AT_ONCE: dict[str, tuple[str, ...]] = {
    Alert.Severity.DANGEROUS: (Member.Rhythm.DANGEROUS, Member.Rhythm.ALL),
    Alert.Severity.RISKY: (Member.Rhythm.ALL,),
    Alert.Severity.NUISANCE: (Member.Rhythm.ALL,),
}


def audience_of(bulletin: Bulletin) -> SubscriptionQuerySet:
    """The subscriptions that a bulletin is for, as they stand now."""
    releases = list(bulletin.releases.all())
    wanting = Subscription.objects.wanting_mail()
    if bulletin.kind == Bulletin.Kind.CORRECTION:
        return wanting.filter(pk__in=_reached_by(releases))
    wanted = Q(pk__in=[])
    for release in releases:
        regions = AlertRegion.objects.filter(release=release, state=AlertRegion.State.CURRENT)
        wanted |= _reads_one_of(list(regions.values_list("region_id", flat=True))) & Q(
            member__rhythm__in=AT_ONCE[release.content["severity"]]
        )
    return wanting.filter(wanted)


def _reads_one_of(region_ids: Collection[int]) -> Q:
    """Home or chosen region is one where the release is listed: the rows already count parents and neighbours."""
    chosen = Member.regions.through.objects.filter(member=OuterRef("member"), region__in=region_ids)
    return Q(member__home_region__in=region_ids) | Q(Exists(chosen))


def _reached_by(releases: Collection[AlertRelease]) -> set[int]:
    """Who got one of these alerts. What is in the air right now counts as got."""
    told = Delivery.objects.filter(
        bulletin__bulletin_alerts__release__in=releases,
        bulletin__kind=Bulletin.Kind.INSTANT,
        state__in=(RowState.SENT, RowState.CLAIMED),
    )
    known = Reached.objects.filter(release__in=releases)
    return {*told.values_list("subscription_id", flat=True), *known.values_list("subscription_id", flat=True)}
