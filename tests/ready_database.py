"""A migrated SQLite database kept between test runs: migrating takes longer than most runs of a single file.

Kept under a digest of every migration that is installed, so that a changed one is run again. Other databases
are left alone.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.core import management
from django.db import connections

FOLDER = Path(__file__).resolve().parents[1] / "var" / "test-databases"


def _digest() -> str:
    # The settings say which database gets which tables.
    versions = f"{django.VERSION} {sqlite3.sqlite_version} {settings.SETTINGS_MODULE}"
    found = hashlib.sha256(f"{versions} {list(apps.app_configs)}".encode())
    for config in apps.get_app_configs():
        for path in sorted(Path(config.path).glob("migrations/*.py")):
            found.update(f"{config.label}/{path.name}".encode())
            found.update(path.read_bytes())
    return found.hexdigest()[:32]


def migrating(real: Callable[..., Any] = management.call_command) -> Callable[..., Any]:
    """``call_command`` that copies the kept database instead of migrating, or keeps what it migrated."""
    made: set[str] = set()

    def call(name: Any, *args: Any, **options: Any) -> Any:
        alias = options.get("database", "") if name == "migrate" else ""
        # Only the first time: whatever a test migrates later is migrated.
        connection = None if not alias or alias in made else connections[alias]
        made.add(alias)
        if connection is None or connection.vendor != "sqlite" or not connection.settings_dict["TEST"]["MIGRATE"]:
            return real(name, *args, **options)
        kept = FOLDER / f"{connection.alias}-{_digest()}.sqlite3"
        connection.ensure_connection()
        if kept.exists():
            source = sqlite3.connect(kept)
            source.backup(connection.connection)
            source.close()
            return None
        answer = real(name, *args, **options)
        FOLDER.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_suffix(f".{os.getpid()}")
        copy = sqlite3.connect(unfinished)
        connection.connection.backup(copy)
        copy.close()
        unfinished.replace(kept)
        return answer

    return call
