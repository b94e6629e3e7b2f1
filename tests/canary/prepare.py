"""``python -m tests.canary.prepare``: a site that is set up, with the people who work on it."""

from __future__ import annotations

import os

#: A secret that somebody types, too.
PASSWORD = "cnrpasswordofthestaff"
#: User name → the scheme's group.
PEOPLE = {
    "robin": "caseworker",
    "ash": "approver",
    "linden": "membership",
    "hazel": "administrator",
}


def prepare() -> None:
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group
    from django.core.management import call_command

    from nums_wagtail.foundation import policy

    call_command("migrate", verbosity=0)
    call_command("nums_setup", no_input=True, verbosity=0)
    for username, group in PEOPLE.items():
        user = get_user_model().objects.create_user(username, password=PASSWORD)
        user.groups.add(Group.objects.get(name=policy.GROUPS[group][0]))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.canary.settings")
    import django

    django.setup()
    prepare()
