"""What the crash test starts as processes of their own: ``write N`` makes letters, ``send`` delivers them."""

from __future__ import annotations

import sys
import time

import django


def write(count: int) -> None:
    from django.core.management import call_command
    from django.db import transaction

    from nums_wagtail.foundation.actors import INTAKE
    from nums_wagtail.mailing.letters import queue_letter
    from nums_wagtail.mailing.models import Lane

    call_command("migrate", run_syncdb=True, verbosity=0)
    for number in range(count):
        queue_letter(
            kind="notice",
            to=f"m{number}@example.org",
            subject="Update",
            text="Hello.",
            lane=Lane.INSTANT,
            by=INTAKE,
        )
    transaction.get_connection().close()


def send() -> None:
    from nums_wagtail.mailing.letters import send_letters
    from nums_wagtail.mailing.models import Letter

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while Letter.objects.unfinished().exists():
        send_letters(seconds=5)
        time.sleep(0.05)


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "write":
        write(int(sys.argv[2]))
    else:
        send()
