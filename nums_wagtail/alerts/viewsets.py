"""Alerts in Wagtail's admin. The front door registers ``AlertViewSet`` and ``admin_urls``.

Every view is wrapped by one guard, because Wagtail's views ask a policy about the model and not about the row.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.models import TaskState
from wagtail.snippets.action_menu import (
    PublishMenuItem,
    SnippetActionMenu,
    SubmitForModerationMenuItem,
    UnpublishMenuItem,
)
from wagtail.snippets.views import snippets

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.error_reports import without_values
from nums_wagtail.foundation.errors import NumsError

from .forms import AlertForm
from .models import Alert
from .panels import BeforeReleasePanel
from .permissions import ALERT_POLICY
from .previews import SealedPreviewOnCreate, SealedPreviewOnEdit
from .staff_views import (
    NAMESPACE,
    CompareView,
    DraftView,
    ReviewView,
    WithdrawView,
    edit_url,
    review_url,
    tell,
)
from .submitting import check_before_submitting

View = Callable[..., HttpResponseBase]


class AlertActionMenu(SnippetActionMenu):
    """Wagtail's menu without the ways that are not ours: superusers of the host would be shown them."""

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(request, **kwargs)
        others = (PublishMenuItem, UnpublishMenuItem)
        self.menu_items: list[Any] = [item for item in self.menu_items if not isinstance(item, others)]
        if self.context.get("instance"):
            self._submit_in_one_click()

    def _submit_in_one_click(self) -> None:
        """A draft that is there is mostly opened to be handed in; saving it stands in the menu beside."""
        submit = next((item for item in self.menu_items if isinstance(item, SubmitForModerationMenuItem)), None)
        if submit is None:
            return
        self.menu_items.remove(submit)
        former: Any = self.default_item
        if former is not None:
            self.menu_items.insert(0, former)
        self.default_item: Any = submit


class SubmitsThroughTheCheck:
    """What create and edit share: handing in asks first, and a refusal is answered in words."""

    action: str
    object: Alert
    request: HttpRequest

    def run_action_method(self) -> HttpResponse | None:
        try:
            if self.action in ("submit", "restart-workflow"):
                check_before_submitting(self.object, by=Actor.person(self.request.user))
            return super().run_action_method()  # type: ignore[misc]  # Wagtail's view
        except NumsError as error:
            tell(self.request, error)
            messages.warning(self.request, _("It is saved as a draft and was not submitted."))
            return redirect(edit_url(self.object))


class AlertCreateView(SubmitsThroughTheCheck, snippets.CreateView):
    def _get_action_menu(self) -> SnippetActionMenu:
        return AlertActionMenu(self.request, view=self.view_name, model=self.model)


class AlertEditView(SubmitsThroughTheCheck, snippets.EditView):
    def _get_action_menu(self) -> SnippetActionMenu:
        return AlertActionMenu(
            self.request, view=self.view_name, instance=self.object, locked_for_user=self.locked_for_user
        )


class AlertIndexView(snippets.IndexView):
    def get_edit_url(self, instance: Alert) -> str:
        if self.user_has_permission_for_instance("change", instance):
            return edit_url(instance)
        return review_url(instance)


class AlertWorkflowActionView(snippets.WorkflowActionView):
    """Release or send back. The task state must be this alert's own: Wagtail's address carries both."""

    def get_redirect_url(self) -> str:
        return review_url(self.object)

    def get_task_state(self) -> TaskState:
        own = TaskState.objects.for_instance(self.object)
        return get_object_or_404(own, pk=self.task_state_id).specific

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.redirect_url)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = super().post(request, *args, **kwargs)
        except NumsError as error:
            tell(request, error)
            return redirect(self.redirect_url)
        messages.success(request, _("Released.") if self.action_name == "approve" else _("Sent back."))
        return response


class AlertCollectActionDataView(snippets.CollectWorkflowActionDataView):
    """There is no data to collect: comments would be stored and mailed in plain text."""

    def get_redirect_url(self) -> str:
        return review_url(self.object)

    def get_task_state(self) -> TaskState:
        own = TaskState.objects.for_instance(self.object)
        return get_object_or_404(own, pk=self.task_state_id).specific

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.redirect_url)

    post = get


