"""Registers: read-only lists of what happened, in wagtail-modeladmin; taking one away is itself registered.

Each room registers its own below ``ReadOnlyRegister``. The front door puts them under one menu group.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

from . import policy
from .actors import Actor
from .models import ExportRecord
from .spreadsheets import SpreadsheetMixin


class RegisterPermissions(PermissionHelper):
    """Whoever holds one of ``rights`` may look; nobody may add, change or delete, a superuser least of all."""

    rights: tuple[str, ...] = ("see_registers",)

    def user_can_list(self, user: Any) -> bool:
        return policy.may(Actor.person(user), *self.rights)

    def user_has_any_permissions(self, user: Any) -> bool:
        return self.user_can_list(user)

    def user_can_inspect_obj(self, user: Any, obj: Model) -> bool:
        return self.inspect_view_enabled and self.user_can_list(user)

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Model) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Model) -> bool:
        return False


class RegisterView(SpreadsheetMixin, IndexView):
    """The list; an export of it writes who took what and how many rows."""

    def as_spreadsheet(self, queryset: QuerySet[Any], spreadsheet_format: str) -> HttpResponse:
        ExportRecord.objects.create(
            by=self.request.user, what=str(self.opts.verbose_name_plural)[:60], rows=queryset.count()
        )
        return super().as_spreadsheet(queryset, spreadsheet_format)


class ReadOnlyRegister(ModelAdmin):
    """A register: listing, filters, inspect and export, and nothing else."""

    permission_helper_class = RegisterPermissions
    index_view_class = RegisterView
    inspect_view_enabled = True
    history_view_enabled = False
    list_per_page = 50
    menu_icon = "list-ul"

    def inspect_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        # Asked before the row is looked for, or the answer would tell who may not know which rows there are.
        if not self.permission_helper.user_can_list(request.user):
            raise PermissionDenied
        return super().inspect_view(request, instance_pk)

    def create_view(self, request: HttpRequest) -> HttpResponse:
        raise PermissionDenied

    def edit_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        raise PermissionDenied

    def delete_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        raise PermissionDenied


class ExportRegister(ReadOnlyRegister):
    """Who took which list away."""

    model = ExportRecord
    menu_label = _("Exports")
    base_url_path = "registers/exports"
    list_display = ("made_at", "by", "what", "rows", "reason")
    list_select_related = ("by",)
    list_filter = ("what",)
    list_export = ("made_at", "by", "what", "rows", "reason")
    ordering = ("-made_at",)
