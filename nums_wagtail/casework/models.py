"""What staff do with reports: cases, which reports they hold, and sealed notes.

Reached through ``casework.access`` only; no other module may use these managers.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from ..foundation import policy
from ..foundation.actors import Actor

__all__ = ["Case", "CaseNote", "CaseReport", "Safeguarding", "SafeguardingTask"]


class Case(models.Model):
    """One or more reports that staff work on together. Its running number is for staff only."""

    class Status(models.TextChoices):
        NEW = "new", _("New")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    class Severity(models.TextChoices):
        UNGRADED = "", _("Not graded yet")
        DANGEROUS = "dangerous", _("Dangerous")
        RISKY = "risky", _("Risky")
        NUISANCE = "nuisance", _("Nuisance")
        MALICIOUS = "malicious", _("Malicious")

    class Police(models.TextChoices):
        NOT_ASKED = "not_asked", _("Not asked")
        NO = "no", _("No")
        ANONYMOUS = "anonymous", _("Anonymously")
        NAMED = "named", _("With a name")
        WENT_THEMSELVES = "went", _("Went themselves")

    class Outcome(models.TextChoices):
        OPEN = "", _("Not closed")
        WARNED = "warned", _("A warning went out")
        NOTHING_TO_WARN = "nothing", _("Nothing to warn of")
        NOT_WANTED = "not_wanted", _("The reporter wanted no warning")
        TOO_LITTLE = "too_little", _("Too little to go on")
        KNOWN = "known", _("Dealt with in another case")
        #: Set by the ledger's machine when the last report of a case is deleted; nobody chooses it.
        TAKEN_BACK = "taken_back", _("The report was deleted")

    class Lead(models.TextChoices):
        """What the safeguarding lead has to say to a warning from it."""

        NOT_ASKED = "", _("Not asked")
        WAITING = "waiting", _("Waits for the safeguarding lead")
        AGREED = "agreed", _("The safeguarding lead agreed to a warning")
        HELD = "held", _("The safeguarding lead holds any warning back")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    data_key = models.UUIDField(editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.NEW)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity.choices, default="", blank=True)
    police = models.CharField(_("police"), max_length=10, choices=Police.choices, default=Police.NOT_ASKED)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("works on it"),
    )
    region = models.ForeignKey(
        "nums_wagtail.Region", on_delete=models.PROTECT, related_name="+", verbose_name=_("region")
    )
    urgent = models.BooleanField(_("urgent"), default=False)
    #: A child may be at risk: only the safeguarding lead decides whether a warning may come of it.
    lead = models.CharField(
        _("safeguarding"), max_length=10, choices=Lead.choices, default=Lead.NOT_ASKED, blank=True
    )
    #: Its report came in a flood, or was filled in as a machine does: it stands behind the others.
    looks_automatic = models.BooleanField(_("looks automatic"), default=False)
    #: The reporter wrote or added something that nobody has marked as read.
    has_news = models.BooleanField(_("news from the reporter"), default=False)
    received_on = models.DateField(_("received on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.OPEN, blank=True
    )

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        default_permissions = ()
        indexes = [models.Index(fields=["status", "-urgent", "received_on"], name="nums_case_queue")]

    def __str__(self) -> str:
        return f"case {self.pk}"

    @property
    def is_closed(self) -> bool:
        return self.status == self.Status.CLOSED


class SafeguardingTask(models.Model):
    """That the safeguarding lead has to look at a case, and until when. Deleted when they have decided.

    It is one of the few rows with an exact time, since hours count here.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="safeguarding_task")
    due_at = models.DateTimeField(_("due"))
    #: Who was written to: the lead, and the deputy when the time was over. Whoever takes their place is told, too.
    lead_told = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    deputy_told = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    #: Shells of those letters, deleted with the task: their times would tell when the report came in.
    letters = models.ManyToManyField("nums_wagtail.Letter", related_name="+")

    class Meta:
        verbose_name = _("safeguarding task")
        verbose_name_plural = _("safeguarding tasks")
        default_permissions = ()
        ordering = ["due_at"]

    def __str__(self) -> str:
        return f"safeguarding task {self.pk}"


class CaseReport(models.Model):
    """Which case a report belongs to: exactly one."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="case_reports")
    report = models.OneToOneField("nums_wagtail.Report", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("report in a case")
        default_permissions = ()

    def __str__(self) -> str:
        return f"case report {self.pk}"


class CaseNote(models.Model):
    """A sealed note of staff, under the data key of its case."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    envelope = models.BinaryField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    written_on = models.DateField(_("written on"))

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        default_permissions = ()
        ordering = ["id"]

    def __str__(self) -> str:
        return f"note {self.pk}"


def who_works_on_cases() -> models.Q:
    """The accounts among whom a lead is chosen, so that no list shows all accounts of the host."""
    right = {"codename": "work_case", "content_type__app_label": policy.APP_LABEL}
    by_group = {f"groups__permissions__{name}": value for name, value in right.items()}
    by_name = {f"user_permissions__{name}": value for name, value in right.items()}
    return models.Q(**by_group) | models.Q(**by_name)


@register_setting(icon="user")
class Safeguarding(BaseSiteSetting):
    """Who decides when a child may be at risk, and how soon."""

    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to=who_works_on_cases,
        verbose_name=_("safeguarding lead"),
        help_text=_(
            "Decides about every report that speaks of a child at risk, or comes from somebody under 18. "
            "No warning comes of it before. Must be a caseworker."
        ),
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to=who_works_on_cases,
        verbose_name=_("deputy"),
        help_text=_("May decide too, and is written to when the lead has not decided in time."),
    )
    hours = models.PositiveSmallIntegerField(
        _("hours to decide"), default=24, validators=[MinValueValidator(1), MaxValueValidator(168)]
    )

    panels = [FieldPanel("lead"), FieldPanel("deputy"), FieldPanel("hours")]

    class Meta:
        verbose_name = _("Safeguarding")

    def __str__(self) -> str:
        return "safeguarding"

    def clean(self) -> None:
        """Raises ValidationError beside who may not work on cases, and for one person named twice."""
        super().clean()
        wrong = {
            field: _("This person may not work on cases. Choose a caseworker.")
            for field in ("lead", "deputy")
            if (user := getattr(self, field)) is not None and not policy.may(Actor.person(user), "work_case")
        }
        if self.lead_id is not None and self.lead_id == self.deputy_id:
            wrong.setdefault("deputy", _("This is the lead already. Choose somebody else, or nobody."))
        if wrong:
            raise ValidationError(wrong)
