"""The scheme's pages on the host's own base: the mixin and that base, two lines for each."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractFormField

from nums_wagtail.alerts.pages import AlertIndexPageMixin, RegionalPageMixin
from nums_wagtail.reports.pages import ReportPageMixin, own_questions_panel

from ..website.models import BasePage


class ReportPage(ReportPageMixin, BasePage):
    content_panels = [*ReportPageMixin.content_panels, own_questions_panel()]

    class Meta(ReportPageMixin.Meta):
        abstract = False


class ReportQuestion(AbstractFormField):
    page = ParentalKey(ReportPage, on_delete=models.CASCADE, related_name="own_questions")


class AlertIndexPage(AlertIndexPageMixin, BasePage):
    class Meta(AlertIndexPageMixin.Meta):
        abstract = False


class RegionalPage(RegionalPageMixin, BasePage):
    class Meta(RegionalPageMixin.Meta):
        abstract = False
