"""The worker as a cron line: one round, for hosts on which nothing may run all the time."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from nums_wagtail.mailing.one_round import work_one_round


class Command(BaseCommand):
    help = (
        "Runs what the schedules say and what waits in the queue, then stops. For a cron line each minute, where no "
        "service is allowed; elsewhere use qcluster."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seconds", type=int, default=50, help="Take up nothing new after so many seconds. Default: 50."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verbosity"] < 2:
            # Cron mails what a line prints: only what went wrong.
            logging.getLogger("django-q").setLevel(logging.WARNING)
        work_one_round(options["seconds"])
