"""Who may read: members, their organisations, the links they sign in by, and who stands at the door."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from nums_wagtail.vault.fields import EncryptedJSONField, EncryptedTextField

__all__ = ["Knock", "Member", "Organisation", "SignInLink"]


class Organisation(models.Model):
    """A project or a venue whose people read alerts and report for others."""

    class Kind(models.TextChoices):
        PROJECT = "project", _("Project")
        VENUE = "venue", _("Venue or site")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PROJECT)
    name = models.CharField(_("name"), max_length=120, unique=True)
    region = models.ForeignKey(
        "nums_wagtail.Region", on_delete=models.PROTECT, related_name="+", verbose_name=_("region")
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        # The scheme's right to vet members decides, so the host's group form offers nothing that counts for less.
        default_permissions = ()
        ordering = ["name"]

    def __str__(self) -> str:
        # Wagtail's log keeps it longer than the row, and a venue's name says where people work.
        return f"organisation {str(self.uuid)[:8]}"


class MemberQuerySet(models.QuerySet["Member"]):
    def approved(self) -> MemberQuerySet:
        return self.filter(status=Member.Status.APPROVED)

    def waiting(self) -> MemberQuerySet:
        return self.filter(status=Member.Status.APPLIED)


class Member(models.Model):
    """Somebody who may read alerts once a person has approved them.

    Not an account of the host's user model: that table holds addresses in the clear, and pages that the host
    opens to "anybody logged in" would open to members.
    """

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", _("Individual")
        PROJECT = "project", _("Project worker")
        VENUE = "venue", _("Venue or site")

    class Status(models.TextChoices):
        APPLIED = "applied", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        SUSPENDED = "suspended", _("Suspended")
        LEFT = "left", _("Left")

    class Format(models.TextChoices):
        SHORT = "short", _("Short mail")
        PDF = "pdf", _("Short mail with a PDF attached")

    class Rhythm(models.TextChoices):
        DANGEROUS = "dangerous", _("Dangerous at once")
        ALL = "all", _("Everything at once")
        NONE = "none", _("No mails")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    data_key = models.UUIDField(null=True, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.INDIVIDUAL)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.APPLIED)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("organisation"),
    )
    #: Address and working name are empty (NULL) once the member has left.
    working_name = EncryptedTextField(_("working name"), null=True, blank=True, default="")
    email = EncryptedTextField(_("email address"), null=True)
    #: Fast keyed tag of the address, to find a member by it. Emptied when the member leaves.
    email_tag = models.BinaryField(max_length=32, null=True, unique=True, editable=False)
    home_region = models.ForeignKey(
        "nums_wagtail.Region", on_delete=models.PROTECT, related_name="+", verbose_name=_("home region")
    )
    regions = models.ManyToManyField(
        "nums_wagtail.Region", blank=True, related_name="+", verbose_name=_("more regions")
    )
    language = models.CharField(_("language"), max_length=10, default="en")
    format = models.CharField(_("format of mails"), max_length=8, choices=Format.choices, default=Format.SHORT)
    rhythm = models.CharField(_("mails"), max_length=10, choices=Rhythm.choices, default=Rhythm.DANGEROUS)
    applied_on = models.DateField(_("applied on"), auto_now_add=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True, editable=False)

    objects = MemberQuerySet.as_manager()

    #: Which member belongs to which region or organisation is no reference for Wagtail's index to list.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        default_permissions = ()
        indexes = [models.Index(fields=["status", "home_region"], name="nums_member_status_region")]

    def __str__(self) -> str:
        return f"member {str(self.uuid)[:8]}"


class SignInLink(models.Model):
    """A link that signs a member in once, kept as a digest so that the table opens nothing."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    digest = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("sign-in link")
        default_permissions = ()

    def __str__(self) -> str:
        return f"sign-in link {self.pk}"


class Knock(models.Model):
    """What somebody typed at the door (a request for a link, an application), until the worker has answered it.

    The page does the same work and says the same whether an address is known or not; only the worker looks.
    """

    class Wants(models.TextChoices):
        LINK = "link", _("A link")
        JOIN = "join", _("To join")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    data_key = models.UUIDField(null=True, blank=True, editable=False)
    content = EncryptedJSONField()

    class Meta:
        verbose_name = _("knock")
        default_permissions = ()

    def __str__(self) -> str:
        return f"knock {str(self.uuid)[:8]}"
