"""A host whose pages share a base of its own."""

import wagtail
from mysite.settings.dev import *  # noqa: F403
from mysite.settings.dev import INSTALLED_APPS

from ..cheap import DEBUG, EMAIL_BACKEND, PASSWORD_HASHERS, WAGTAIL_AUTOSAVE_INTERVAL, database  # noqa: F401

INSTALLED_APPS = [
    "tests.projects.own_page.website",
    *[app for app in INSTALLED_APPS if app not in ("home", "search")],
]
if wagtail.VERSION >= (8, 0):
    WAGTAIL_PAGE_MODEL = "website.BasePage"
else:
    # Those beside the app are for a swapped page model; on 7.4 the run makes others.
    MIGRATION_MODULES = {"website": "tests.projects.own_page.website.migrations_for_a_parent_class"}
LANGUAGE_CODE = "en"
ROOT_URLCONF = "tests.projects.own_page.urls_before"
DATABASES = {"default": database()}

#: Made by hand: Wagtail makes a first site for its own page model only.
MAKE_SITE = "tests.projects.own_page.editors.make_site"
