"""What waits, on the home page of Wagtail's admin, and where an alert stands, on its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.panels import Panel
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState

from nums_wagtail.foundation import policy
from nums_wagtail.foundation.actors import Actor

from .models import Alert, AlertReleaseTask
from .workflow import RELEASERS

#: Drafts named on the home page, those that wait longest.
LISTED = 5


class WaitingAlertsPanel(Component):
    """Drafts that wait for the person who looks, in one sentence."""

    name = "nums_waiting_alerts"
    template_name = "nums_wagtail/alerts/home_panel.html"
    order = 91

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        waiting = waiting_for(self.user)
        pks = [int(state.revision.object_id) for state in waiting[:LISTED]]
        return {
            "sentence": waiting_sentence(len(waiting)),
            "url": reverse("nums_alerts:list"),
            # Straight to reading it: the list holds what nobody has submitted, too.
            "drafts": [
                (str(alert), reverse("nums_alerts:review", args=[alert.pk]))
                for alert in sorted(Alert.objects.filter(pk__in=pks), key=lambda alert: pks.index(alert.pk))
            ],
            "more": len(waiting) > LISTED,
        }


def home_panel(request: HttpRequest) -> WaitingAlertsPanel | None:
    """The panel for whoever may release, None for everybody else."""
    if not policy.may(Actor.person(request.user), *RELEASERS):
        return None
    return WaitingAlertsPanel(request.user)


def waiting_for(user: Any) -> list[TaskState]:
    """What this person may release: in their regions, and not what they edited last."""
    found: list[TaskState] = []
    for task in AlertReleaseTask.objects.filter(active=True):
        states = task.get_task_states_user_can_moderate(user).exclude(revision__user_id=user.pk)
        found.extend(states.order_by("started_at"))
    return found


def waiting_sentence(count: int) -> str:
    """For example "3 drafts wait for you"."""
    if not count:
        return _("No draft waits for you.")
    return ngettext("%(count)d draft waits for you.", "%(count)d drafts wait for you.", count) % {"count": count}


class BeforeReleasePanel(Panel):
    """On top of the editor: what stands in the way, in words that tell nothing of the reports."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "nums_wagtail/alerts/before_release.html"

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            from .staff_views import review_url
            from .status import standing_of

            context = super().get_context_data(parent_context)
            standing = standing_of(self.instance, by=Actor.person(self.request.user))
            return context | {"standing": standing, "review_url": review_url(self.instance)}
