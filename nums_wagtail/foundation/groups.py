"""Makes the scheme's groups in the host's own user administration.

Which groups there are and what each may do is ``policy.GROUPS``. Site settings and page permissions of the
administrators come with the pages (``pages/setup.py``).
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth import get_permission_codename, get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from . import journal, policy
from .actors import Actor
from .models import Right
from .transactions import verb_transaction

GROUP_MADE = journal.declare("nums.foundation.group_made", _("Group of the scheme made or completed"))

#: Who manages the scheme also makes accounts for its staff, but deletes none: log entries name them.
_ACCOUNT_ACTIONS = ("add", "change")


def ensure_groups(*, by: Actor, keys: Iterable[str] | None = None) -> dict[str, Group]:
    """The groups of the scheme, or those of ``keys``, by key; made or completed where something is missing.

    A group of ours is known by its name. What a site has added to it stays, and no other group is read or
    written. Raises NotAllowed without the right to manage the scheme.
    """
    policy.require(by, "manage_scheme")
    with verb_transaction(joins="setup"):
        rights = _rights()
        entrance = [_entrance_permission()]
        return {
            key: _ensure_group(
                name,
                [
                    *(rights[codename] for codename in sorted(codenames)),
                    *entrance,
                    *(_account_permissions() if "manage_scheme" in codenames else ()),
                ],
                by=by,
            )
            for key, (name, codenames) in policy.GROUPS.items()
            if keys is None or key in keys
        }


def _ensure_group(name: str, wanted: list[Permission], *, by: Actor) -> Group:
    group, made = Group.objects.get_or_create(name=name)
    held = set(group.permissions.values_list("pk", flat=True))
    missing = [permission for permission in wanted if permission.pk not in held]
    if missing:
        group.permissions.add(*missing)
    if made or missing:
        journal.write(group, GROUP_MADE, by=by, data={"permissions": len(missing)})
    return group


def _rights() -> dict[str, Permission]:
    """The permissions of the scheme's rights; usually there since ``migrate``, made here if it has not run yet."""
    carrier = ContentType.objects.get_for_model(Right, for_concrete_model=False)
    there = {one.codename: one for one in Permission.objects.filter(content_type=carrier)}
    return {
        codename: there.get(codename)
        or Permission.objects.get_or_create(content_type=carrier, codename=codename, defaults={"name": str(words)})[
            0
        ]
        for codename, words in policy.RIGHTS.items()
    }


def _entrance_permission() -> Permission:
    """The permission to enter Wagtail's admin at all."""
    carrier, _made = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")
    return Permission.objects.get_or_create(
        content_type=carrier, codename="access_admin", defaults={"name": "Can access Wagtail admin"}
    )[0]


def _account_permissions() -> list[Permission]:
    users = get_user_model()
    carrier = ContentType.objects.get_for_model(users)
    names = [get_permission_codename(action, users._meta) for action in _ACCOUNT_ACTIONS]
    return list(Permission.objects.filter(content_type=carrier, codename__in=names))
