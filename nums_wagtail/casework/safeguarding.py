"""When a child may be at risk: a task for the named lead with a clock, and no warning without them.

The reporter is told so beside the tick. The task is opened with the case, or by what is added later; it holds the
one exact time that is needed, and goes when the lead has decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Site

from ..conf import nums_settings
from ..foundation import journal, policy
from ..foundation.actors import WORKER, Actor
from ..foundation.errors import NotAllowed, Refused
from ..foundation.transactions import verb_transaction
from ..mailing.letters import queue_letter, take_back_letters
from ..mailing.models import Lane, Letter
from ..reports.models import Report
from .cases import change, lock
from .models import Case, CaseReport, Safeguarding, SafeguardingTask
from .signals import warning_held

AGREED = journal.declare("nums.casework.lead_agreed", gettext_lazy("Safeguarding lead agreed to a warning"))
HELD = journal.declare("nums.casework.lead_held", gettext_lazy("Safeguarding lead holds warnings back"))

LETTER = "safeguarding"


@dataclass(frozen=True)
class Leads:
    """Who may decide; somebody who may not work on cases any more counts as nobody."""

    lead: Any
    deputy: Any
    hours: int

    def include(self, by: Actor) -> bool:
        return by.user_id is not None and by.user_id in {one.pk for one in (self.lead, self.deputy) if one}

    @property
    def are_nobody(self) -> bool:
        return self.lead is None and self.deputy is None


def leads() -> Leads:
    """Whom the settings of the default site name."""
    site = Site.objects.filter(is_default_site=True).first()
    # Not ``for_site``, which writes a row where there is none.
    chosen = Safeguarding.objects.select_related("lead", "deputy").filter(site=site).first() or Safeguarding()
    lead, deputy = (
        one if one is not None and policy.may(Actor.person(one), "work_case") else None
        for one in (chosen.lead, chosen.deputy)
    )
    return Leads(lead, deputy, chosen.hours)


def needs_lead(case: Case) -> bool:
    """Whether a warning from this case waits for the lead's word. Asked from the reports, not from a mark."""
    if case.lead == Case.Lead.AGREED:
        return False
    return case.lead != Case.Lead.NOT_ASKED or case.case_reports.filter(report__child=True).exists()


def open_missing_tasks(*, by: Actor, only: Report | None = None) -> int:
    """Open the task of each case that speaks of a child and was never put to the lead; returns how many.

    ``only``: a report whose case alone is looked at. Writes no log entry: its exact time would tell when the
    report came in.
    """
    if by.user is not None:
        policy.require(by, "work_case")
    about_child = CaseReport.objects.filter(case=OuterRef("pk"), report__child=True)
    cases = Case.objects.filter(Exists(about_child), lead=Case.Lead.NOT_ASKED)
    if only is not None:
        cases = cases.filter(case_reports__report=only)
    return sum(_open_task(case) for case in list(cases))


def _open_task(case: Case) -> bool:
    with verb_transaction("setup"):
        lock(case)
        if case.lead != Case.Lead.NOT_ASKED:
            return False
        change(case, lead=Case.Lead.WAITING, urgent=True)
        due = timezone.now() + timedelta(hours=leads().hours)
        task, _made = SafeguardingTask.objects.get_or_create(case=case, defaults={"due_at": due})
        _write_to_whom_it_is_time(task, timezone.now())
    return True


def write_to_leads(now: datetime) -> int:
    """Write to leads who were named since, and to deputies whose lead let the time pass; returns how many letters."""
    with verb_transaction("setup"):
        tasks = SafeguardingTask.objects.select_for_update()
        return sum(_write_to_whom_it_is_time(task, now) for task in list(tasks))


def _write_to_whom_it_is_time(task: SafeguardingTask, now: datetime) -> int:
    named, written = leads(), 0
    if named.lead is not None and task.lead_told != named.lead:
        written += _write(task, named.lead)
        task.lead_told = named.lead
    # Without a lead the deputy is the one who decides.
    is_time = task.due_at <= now or named.lead is None
    if is_time and named.deputy is not None and task.deputy_told != named.deputy:
        written += _write(task, named.deputy)
        task.deputy_told = named.deputy
    task.save(update_fields=["lead_told", "deputy_told"])
    return written


def _write(task: SafeguardingTask, user: Any) -> int:
    """A letter that says that something waits, and nothing of what. Somebody without an address is told at home."""
    if not user.email:
        return 0
    address = nums_settings().mailing.BASE_URL.rstrip("/") + reverse("wagtailadmin_home")
    text = _("Something waits for you. Please sign in and look as soon as you can.") + f"\n\n{address}\n"
    letter = queue_letter(
        kind=LETTER, to=user.email, subject=_("Something waits for you"), text=text, lane=Lane.EMERGENCY, by=WORKER
    )
    task.letters.add(letter)
    return 1


def agree(case: Case, *, by: Actor) -> None:
    """The lead's word that a warning may come of this case. Saying so again changes nothing.

    Raises NotAllowed for anybody but the lead and the deputy, Refused where nobody was asked.
    """
    _decide(case, Case.Lead.AGREED, AGREED, by=by)


def hold(case: Case, *, by: Actor) -> None:
    """The lead's word that no warning may come of this case; those that rest on it are taken back.

    Raises as ``agree``. Sends ``warning_held`` inside the transaction.
    """
    _decide(case, Case.Lead.HELD, HELD, by=by)


def _decide(case: Case, decided: Case.Lead, action: journal.LogAction, *, by: Actor) -> None:
    policy.require(by, "work_case")
    if not leads().include(by):
        raise NotAllowed()
    with verb_transaction():
        lock(case)
        if case.lead == decided:
            return
        if not needs_lead(case) and case.lead == Case.Lead.NOT_ASKED:
            raise Refused("not_asked", gettext_lazy("Nothing in this case needs the safeguarding lead."))
        change(case, lead=decided)
        end_task(case)
        journal.write(case, action, by=by)
        if decided == Case.Lead.HELD:
            warning_held.send(Case, case=case)


def end_task(case: Case) -> None:
    """Delete the task of a case and the letters that told of it. Part of what ended it."""
    task = SafeguardingTask.objects.filter(case=case).first()
    if task is not None:
        take_back_letters(Letter.objects.filter(pk__in=task.letters.values("pk")))
        task.delete()


def leave_out_report(report: Report) -> None:
    """A report was taken out of its case: where no other speaks of a child, there is nothing left to decide.

    Part of the deletion, before the case lets go of it. What the lead decided before stays.
    """
    for task in SafeguardingTask.objects.select_related("case").filter(case__case_reports__report=report):
        others = task.case.case_reports.exclude(report=report)
        if not others.filter(report__child=True).exists():
            end_task(task.case)
            change(task.case, lead=Case.Lead.NOT_ASKED)


def task_of(case: Case) -> SafeguardingTask | None:
    """What the lead still has to do about a case, if anything."""
    return SafeguardingTask.objects.filter(case=case).first()


def waiting_tasks(by: Actor) -> Sequence[SafeguardingTask]:
    """The tasks that wait for this person, the most urgent first; none for anybody else."""
    if not leads().include(by):
        return []
    return list(SafeguardingTask.objects.select_related("case").order_by("due_at"))
