"""Composing: that a bulletin shall go out, of what, when. The worker compiles it; see ``compiling``."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from nums_wagtail.alerts.models import Alert, AlertRelease, AlertWithdrawal
from nums_wagtail.conf import nums_settings
from nums_wagtail.foundation import journal, policy
from nums_wagtail.foundation.actors import WORKER, Actor
from nums_wagtail.foundation.transactions import verb_transaction
from nums_wagtail.mailing.models import Lane
from nums_wagtail.mailing.queue import enqueue

from .models import Bulletin, BulletinAlert, BulletinSettings
from .stopping import stop_rest_of

COMPOSED = journal.declare("nums.bulletins.composed", _("Bulletin composed"), reader="read_released")

COMPILE_TASK = "nums_wagtail.bulletins.tasks.compile_bulletin_by_id"
#: How far back the sweep looks for a release whose bulletin was never composed, because a server died in between.
LOOK_BACK = timedelta(days=2)

#: From the least to the most serious.
_ORDER = (Alert.Severity.NUISANCE, Alert.Severity.RISKY, Alert.Severity.DANGEROUS)


def compose_instant(release: AlertRelease, *, by: Actor) -> Bulletin | None:
    """The bulletin that tells members of a release at once, after its undo window.

    None when nothing is to be sent: too little serious for this scheme, for the checker alone, withdrawn or
    over by now, or composed already. Raises NotAllowed.
    """
    policy.require(by, "write_bulletin")
    if not is_sent_at_once(release):
        return None
    emergency = release.kind == AlertRelease.Kind.EMERGENCY
    conf = nums_settings().bulletins
    undo = conf.UNDO_SECONDS_EMERGENCY if emergency else conf.UNDO_SECONDS
    return _compose(
        release,
        Bulletin(
            kind=Bulletin.Kind.INSTANT,
            lane=Lane.EMERGENCY if emergency else Lane.INSTANT,
            starts_at=timezone.now() + timedelta(seconds=undo),
        ),
        by=by,
    )


def compose_correction(release: AlertRelease, *, by: Actor) -> Bulletin | None:
    """Stops what still waits of a withdrawn release and tells at once who got it that it is withdrawn.

    None when it never went to anybody, was only replaced, or was corrected already. Raises NotAllowed.
    """
    policy.require(by, "write_bulletin")
    with verb_transaction():
        told = stop_rest_of(release, by=by)
        withdrawal = AlertWithdrawal.objects.filter(release=release).first()
        if not told or withdrawal is None or withdrawal.reason == AlertWithdrawal.Reason.REPLACED:
            return None
        return _compose(
            release, Bulletin(kind=Bulletin.Kind.CORRECTION, lane=Lane.CORRECTION, starts_at=timezone.now()), by=by
        )


def is_sent_at_once(release: AlertRelease) -> bool:
    if release.kind == AlertRelease.Kind.CHECKER_ONLY:
        return False
    if not AlertRelease.objects.current().filter(pk=release.pk).exists():
        return False
    return _ORDER.index(release.content["severity"]) >= _ORDER.index(_least_severity())


def compose_missing(*, by: Actor = WORKER) -> int:
    """Compose what a server that died between a release and its bulletin left out. Returns how many."""
    since = timezone.now() - LOOK_BACK

    def told(kind: Bulletin.Kind) -> Exists:
        return Exists(BulletinAlert.objects.filter(release=OuterRef("pk"), kind=kind))

    made = 0
    for release in AlertRelease.objects.current().filter(~told(Bulletin.Kind.INSTANT), released_at__gt=since):
        made += compose_instant(release, by=by) is not None
    withdrawn = AlertRelease.objects.filter(
        ~told(Bulletin.Kind.CORRECTION), told(Bulletin.Kind.INSTANT), withdrawal__withdrawn_at__gt=since
    ).exclude(withdrawal__reason=AlertWithdrawal.Reason.REPLACED)
    for release in withdrawn:
        made += compose_correction(release, by=by) is not None
    return made


def on_alert_released(sender: Any, *, release: AlertRelease, **kwargs: Any) -> None:
    """Receives ``alert_released``, after its commit."""
    compose_instant(release, by=WORKER)


def on_alert_retracted(sender: Any, *, release: AlertRelease, **kwargs: Any) -> None:
    """Receives ``alert_retracted``, after its commit."""
    compose_correction(release, by=WORKER)


def _compose(release: AlertRelease, bulletin: Bulletin, *, by: Actor) -> Bulletin | None:
    bulletin.composed_at = timezone.now()
    with verb_transaction():
        try:
            with transaction.atomic():
                bulletin.save()
                BulletinAlert.objects.create(bulletin=bulletin, release=release, kind=bulletin.kind)
        except IntegrityError:  # somebody else composed it a moment ago
            return None
        data = {"kind": bulletin.kind, "release": str(release.uuid)}
        journal.write(bulletin, COMPOSED, by=by, data=data)
        enqueue(COMPILE_TASK, bulletin.uuid)
    return bulletin


def _least_severity() -> str:
    site = Site.objects.filter(is_default_site=True).first()
    settings = BulletinSettings.objects.filter(site=site).first() if site else None
    return (settings or BulletinSettings()).least_severity
