"""What is sent: who gets it, what goes out together, how it reads, and one row for each message of it."""

from __future__ import annotations

import secrets
import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from nums_wagtail.alerts.models import REFERENCE_ALPHABET, Alert
from nums_wagtail.mailing.models import Lane, OutboxRow
from nums_wagtail.members.models import Member

__all__ = ["Bulletin", "BulletinAlert", "BulletinSettings", "Delivery", "Edition", "Reached", "Subscription"]


def new_code() -> str:
    """A random code of an edition, no sequence: it stands on paper."""
    return "".join(secrets.choice(REFERENCE_ALPHABET) for _i in range(5))


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def wanting_mail(self, today: date | None = None) -> SubscriptionQuerySet:
        """Of approved members who want mail at all and do not pause."""
        day = today or timezone.localdate()
        return self.filter(
            Q(paused_until=None) | Q(paused_until__lte=day), member__status=Member.Status.APPROVED
        ).exclude(member__rhythm=Member.Rhythm.NONE)


class Subscription(models.Model):
    """That bulletins go to somebody. What they prefer stands with the member, and nowhere else."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="subscription")
    since = models.DateField(_("since"), default=timezone.localdate)
    paused_until = models.DateField(_("no mails until"), null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        default_permissions = ()

    def __str__(self) -> str:
        return f"subscription {str(self.uuid)[:8]}"


class Bulletin(models.Model):
    """What goes out together: made when an alert is released, compiled by the worker, then delivered."""

    class Kind(models.TextChoices):
        INSTANT = "instant", _("At once")
        CORRECTION = "correction", _("Correction")

    class State(models.TextChoices):
        COMPOSED = "composed", _("being prepared")
        SENDING = "sending", _("going out")
        SENT = "sent", _("sent")
        STOPPED = "stopped", _("pulled back")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    #: Given when it is compiled and somebody gets it, so that it counts only what readers got.
    number = models.PositiveIntegerField(_("number"), null=True, blank=True, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.INSTANT)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.COMPOSED)
    lane = models.PositiveSmallIntegerField(_("lane"), choices=Lane.choices, default=Lane.INSTANT)
    composed_at = models.DateTimeField(_("composed at"), default=timezone.now)
    #: Nothing goes out before: until then pulling it back stops all of it.
    starts_at = models.DateTimeField(_("starts at"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    releases = models.ManyToManyField(
        "nums_wagtail.AlertRelease", through="BulletinAlert", related_name="+", verbose_name=_("alerts")
    )
    #: Counts, kept when the rows they count are gone.
    readers = models.PositiveIntegerField(_("readers"), default=0)
    reached = models.PositiveIntegerField(_("reached"), default=0)

    class Meta:
        verbose_name = _("bulletin")
        verbose_name_plural = _("bulletins")
        default_permissions = ()
        indexes = [models.Index(fields=["state", "starts_at"], name="nums_bulletin_state")]

    def __str__(self) -> str:
        return f"bulletin {self.number}" if self.number else f"bulletin {str(self.uuid)[:8]}"

    @property
    def is_held(self) -> bool:
        """Whether nothing of it has gone out yet because its undo window is open."""
        return self.state in (self.State.COMPOSED, self.State.SENDING) and self.starts_at > timezone.now()


class BulletinAlert(models.Model):
    """Which releases a bulletin carries. At most one bulletin of a kind tells of a release."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="bulletin_alerts")
    release = models.ForeignKey(
        "nums_wagtail.AlertRelease", on_delete=models.PROTECT, related_name="bulletin_alerts"
    )
    kind = models.CharField(max_length=12, choices=Bulletin.Kind.choices)

    class Meta:
        verbose_name = _("alert of a bulletin")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["release", "kind"], name="nums_release_once_a_kind")]

    def __str__(self) -> str:
        return f"bulletin alert {self.pk}"


class Edition(models.Model):
    """One text of a bulletin: everybody who gets the same gets this row, rendered once."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="editions")
    language = models.CharField(_("language"), max_length=10)
    format = models.CharField(_("format"), max_length=8, choices=Member.Format.choices)
    code = models.CharField(_("code"), max_length=8, default=new_code, editable=False)
    subject = models.CharField(_("subject"), max_length=80)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"))
    #: None: nobody wanted one, or this machine makes no PDFs.
    pdf = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "language", "format"], name="nums_edition_once"),
        ]

    def __str__(self) -> str:
        return f"edition {self.code}"


class Delivery(OutboxRow):
    """One message of a bulletin to one subscription, from its compiling until its fate is known."""

    bulletin = models.ForeignKey(
        Bulletin, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("bulletin")
    )
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", verbose_name=_("edition"))
    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("subscription")
    )

    class Meta(OutboxRow.Meta):
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "subscription"], name="nums_delivery_once"),
        ]
        indexes = [
            *OutboxRow.Meta.indexes,
            models.Index(fields=["bulletin", "state"], name="nums_delivery_progress"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"


class Reached(models.Model):
    """Which subscription got which alert, without a time, so that a correction finds the same readers."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="+")
    release = models.ForeignKey("nums_wagtail.AlertRelease", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("reader of an alert")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["release", "subscription"], name="nums_reached_once")]

    def __str__(self) -> str:
        return f"reached {self.pk}"


@register_setting(icon="mail")
class BulletinSettings(BaseSiteSetting):
    """What a charity decides about its bulletins."""

    least_severity = models.CharField(
        _("send from"),
        max_length=10,
        choices=Alert.Severity.choices,
        default=Alert.Severity.RISKY,
        help_text=_("Alerts that are less serious are shown on the regional pages and never sent or printed."),
    )

    panels = [FieldPanel("least_severity")]

    class Meta:
        verbose_name = _("Bulletins")

    def __str__(self) -> str:
        return "bulletin settings"
