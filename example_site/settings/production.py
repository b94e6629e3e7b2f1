"""A starting point for a real host: PostgreSQL, keys and mail from the environment."""

import os

from .base import *  # noqa: F403 - settings are layered so
from .base import INSTALLED_APPS, NUMS_WAGTAIL

SECRET_KEY = os.environ["SECRET_KEY"]
# Wagtail's search index has fields of PostgreSQL's own.
INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.postgres"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("PGDATABASE", "lantern"),
        "USER": os.environ.get("PGUSER", "lantern"),
        "PASSWORD": os.environ.get("PGPASSWORD", ""),
        "HOST": os.environ.get("PGHOST", ""),
        "PORT": os.environ.get("PGPORT", ""),
        "CONN_MAX_AGE": 60,
    }
}
# Shared by all processes: it slows down who asks again and again. The database's needs ``createcachetable`` once.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": os.environ["CACHE_REDIS_URL"],
    }
    if "CACHE_REDIS_URL" in os.environ
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = True
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
NUMS_WAGTAIL = {
    **NUMS_WAGTAIL,
    "SITE_KEYS": os.environ.get("NUMS_SITE_KEYS", "").split(),
}
