"""A host with a second database, still empty."""

from mysite.settings.dev import *  # noqa: F403

from ..cheap import DEBUG, EMAIL_BACKEND, PASSWORD_HASHERS, WAGTAIL_AUTOSAVE_INTERVAL, database  # noqa: F401

DATABASES = {"default": database(), "keys": database("keys")}
