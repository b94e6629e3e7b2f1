"""The tables of where and when: regions, police forces, editors' regions, and when somebody reads reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from .forms import StaffedHoursForm
from .hours_text import WEEKDAYS, validate_closed_days, validate_hours
from .packs.shape import RegionKind
from .service_kinds import ServiceKind

__all__ = ["PoliceForce", "Region", "Service", "StaffRegion", "StaffedHours"]


# treebeard has no types; ours are those of Django.
if TYPE_CHECKING:
    _NodeQuerySet = models.QuerySet["Region"]
    _NodeManager = models.Manager["Region"]
else:
    _NodeQuerySet = MP_NodeQuerySet
    _NodeManager = MP_NodeManager


class RegionQuerySet(_NodeQuerySet):
    def main(self) -> RegionQuerySet:
        """The level that a report and a reader choose: regions, and nations that are not divided into any."""
        divided = Region._default_manager.order_by().filter(
            kind__in=(RegionKind.NATION, RegionKind.REGION),
            path__startswith=OuterRef("path"),
            depth__gt=OuterRef("depth"),
        )
        return self.filter(Q(kind=RegionKind.REGION) | Q(Q(kind=RegionKind.NATION), ~Exists(divided)))

    def beneath(self, paths: list[str]) -> RegionQuerySet:
        """The regions at ``paths`` and everything below them; none for no paths."""
        if not paths:
            return self.none()
        wanted = Q()
        for path in paths:
            wanted |= Q(path__startswith=path)
        return self.filter(wanted)


class RegionManager(_NodeManager):
    def get_queryset(self) -> RegionQuerySet:
        return RegionQuerySet(self.model, using=self._db).order_by("path")

    def main(self) -> RegionQuerySet:
        return self.get_queryset().main()

    def beneath(self, paths: list[str]) -> RegionQuerySet:
        return self.get_queryset().beneath(paths)


class Region(MP_Node):
    """Somewhere. Its code is what addresses, packs and imports name it by, and never changes."""

    Kind = RegionKind

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(
        _("name"), max_length=100, help_text=_("As readers know it. Reports, alerts and lists show this name.")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=RegionKind.choices, default=RegionKind.REGION)
    ons_code = models.CharField(_("statistical code"), max_length=9, blank=True)
    neighbours = models.ManyToManyField("self", symmetrical=True, blank=True, verbose_name=_("neighbours"))

    objects = RegionManager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self) -> str:
        return self.name


class PoliceForce(models.Model):
    """A police force and the regions it polices; one for railways or the like has none."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=100)
    website = models.URLField(_("website"), blank=True)
    regions = models.ManyToManyField(Region, related_name="forces", blank=True, verbose_name=_("regions"))

    class Meta:
        verbose_name = _("police force")
        verbose_name_plural = _("police forces")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


def validate_kinds(value: Any) -> None:
    """Raises ValidationError unless ``value`` is a list of at least one kind of service."""
    if not isinstance(value, list) or not value or not set(value) <= set(ServiceKind.values):
        raise ValidationError(_("Choose at least one kind of help."), code="no_kind")


class Service(models.Model):
    """Somebody who helps: a clinic, a helpline, an adviser. It stands on public pages, so it names no person."""

    Kind = ServiceKind

    name = models.CharField(_("name"), max_length=120, help_text=_("As it calls itself. Reporters see it."))
    #: Codes of ``ServiceKind``.
    kinds = models.JSONField(_("kinds of help"), default=list, validators=[validate_kinds])
    regions = models.ManyToManyField(
        Region,
        related_name="services",
        verbose_name=_("regions"),
        help_text=_("Where people can use it. One of the whole country shows everywhere."),
    )
    day_and_night = models.BooleanField(
        _("open day and night"), default=False, help_text=_("Stands first when somebody was just hurt.")
    )
    hours = models.CharField(
        _("hours"), max_length=200, blank=True, help_text=_("In words, for example: weekdays 9 to 5.")
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    text_line = models.CharField(
        _("text line"), max_length=80, blank=True, help_text=_("A number for text messages, or how to chat.")
    )
    web = models.URLField(_("web address"), blank=True)
    languages = models.CharField(
        _("languages"),
        max_length=200,
        blank=True,
        help_text=_("Other than the country's own, each by its own name."),
    )
    notes = models.CharField(
        _("good to know"),
        max_length=300,
        blank=True,
        help_text=_("For example: no appointment needed, women only, wheelchair access."),
    )
    checked_on = models.DateField(
        _("checked on"),
        default=timezone.localdate,
        help_text=_("When somebody last made sure that all of this holds. Do it once a year."),
    )

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["name"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @property
    def kind_labels(self) -> list[str]:
        """What it is for, in words, in the order of the list."""
        return [str(kind.label) for kind in ServiceKind if kind.value in self.kinds]

    @property
    def dialled(self) -> str:
        """The phone number as a ``tel:`` link calls it."""
        return "".join(sign for sign in self.phone if sign.isascii() and (sign.isdigit() or sign in "+*#"))


class StaffRegion(models.Model):
    """A region, with everything below it, that somebody edits. It gives no right by itself: a group does."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+", verbose_name=_("region"))

    class Meta:
        verbose_name = _("editor's region")
        verbose_name_plural = _("editors' regions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "region"],
                name="nums_one_staff_region",
                violation_error_message=_("This person already edits that region."),
            )
        ]

    def __str__(self) -> str:
        return f"staff region {self.pk}"


def office_hours() -> dict[str, Any]:
    """Monday to Friday, nine to five."""
    return {day: [["09:00", "17:00"]] if day in WEEKDAYS[:5] else [] for day in WEEKDAYS}


@register_setting(icon="time")
class StaffedHours(BaseSiteSetting):
    """When somebody reads reports. What the report page promises is computed from this and from nothing else."""

    #: Weekday → list of ``["09:00", "17:00"]``, in order and apart, in the time zone of the country pack.
    hours = models.JSONField(_("hours"), default=office_hours, validators=[validate_hours])
    closed_days = models.TextField(
        _("closed days"),
        blank=True,
        validators=[validate_closed_days],
        help_text=_("Days when nobody reads reports, one on a line, written as 2030-12-25."),
    )
    away_until = models.DateField(
        _("away until"),
        null=True,
        blank=True,
        help_text=_("The first day when somebody reads reports again. Leave empty when nobody is away."),
    )

    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel(day) for day in WEEKDAYS],
                heading=_("When somebody reads reports"),
                help_text=_("Write hours as 09:00-13:00, 14:00-17:00. Leave a day empty when nobody reads on it."),
            ),
            FieldPanel("closed_days"),
            FieldPanel("away_until"),
        ],
        base_form_class=StaffedHoursForm,
    )

    class Meta:
        verbose_name = _("When reports are read")

    def __str__(self) -> str:
        return "staffed hours"
