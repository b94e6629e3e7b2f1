"""What is published: the alert as staff write it, and the release that alone makes it readable."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    Task,
    TaskManager,
    TaskState,
    WorkflowMixin,
)

from nums_wagtail.reports.identifiers import mask
from nums_wagtail.reports.schema import IdentifierKind
from nums_wagtail.vault.fields import EncryptedJSONField, EncryptedTextField

from .faces import DraftFaces
from .gate import GuardedByRelease
from .workflow import ReleaseTaskBehaviour

__all__ = [
    "Alert",
    "AlertCase",
    "AlertIdentifier",
    "AlertRegion",
    "AlertRelease",
    "AlertReleaseTask",
    "AlertReleaseTaskState",
    "AlertReport",
    "AlertWithdrawal",
    "Clearance",
]

#: Letters and digits that nobody confuses on paper or by telephone.
REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """A random short reference, no sequence: it goes out in print."""
    return "".join(secrets.choice(REFERENCE_ALPHABET) for _i in range(6))


class Alert(
    GuardedByRelease,
    DraftFaces,
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    ClusterableModel,
):
    """A warning as staff write it. Readable by members only through an ``AlertRelease``."""

    #: Nothing of a draft goes into Wagtail's index of references, and no draft starts its life live.
    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        VEHICLE = "vehicle", _("Vehicle")
        NUMBER = "number", _("Number or name online")
        PLACE = "place", _("Place or situation")

    class Severity(models.TextChoices):
        DANGEROUS = "dangerous", _("Dangerous")
        RISKY = "risky", _("Risky")
        NUISANCE = "nuisance", _("Nuisance")

    class Certainty(models.TextChoices):
        ANONYMOUS = "anonymous", _("One anonymous report")
        SPOKEN = "spoken", _("We spoke to the reporter")
        INDEPENDENT = "independent", _("Two or more independent reports")
        EVIDENCE = "evidence", _("We have seen evidence")

    class When(models.TextChoices):
        WEEK = "week", _("To the week")
        MONTH = "month", _("To the month")

    live = models.BooleanField(_("live"), default=False, editable=False)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    data_key = models.UUIDField(null=True, blank=True, editable=False)
    reference = models.CharField(_("reference"), max_length=8, unique=True, default=new_reference, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PERSON)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity.choices, default=Severity.RISKY)
    categories = models.JSONField(_("what happened"), default=list, blank=True)
    line = models.CharField(
        _("warning line"),
        max_length=200,
        blank=True,
        help_text=_("One sentence in your own words. Never copy from the report."),
    )
    incident_on = models.DateField(_("happened about"), null=True, blank=True)
    incident_precision = models.CharField(_("shown"), max_length=5, choices=When.choices, default=When.WEEK)
    #: Question key → vocabulary codes; see ``reports.schema``.
    facts = models.JSONField(_("described facts"), default=dict, blank=True)
    certainty = models.CharField(
        _("how sure we are"), max_length=12, choices=Certainty.choices, default=Certainty.ANONYMOUS
    )
    advice = models.JSONField(_("what to do"), default=list, blank=True)
    regions = ParentalManyToManyField("nums_wagtail.Region", related_name="+", verbose_name=_("regions"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True, help_text=_("Leave empty for the usual time."))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="nums_alert",
        for_concrete_model=False,
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="nums_alert",
        for_concrete_model=False,
    )

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")

    def __str__(self) -> str:
        return f"alert {self.reference}"

    @property
    def revisions(self) -> Any:
        return self._revisions


class AlertIdentifier(models.Model):
    """A number, plate, name or address that the warned-of person uses: whole in the vault, masked in print."""

    #: The kinds that reports know: whatever comes over from one can be kept and shown.
    Kind = IdentifierKind

    alert = ParentalKey(Alert, on_delete=models.CASCADE, related_name="identifiers")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    value = EncryptedTextField(_("whole value"), data_key_from="alert")
    masked = models.CharField(_("as readers see it"), max_length=80, blank=True, editable=False)

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        default_permissions = ()

    def __str__(self) -> str:
        return f"identifier {str(self.uuid)[:8]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.masked = self.shown
        super().save(*args, **kwargs)

    @property
    def shown(self) -> str:
        """As readers see it, made anew from the whole value, so that no stored mask can go stale."""
        # A draft may be saved, and is looked at, before somebody has chosen a kind.
        return mask(self.kind, self.value) if self.value and self.kind else ""


class AlertCase(models.Model):
    """Which cases an alert rests on. Never part of a revision, so no draft says which reports it came from."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="alert_cases")
    case = models.ForeignKey("nums_wagtail.Case", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("case of an alert")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["alert", "case"], name="nums_case_once_an_alert")]

    def __str__(self) -> str:
        return f"alert case {self.pk}"


