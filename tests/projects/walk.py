"""A superuser's walk through a host: its home page, its search, and the corners of the admin that list everything.

Run as a program with the host's settings; leaves with 1 and the address when a page does not answer.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import django
from django.conf import settings

#: Below the admin: what lists rows of every kind, ours among them.
CORNERS = (
    "reports/site-history/",
    "reports/workflow/",
    "reports/page-types-usage/",
    "workflows/list/",
    "workflows/tasks/index/",
    "users/",
    "groups/",
    "snippets/",
    "pages/search/?q=updates",
)


def addresses() -> Iterator[str]:
    from django.urls import NoReverseMatch, reverse
    from wagtail.models import Site

    site = Site.objects.get(is_default_site=True)
    yield site.root_page.get_url()
    admin = reverse("wagtailadmin_home")
    yield admin
    yield reverse("wagtailadmin_explore", args=[site.root_page.pk])
    for child in site.root_page.get_children():
        yield reverse("wagtailadmin_explore", args=[child.pk])
    for corner in CORNERS:
        yield admin + corner
    try:
        yield reverse("search") + "?query=updates"
    except NoReverseMatch:
        return


def walk() -> int:
    from django.contrib.auth import get_user_model
    from django.test import Client

    users = get_user_model().objects
    person = users.filter(is_superuser=True).first() or users.create_superuser(
        "root@example.org", password="unused"
    )
    client = Client()
    client.force_login(person)
    for address in addresses():
        try:
            response = client.get(address, follow=True)
        except Exception:
            sys.stdout.write(f"{address} does not answer\n")
            raise
        if response.status_code != 200:
            sys.stdout.write(f"{address} answers {response.status_code}\n")
            return 1
    return 0


if __name__ == "__main__":
    django.setup()
    settings.ALLOWED_HOSTS = ["*"]
    sys.exit(walk())
