"""The vault's tables: data keys, each wrapped for whoever may open it; the team's key pairs; checked key sheets.

Outside the vault a data key is a UUID column, never a foreign key: deleting its row here is what shreds.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["DataKey", "KeyKind", "KeySheetCheck", "TeamKey"]


class KeyKind(models.TextChoices):
    """What a data key belongs to; says in the table no more than the content's own table does."""

    REPORT = "report", _("Report")
    CONTACT = "contact", _("A reporter's contact")
    CASE = "case", _("Case")
    OBJECTION = "objection", _("Objection")
    MEMBER = "member", _("Member")
    ALERT = "alert", _("Alert")
    LETTER = "letter", _("Letter")
    BULLETIN = "bulletin", _("Bulletin")
    OTHER = "other", _("Other")

    @classmethod
    def for_model(cls, model: type[models.Model]) -> KeyKind:
        """The kind named like the model, or ``other``."""
        name = model._meta.model_name or ""
        return cls(name) if name in cls.values else cls.OTHER


class DataKey(models.Model):
    """The key of one record, never stored but wrapped; without a wrapping of theirs nobody opens it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=KeyKind.choices, default=KeyKind.OTHER)
    #: Under the site's subkey ``fields``: the server itself can open it, unattended.
    wrapped_site = models.BinaryField(null=True)
    #: To the public half of the team key that ``team_key`` names.
    wrapped_team = models.BinaryField(null=True)
    team_key = models.CharField(_("team key"), max_length=16, blank=True)
    #: Under the key made from the reporter's receipt, and the id by which it is found from the receipt alone.
    wrapped_receipt = models.BinaryField(null=True)
    receipt_lookup = models.BinaryField(max_length=16, null=True, unique=True)
    #: To the day, as everything that says when somebody reported.
    made_on = models.DateField(_("made on"))

    class Meta:
        verbose_name = _("data key")
        verbose_name_plural = _("data keys")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wrapped_site__isnull=False) | models.Q(wrapped_team__isnull=False),
                name="nums_vault_key_has_a_holder",
            ),
            models.CheckConstraint(
                condition=models.Q(wrapped_receipt__isnull=True, receipt_lookup__isnull=True)
                | models.Q(wrapped_receipt__isnull=False, receipt_lookup__isnull=False),
                name="nums_vault_receipt_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"data key {str(self.id)[:8]}"


class TeamKey(models.Model):
    """A key pair of the team. Anybody may seal to it; opening needs the private half, which is wrapped."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kid = models.CharField(_("kid"), max_length=16, unique=True)
    public = models.BinaryField(max_length=32)
    wrapped_private = models.BinaryField()
    made_on = models.DateField(_("made on"))
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    class Meta:
        verbose_name = _("team key")
        verbose_name_plural = _("team keys")
        default_permissions = ()

    def __str__(self) -> str:
        return f"team key {self.kid}"


class KeySheetCheck(models.Model):
    """When somebody last read a site key's check group from paper. Holds nothing of the key."""

    kid = models.CharField(_("kid"), max_length=16, unique=True)
    checked_on = models.DateField(_("checked on"))

    class Meta:
        verbose_name = _("check of a key sheet")
        verbose_name_plural = _("checks of key sheets")
        default_permissions = ()

    def __str__(self) -> str:
        return f"key sheet check {self.pk}"