class AlertReport(models.Model):
    """Which reports gave an alert its facts. Each must allow the warning when it is released, and after."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="alert_reports")
    report = models.ForeignKey("nums_wagtail.Report", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("report of an alert")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["alert", "report"], name="nums_report_once_an_alert")]

    def __str__(self) -> str:
        return f"alert report {self.pk}"


class Clearance(models.Model):
    """A caseworker's word that exactly this text was compared with its reports, and what was found."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    data_key = models.UUIDField(null=True, blank=True, editable=False)
    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="clearances")
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cleared_at = models.DateTimeField(auto_now_add=True)
    #: Kind and place of each finding, never what was found.
    findings = models.JSONField(default=list)
    justifications = EncryptedJSONField(default=dict)
    #: Whether somebody whom it warns of could know by it who reported: not every reporter was sure that he could not.
    may_give_away = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("clearance")
        default_permissions = ()
        indexes = [models.Index(fields=["alert", "digest"], name="nums_clearance_digest")]

    def __str__(self) -> str:
        return f"clearance {self.pk}"


class AlertReleaseQuerySet(models.QuerySet["AlertRelease"]):
    def standing(self) -> AlertReleaseQuerySet:
        """Not withdrawn; it may have ended."""
        return self.filter(withdrawal__isnull=True)

    def current(self, now: datetime | None = None) -> AlertReleaseQuerySet:
        """Neither withdrawn nor ended at ``now``."""
        return self.standing().filter(ends_at__gt=now or timezone.now())


class AlertRelease(models.Model):
    """The only thing that makes an alert readable. Append-only: no verb changes or removes a row."""

    class Kind(models.TextChoices):
        NORMAL = "normal", _("Normal")
        SINGLE = "single", _("One person")
        EMERGENCY = "emergency", _("Emergency")
        CHECKER_ONLY = "checker_only", _("Checker only")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="releases")
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.NORMAL)
    #: Exactly what readers get, as one document; ``digest`` is the SHA-256 of its canonical form.
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    clearance = models.ForeignKey(Clearance, on_delete=models.PROTECT, null=True, related_name="+")
    #: Ids of the consent entries that allowed it.
    consents = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    released_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = AlertReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["alert", "version"], name="nums_release_version_once")]

    def __str__(self) -> str:
        return f"release {str(self.uuid)[:8]}"


class AlertWithdrawal(models.Model):
    """That a release is no longer readable, from when and by whom. Its own row, since releases never change."""

    class Reason(models.TextChoices):
        WRONG = "wrong", _("It was wrong")
        CONSENT = "consent", _("Consent was taken back")
        OBJECTION = "objection", _("An objection was upheld")
        REPLACED = "replaced", _("A newer version replaces it")
        OTHER = "other", _("Another reason")

    release = models.OneToOneField(AlertRelease, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    machine = models.CharField(max_length=20, blank=True)
    withdrawn_at = models.DateTimeField()

    class Meta:
        verbose_name = _("withdrawal")
        default_permissions = ()

    def __str__(self) -> str:
        return f"withdrawal {self.pk}"


class AlertRegion(models.Model):
    """Where readers see a release: one row for every region, so that a regional page is one index range."""

    class Why(models.TextChoices):
        OWN = "own", _("Its own region")
        PARENT = "parent", _("A region above")
        CHILD = "child", _("A region inside")
        NEIGHBOUR = "neighbour", _("A neighbour")

    class State(models.TextChoices):
        CURRENT = "current", _("Current")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    region = models.ForeignKey("nums_wagtail.Region", on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey(AlertRelease, on_delete=models.CASCADE, related_name="alert_regions")
    why = models.CharField(max_length=10, choices=Why.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CURRENT)
    severity = models.CharField(max_length=10, choices=Alert.Severity.choices)
    released_at = models.DateTimeField()

    class Meta:
        verbose_name = _("alert in a region")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["region", "release"], name="nums_release_once_a_region")]
        indexes = [models.Index(fields=["region", "state", "-released_at", "-id"], name="nums_region_listing")]

    def __str__(self) -> str:
        return f"alert region {self.pk}"


class AlertReleaseTaskState(TaskState):
    """One waiting for release, with the digest of exactly what waits: what was read is what goes out."""

    digest = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("waiting for release")
        default_permissions = ()

    def __str__(self) -> str:
        return f"task state {self.pk}"


class AlertReleaseTask(ReleaseTaskBehaviour, Task):
    """The step of Wagtail's workflow in which another person releases the alert or sends it back."""

    objects: ClassVar[TaskManager]

    task_state_class = AlertReleaseTaskState

    class Meta:
        verbose_name = _("release of an alert")
        verbose_name_plural = _("releases of alerts")
