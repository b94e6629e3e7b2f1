"""Cases in the Wagtail admin: the queue, the addresses, the menu item. The front door registers them.

The page of one case is in ``views``. Wagtail's own permissions count for nothing here, and whoever may not
open cases finds nothing under these addresses.
"""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.middleware.csrf import get_token
from django.urls import include, path, reverse, reverse_lazy
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column, StatusFlagColumn, StatusTagColumn, TitleColumn
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from ..foundation import policy
from ..foundation.actors import Actor
from ..foundation.permission_policy import RightsPolicy, register_policy
from ..regions.models import Region
from ..reports.schema import label_of
from . import export_views, file_views, keying, views
from .access import QUEUE_ORDER, may_read, queue
from .models import Case, CaseNote, CaseReport

#: Wagtail may list log entries of cases to whoever opens cases; through Wagtail nobody adds, changes or deletes.
CASE_POLICY = register_policy(RightsPolicy(Case, {"view": ("open_case",)}))
register_policy(RightsPolicy(CaseNote, {}))
register_policy(RightsPolicy(CaseReport, {}))

#: Categories named in a row of the queue before it only counts them.
CATEGORIES_SHOWN = 3


class CaseFilterSet(WagtailFilterSet):
    """The filters of the queue. Closed cases are left out until they are asked for."""

    ALL = "all"
    UNGRADED = "ungraded"

    status = django_filters.ChoiceFilter(
        label=_("Status"),
        method="filter_status",
        choices=[*Case.Status.choices, (ALL, _("All, closed ones too"))],
        empty_label=_("New and open"),
        widget=forms.RadioSelect,
    )
    region = django_filters.ModelChoiceFilter(
        label=_("Region"), queryset=Region.objects.all(), empty_label=_("All")
    )
    severity = django_filters.ChoiceFilter(
        label=_("Severity"),
        method="filter_severity",
        choices=[(UNGRADED, Case.Severity.UNGRADED.label), *(c for c in Case.Severity.choices if c[0])],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )
    urgent = django_filters.ChoiceFilter(
        label=_("Urgent"),
        method="filter_urgent",
        choices=[("true", _("Urgent only"))],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )

    news = django_filters.ChoiceFilter(
        label=_("News"),
        method="filter_news",
        choices=[("true", _("The reporter wrote"))],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )
    automatic = django_filters.ChoiceFilter(
        label=_("Looks automatic"),
        method="filter_automatic",
        choices=[("true", _("Only those")), ("false", _("Leave them out"))],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Case
        fields = ("status", "region", "severity", "urgent", "news", "automatic")

    def filter_queryset(self, queryset: QuerySet[Case]) -> QuerySet[Case]:
        queryset = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("status"):
            # A reporter may write long after the case was closed, and must be found.
            queryset = queryset.exclude(status=Case.Status.CLOSED, has_news=False)
        return queryset

    def filter_status(self, queryset: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        return queryset if value == self.ALL else queryset.filter(status=value)

    def filter_severity(self, queryset: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        return queryset.filter(severity=Case.Severity.UNGRADED if value == self.UNGRADED else value)

    def filter_urgent(self, queryset: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        return queryset.filter(urgent=True)

    def filter_news(self, queryset: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        return queryset.filter(has_news=True)

    def filter_automatic(self, queryset: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        return queryset.filter(looks_automatic=value == "true")


class OpenColumn(BaseColumn):
    """The button that takes a case nobody has, and shows it. A POST, so that no prefetching browser takes one."""

    cell_template_name = "nums_wagtail/casework/open_cell.html"

    def get_cell_context_data(self, instance: Case, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        context["url"] = reverse("nums_cases:open", args=[instance.uuid])
        context["csrf_token"] = get_token(context["request"])
        return context


def _day(case: Case) -> str:
    # Wagtail's column for dates counts hours, which nobody knows of a report.
    return date_format(case.received_on, "j M Y")


def _categories(case: Case) -> str:
    codes = dict.fromkeys(code for link in case.case_reports.all() for code in link.report.categories)
    labels = [str(label_of("categories", code)) for code in codes]
    more = len(labels) - CATEGORIES_SHOWN
    return ", ".join(labels[:CATEGORIES_SHOWN]) + (f" +{more}" if more > 0 else "")


class QueueView(generic.IndexView):
    """The queue: new ones first, urgent ones before others, then as they came."""

    model = Case
    permission_policy = CASE_POLICY
    any_permission_required = None
    page_title = _("Cases")
    header_icon = "folder-open-inverse"
    index_url_name = "nums_cases:index"
    index_results_url_name = "nums_cases:index_results"
    filterset_class = CaseFilterSet
    default_ordering = QUEUE_ORDER
    paginate_by = 50
    is_searchable = False
    verbose_name_plural = _("cases")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.by = Actor.person(request.user)
        if not may_read(self.by):
            raise Http404
        # Wagtail's listings export when the address says so. Exports of ours are registered; this is none.
        self.is_export = False
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    def get_base_queryset(self) -> QuerySet[Case]:
        return queue(self.by).select_related("region", "assignee").prefetch_related("case_reports__report")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not policy.may(self.by, "work_case"):
            return []
        filtered = self.request.GET.urlencode()
        take = reverse("nums_cases:export") + (f"?{filtered}" if filtered else "")
        return [
            HeaderButton(_("Key a paper form"), url=reverse("nums_cases:key_new"), icon_name="edit"),
            HeaderButton(_("Export"), url=take, icon_name="download"),
        ]

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            TitleColumn(
                "pk",
                label=_("Number"),
                sort_key="pk",
                get_url=lambda case: reverse("nums_cases:case", args=[case.uuid]),
            ),
            Column("received_on", label=_("Received"), accessor=_day, sort_key="received_on"),
            Column("region", label=_("Region"), accessor="region.name"),
            Column("categories", label=_("What happened"), accessor=_categories),
            Column("severity", label=_("Severity"), accessor="get_severity_display"),
            StatusFlagColumn("urgent", label=_("Urgent"), true_label=_("Urgent"), sort_key="urgent"),
            StatusFlagColumn("has_news", label=_("News"), true_label=_("Wrote"), sort_key="has_news"),
            StatusFlagColumn("looks_automatic", label=_("Remark"), true_label=_("Looks automatic")),
            Column("assignee", label=_("Works on it"), accessor=lambda case: get_user_display_name(case.assignee)),
            StatusTagColumn(
                "status",
                label=_("Status"),
                accessor="get_status_display",
                primary=lambda case: case.status == Case.Status.NEW,
            ),
            OpenColumn("open", label=_("Next step")),
        ]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class CasesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(Actor.person(request.user))


def menu_item(request: HttpRequest | None = None) -> MenuItem:
    """The way to the queue, shown to whoever may open cases. Works for both of Wagtail's menu hooks."""
    return CasesMenuItem(
        _("Cases"), reverse_lazy("nums_cases:index"), name="nums-cases", icon_name="folder-open-inverse", order=110
    )


def admin_urls() -> list[Any]:
    """Addresses for Wagtail's ``register_admin_urls`` hook. Random ids only: numbers are for reading aloud."""
    of_case = [
        path("", views.CasePageView.as_view(), name="case"),
        path("open/", views.OpenView.as_view(), name="open"),
        path("take/", views.TakeView.as_view(), name="take"),
        path("files/<uuid:file_uuid>/", file_views.FileView.as_view(), name="file"),
        path("files/<uuid:file_uuid>/picture/", file_views.PictureView.as_view(), name="picture"),
        path("files/<uuid:file_uuid>/block-out/", file_views.BlockOutView.as_view(), name="block_out"),
        path("key/<uuid:report_uuid>/", keying.KeyReportView.as_view(), name="key"),
        path("note/", views.NoteView.as_view(), name="note"),
        path("message/", views.MessageView.as_view(), name="message"),
        path("news-read/", views.NewsReadView.as_view(), name="news_read"),
        path("grade/", views.GradeView.as_view(), name="grade"),
        path("police/", views.PoliceView.as_view(), name="police"),
        path("lead/", views.LeadView.as_view(), name="lead"),
        path("spoken/", views.SpokenView.as_view(), name="spoken"),
        path("export/", export_views.CaseExportView.as_view(), name="export_case"),
        path("close/", views.CloseView.as_view(), name="close"),
        path("reopen/", views.ReopenView.as_view(), name="reopen"),
    ]
    patterns = [
        path("", QueueView.as_view(), name="index"),
        path("results/", QueueView.as_view(results_only=True), name="index_results"),
        path("export/", export_views.QueueExportView.as_view(), name="export"),
        path("key/", keying.key_new, name="key_new"),
        path("sheet/", keying.print_blank, name="print_sheet"),
        path("<uuid:uuid>/", include(of_case)),
    ]
    return [path("cases/", include((patterns, "nums_cases")))]
