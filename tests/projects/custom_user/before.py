"""A host with accounts of its own, two languages in its addresses, and a transaction round each request."""

from mysite.settings.dev import *  # noqa: F403
from mysite.settings.dev import INSTALLED_APPS, MIDDLEWARE

from ..cheap import DEBUG, EMAIL_BACKEND, PASSWORD_HASHERS, WAGTAIL_AUTOSAVE_INTERVAL, database  # noqa: F401

INSTALLED_APPS = ["tests.projects.custom_user.accounts", "wagtail.locales", *INSTALLED_APPS]
AUTH_USER_MODEL = "accounts.Person"
_after_sessions = MIDDLEWARE.index("django.contrib.sessions.middleware.SessionMiddleware") + 1
MIDDLEWARE = [
    *MIDDLEWARE[:_after_sessions],
    "django.middleware.locale.LocaleMiddleware",
    *MIDDLEWARE[_after_sessions:],
]
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
ROOT_URLCONF = "tests.projects.custom_user.urls_before"
DATABASES = {"default": {**database(), "ATOMIC_REQUESTS": True}}
