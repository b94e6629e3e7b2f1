"""Shreds data keys that belong to nothing. The daily clocks do it; by hand only where they refused."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from nums_wagtail.foundation.errors import VaultError
from nums_wagtail.vault.sweeping import empty_write_ahead_log, find_orphans, sweep_orphans


class Command(BaseCommand):
    help = (
        "Says how many data keys older than a day belong to nothing, and shreds them. Where they are more than "
        "half of all keys it refuses: look first whether a backup was restored in part."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only count.")
        parser.add_argument("--however-many", action="store_true", help="Shred them even if they are the most.")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        if options["dry_run"]:
            orphans = find_orphans(today)
            self.stdout.write(f"{len(orphans.ids)} of {orphans.of} data keys belong to nothing.")
            return
        try:
            count = sweep_orphans(today, however_many=options["however_many"])
        except VaultError as error:
            raise CommandError(str(error.words)) from None
        empty_write_ahead_log()
        self.stdout.write(f"{count} data keys that belonged to nothing were shredded.")
