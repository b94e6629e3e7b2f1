"""Sets up the release workflow that every alert goes through."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from nums_wagtail.foundation import policy
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.transactions import verb_transaction

from .models import Alert, AlertReleaseTask


def ensure_release_workflow(*, by: Actor) -> Workflow:
    """Make the release step, its workflow and the tie to alerts as far as they are missing; safe to run again.

    A workflow that somebody tied to alerts by hand stays, if it ends in a release step. Raises NotAllowed.
    """
    policy.require(by, "manage_scheme")
    with verb_transaction(joins="setup"):
        task = AlertReleaseTask.objects.filter(active=True).order_by("pk").first()
        if task is None:
            task = AlertReleaseTask.objects.create(name=_("Release"), active=True)
        kind = ContentType.objects.get_for_model(Alert, for_concrete_model=False)
        tie = WorkflowContentType.objects.filter(content_type=kind).select_related("workflow").first()
        if tie is not None and _ends_in_release(tie.workflow):
            return tie.workflow
        workflow = Workflow.objects.create(name=_("Release of alerts"), active=True)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        WorkflowContentType.objects.update_or_create(content_type=kind, defaults={"workflow": workflow})
    return workflow


def _ends_in_release(workflow: Workflow) -> bool:
    last = workflow.tasks.filter(active=True).last() if workflow.active else None
    return last is not None and isinstance(last.specific, AlertReleaseTask)
