"""Every page type of ours, each joining a room's mixin with Page. A host with its own base page writes these itself."""

from wagtail.models import Page

from nums_wagtail.alerts.pages import AlertIndexPageMixin, RegionalPageMixin
from nums_wagtail.reports.pages import ReportPageMixin


class ReportPage(ReportPageMixin, Page):
    class Meta(ReportPageMixin.Meta):
        abstract = False


class AlertIndexPage(AlertIndexPageMixin, Page):
    class Meta(AlertIndexPageMixin.Meta):
        abstract = False


class RegionalPage(RegionalPageMixin, Page):
    class Meta(RegionalPageMixin.Meta):
        abstract = False
