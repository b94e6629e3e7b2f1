"""How sending goes, on the home page of Wagtail's admin: the last bulletin, what goes out, what stands still."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from nums_wagtail.foundation import policy
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.mailing.channel_health import channel_health
from nums_wagtail.mailing.models import RowState
from nums_wagtail.mailing.pacing import hours_for
from nums_wagtail.mailing.worker_state import worker_alive

from .models import Bulletin, Delivery
from .stopping import OPEN, may_pull_back

SHOWN = 5


@dataclass(frozen=True)
class GoingOut:
    """A bulletin on its way, and where to pull it back; no address for who may not."""

    sentence: str
    pull_back_url: str


class BulletinsPanel(Component):
    """Troubles first, then what goes out, then the last bulletin."""

    name = "nums_bulletins"
    template_name = "nums_wagtail/bulletins/home_panel.html"
    order = 92

    def __init__(self, by: Actor) -> None:
        self.by = by

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        open_ones = (
            Bulletin.objects.filter(state__in=OPEN).prefetch_related("releases").order_by("starts_at")[:SHOWN]
        )
        may_list = policy.may(self.by, "see_registers", "write_bulletin", "write_bulletin_own_regions")
        return {
            "troubles": troubles(),
            "going_out": [self._going_out(bulletin) for bulletin in open_ones],
            "last": last_sentence(),
            "register_url": reverse("registers_bulletins_modeladmin_index") if may_list else "",
            "csrf_token": parent_context.get("csrf_token", ""),
        }

    def _going_out(self, bulletin: Bulletin) -> GoingOut:
        allowed = may_pull_back(bulletin, by=self.by)
        url = reverse("nums_bulletins:pull_back", args=[bulletin.uuid]) if allowed else ""
        return GoingOut(going_out_sentence(bulletin), url)


def home_panel(request: HttpRequest) -> BulletinsPanel | None:
    """The panel for staff who may read what is released or see the registers, None for everybody else."""
    by = Actor.person(request.user)
    return BulletinsPanel(by) if policy.may(by, "read_released", "see_registers") else None


def troubles() -> list[str]:
    """Why mail stands still, in words that say what happens meanwhile."""
    found = []
    if not worker_alive():
        found.append(
            _("No worker is running. Reports still arrive; mails wait until somebody starts: manage.py qcluster")
        )
    health = channel_health()
    if health.unreachable_since is not None:
        found.append(
            _("The mail server has taken nothing since %(time)s (%(error)s). Mails wait and are tried again.")
            % {"time": _moment(health.unreachable_since), "error": health.error_class}
        )
    return found


def going_out_sentence(bulletin: Bulletin) -> str:
    """For example "Update 12 goes out at 14:05 to 31 readers."."""
    if bulletin.state == Bulletin.State.COMPOSED:
        return _("A bulletin is being prepared.")
    name = str(_("Update %(number)d") % {"number": bulletin.number})
    if bulletin.is_held:
        return ngettext(
            "%(name)s goes out at %(time)s to %(count)d reader.",
            "%(name)s goes out at %(time)s to %(count)d readers.",
            bulletin.readers,
        ) % {"name": name, "time": _clock(bulletin.starts_at), "count": bulletin.readers}
    waiting = Delivery.objects.filter(bulletin=bulletin, state__in=(RowState.WAITING, RowState.CLAIMED)).count()
    words = ngettext(
        "%(name)s is going out: %(count)d message waits.",
        "%(name)s is going out: %(count)d messages wait.",
        waiting,
    ) % {"name": name, "count": waiting}
    hours = hours_for(waiting)
    if hours < 1:
        return words
    return (
        words
        + " "
        + ngettext(
            "At your mail server's limit that takes %(hours)d hour.",
            "At your mail server's limit that takes %(hours)d hours.",
            round(hours),
        )
        % {"hours": round(hours)}
    )


def last_sentence() -> str:
    """What went out last."""
    last = Bulletin.objects.filter(finished_at__isnull=False, number__isnull=False).order_by("-finished_at").first()
    if last is None:
        return _("No bulletin has gone out yet.")
    words = (
        _("Update %(number)d was pulled back %(time)s; %(reached)d of %(readers)d readers had got it.")
        if last.state == Bulletin.State.STOPPED
        else _("The last one, update %(number)d, was sent %(time)s: %(reached)d of %(readers)d readers got it.")
    )
    return words % {
        "number": last.number,
        "time": _moment(last.finished_at),
        "reached": last.reached,
        "readers": last.readers,
    }


def _moment(at: Any) -> str:
    local = timezone.localtime(at)
    if local.date() == timezone.localdate():
        return _("today at %(time)s") % {"time": time_format(local, "H:i")}
    return _("on %(day)s") % {"day": date_format(local, "j F, H:i")}


def _clock(at: Any) -> str:
    return time_format(timezone.localtime(at), "H:i")
