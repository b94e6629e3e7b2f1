"""What every host's settings take from here, so that its tests run in seconds: cheap hashing, mail in memory."""

import os
from pathlib import Path
from typing import Any


def database(name: str = "host") -> dict[str, Any]:
    """A SQLite file where the run wants it, and beside it the copy that the tests work in."""
    folder = Path(os.environ.get("HOST_DATABASES", "."))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / f"{name}.sqlite3",
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": "PRAGMA synchronous=OFF;"},
        # The run has migrated the first one; of a second, no more than is missing is made.
        "TEST": {"NAME": folder / f"test_{name}.sqlite3", "MIGRATE": name == "host"},
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
