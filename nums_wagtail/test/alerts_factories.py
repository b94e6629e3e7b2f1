"""Alerts for tests: written, compared, submitted and released with the verbs, by the people who may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wagtail.models import TaskState

from nums_wagtail.alerts.clearance import clear_alert
from nums_wagtail.alerts.models import Alert, AlertIdentifier, AlertRelease
from nums_wagtail.alerts.setup import ensure_release_workflow
from nums_wagtail.foundation.actors import SETUP, Actor
from nums_wagtail.regions.models import Region
from nums_wagtail.vault.holders import TeamHolder

from .members_factories import any_region
from .people_factories import make_staff

LINE = "Turns violent when asked to pay first."


def make_alert(
    *,
    by: Any = None,
    regions: Iterable[Region] | None = None,
    line: str = LINE,
    severity: str = Alert.Severity.RISKY,
    kind: str = Alert.Kind.PERSON,
    categories: Sequence[str] = ("threats",),
    facts: Mapping[str, Sequence[str]] | None = None,
    numbers: Iterable[tuple[str, str]] = (),
    **fields: Any,
) -> Alert:
    """A draft written by hand. ``by``: its last editor, else a new caseworker. ``numbers``: kind and value."""
    editor = by or make_staff("caseworker")
    alert = Alert(
        line=line,
        severity=severity,
        kind=kind,
        categories=list(categories),
        facts={key: list(codes) for key, codes in (facts or {}).items()},
        made_by=editor,
        has_unpublished_changes=True,
        **fields,
    )
    alert.regions.set([any_region()] if regions is None else list(regions))
    alert.identifiers.set([AlertIdentifier(kind=kind, value=value) for kind, value in numbers])
    alert.save()
    alert.refresh_from_db()
    alert.save_revision(user=editor)
    return alert


def edit(alert: Alert, *, by: Any, **fields: Any) -> Alert:
    """Save a newer version, as the editor does: a live alert keeps its row until it is released again."""
    draft = Alert.objects.get(pk=alert.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    if not draft.live:
        draft.save()
    draft.save_revision(user=by)
    return Alert.objects.get(pk=alert.pk)


def clear(alert: Alert, *, by: Any = None) -> None:
    """Have a caseworker compare the newest text with the reports."""
    clear_alert(alert, by=Actor.person(by or make_staff("caseworker")), holder=TeamHolder())


def submit(alert: Alert, *, by: Any = None) -> TaskState:
    """Hand it in for release; returns what waits. Compares nothing."""
    workflow = ensure_release_workflow(by=SETUP)
    fresh = Alert.objects.get(pk=alert.pk)
    state = workflow.start(fresh, by or fresh.get_latest_revision().user)
    return state.current_task_state.specific


def approve(waiting: TaskState, *, by: Any) -> AlertRelease:
    """Release what waits, as the workflow does."""
    waiting.task.specific.on_action(waiting, by, "approve", weighed=True)
    return AlertRelease.objects.get(
        alert_id=waiting.workflow_state.object_id, digest=waiting.digest, withdrawal__isnull=True
    )


def make_waiting(**fields: Any) -> TaskState:
    """A compared alert that waits for its release. For ``fields`` see ``make_alert``."""
    alert = make_alert(**fields)
    clear(alert)
    return submit(alert)


def make_released_alert(*, approver: Any = None, **fields: Any) -> AlertRelease:
    """An alert that went the whole way. For ``fields`` see ``make_alert``."""
    return approve(make_waiting(**fields), by=approver or make_staff("approver"))
