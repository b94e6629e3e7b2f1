"""People who work for the scheme: accounts in the groups that set-up makes."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from nums_wagtail.foundation import policy
from nums_wagtail.foundation.actors import SETUP
from nums_wagtail.foundation.groups import ensure_groups
from nums_wagtail.regions.models import StaffRegion

_numbers = itertools.count(1)


def make_groups() -> dict[str, Group]:
    """The scheme's groups by key, with their permissions."""
    return ensure_groups(by=SETUP)


def make_staff(group_key: str, *, regions: Iterable[Any] = (), username: str | None = None) -> Any:
    """An account in one group of ``policy.GROUPS`` that works for ``regions``. Has no password: use force_login."""
    user = make_account(username or f"{group_key}-{next(_numbers)}")
    group = Group.objects.filter(name=policy.GROUPS[group_key][0]).first()
    group = group or ensure_groups(by=SETUP, keys=[group_key])[group_key]
    user.groups.add(group)
    StaffRegion.objects.bulk_create(StaffRegion(user=user, region=region) for region in regions)
    return user


def make_account(username: str | None = None, **fields: Any) -> Any:
    """An account of the host without any right of the scheme."""
    return get_user_model().objects.create_user(username or f"account-{next(_numbers)}", **fields)


def make_superuser(username: str | None = None) -> Any:
    """Somebody who keeps the server running: allowed all that Wagtail asks, and nothing of the scheme."""
    return get_user_model().objects.create_superuser(username or f"superuser-{next(_numbers)}", password="unused")


def make_stock_staff(group_name: str) -> Any:
    """An account in one of Wagtail's own groups, ``Editors`` or ``Moderators``, which the scheme must not trust."""
    user = make_account()
    user.groups.add(Group.objects.get_or_create(name=group_name)[0])
    return user
