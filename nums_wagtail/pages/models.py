"""Every page type of ours, each joining a room's mixin with Page. A host with its own base page writes these itself."""

from typing import ClassVar

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractFormField
from wagtail.models import Page, PageManager

from nums_wagtail.alerts.pages import AlertIndexPageMixin, RegionalPageMixin
from nums_wagtail.reports.pages import OWN_QUESTION_PANELS, ReportPageMixin, own_questions_panel
from nums_wagtail.reports.professionals import ProfessionalsPageMixin


class ReportPage(ReportPageMixin, Page):
    objects: ClassVar[PageManager]

    content_panels = [*ReportPageMixin.content_panels, own_questions_panel()]

    class Meta(ReportPageMixin.Meta):
        abstract = False


class ReportQuestion(AbstractFormField):
    # Wagtail's base has no types, so that they are said here.
    objects: ClassVar[models.Manager["ReportQuestion"]]
    _default_manager: ClassVar[models.Manager["ReportQuestion"]]

    page = ParentalKey(ReportPage, on_delete=models.CASCADE, related_name="own_questions")

    panels = OWN_QUESTION_PANELS


class AlertIndexPage(AlertIndexPageMixin, Page):
    objects: ClassVar[PageManager]

    class Meta(AlertIndexPageMixin.Meta):
        abstract = False


class RegionalPage(RegionalPageMixin, Page):
    objects: ClassVar[PageManager]

    class Meta(RegionalPageMixin.Meta):
        abstract = False


class ProfessionalsPage(ProfessionalsPageMixin, Page):
    objects: ClassVar[PageManager]

    class Meta(ProfessionalsPageMixin.Meta):
        abstract = False
