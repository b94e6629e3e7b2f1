"""The scheme's pages on the host's own base: the mixin and that base, two lines for each."""

from nums_wagtail.alerts.pages import AlertIndexPageMixin, RegionalPageMixin
from nums_wagtail.reports.pages import ReportPageMixin

from ..website.models import BasePage


class ReportPage(ReportPageMixin, BasePage):
    class Meta(ReportPageMixin.Meta):
        abstract = False


class AlertIndexPage(AlertIndexPageMixin, BasePage):
    class Meta(AlertIndexPageMixin.Meta):
        abstract = False


class RegionalPage(RegionalPageMixin, BasePage):
    class Meta(RegionalPageMixin.Meta):
        abstract = False
