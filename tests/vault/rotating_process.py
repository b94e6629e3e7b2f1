"""A process of its own that makes keys, rotates them or opens them, in a SQLite file; run by the test that kills it.

Only the vault is installed: its tables stand alone.
"""

import base64
import sys

import django
from django.conf import settings
from django.core.management import call_command


def main(file: str, kids: str, what: str, count: str = "0") -> None:
    keys = [f"{kid}:{base64.b64encode(kid.encode().ljust(32, b'.')).decode()}" for kid in kids.split(",")]
    settings.configure(
        SECRET_KEY="tests-only",
        INSTALLED_APPS=["nums_wagtail.vault"],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": file,
                "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"},
            }
        },
        NUMS_WAGTAIL={"SITE_KEYS": keys},
        USE_TZ=True,
    )
    django.setup()
    {"make": make, "renew": renew, "rotate": rotate, "open": open_all}[what](int(count))


def make(count: int) -> None:
    from nums_wagtail.vault import data_keys
    from nums_wagtail.vault.models import KeyKind

    call_command("migrate", verbosity=0)
    for _i in range(count):
        data_keys.create(KeyKind.MEMBER)
        data_keys.create_for_team(KeyKind.REPORT)


def renew(_count: int) -> None:
    from nums_wagtail.vault import team

    team.renew_team_key()


def rotate(_count: int) -> None:
    from nums_wagtail.vault import rewrapping

    for move in (rewrapping.move_data_keys, rewrapping.move_team_keys, rewrapping.move_to_current_pair):
        for moved in move():
            sys.stdout.write(f"{moved}\n")
            sys.stdout.flush()


def open_all(_count: int) -> None:
    from nums_wagtail.vault import data_keys
    from nums_wagtail.vault.holders import SiteHolder, TeamHolder
    from nums_wagtail.vault.models import DataKey

    for holder, kind in ((SiteHolder(), "member"), (TeamHolder(), "report")):
        ids = DataKey.objects.filter(kind=kind).values_list("pk", flat=True)
        sys.stdout.write(f"{len(data_keys.open_keys(holder, list(ids)))}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
