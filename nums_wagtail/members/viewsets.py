"""The Wagtail admin of members and their organisations. The front door registers ``VIEWSETS``.

Saving, approving and suspending go through the verbs; nobody deletes or copies a member here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from ..foundation.actors import Actor
from ..foundation.error_reports import without_values
from ..foundation.errors import BadInput, NumsError
from ..foundation.permission_policy import RightsPolicy, register_policy
from . import joining, preferences
from .listing import put_names_on
from .models import Member, Organisation
from .staff_forms import MemberForm

VETTING = ("vet_members",)
_ACTIONS = {"view": VETTING, "add": VETTING, "change": VETTING}

MEMBER_POLICY = register_policy(RightsPolicy(Member, _ACTIONS))
ORGANISATION_POLICY = register_policy(RightsPolicy(Organisation, _ACTIONS))

Verb = Callable[..., Member]


class _RightsViewSet(ModelViewSet):
    """What both viewsets share. Wagtail's own permissions count for nothing here, so groups do not offer them."""

    copy_view_enabled = False
    add_to_reference_index = False
    add_to_admin_menu = False

    def construct_view(self, view_class: Any, **kwargs: Any) -> Callable[..., HttpResponseBase]:
        """Ask first: Wagtail's views look for the row before, and tell anybody in the admin which rows there are."""
        view = super().construct_view(view_class, **kwargs)

        @without_values
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not self.permission_policy.user_has_permission(request.user, "view"):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return asked

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return Permission.objects.none()


class MemberIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Member]:
        # Who has left is an empty row; the filter by status still finds it.
        members = super().get_base_queryset().select_related("home_region")
        return members if self.request.GET.get("status") else members.exclude(status=Member.Status.LEFT)

    def paginate_queryset(self, queryset: QuerySet[Member], page_size: int) -> Any:
        paginator, page, members, more = super().paginate_queryset(queryset, page_size)
        put_names_on(members)
        return paginator, page, members, more


class _VerbErrorsMixin:
    """Puts what a verb found wrong beside the fields, as if the form had found it."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]  # the view behind the mixin has it
        except BadInput as error:
            for name, words in error.fields.items():
                form.add_error(name if name in form.fields else None, list(words))
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]  # as above
            return self.form_invalid(form)  # type: ignore[attr-defined]  # as above


class MemberCreateView(_VerbErrorsMixin, generic.CreateView):
    def save_instance(self) -> Member:
        return joining.enrol_member(**self.form.details(), by=Actor.person(self.request.user))


class MemberEditView(_VerbErrorsMixin, generic.EditView):
    def get_object(self, queryset: Any = None) -> Member:
        # A member who has left has nothing to show or to change.
        return super().get_object(Member.objects.exclude(status=Member.Status.LEFT))

    def get_page_subtitle(self) -> str:
        # On the screen of who vets only; logs and messages name the opaque reference.
        return self.object.working_name or str(self.object)

    def save_instance(self) -> Member:
        by = Actor.person(self.request.user)
        return preferences.edit_member(self.form.instance, **self.form.details(), by=by)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        status = self.object.status
        context["can_approve"] = status in (Member.Status.APPLIED, Member.Status.SUSPENDED)
        context["can_suspend"] = status in (Member.Status.APPLIED, Member.Status.APPROVED)
        return context


class MemberStepView(PermissionCheckedMixin, View):
    """A button: POST calls one verb on one member and goes back to the member."""

    http_method_names = ["post"]
    permission_required = "change"
    permission_policy = MEMBER_POLICY
    verb: Verb
    done: Any = ""
    edit_url_name = ""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        member = get_object_or_404(Member.objects.exclude(status=Member.Status.LEFT), pk=pk)
        try:
            type(self).verb(member, by=Actor.person(request.user))
        except NumsError as error:
            messages.error(request, error.words)
        else:
            messages.success(request, self.done)
        return HttpResponseRedirect(reverse(self.edit_url_name, args=[member.pk]))


class ApproveView(MemberStepView):
    verb = staticmethod(joining.approve_member)
    done = _("Approved. The member can read from now on and gets a mail.")


class SuspendView(MemberStepView):
    verb = staticmethod(joining.suspend_member)
    done = _("Suspended. The member can no longer read and gets no mails.")


class MemberViewSet(_RightsViewSet):
    model = Member
    permission_policy = MEMBER_POLICY
    icon = "user"
    menu_label = _("Members")
    list_display = [
        TitleColumn("shown_name", label=_("Working name"), url_name="nums_members:edit"),
        Column("shown_address", label=_("Email address")),
        StatusTagColumn(
            "get_status_display",
            label=_("Status"),
            sort_key="status",
            # Wagtail draws the primary tag paler; who waits should catch the eye.
            primary=lambda member: member.status != Member.Status.APPLIED,
        ),
        Column("home_region", label=_("Home region"), sort_key="home_region__name"),
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        Column("applied_on", label=_("Applied on"), sort_key="applied_on"),
    ]
    list_filter = ["status", "home_region", "kind"]
    search_fields = None
    index_view_class = MemberIndexView
    add_view_class = MemberCreateView
    edit_view_class = MemberEditView
    edit_template_name = "nums_wagtail/members/admin/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[MemberForm]:
        return MemberForm

    def get_urlpatterns(self) -> list[URLPattern]:
        back = self.get_url_name("edit")
        return [
            *super().get_urlpatterns(),
            path("approve/<int:pk>/", ApproveView.as_view(edit_url_name=back), name="approve"),
            path("suspend/<int:pk>/", SuspendView.as_view(edit_url_name=back), name="suspend"),
        ]


class OrganisationEditView(generic.EditView):
    def get_page_subtitle(self) -> str:
        # As with a member: on the screen of who vets only.
        return self.object.name


class OrganisationViewSet(_RightsViewSet):
    model = Organisation
    edit_view_class = OrganisationEditView
    permission_policy = ORGANISATION_POLICY
    icon = "group"
    menu_label = _("Organisations")
    list_display = ["name", "kind", "region"]
    list_filter = ["kind", "region"]
    search_fields = ["name"]
    search_backend_name = None
    form_fields = ["name", "kind", "region"]


class MembersGroup(ViewSetGroup):
    menu_label = _("Members")
    menu_icon = "group"
    menu_order = 300
    items = (MemberViewSet("nums_members"), OrganisationViewSet("nums_organisations"))


VIEWSETS = (MembersGroup(),)
