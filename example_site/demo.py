"""What ``make demo`` starts: database, demo content, web server and worker, until Ctrl-C.

Run as ``python -m example_site.demo [--port 8000] [--prepare]``.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MANAGE = [sys.executable, str(ROOT / "example_site" / "manage.py")]


def var_dir() -> Path:
    folder = Path(os.environ.get("EXAMPLE_VAR", ROOT / "var"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def first_migrations() -> str:
    """A digest of every first migration of ours; until the first release they may still change."""
    digest = hashlib.sha256()
    for file in sorted((ROOT / "nums_wagtail").glob("**/migrations/0001_initial.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def set_an_old_database_aside(var: Path) -> None:
    database, note = var / "db.sqlite3", var / "first-migrations"
    if database.exists() and note.exists() and note.read_text() != first_migrations():
        stamp = time.strftime("%Y%m%d%H%M%S")
        for file in var.glob("db.sqlite3*"):
            if not file.name.endswith(".old"):
                file.rename(var / f"{file.name}.{stamp}.old")
        print(f"The demo's database is of an older build. It was set aside in {var}, a new one is made.")
    note.write_text(first_migrations())


def environment(port: int) -> dict[str, str]:
    """What the commands get; links in mails start with the address the site will have."""
    return {**os.environ, "BASE_URL": f"http://127.0.0.1:{port}"}


def manage(port: int, *arguments: str) -> None:
    subprocess.run([*MANAGE, *arguments], check=True, cwd=ROOT, env=environment(port))


def prepare(port: int) -> None:
    set_an_old_database_aside(var_dir())
    manage(port, "migrate", "--verbosity", "0")
    manage(port, "nums_demo")


def serve(port: int) -> int:
    """Run web server and worker side by side until one ends or somebody presses Ctrl-C."""
    address = f"127.0.0.1:{port}"
    children = [
        subprocess.Popen([*MANAGE, "qcluster"], cwd=ROOT, env=environment(port), start_new_session=True),
        subprocess.Popen(
            [*MANAGE, "runserver", "--noreload", address], cwd=ROOT, env=environment(port), start_new_session=True
        ),
    ]
    print(
        f"\nThe example site: http://{address}/   Staff: http://{address}/admin/   Mails: http://{address}/outbox/"
    )
    print("Ctrl-C stops the site and its worker.\n", flush=True)

    def stop(signum: int, frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        end_all(children)


def end_all(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            pass
        # The worker's own children would outlive it; they share its process group.
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--prepare", action="store_true", help="make everything ready, start nothing")
    options = parser.parse_args()
    prepare(options.port)
    return 0 if options.prepare else serve(options.port)


if __name__ == "__main__":
    raise SystemExit(main())
