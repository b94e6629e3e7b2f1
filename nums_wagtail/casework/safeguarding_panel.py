"""What the page of a case and the home page say about the safeguarding lead: what waits, until when, for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.utils import get_user_display_name

from ..foundation import policy
from ..foundation.actors import Actor
from .models import Case
from .safeguarding import leads, needs_lead, task_of, waiting_tasks


@dataclass(frozen=True)
class ShownSafeguarding:
    """How a case stands with the safeguarding lead. ``names`` are who may decide."""

    state: Any
    due_at: datetime | None
    is_late: bool
    names: tuple[str, ...]
    may_decide: bool
    may_agree: bool
    may_hold: bool


def safeguarding_of(case: Case, *, by: Actor) -> ShownSafeguarding | None:
    """None for a case that speaks of no child."""
    waits = needs_lead(case)
    if not waits and case.lead == Case.Lead.NOT_ASKED:
        return None
    task = task_of(case)
    named = leads()
    may_decide = named.include(by)
    return ShownSafeguarding(
        # The task may be a minute behind what a reporter has just added.
        state=case.get_lead_display() if case.lead else Case.Lead.WAITING.label,
        due_at=task.due_at if task else None,
        is_late=task is not None and task.due_at <= timezone.now(),
        names=tuple(get_user_display_name(one) for one in (named.lead, named.deputy) if one is not None),
        may_decide=may_decide,
        may_agree=may_decide and case.lead != Case.Lead.AGREED,
        may_hold=may_decide and case.lead != Case.Lead.HELD,
    )


def home_lines(by: Actor) -> dict[str, Any]:
    """What the home page says: to the lead what waits, to who works on cases or manages that nobody is named."""
    tasks = waiting_tasks(by)
    late = sum(task.due_at <= timezone.now() for task in tasks)
    return {
        "lead": waiting_sentence(len(tasks)),
        "lead_late": late_sentence(late),
        "lead_url": reverse("nums_cases:case", args=[tasks[0].case.uuid]) if tasks else "",
        "no_lead": policy.may(by, "work_case", "manage_scheme") and leads().are_nobody,
    }


def waiting_sentence(count: int) -> str:
    """How many cases wait for the safeguarding lead, empty for none."""
    if not count:
        return ""
    words = ngettext(
        "%(count)d case waits for you as safeguarding lead.",
        "%(count)d cases wait for you as safeguarding lead.",
        count,
    )
    return words % {"count": count}


def late_sentence(count: int) -> str:
    """How many of them are over time, empty for none."""
    return _("%(count)d over time") % {"count": count} if count else ""
