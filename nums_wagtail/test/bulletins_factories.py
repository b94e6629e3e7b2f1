"""Bulletins for tests: of a released alert, composed and compiled with the verbs."""

from __future__ import annotations

from typing import Any

from nums_wagtail.alerts.models import AlertRelease
from nums_wagtail.bulletins.compiling import compile_bulletin
from nums_wagtail.bulletins.compose import compose_instant
from nums_wagtail.bulletins.models import Bulletin, BulletinAlert
from nums_wagtail.foundation.actors import WORKER

from .alerts_factories import make_released_alert


def composed_of(release: AlertRelease, kind: str = Bulletin.Kind.INSTANT) -> Bulletin:
    """The bulletin of a release: the one composed on its commit, or made now."""
    there = BulletinAlert.objects.filter(release=release, kind=kind).select_related("bulletin").first()
    if there is not None:
        return there.bulletin
    made = compose_instant(release, by=WORKER)
    if made is None:
        raise ValueError("Nothing is sent of this release.")
    return made


def make_compiled_bulletin(**fields: Any) -> Bulletin:
    """A bulletin whose messages wait to be sent. For ``fields`` see ``make_released_alert``."""
    bulletin = composed_of(make_released_alert(**fields))
    compile_bulletin(bulletin, by=WORKER)
    bulletin.refresh_from_db()
    return bulletin
