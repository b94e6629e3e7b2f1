"""How Wagtail's admin asks the scheme's rights: one policy class for every model of ours.

Wagtail asks about actions (add, change, publish …); the scheme knows rights. The superuser flag counts for
nothing here, as everywhere in the scheme. Which right stands behind which action is each room's own list.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from . import policy
from .actors import Actor

Rights = Mapping[str, Collection[str]]


class RightsPolicy(BasePermissionPolicy):
    """Any one of an action's rights allows it; an action that is not listed is allowed to nobody.

    ``rights`` maps Wagtail's actions to codenames of ``policy.RIGHTS``, for example
    ``{"view": ("manage_scheme",), "change": ("manage_scheme",)}``.
    Raises KeyError for a right that nobody declared.
    """

    def __init__(self, model: type[Model] | str, rights: Rights) -> None:
        super().__init__(model)
        for names in rights.values():
            for name in names:
                policy.RIGHTS[name]
        self.rights = {action: tuple(names) for action, names in rights.items()}

    def rights_for(self, actions: Iterable[str]) -> set[str]:
        """The rights that allow at least one of ``actions``."""
        return {name for action in actions for name in self.rights.get(action, ())}

    def get_all_permissions_for_user(self, user: Any) -> set[str]:
        """The rights of somebody that this model's actions rest on."""
        return set(policy.rights_of(user)) & self.rights_for(self.rights)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        names = self.rights_for(actions)
        return bool(names) and user is not None and policy.may(Actor.person(user), *names)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        return users_holding(*self.rights_for(actions))

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        # One by one, so that a subclass needs to narrow ``user_has_permission_for_instance`` only.
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        if self.user_has_any_permission(user, actions):
            return self.model._default_manager.all()
        return self.model._default_manager.none()


def users_holding(*rights: str) -> QuerySet[Any]:
    """Active accounts that hold at least one of ``rights`` by group or by name; superusers not by being so."""
    users = get_user_model()._default_manager
    if not rights:
        return users.none()
    held = Permission.objects.filter(content_type__app_label=policy.APP_LABEL, codename__in=rights)
    return (
        users.filter(is_active=True)
        .filter(Q(groups__permissions__in=held) | Q(user_permissions__in=held))
        .distinct()
    )


def register_policy(rights_policy: RightsPolicy) -> RightsPolicy:
    """Make ``rights_policy`` the one Wagtail asks for its model; call it where a room's viewsets are defined.

    Wagtail 8.0 keeps policies in a registry. On 7.4 there is none, and the viewset's ``permission_policy``
    attribute decides, so a viewset of ours sets both.
    """
    try:
        from wagtail.permissions import register_permission_policy
    except ImportError:
        return rights_policy
    register_permission_policy(rights_policy.model, rights_policy)
    return rights_policy
