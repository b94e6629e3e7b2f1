"""What waits for caseworkers, as a panel on the home page of Wagtail's admin."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from ..foundation.actors import Actor
from .access import may_read, queue
from .models import Case
from .safeguarding_panel import home_lines

#: Days for which the name of a weekday says which one is meant.
WEEK = 7


class WaitingCasesPanel(Component):
    """New reports that nobody has taken yet, in one sentence."""

    name = "nums_waiting_cases"
    template_name = "nums_wagtail/casework/home_panel.html"
    order = 90

    def __init__(self, by: Actor) -> None:
        self.by = by

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        new, told = Q(status=Case.Status.NEW, looks_automatic=False), Q(has_news=True)
        waiting = (
            queue(self.by)
            .order_by()
            .aggregate(
                count=Count("pk", filter=new),
                oldest=Min("received_on", filter=new),
                urgent=Count("pk", filter=new & Q(urgent=True)),
                automatic=Count("pk", filter=Q(status=Case.Status.NEW, looks_automatic=True)),
                news=Count("pk", filter=told),
            )
        )
        url = reverse("nums_cases:index")
        return {
            "sentence": waiting_sentence(waiting["count"], waiting["oldest"]),
            "urgent": urgent_sentence(waiting["urgent"]),
            "url": url,
            "news": news_sentence(waiting["news"]),
            "news_url": f"{url}?news=true",
            "automatic": automatic_sentence(waiting["automatic"]),
            "automatic_url": f"{url}?automatic=true",
            **home_lines(self.by),
        }


def home_panel(request: HttpRequest) -> WaitingCasesPanel | None:
    """The panel for whoever may open cases, None for everybody else."""
    by = Actor.person(request.user)
    return WaitingCasesPanel(by) if may_read(by) else None


def waiting_sentence(count: int, oldest: date | None, *, today: date | None = None) -> str:
    """For example "3 new reports wait, the oldest since Tuesday"."""
    if not count or oldest is None:
        return _("No new report waits.")
    words = ngettext(
        "%(count)d new report waits, since %(day)s.",
        "%(count)d new reports wait, the oldest since %(day)s.",
        count,
    )
    return words % {"count": count, "day": _day(oldest, today or timezone.localdate())}


def urgent_sentence(count: int) -> str:
    """How many of them are urgent; empty for none."""
    if not count:
        return ""
    return ngettext("%(count)d of them is urgent.", "%(count)d of them are urgent.", count) % {"count": count}


def news_sentence(count: int) -> str:
    """How many cases hold something new from their reporter; empty for none."""
    if not count:
        return ""
    return ngettext("%(count)d reporter wrote.", "%(count)d reporters wrote.", count) % {"count": count}


def automatic_sentence(count: int) -> str:
    """One line for a whole flood; empty for none."""
    if not count:
        return ""
    words = ngettext("%(count)d report looks automatic.", "%(count)d reports look automatic.", count)
    return words % {"count": count}


def _day(day: date, today: date) -> str:
    days = (today - day).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return date_format(day, "l" if days < WEEK else "DATE_FORMAT")