def guarded(view: View, action: str) -> View:
    """Let through who may see alerts at all, and this one where the address names one; not yours is not there."""

    @without_values
    @wraps(view)
    def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not ALERT_POLICY.user_has_permission(request.user, "view"):
            raise PermissionDenied
        if "pk" in kwargs:
            alert = _visible(request.user, kwargs["pk"])
            if action != "view" and not _may(request.user, action, alert):
                raise PermissionDenied
        return view(request, *args, **kwargs)

    return guard


def _visible(user: Any, pk: Any) -> Alert:
    wanted = unquote(str(pk))
    seen = ALERT_POLICY.instances_user_has_any_permission_for(user, ["view"])
    alert = seen.filter(pk=int(wanted)).first() if wanted.isascii() and wanted.isdigit() else None
    if alert is None:
        raise Http404
    return alert


def _may(user: Any, action: str, alert: Alert) -> bool:
    if ALERT_POLICY.user_has_permission_for_instance(user, action, alert):
        return True
    task = alert.current_workflow_task
    return action == "change" and task is not None and task.user_can_access_editor(alert, user)


PANELS = [
    BeforeReleasePanel(heading=gettext_lazy("Before release")),
    MultiFieldPanel(
        [FieldPanel("kind"), FieldPanel("severity"), FieldPanel("line"), FieldPanel("categories")],
        heading=gettext_lazy("The warning"),
    ),
    MultiFieldPanel(
        [FieldPanel("incident_on"), FieldPanel("incident_precision"), FieldPanel("regions")],
        heading=gettext_lazy("When and where"),
    ),
    FieldPanel("facts", heading=gettext_lazy("Description")),
    InlinePanel(
        "identifiers",
        heading=gettext_lazy("Numbers and names"),
        label=gettext_lazy("Number or name"),
        help_text=gettext_lazy("Write it whole. Readers see it masked."),
        panels=[FieldPanel("kind"), FieldPanel("value")],
    ),
    MultiFieldPanel(
        [FieldPanel("certainty"), FieldPanel("advice"), FieldPanel("ends_on")],
        heading=gettext_lazy("How sure, what to do, how long"),
    ),
]


class AlertViewSet(snippets.SnippetViewSet):
    model = Alert
    permission_policy = ALERT_POLICY
    icon = "warning"
    menu_label = gettext_lazy("Alerts")
    menu_name = "nums-alerts"
    menu_order = 120
    add_to_admin_menu = True
    admin_url_namespace = NAMESPACE
    base_url_path = "alerts"
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
    list_display = ["__str__", "kind", "severity", UpdatedAtColumn()]
    list_filter = ["kind", "severity"]
    search_fields = ["reference"]
    search_backend_name = None
    ordering = ["-pk"]
    edit_handler = ObjectList(PANELS, base_form_class=AlertForm)
    index_view_class = AlertIndexView
    add_view_class = AlertCreateView
    edit_view_class = AlertEditView
    preview_on_add_view_class = SealedPreviewOnCreate
    preview_on_edit_view_class = SealedPreviewOnEdit
    unpublish_view_class = WithdrawView
    workflow_action_view_class = AlertWorkflowActionView
    collect_workflow_action_data_view_class = AlertCollectActionDataView

    def get_queryset(self, request: HttpRequest) -> QuerySet[Alert]:
        return ALERT_POLICY.instances_user_has_any_permission_for(request.user, ["view"])

    def construct_view(self, view_class: Any, **kwargs: Any) -> View:
        view = super().construct_view(view_class, **kwargs)
        if issubclass(view_class, snippets.EditView):
            return guarded(view, "change")
        return guarded(view, "delete" if issubclass(view_class, snippets.DeleteView) else "view")

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("review/<int:pk>/", self.construct_view(ReviewView), name="review"),
            path("compare/<int:pk>/", self.construct_view(CompareView), name="compare"),
        ]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        # Wagtail's own permissions of the model count for nothing, so groups don't offer them.
        return Permission.objects.none()

    def register_chooser_viewset(self) -> None:
        """No chooser: it would list every alert to everybody."""


def admin_urls() -> list[Any]:
    """Addresses that belong to no single alert."""
    return [
        path("alerts-from-case/<uuid:case_uuid>/", guarded(DraftView.as_view(), "view"), name="nums_alert_draft")
    ]
