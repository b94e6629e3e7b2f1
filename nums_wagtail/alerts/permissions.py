"""Who may see and change which alerts in the admin: rights, and for regional editors their regions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from nums_wagtail.foundation import policy
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.permission_policy import RightsPolicy, register_policy
from nums_wagtail.regions.scope import regions_of

from .models import Alert

#: Publishing is nobody's: the release workflow does it. Locking is the workflow's too.
RIGHTS = {
    "add": ("write_alert",),
    "change": ("write_alert",),
    "delete": ("write_alert",),
    "view": ("see_alert_draft", "write_alert"),
}
#: Whoever holds one of these works for every region.
EVERYWHERE = ("open_case", "clear_alert", "release_alert", "release_emergency_alert", "withdraw_alert")


def sees_every_region(user: Any) -> bool:
    return policy.may(Actor.person(user), *EVERYWHERE)


class AlertPolicy(RightsPolicy):
    """The scheme's rights for alerts; a regional editor sees and changes those of own regions only."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Alert) -> bool:
        if not self.user_has_permission(user, action):
            return False
        if action == "delete" and instance.pk and instance.releases.exists():
            # What was released stays for its time: it is the proof of what readers got.
            return False
        if instance.pk is None or sees_every_region(user):
            return True
        own = regions_of(user)
        regions = _regions_of_every_version(instance)
        if not regions:
            return instance.made_by_id == user.pk
        return bool(regions & own) if action == "view" else regions <= own

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Alert]:
        alerts = super().instances_user_has_any_permission_for(user, actions)
        if sees_every_region(user):
            return alerts
        mine = Q(regions__in=regions_of(user)) | Q(regions__isnull=True, made_by=user)
        return alerts.filter(pk__in=alerts.filter(mine).values("pk"))


def _regions_of_every_version(alert: Alert) -> set[int]:
    """Regions of the saved row and of the newest version: neither may be changed from outside."""
    saved = set(Alert.regions.through.objects.filter(alert_id=alert.pk).values_list("region_id", flat=True))
    revision = Alert.objects.get(pk=alert.pk).get_latest_revision()
    newest = set(revision.content.get("regions", ())) if revision is not None else set()
    return saved | newest


ALERT_POLICY = register_policy(AlertPolicy(Alert, RIGHTS))
