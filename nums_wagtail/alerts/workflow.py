"""How Wagtail's workflow behaves for alerts: nobody edits what waits, and approving goes through the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState, WorkflowState

from nums_wagtail.foundation import policy
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.errors import NotAllowed
from nums_wagtail.foundation.transactions import verb_transaction

from .exceptions import CannotRelease

if TYPE_CHECKING:
    from .models import Alert

RELEASERS = ("release_alert", "release_alert_own_regions")


class WeighingForm(forms.Form):
    """What somebody says who releases. Whether it has to be said is asked at the gate."""

    weighed = forms.BooleanField(required=False)


class ReleaseTaskBehaviour(models.Model):
    """Joined by ``AlertReleaseTask`` before Wagtail's ``Task``."""

    class Meta:
        abstract = True

    @classmethod
    def get_description(cls) -> Any:
        return _(
            "Somebody who did not edit the alert last, and holds the release right in all its regions, releases it"
        )

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Wait for release, remembering the digest of exactly what waits."""
        from .content import content_of, digest
        from .models import Alert

        with transaction.atomic():
            task_state = super().start(workflow_state, user=user)  # type: ignore[misc]  # Wagtail's Task
            # Handed in again after it was sent back, Wagtail's state remembers the alert from before the save.
            task_state.revision = Alert.objects.get(pk=workflow_state.object_id).latest_revision
            task_state.digest = digest(content_of(task_state.revision.as_object()))
            task_state.save(update_fields=["revision", "digest"])
        return task_state

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return True

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return may_release(obj, user)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return False

    def user_can_unlock(self, obj: Any, user: Any) -> bool:
        return False

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        if not may_release(obj, user):
            return []
        return [("reject", _("Send back"), False), ("approve", _("Release"), False)]

    def get_form_for_action(self, action: str) -> type[forms.Form] | None:
        """No comment: Wagtail would store and mail it in plain text."""
        return WeighingForm if action == "approve" else None

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        waiting = TaskState.objects.filter(task_id=self.pk, status=TaskState.STATUS_IN_PROGRESS)
        if not policy.may(Actor.person(user), *RELEASERS):
            return waiting.none()
        return waiting.filter(pk__in=[state.pk for state in waiting if may_release(_alert_of(state), user)])

    def on_action(
        self, task_state: TaskState, user: Any, action_name: str, *, weighed: Any = False, **kwargs: Any
    ) -> None:
        """Release or send back. What Wagtail hands in beside the ids is not believed: all is read again.

        ``weighed`` is what the releaser ticked, see ``release_alert``.

        Raises NotAllowed and whatever ``release_alert`` raises; then nothing has changed.
        """
        from .release import release_alert

        by = Actor.person(user)
        policy.require(by, *RELEASERS)
        if action_name not in ("approve", "reject"):
            raise NotAllowed()
        with verb_transaction(joins="workflow"):
            waiting = self._waiting(task_state.pk)
            alert = _alert_of(waiting)
            if action_name == "reject":
                if not may_release(alert, user):
                    raise NotAllowed()
                waiting.reject(user=user)
                return
            revision = waiting.revision
            release_alert(revision, by=by, waiting=waiting.digest, weighed=weighed is True)
            waiting.approve(user=user)
            if waiting.workflow_state.status != WorkflowState.STATUS_APPROVED:
                raise CannotRelease("not_last_step")
            alert.refresh_from_db()
            if alert.live_revision_id != revision.pk:
                # A host may have set another action for the end of workflows.
                revision.publish(user=user)

    def deactivate(self, user: Any = None) -> None:
        """Switching the step off gives nothing free: what waits is taken out of its workflow, unpublished."""
        with transaction.atomic():
            self.active = False
            self.save()
            waiting = TaskState.objects.filter(task_id=self.pk, status=TaskState.STATUS_IN_PROGRESS)
            for state in waiting.select_related("workflow_state"):
                if state.workflow_state.status == WorkflowState.STATUS_IN_PROGRESS:
                    state.workflow_state.cancel(user=user)

    def _waiting(self, task_state_id: Any) -> Any:
        """The task state as it stands in the database, with its rows locked."""
        from .models import AlertReleaseTaskState

        state = (
            AlertReleaseTaskState.objects.select_for_update(of=("self",))
            .select_related("workflow_state", "revision")
            .filter(pk=task_state_id, task_id=self.pk, task__active=True, status=TaskState.STATUS_IN_PROGRESS)
            .first()
        )
        if state is None:
            raise CannotRelease("not_waiting")
        flow, revision = state.workflow_state, state.revision
        same_object = (revision.base_content_type_id, revision.object_id) == (
            flow.base_content_type_id,
            flow.object_id,
        )
        is_current = flow.current_task_state_id == state.pk and flow.status == WorkflowState.STATUS_IN_PROGRESS
        if not same_object or not is_current:
            raise CannotRelease("not_waiting")
        return state


def may_release(alert: Alert | None, user: Any) -> bool:
    """Whether somebody holds the release right in every region of the version that waits."""
    from nums_wagtail.regions.scope import holds_right_everywhere

    if alert is None or user is None:
        return False
    by = Actor.person(user)
    if policy.may(by, "release_alert"):
        return True
    newest = alert.get_latest_revision_as_object()
    return holds_right_everywhere(by, "release_alert", list(newest.regions.all()))


def _alert_of(state: TaskState) -> Any:
    return state.workflow_state.content_object
