"""Settings of the site that is searched: the example site with everything kept that a host could keep.

SQLite in a file with WAL, or a PostgreSQL of its own; sessions in the database; a cache of files; a log of all
that is said; errors mailed to administrators with Django's fullest report; mails in a folder.
"""

import os

import django

from example_site.settings.base import *  # noqa: F403
from example_site.settings.base import INSTALLED_APPS, MIDDLEWARE, NUMS_WAGTAIL, VAR_DIR

SECRET_KEY = "canary-only"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tests.canary.urls"
MIDDLEWARE = [*MIDDLEWARE, "tests.canary.breaking.RefusingDatabase"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if database := os.environ.get("CANARY_DATABASE"):
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": database,
            "USER": os.environ["PGUSER"],
            "HOST": os.environ["PGHOST"],
            "PORT": os.environ["PGPORT"],
        }
    }

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": VAR_DIR / "cache"}
}
EMAIL_BACKEND = "example_site.mail_folder.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "outbox"
ADMINS = (
    ["administrators@example.org"]
    if django.VERSION >= (6, 0)
    else [("Administrators", "administrators@example.org")]
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {
        "file": {"class": "logging.FileHandler", "filename": VAR_DIR / "site.log"},
        "admins": {"class": "django.utils.log.AdminEmailHandler", "level": "ERROR", "include_html": True},
    },
    "root": {"handlers": ["file"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["file", "admins"], "level": "INFO", "propagate": False},
        # Every line of it names a path that was asked for, which the web server's own log does, too.
        "django.server": {"handlers": ["file"], "level": "INFO", "propagate": False},
    },
}
WAGTAIL_AUTOSAVE_INTERVAL = 0
NUMS_WAGTAIL = {
    **NUMS_WAGTAIL,
    "ARGON2_MEMORY_KIB": 8,
    "ARGON2_PASSES": 1,
    "MAILS_PER_HOUR": None,
    "UNDO_SECONDS": 0,
    "UNDO_SECONDS_EMERGENCY": 0,
    "SITE_KEYS": ["c1:Y2FuYXJ5IG9ubHkgY2FuYXJ5IG9ubHkgY2FuYXJ5IDE="],
}
if os.environ.get("CANARY_UNSEALED"):
    # The positive control: nothing is encrypted, and the search has to notice.
    INSTALLED_APPS = [*INSTALLED_APPS, "tests.canary.unsealed"]
