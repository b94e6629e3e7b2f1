"""The roles of the access matrix, and a browser for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import GroupPagePermission, Page

from nums_wagtail.foundation import policy
from nums_wagtail.foundation.actors import SETUP
from nums_wagtail.members import joining
from nums_wagtail.members.models import Member
from nums_wagtail.regions.models import Region
from nums_wagtail.test.members_factories import make_member, make_organisation, sign_in
from nums_wagtail.test.people_factories import make_account, make_staff, make_superuser

#: Members, and who is nothing to us: a visitor, an account that the host made for something else.
STRANGERS = ("stranger", "account")
MEMBERS = ("pending", "approved", "suspended", "left", "elsewhere", "project")
READING_MEMBERS = ("approved", "elsewhere", "project")
OUTSIDE = (*STRANGERS, *MEMBERS)

#: One of each group of ours; ``other_editor`` edits another region.
STAFF = (*policy.GROUPS, "other_editor")
#: People of the host who work in the admin, and of whom the scheme knows nothing.
HOSTS = ("editors", "moderators", "superuser")
INSIDE = (*STAFF, *HOSTS)

ROLES = (*OUTSIDE, *INSIDE)


def make_people(region: Region, far_region: Region) -> tuple[dict[str, Any], dict[str, Member]]:
    """Accounts and members by role. ``region`` is where everything happens."""
    staff: dict[str, Any] = {key: make_staff(key) for key in policy.GROUPS if key != "regional_editor"}
    staff["regional_editor"] = make_staff("regional_editor", regions=[region])
    staff["other_editor"] = make_staff("regional_editor", regions=[far_region])
    staff["editors"] = _stock("Editors", "add_page", "change_page")
    staff["moderators"] = _stock("Moderators", "add_page", "change_page", "publish_page")
    staff["superuser"] = make_superuser()
    staff["account"] = make_account()
    waiting = Member.Status.APPLIED
    members = {
        role: make_member(home_region=region, status=waiting, working_name=f"Wren {role}") for role in MEMBERS
    }
    members["elsewhere"] = make_member(home_region=far_region, working_name="Wren elsewhere")
    members["project"].organisation = make_organisation(region=region)
    members["project"].kind = Member.Kind.PROJECT
    members["project"].save()
    for role in ("approved", "project"):
        joining.approve_member(members[role], by=SETUP)
    return staff, members


def make_browsers(staff: dict[str, Any], members: dict[str, Member]) -> dict[str, dict[str, str]]:
    """The cookies of each role. Suspended and gone are those who were signed in when it happened."""
    cookies: dict[str, dict[str, str]] = {"stranger": {}}
    for role, user in staff.items():
        cookies[role] = _cookies(lambda client, user=user: client.force_login(user))
    for role, member in members.items():
        cookies[role] = _cookies(lambda client, member=member: sign_in(client, member))
    for role, end in {"suspended": joining.suspend_member, "left": joining.leave}.items():
        members[role].refresh_from_db()
        if role == "suspended":
            joining.approve_member(members[role], by=SETUP)
        end(members[role], by=SETUP)
    return cookies


def _cookies(enter: Callable[[Client], Any]) -> dict[str, str]:
    client = Client()
    enter(client)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def _stock(name: str, *codenames: str) -> Any:
    """One of Wagtail's own groups, with what Wagtail gives it, also after a test that emptied every table."""
    group, _made = Group.objects.get_or_create(name=name)
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    for codename in codenames:
        right = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=Page.get_first_root_node(), permission=right)
    user = make_account(name.lower())
    user.groups.add(group)
    return user
