"""What every host's settings take from here, so that its tests run in seconds: cheap hashing, mail in memory."""

import os
from typing import Any


def database(name: str = "host") -> dict[str, Any]:
    """A SQLite file where the run wants it."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.path.join(os.environ.get("HOST_DATABASES", "."), f"{name}.sqlite3"),
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"},
    }


DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WAGTAIL_AUTOSAVE_INTERVAL = 0
#: Insecure on purpose, no limit on mail, and no time to think again.
NUMS_WAGTAIL = {
    "ARGON2_MEMORY_KIB": 8,
    "ARGON2_PASSES": 1,
    "MAILS_PER_HOUR": None,
    "UNDO_SECONDS": 0,
    "UNDO_SECONDS_EMERGENCY": 0,
}
