"""The Wagtail admin of regions: their names, and who edits which. The front door registers ``VIEWSETS``."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.forms import modelform_factory
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views import snippets

from ..foundation.actors import Actor
from ..foundation.permission_policy import RightsPolicy, register_policy, users_holding
from ..foundation.policy import RIGHTS
from .forms import RegionNameForm, StaffRegionForm
from .models import Region, Service, StaffRegion
from .scope import give_region, take_region
from .service_forms import ServiceFilterSet, ServiceForm
from .services import check_before
from .tree import rename_region

MANAGERS = ("manage_scheme",)

#: Regions come from the country pack: they are renamed here, neither added nor deleted.
REGION_POLICY = register_policy(RightsPolicy(Region, {"view": MANAGERS, "change": MANAGERS}))
STAFF_REGION_POLICY = register_policy(
    RightsPolicy(StaffRegion, {"view": MANAGERS, "add": MANAGERS, "delete": MANAGERS})
)
SERVICE_POLICY = register_policy(
    RightsPolicy(Service, {action: MANAGERS for action in ("view", "add", "change", "delete")})
)


class _RightsViewSet(ModelViewSet):
    """What both viewsets share. Wagtail's own permissions count for nothing here, so groups do not offer them."""

    add_to_settings_menu = True
    copy_view_enabled = False
    add_to_reference_index = False

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return Permission.objects.none()


class RegionEditView(generic.EditView):
    def save_instance(self) -> Region:
        by = Actor.person(self.request.user)
        return rename_region(self.form.instance, self.form.cleaned_data["name"], by=by)


class RegionViewSet(_RightsViewSet):
    model = Region
    permission_policy = REGION_POLICY
    icon = "site"
    menu_label = _("Regions")
    list_display = ["name", "kind", "ons_code"]
    list_per_page = 100
    search_fields = ["name"]
    search_backend_name = None
    edit_view_class = RegionEditView

    def get_form_class(self, for_update: bool = False) -> Any:
        return modelform_factory(Region, form=RegionNameForm)


class StaffRegionIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[StaffRegion]:
        return super().get_base_queryset().select_related("user", "region")


class StaffRegionCreateView(generic.CreateView):
    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["user"].queryset = users_holding(*RIGHTS)
        return form

    def save_instance(self) -> StaffRegion:
        chosen = self.form.cleaned_data
        return give_region(chosen["user"], chosen["region"], by=Actor.person(self.request.user))

    def get_success_buttons(self) -> list[Any]:
        # There is nothing to edit in a pair: it is given or taken.
        return []


class StaffRegionDeleteView(generic.DeleteView):
    def delete_action(self) -> None:
        take_region(self.object, by=Actor.person(self.request.user))


class StaffRegionViewSet(_RightsViewSet):
    model = StaffRegion
    permission_policy = STAFF_REGION_POLICY
    icon = "group"
    menu_label = _("Editors' regions")
    list_display = ["user", "region"]
    list_filter = ["region"]
    index_view_class = StaffRegionIndexView
    add_view_class = StaffRegionCreateView
    delete_view_class = StaffRegionDeleteView

    def get_form_class(self, for_update: bool = False) -> Any:
        return modelform_factory(StaffRegion, form=StaffRegionForm)


def is_overdue(service: Service) -> bool:
    return service.checked_on < check_before()


def check_state(service: Service) -> Any:
    """Says so where nobody checked a service for a year."""
    return _("Check again") if is_overdue(service) else _("Checked")


class ServiceViewSet(snippets.SnippetViewSet):
    """Clinics, helplines and advisers that are shown to reporters."""

    model = Service
    permission_policy = SERVICE_POLICY
    icon = "help"
    menu_label = _("Services")
    menu_name = "nums-services"
    add_to_settings_menu = True
    admin_url_namespace = "nums_services"
    base_url_path = "nums/services"
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
    list_display = [
        "name",
        Column("kind_labels", label=_("Kinds"), accessor=lambda one: ", ".join(one.kind_labels)),
        BooleanColumn("day_and_night", label=_("Day and night")),
        DateColumn("checked_on", label=_("Checked on"), sort_key="checked_on"),
        StatusTagColumn("check_state", label=_("State"), accessor=check_state, primary=is_overdue),
    ]
    filterset_class = ServiceFilterSet
    search_fields = ["name"]
    search_backend_name = None
    list_per_page = 100
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("kinds"),
            MultiFieldPanel(
                [FieldPanel("day_and_night"), FieldPanel("hours")],
                heading=_("When"),
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("phone"), FieldPanel("text_line")]), FieldPanel("web")],
                heading=_("How to reach it"),
            ),
            FieldPanel("languages"),
            FieldPanel("notes"),
            FieldPanel("checked_on"),
            FieldPanel("regions"),
        ],
        base_form_class=ServiceForm,
    )

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return Permission.objects.none()

    def register_chooser_viewset(self) -> None:
        """No chooser: it would list services to everybody in the admin, and nothing points at one."""


#: Named after the scheme, so that a host may have regions of its own in the admin.
VIEWSETS = (
    RegionViewSet("nums_regions", url_prefix="nums/regions"),
    StaffRegionViewSet("nums_staff_regions", url_prefix="nums/staff-regions"),
)
