"""The registers of this room: bulletins and deliveries, with no address, no name and no word of an alert."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nums_wagtail.foundation.registers import ReadOnlyRegister, RegisterPermissions

from .models import Bulletin, Delivery


class BulletinsPermissions(RegisterPermissions):
    rights = ("see_registers", "write_bulletin", "write_bulletin_own_regions")


class BulletinRegister(ReadOnlyRegister):
    model = Bulletin
    permission_helper_class = BulletinsPermissions
    menu_label = _("Bulletins")
    base_url_path = "registers/bulletins"
    list_display = ("__str__", "kind", "state", "starts_at", "readers", "reached", "finished_at")
    list_filter = ("kind", "state")
    list_export = ("number", "kind", "state", "composed_at", "starts_at", "readers", "reached", "finished_at")
    inspect_view_fields = (
        "number",
        "kind",
        "state",
        "lane",
        "composed_at",
        "starts_at",
        "readers",
        "reached",
        "finished_at",
    )
    ordering = ("-pk",)


class DeliveryRegister(ReadOnlyRegister):
    model = Delivery
    permission_helper_class = BulletinsPermissions
    menu_label = _("Deliveries")
    base_url_path = "registers/deliveries"
    list_display = ("__str__", "bulletin", "subscription", "state", "attempts", "sent_at", "error_class")
    list_select_related = ("bulletin", "subscription")
    list_filter = ("state", "lane", "error_class")
    list_export = ("bulletin", "subscription", "state", "lane", "attempts", "due_at", "sent_at", "error_class")
    inspect_view_fields = (
        "bulletin",
        "edition",
        "subscription",
        "state",
        "lane",
        "attempts",
        "due_at",
        "sent_at",
        "error_class",
    )
    ordering = ("-pk",)
