"""A site straight from ``wagtail start``; the run makes it with the installed Wagtail's own template."""

from mysite.settings.dev import *  # noqa: F403

from ..cheap import DEBUG, EMAIL_BACKEND, PASSWORD_HASHERS, WAGTAIL_AUTOSAVE_INTERVAL, database  # noqa: F401

ROOT_URLCONF = "mysite.urls_before"
DATABASES = {"default": database()}
