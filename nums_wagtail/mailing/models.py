"""Tables of the mailing room: what every outbox row has, letters, suppressed addresses, how sending goes.

How rows are claimed and settled stands in ``outbox``.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..vault.fields import EncryptedTextField
from .message import new_message_id

__all__ = ["ChannelState", "Letter", "MailBudget", "Suppression", "WorkerBeat"]


class Lane(models.IntegerChoices):
    """Who goes first. The number is the order; gaps leave room for more."""

    SIGN_IN = 10, _("sign-in")
    EMERGENCY = 20, _("emergency")
    CORRECTION = 30, _("correction")
    INSTANT = 40, _("at once")
    DIGEST = 50, _("digest")
    SPECIAL = 60, _("special")

    @property
    def is_urgent(self) -> bool:
        """Whether somebody waits for it now; urgent lanes may use up the last of a rate limit."""
        return self <= Lane.EMERGENCY


class RowState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    CLAIMED = "claimed", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    STOPPED = "stopped", _("stopped")


class OutboxQuerySet(models.QuerySet[Any]):
    """Rows of any outbox."""

    def due(self, now: datetime) -> OutboxQuerySet:
        """Rows that may be claimed now."""
        return self.filter(state=RowState.WAITING, due_at__lte=now)

    def unfinished(self) -> OutboxQuerySet:
        return self.filter(state__in=(RowState.WAITING, RowState.CLAIMED))

    def finished(self) -> OutboxQuerySet:
        return self.exclude(state__in=(RowState.WAITING, RowState.CLAIMED))

    def expired(self, now: datetime) -> OutboxQuerySet:
        """Claimed rows whose worker did not come back in time."""
        return self.filter(state=RowState.CLAIMED, lease_until__lt=now)


class OutboxRow(models.Model):
    """One message to one recipient, from the moment it is decided until its fate is known.

    Message-ID and date are settled here, at creation: every attempt sends the same message.
    """

    state = models.CharField(_("state"), max_length=8, choices=RowState.choices, default=RowState.WAITING)
    lane = models.PositiveSmallIntegerField(_("lane"), choices=Lane.choices, default=Lane.DIGEST)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    owner = models.UUIDField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    message_id = models.CharField(max_length=255, unique=True, default=new_message_id, editable=False)
    message_date = models.DateTimeField(default=timezone.now, editable=False)
    #: Class name of the last error, or a word of ours for why it was stopped. Never an error's text.
    error_class = models.CharField(_("error"), max_length=80, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["state", "lane", "due_at"], name="nums_%(class)s_due")]


class Letter(OutboxRow):
    """Mail that is no bulletin: a sign-in link, a confirmation, a notice to staff, a reminder.

    Its words and its recipient are sealed, and cannot be read again once it was sent.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    data_key = models.UUIDField(null=True, blank=True, editable=False)
    kind = models.SlugField(_("kind"), max_length=40, db_index=False)
    queued_by = models.CharField(_("queued by"), max_length=40, blank=True, editable=False)
    #: After this it would only confuse, and is not sent any more.
    useful_until = models.DateTimeField(_("useful until"), null=True, blank=True)
    to = EncryptedTextField(_("to"))
    subject = EncryptedTextField(_("subject"))
    body = EncryptedTextField(_("text"))

    class Meta(OutboxRow.Meta):
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        default_permissions = ()

    def __str__(self) -> str:
        return f"letter {str(self.uuid)[:8]}"


class SuppressionReason(models.TextChoices):
    BOUNCED = "bounced", _("the address does not exist")
    COMPLAINED = "complained", _("marked as spam")
    ASKED = "asked", _("asked for no mail at all")


class Suppression(models.Model):
    """An address nothing is sent to, as a keyed tag: the address itself is not here."""

    address_tag = models.BinaryField(max_length=32, unique=True, editable=False)
    reason = models.CharField(_("reason"), max_length=12, choices=SuppressionReason.choices)
    since = models.DateField(_("since"), default=timezone.localdate)

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")
        default_permissions = ()

    def __str__(self) -> str:
        return f"suppression {self.pk}"


class MailBudget(models.Model):
    """How many messages went to the channel in one slice of time, over all workers."""

    starts_at = models.DateTimeField(unique=True)
    spent = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("mail budget")
        default_permissions = ()

    def __str__(self) -> str:
        return f"budget {self.pk}"


class ChannelState(models.Model):
    """One row: whether the mail server takes mail, and if not, since when and with which class of error."""

    last_ok = models.DateTimeField(_("last message taken"), null=True, blank=True)
    unreachable_since = models.DateTimeField(_("out of order since"), null=True, blank=True)
    last_error_class = models.CharField(_("last error"), max_length=80, blank=True)
    refused_in_a_row = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("state of the mail channel")
        default_permissions = ()

    def __str__(self) -> str:
        return "channel state"


class WorkerBeat(models.Model):
    """One row: when a worker of the queue last said that it lives."""

    at = models.DateTimeField()

    class Meta:
        verbose_name = _("worker beat")
        default_permissions = ()

    def __str__(self) -> str:
        return "worker beat"
