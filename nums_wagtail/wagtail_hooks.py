"""Hands what the rooms offer to Wagtail's hooks: viewsets, addresses, menus, home panels, log actions. No logic."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import ModelAdminGroup

from .alerts import viewsets as alerts
from .alerts.panels import home_panel as alerts_panel
from .bulletins import registers as bulletin_registers
from .bulletins import staff_views as bulletins
from .bulletins.panels import home_panel as bulletins_panel
from .casework import viewsets as casework
from .casework.panels import home_panel as casework_panel
from .foundation import journal, registers
from .key_sheet_panel import home_panel as key_sheet_panel
from .members import viewsets as members
from .regions import viewsets as regions
from .reports import viewsets as reports

HOME_PANELS = (key_sheet_panel, casework_panel, alerts_panel, bulletins_panel)


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    journal.register_with_wagtail(actions)


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    return [*members.VIEWSETS, *regions.VIEWSETS]


@hooks.register("register_admin_urls")
def register_urls() -> list[Any]:
    return [*casework.admin_urls(), *alerts.admin_urls(), *bulletins.admin_urls()]


@hooks.register("register_admin_menu_item")
def register_cases() -> MenuItem:
    return casework.menu_item()


@hooks.register("construct_homepage_panels")
def add_home_panels(request: HttpRequest, panels: list[Any]) -> None:
    ours = [panel for make in HOME_PANELS if (panel := make(request)) is not None]
    panels[:0] = ours


class Registers(ModelAdminGroup):
    """Every register under one entry of the menu."""

    menu_label = _("Registers")
    menu_icon = "list-ul"
    menu_order = 190
    items = (bulletin_registers.BulletinRegister, bulletin_registers.DeliveryRegister, registers.ExportRegister)


register_snippet(alerts.AlertViewSet)
register_snippet(regions.ServiceViewSet)
register_snippet(reports.HelpTextViewSet)
Registers().register_with_wagtail()
