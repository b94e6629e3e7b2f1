"""Settings of the test run: the example site with cheap key derivation and mail kept in memory."""

import os

from example_site.settings.base import *  # noqa: F403
from example_site.settings.base import BASE_DIR, NUMS_WAGTAIL

SECRET_KEY = "tests-only"
DEBUG = False
ALLOWED_HOSTS = ["*"]
if os.environ.get("TEST_DATABASE_URL") == "postgres":
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": os.environ.get("PGDATABASE", "postgres"),
            "USER": os.environ.get("PGUSER", "postgres"),
            "PASSWORD": os.environ.get("PGPASSWORD", ""),
            "HOST": os.environ.get("PGHOST", "127.0.0.1"),
            "PORT": os.environ.get("PGPORT", "5432"),
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": BASE_DIR / "var" / "test-unused.sqlite3",
            "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"},
        }
    }
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
WAGTAIL_AUTOSAVE_INTERVAL = 0
Q_CLUSTER = {**Q_CLUSTER, "sync": False}  # noqa: F405
NUMS_WAGTAIL = {
    **NUMS_WAGTAIL,
    # Insecure on purpose: one slow test uses the real cost.
    "ARGON2_MEMORY_KIB": 8,
    "ARGON2_PASSES": 1,
    "MAILS_PER_HOUR": None,
    "UNDO_SECONDS": 0,
    "UNDO_SECONDS_EMERGENCY": 0,
    # The tests' own 32 bytes; nothing outside the tests is sealed with them.
    "SITE_KEYS": ["t1:dGVzdHMgb25seSB0ZXN0cyBvbmx5IHRlc3RzIG9uMTE="],
}
