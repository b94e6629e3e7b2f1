"""Readers in bulk and a released alert: what the figures about bulletins begin with."""

from __future__ import annotations

from itertools import islice
from typing import Any

_BATCH = 1000


def readers_and_alert(count: int) -> None:
    """``count`` approved readers of one region, and an alert of that region that is released to them."""
    readers(count)
    release_alert()


def readers(count: int) -> None:
    """``count`` approved readers of one region; one in four wants the PDF.

    Members are written in bulk: their verbs would queue letters, which are no bulletin.
    """
    region = _region()
    members = (_member(number, region) for number in range(count))
    while batch := list(islice(members, _BATCH)):
        _subscribe(batch)


def release_alert() -> None:
    """A warning of danger for the readers' region."""
    from nums_wagtail.alerts.models import Alert
    from nums_wagtail.test.alerts_factories import make_released_alert

    make_released_alert(
        regions=[_region()],
        severity=Alert.Severity.DANGEROUS,
        categories=("threats", "physical_violence"),
        numbers=[("phone", "07700 900412")],
    )


def _region() -> Any:
    from nums_wagtail.test.reports_factories import make_region

    return make_region("north-west")


def _member(number: int, region: Any) -> Any:
    from nums_wagtail.members.addresses import member_tag
    from nums_wagtail.members.models import Member

    address = f"reader-{number}@example.org"
    return Member(
        status=Member.Status.APPROVED,
        working_name="Lark",
        email=address,
        email_tag=member_tag(address),
        home_region=region,
        format=Member.Format.SHORT if number % 4 else Member.Format.PDF,
        rhythm=Member.Rhythm.ALL,
    )


def _subscribe(members: list[Any]) -> None:
    from django.db import transaction

    from nums_wagtail.bulletins.models import Subscription
    from nums_wagtail.members.models import Member

    with transaction.atomic():
        made = Member.objects.bulk_create(members)
        Subscription.objects.bulk_create(Subscription(member=member) for member in made)


def composed_bulletin() -> Any:
    """The bulletin of the alert, composed when it was released; its undo window is over."""
    from django.utils import timezone

    from nums_wagtail.bulletins.models import Bulletin

    bulletin = Bulletin.objects.get()
    bulletin.starts_at = timezone.now()
    bulletin.save(update_fields=["starts_at"])
    return bulletin


def compiled_bulletin() -> Any:
    """The same, compiled: one delivery waits for each reader."""
    from nums_wagtail.bulletins.compiling import compile_bulletin
    from nums_wagtail.foundation.actors import WORKER

    bulletin = composed_bulletin()
    compile_bulletin(bulletin, by=WORKER)
    return bulletin
