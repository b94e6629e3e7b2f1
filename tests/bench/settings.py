"""Settings that are measured: the example site as it runs, with the real cost of cryptography and no hourly limit.

SQLite is the file of the example's settings (WAL, FULL, IMMEDIATE, 20 s, secure_delete) in another place.
"""

import os

from example_site.settings.base import *  # noqa: F403
from example_site.settings.base import DATABASES, NUMS_WAGTAIL

SECRET_KEY = "benchmarks-only"
ALLOWED_HOSTS = ["*"]
if os.environ.get("TEST_DATABASE_URL") == "postgres":
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": os.environ.get("BENCH_DATABASE", "postgres"),
            "USER": os.environ.get("PGUSER", "postgres"),
            "PASSWORD": os.environ.get("PGPASSWORD", ""),
            "HOST": os.environ.get("PGHOST", "127.0.0.1"),
            "PORT": os.environ.get("PGPORT", "5432"),
        }
    }
else:
    DATABASES = {"default": {**DATABASES["default"], "NAME": os.environ.get("BENCH_DATABASE", "")}}
# As in production: a connection stays with its thread.
DATABASES["default"]["CONN_MAX_AGE"] = 60
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ.get("BENCH_SMTP_PORT", "1"))
EMAIL_TIMEOUT = 30
NUMS_WAGTAIL = {
    **NUMS_WAGTAIL,
    "MAILS_PER_HOUR": None,
    # One click to stop mails is part of every message only where links are https.
    "BASE_URL": "https://www.example.org",
    # The benchmarks' own 32 bytes; nothing outside them is sealed with these.
    "SITE_KEYS": ["b1:YmVuY2htYXJrcyBvbmx5IGJlbmNobWFya3Mgb25seTE="],
}
