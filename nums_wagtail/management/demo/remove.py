"""Takes the invented story out again: every report, case, alert, bulletin and member, and the staff of the story."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import ModelLogEntry, Revision, Site, WorkflowState

from nums_wagtail.alerts.models import Alert
from nums_wagtail.foundation.models import Branding
from nums_wagtail.regions.models import Service
from nums_wagtail.vault.models import DataKey

from . import places, story

#: What stays: it belongs to the scheme and not to the story.
KEPT = {
    "Region",
    "Region_neighbours",
    "PoliceForce",
    "PoliceForce_regions",
    "StaffedHours",
    "Service",
    "Service_regions",
    "HelpText",
    "Branding",
    "BulletinSettings",
    "ReceiptWords",
    "AlertReleaseTask",
    "WorkerBeat",
    "Right",
}


def remove() -> int:
    """Delete everything the scheme holds, and its keys. Returns how many rows that were.

    The demo is built only in an empty scheme, so all that is there belongs to it.
    """
    tables = apps.get_app_config("nums_wagtail").get_models(include_auto_created=True)
    models = [model for model in tables if model.__name__ not in KEPT]
    with transaction.atomic():
        alerts = ContentType.objects.get_for_model(Alert, for_concrete_model=False)
        WorkflowState.objects.filter(base_content_type=alerts).delete()
        Alert.objects.update(latest_revision=None, live_revision=None)
        Revision.objects.filter(base_content_type=alerts).delete()
        contents = ContentType.objects.get_for_models(*models, for_concrete_models=False).values()
        ModelLogEntry.objects.filter(content_type__in=contents).delete()
        count = _delete_in_dependence_order(models)
        # Services of a charity's own stay: somebody rang them all up.
        count += Service.objects.filter(name__in=places.NAMES).delete()[0]
        users = get_user_model()
        users.objects.filter(username__in=[one.username for one in story.STAFF] + ["admin"]).delete()
        for site in Site.objects.all():
            branding = Branding.for_site(site)
            branding.banner = ""
            branding.scheme_name = Branding._meta.get_field("scheme_name").default
            branding.contact_line = ""
            branding.save()
    # Content first, then its keys: half a removal must leave nothing that cannot be opened.
    return count + DataKey.objects.all().delete()[0]


def _delete_in_dependence_order(models: list[Any]) -> int:
    """Rows that others point at with PROTECT go after those; raw, since verbs refuse to delete releases."""
    left, count = list(models), 0
    while left:
        free = [model for model in left if not _is_pointed_at(model, left)]
        if not free:
            raise RuntimeError("tables point at each other in a ring")
        for model in free:
            if model._meta.managed:
                rows = model._base_manager.all()
                count += rows.count()
                rows._raw_delete(rows.db)
        left = [model for model in left if model not in free]
    return count


def _is_pointed_at(model: Any, others: list[Any]) -> bool:
    return any(
        relation.related_model in others and relation.related_model is not model
        for relation in model._meta.related_objects
    )
