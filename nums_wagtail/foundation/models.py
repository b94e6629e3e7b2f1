"""Tables that no single room owns: the scheme's rights, its branding, the register of exports."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from .policy import RIGHTS


class Right(models.Model):
    """Carries the scheme's permissions; it has no table and no rows."""

    class Meta:
        managed = False
        default_permissions = ()
        permissions = [(codename, str(words)) for codename, words in RIGHTS.items()]
        verbose_name = _("right")

    def __str__(self) -> str:
        return "right"


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_with_white(colour: str) -> float:
    """Contrast ratio of a ``#rrggbb`` colour against white (WCAG 2.2, relative luminance)."""
    return 1.05 / (_luminance(colour) + 0.05)


def validate_accent(value: str) -> None:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValidationError(_("Write the colour as # and six digits, for example #0b5c63."))
    if contrast_with_white(value) < 4.5:
        raise ValidationError(_("This colour is too light to read on white. Choose a darker one."))


@register_setting(icon="view")
class Branding(BaseSiteSetting):
    """What pages, mails and PDFs carry of the charity: name, sign-off and one colour."""

    scheme_name = models.CharField(
        _("name of the scheme"),
        max_length=80,
        default="Safety scheme",
        help_text=_("Shown at the top of report and member pages."),
    )
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#0b5c63",
        validators=[validate_accent],
        help_text=_("Buttons and links. Must be dark enough to read on white."),
    )
    contact_line = models.CharField(
        _("how to reach you"),
        max_length=200,
        blank=True,
        help_text=_("One line at the foot of mails, for example a telephone number and its hours."),
    )
    banner = models.CharField(
        _("banner"),
        max_length=120,
        blank=True,
        help_text=_("A line above every page of the scheme, for example while you try it out."),
    )

    panels = [FieldPanel("scheme_name"), FieldPanel("accent"), FieldPanel("contact_line"), FieldPanel("banner")]

    class Meta:
        verbose_name = _("Scheme: name and colour")

    def __str__(self) -> str:
        return "branding"


class ExportRecord(models.Model):
    """The register of exports: who took what, how many rows, and why. Never what stood in them."""

    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    what = models.CharField(_("what"), max_length=60)
    rows = models.PositiveIntegerField(_("rows"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"export {self.pk}"
