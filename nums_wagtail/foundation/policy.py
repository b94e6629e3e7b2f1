"""Who may do what: the rights, the groups that hold them, and the one question every verb asks.

Being a superuser gives none of these rights: somebody who keeps the server running need not read reports.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import actors
from .actors import Actor
from .errors import NotAllowed

APP_LABEL = "nums_wagtail"

#: codename → what it allows, in words for the group form.
RIGHTS: dict[str, Any] = {
    "open_case": _("Can open cases and read reports"),
    "work_case": _("Can grade, match, note and close cases"),
    "see_alert_draft": _("Can see alert drafts"),
    "write_alert": _("Can write and submit alerts"),
    "clear_alert": _("Can clear an alert against its reports"),
    "release_alert": _("Can release alerts of every region"),
    "release_alert_own_regions": _("Can release alerts of own regions"),
    "release_emergency_alert": _("Can release emergency alerts"),
    "withdraw_alert": _("Can withdraw alerts of every region"),
    "withdraw_alert_own_regions": _("Can withdraw alerts of own regions"),
    "read_released": _("Can read released alerts of every region"),
    "vet_members": _("Can approve, suspend and list members"),
    "write_bulletin": _("Can write and stop bulletins"),
    "write_bulletin_own_regions": _("Can write and stop bulletins of own regions"),
    "approve_special_bulletin": _("Can approve special bulletins"),
    "disclose": _("Can hand over what a reporter consented to"),
    "see_registers": _("Can see the registers, without content"),
    "manage_scheme": _("Can change the scheme's settings"),
}

#: Key → (name, rights) of the groups that ``nums_setup`` makes. A host's own groups are never touched.
GROUPS: dict[str, tuple[str, frozenset[str]]] = {
    "caseworker": (
        "Scheme: caseworkers",
        frozenset(
            {
                "open_case",
                "work_case",
                "see_alert_draft",
                "write_alert",
                "clear_alert",
                "withdraw_alert",
                "read_released",
            }
        ),
    ),
    "regional_editor": (
        "Scheme: regional editors",
        frozenset(
            {
                "see_alert_draft",
                "write_alert",
                "release_alert_own_regions",
                "withdraw_alert_own_regions",
                "write_bulletin_own_regions",
                "read_released",
            }
        ),
    ),
    "approver": (
        "Scheme: approvers",
        frozenset(
            {"see_alert_draft", "release_alert", "withdraw_alert", "approve_special_bulletin", "read_released"}
        ),
    ),
    "on_call": (
        "Scheme: on call",
        frozenset({"open_case", "release_emergency_alert", "withdraw_alert", "read_released"}),
    ),
    "membership": ("Scheme: membership", frozenset({"vet_members", "read_released"})),
    "bulletin_editor": ("Scheme: bulletin editors", frozenset({"write_bulletin", "read_released"})),
    "police_contact": ("Scheme: police contact", frozenset({"disclose", "read_released"})),
    "auditor": ("Scheme: auditors", frozenset({"see_registers"})),
    "administrator": ("Scheme: administrators", frozenset({"manage_scheme", "see_registers"})),
}

MACHINE_RIGHTS: dict[str, frozenset[str]] = {
    actors.INTAKE.machine: frozenset(),
    actors.WORKER.machine: frozenset({"write_bulletin"}),
    actors.CLOCK.machine: frozenset({"withdraw_alert"}),
    actors.LEDGER.machine: frozenset({"withdraw_alert"}),
    actors.SETUP.machine: frozenset({"vet_members", "manage_scheme"}),
}


def rights_of(user: Any) -> frozenset[str]:
    """The rights somebody holds through groups or by name; asked once and kept on the user object.

    Being a superuser counts for nothing here, and an inactive account holds no right.
    """
    if user is None or not getattr(user, "is_active", False) or user.pk is None:
        return frozenset()
    held = getattr(user, "_nums_rights", None)
    if held is None:
        held = frozenset(
            Permission.objects.filter(
                Q(group__in=user.groups.all()) | Q(pk__in=user.user_permissions.values("pk")),
                content_type__app_label=APP_LABEL,
                codename__in=RIGHTS,
            ).values_list("codename", flat=True)
        )
        user._nums_rights = held
    return held


def may(by: Actor, *rights: str) -> bool:
    """Whether the actor holds at least one of ``rights``. Raises KeyError for a right nobody declared."""
    for right in rights:
        RIGHTS[right]
    held = MACHINE_RIGHTS.get(by.machine, frozenset()) if by.machine else rights_of(by.user)
    return not held.isdisjoint(rights)


def require(by: Actor, *rights: str) -> None:
    """Raises NotAllowed unless the actor holds at least one of ``rights``."""
    if not may(by, *rights):
        raise NotAllowed()


def is_staff_of_scheme(user: Any) -> bool:
    """Whether an account holds any right of the scheme."""
    return bool(rights_of(user))
