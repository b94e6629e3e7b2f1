"""The site that is searched, in processes of its own: web server and worker, as ``make demo`` starts them."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.browser.conftest import ROOT, free_port, wait_until_answers

SERVE = "import sys; from example_site.demo import serve; sys.exit(serve(int(sys.argv[1])))"


@dataclass(frozen=True)
class Site:
    """``var`` is the only folder it writes to; ``database`` the name of its PostgreSQL database, if it has one."""

    address: str
    var: Path
    database: str = ""

    @property
    def outbox(self) -> Path:
        return self.var / "outbox"

    @property
    def temp(self) -> Path:
        """Where uploads would be laid down. Empty at the start."""
        return self.var / "temp"


def environment(var: Path, *, unsealed: bool = False, database: str = "") -> dict[str, str]:
    temp = var / "temp"
    temp.mkdir(parents=True, exist_ok=True)
    more = {"CANARY_UNSEALED": "yes" if unsealed else "", "CANARY_DATABASE": database}
    settings = {"DJANGO_SETTINGS_MODULE": "tests.canary.settings", "EXAMPLE_VAR": str(var), "TMPDIR": str(temp)}
    return {**os.environ, **settings, **more, "PYTHONWARNINGS": "ignore"}


def prepare(var: Path, **options: object) -> None:
    """Tables, set-up and staff. Takes ten seconds, so sites on SQLite are copies of one."""
    subprocess.run(
        [sys.executable, "-m", "tests.canary.prepare"],
        cwd=ROOT,
        env=environment(var, **options),
        check=True,
        capture_output=True,
    )


@contextlib.contextmanager
def running(var: Path, **options: object) -> Iterator[Site]:
    """The site of ``var``, until the end of the block; nothing of it goes on running."""
    port = free_port()
    with (var / "output.log").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(port)],
            cwd=ROOT,
            env=environment(var, **options),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            wait_until_answers(f"{address}/form/", process, seconds=120)
            yield Site(address, var, str(options.get("database", "")))
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


@contextlib.contextmanager
def postgres_database() -> Iterator[str]:
    """An empty database in the cluster that the environment names."""
    name = f"canary_{os.getpid()}"
    subprocess.run([postgres_program("createdb"), name], check=True)
    try:
        yield name
    finally:
        subprocess.run([postgres_program("dropdb"), "--force", name], check=True)


def postgres_program(name: str) -> str:
    """Of the newest version that is installed: pg_dump refuses a server that is newer."""
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(versions, key=lambda path: int(path.parts[-3]), default=None)
    return str(newest) if newest else shutil.which(name) or name


def folder() -> Path:
    """A short one: a path of pytest's own would name the test in every log."""
    return Path(tempfile.mkdtemp(prefix="canary-"))
