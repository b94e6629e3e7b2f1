"""Everything that a site has kept when its day is over, as bytes with a name."""

from __future__ import annotations

import email
import email.policy
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from .markers import Place
from .site import Site, postgres_program

ADMINISTRATORS = "administrators@example.org"
#: Headers that carry a mail to where it goes.
ENVELOPE = ("to",)


def everything(site: Site) -> Iterator[Place]:
    yield from (postgres(site.database) if site.database else sqlite(site.var / "db.sqlite3"))
    yield from mails(site.outbox)
    for kind, folder in {"cache": "cache", "media": "media", "temp": "temp", "browser": "browser"}.items():
        yield from files(kind, site.var / folder)
    for file in sorted(site.var.glob("*.log")):
        yield Place("log", file.name, file.read_bytes())


def files(kind: str, folder: Path) -> Iterator[Place]:
    for file in sorted(folder.glob("**/*")):
        if file.is_file():
            yield Place(kind, file.name, file.name.encode() + b"\0" + file.read_bytes())


def sqlite(database: Path) -> Iterator[Place]:
    """The file and its journal as they lie on the disk, and each column as SQLite reads it."""
    with tempfile.TemporaryDirectory() as copy:
        for file in sorted(database.parent.glob(f"{database.name}*")):
            shutil.copy(file, copy)
            yield Place("database", file.name, file.read_bytes())
        with closing(sqlite3.connect(Path(copy) / database.name)) as connection:
            yield from _columns(connection)


def _columns(connection: sqlite3.Connection) -> Iterator[Place]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        rows = connection.execute(f'SELECT * FROM "{table}"')
        names = [column[0] for column in rows.description]
        for name, values in zip(names, zip(*rows.fetchall(), strict=True), strict=False):
            yield Place("column", f"{table}.{name}", b"\0\n\0".join(map(_as_bytes, values)))


def _as_bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


#: The rows of one table in a dump of plain SQL.
_COPY = re.compile(
    rb"^COPY public\.(?P<table>\S+) \((?P<columns>[^)]*)\) FROM stdin;\n(?P<rows>.*?)^\\\.$", re.M | re.S
)


def postgres(database: str) -> Iterator[Place]:
    """The dump that a backup would keep, whole and by columns."""
    dump = [postgres_program("pg_dump"), "--format=plain", database]
    done = subprocess.run(dump, check=True, capture_output=True)
    yield Place("database", "pg_dump", done.stdout)
    yield from copied_rows(done.stdout)


def copied_rows(dump: bytes) -> Iterator[Place]:
    """The columns of every table in a dump."""
    for match in _COPY.finditer(dump):
        names = [name.strip().strip('"') for name in match["columns"].decode().split(",")]
        rows = [line.split(b"\t") for line in match["rows"].splitlines()]
        table = match["table"].decode().strip('"')
        for name, values in zip(names, zip(*rows, strict=True), strict=False):
            yield Place("column", f"{table}.{name}", b"\0\n\0".join(values))


def mails(outbox: Path) -> Iterator[Place]:
    """Each mail: where it goes, everything else of it as it went out, and its parts as a reader has them."""
    for file in sorted(outbox.glob("*.eml")):
        whole = file.read_bytes()
        message = email.message_from_bytes(whole, policy=email.policy.default)
        kind = "error mail" if ADMINISTRATORS in str(message["To"]) else "mail"
        parts = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
        yield Place("envelope", file.name, "\n".join(str(message[name]) for name in ENVELOPE).encode())
        for name in ENVELOPE:
            del message[name]
        yield Place(kind, file.name, b"\0".join([message.as_bytes(), *filter(None, parts)]))
