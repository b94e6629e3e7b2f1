"""Settings of the workers that the crash test kills: a SQLite file, no migrations, a short lease."""

import os

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES, NUMS_WAGTAIL

DATABASES = {
    "default": {
        **DATABASES["default"],
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ["CRASH_DATABASE"],
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
}


class NoMigrations:
    """Tables come straight from the models: quicker, and right while migrations are being made."""

    def __contains__(self, label: str) -> bool:
        return True

    def __getitem__(self, label: str) -> None:
        return None


MIGRATION_MODULES = NoMigrations()
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ["CRASH_PORT"])
EMAIL_TIMEOUT = 5
NUMS_WAGTAIL = {**NUMS_WAGTAIL, "CLAIM_SECONDS": 2, "MAIL_ATTEMPTS": 50}
