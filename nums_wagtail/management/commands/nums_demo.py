"""Fills an empty scheme with an invented story, to try everything out; ``--remove`` takes it out again."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from nums_wagtail.foundation.models import Branding
from nums_wagtail.management.demo import build, remove, story
from nums_wagtail.members.models import Member
from nums_wagtail.reports.models import Report


class Command(BaseCommand):
    help = "Builds the invented Lantern Network in an empty scheme. Refuses where anything real may be."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="Take the story out again, with all its keys.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            self.remove()
        elif build.is_built():
            self.say_who()
        else:
            self.build()

    def build(self) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo has passwords that everybody knows. It is built only where DEBUG is on.")
        if Report.objects.exists() or Member.objects.exists():
            raise CommandError("There are reports or members already. The demo is built only in an empty scheme.")
        call_command("nums_setup", no_input=True, stdout=self.stdout, stderr=self.stderr)
        self.stdout.write("Telling the invented story …")
        build.build()
        self.say_who()

    def remove(self) -> None:
        if not Branding.objects.filter(banner=build.BANNER).exists():
            raise CommandError("There is no demo here: the banner of the story is not set. Nothing was removed.")
        self.stdout.write(f"Removed {remove.remove()} rows of the story and their keys.")

    def say_who(self) -> None:
        self.stdout.write("")
        self.stdout.write(f"Staff sign in at /admin/, each with the password “{story.PASSWORD}”:")
        for one in story.STAFF:
            self.stdout.write(f"  {one.username:<8} {one.what}")
        self.stdout.write(f"  {'admin':<8} superuser: keeps the site, opens no report and releases nothing")
        names = story.WORKING_NAMES
        self.stdout.write("Members sign in at /n/in/ by a link that arrives in /outbox/, for example:")
        self.stdout.write(f"  {names[5].lower()}@example.org, {names[6].lower()}@example.org (individuals)")
        self.stdout.write(f"  {names[0].lower()}@example.org (project worker)")
        self.stdout.write(f"  {names[-1].lower()}@example.org (still waiting to be approved)")
