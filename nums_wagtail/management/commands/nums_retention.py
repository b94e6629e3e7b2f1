"""Ends what has run out: every clock of every room, once. A schedule does this daily; a cron line may as well."""

from typing import Any

from django.core.management.base import BaseCommand

from nums_wagtail.foundation import clocks


class Command(BaseCommand):
    help = "Runs every retention clock once and says how many rows each ended."

    def handle(self, *args: Any, **options: Any) -> None:
        for key, count in clocks.run_all().items():
            self.stdout.write(f"{key}: {count}")
