"""Databases that a round begins with: made once for each filling, copied for each round, thrown away after it."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Protocol


class Databases(Protocol):
    """Names are short ASCII words; ``address`` is what the settings get in BENCH_DATABASE."""

    #: Stands in a figure's file and line.
    kind: str

    def address(self, name: str) -> str: ...
    def exists(self, name: str) -> bool: ...
    def make(self, name: str) -> None: ...
    def copy(self, source: str, target: str) -> None: ...
    def rename(self, source: str, target: str) -> None: ...
    def drop(self, name: str) -> None: ...


class SqliteFiles:
    """Files in a folder. A process that ends well leaves no WAL behind, so the one file is the whole database."""

    kind = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def address(self, name: str) -> str:
        return str(self._folder / f"{name}.sqlite3")

    def exists(self, name: str) -> bool:
        return Path(self.address(name)).exists()

    def make(self, name: str) -> None:
        self.drop(name)

    def copy(self, source: str, target: str) -> None:
        self.drop(target)
        if Path(self.address(source) + "-wal").exists():
            raise RuntimeError("Somebody still has the prepared database open.")
        shutil.copyfile(self.address(source), self.address(target))
        # What the copy left in the kernel's hands must not be written while we measure.
        with open(self.address(target), "rb") as copied:
            os.fsync(copied.fileno())

    def rename(self, source: str, target: str) -> None:
        Path(self.address(source)).rename(self.address(target))

    def drop(self, name: str) -> None:
        for ending in ("", "-wal", "-shm"):
            Path(self.address(name) + ending).unlink(missing_ok=True)

    def drop_all_but(self, ending: str) -> None:
        """Forget what was prepared for other code, and copies of a run that was cut off."""
        for file in self._folder.glob("*.sqlite3*"):
            if not file.name.split(".")[0].endswith(ending):
                with suppress(OSError):
                    file.unlink()


class PostgresDatabases:
    """Databases of the server that the environment names (PGHOST and its kin)."""

    kind = "postgresql"

    def address(self, name: str) -> str:
        return "bench_" + name.replace("-", "_").lower()

    def _run(self, sql: str) -> list[tuple[object, ...]]:
        import psycopg

        with psycopg.connect(autocommit=True) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def exists(self, name: str) -> bool:
        return bool(self._run(f"SELECT 1 FROM pg_database WHERE datname = '{self.address(name)}'"))

    def make(self, name: str) -> None:
        self.drop(name)
        self._run(f'CREATE DATABASE "{self.address(name)}"')

    def copy(self, source: str, target: str) -> None:
        self.drop(target)
        self._run(f'CREATE DATABASE "{self.address(target)}" TEMPLATE "{self.address(source)}"')

    def rename(self, source: str, target: str) -> None:
        self._run(f'ALTER DATABASE "{self.address(source)}" RENAME TO "{self.address(target)}"')

    def drop(self, name: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{self.address(name)}" WITH (FORCE)')


def databases_here(folder: Path) -> Databases:
    """Those that the environment asks for, as the tests' settings do."""
    if os.environ.get("TEST_DATABASE_URL") == "postgres":
        return PostgresDatabases()
    return SqliteFiles(folder)
