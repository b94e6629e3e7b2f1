"""Makes what every host needs: regions, groups, release workflow, pages, schedules, keys. May be run again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from nums_wagtail.alerts.setup import ensure_release_workflow
from nums_wagtail.conf import nums_settings
from nums_wagtail.foundation import policy
from nums_wagtail.foundation.actors import SETUP
from nums_wagtail.foundation.groups import ensure_groups
from nums_wagtail.mailing.schedules import ensure_schedules
from nums_wagtail.regions.packs import country_pack
from nums_wagtail.regions.tree import load_pack
from nums_wagtail.vault import key_sheet, sheet_checks, team
from nums_wagtail.vault.keyring import site_keyring


class Command(BaseCommand):
    help = (
        "Makes regions, the scheme's groups, the release workflow, pages, schedules and the team key. "
        "Adds what is missing, changes nothing that is there, never touches groups of your own."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--site", help="Host name of the site that gets the pages. Default: the default site.")
        parser.add_argument("--parent", help="Address path of the page below which pages go, for example /safety/.")
        parser.add_argument("--no-pages", action="store_true", help="Make no pages.")
        parser.add_argument("--no-input", action="store_true", help="Ask nothing and print no key sheet.")
        parser.add_argument(
            "--check-key-sheet",
            action="store_true",
            help="Do nothing else: ask for the last groups of the key sheet, as read from the paper.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.asks = not options["no_input"]
        self.speaks = options["verbosity"] > 0
        if options["check_key_sheet"]:
            self.check_key_sheet()
            return
        parent = (
            None if options["no_pages"] or not apps.is_installed("nums_wagtail.pages") else self.parent(options)
        )
        if self.asks:
            self.show_plan(parent)
        pack = country_pack()
        load_pack(pack, by=SETUP)
        self.say(_("Regions and police forces are there."))
        ensure_groups(by=SETUP)
        self.say(_("Groups are there; your own were not touched."))
        ensure_release_workflow(by=SETUP)
        self.say(_("The release workflow is there."))
        if parent is not None:
            from nums_wagtail.pages.setup import ensure_pages

            count = ensure_pages(parent, by=SETUP)
            self.say(_("Pages are there (%(count)d new).") % {"count": count})
        ensure_schedules(by=SETUP)
        self.say(_("Schedules are there; the worker runs them: manage.py qcluster"))
        team.ensure_team_key()
        self.say(_("The team key is there."))
        self.key_sheet()

    def say(self, words: str) -> None:
        if self.speaks:
            self.stdout.write(words)

    def parent(self, options: dict[str, Any]) -> Page:
        """The page below which ours go. Raises CommandError with what to type instead."""
        sites = Site.objects.select_related("root_page")
        site = (
            sites.filter(hostname=options["site"]).first()
            if options["site"]
            else sites.filter(is_default_site=True).first()
        )
        if site is None:
            known = ", ".join(sites.values_list("hostname", flat=True)) or "none"
            raise CommandError(f"There is no such site. Known: {known}. Name one with --site, or use --no-pages.")
        path = options["parent"]
        if path is None and self.asks:
            question = _("Below which page of %(site)s? Its path, or nothing for the home page: ") % {"site": site}
            while (page := page_at(site, self.ask(question))) is None:
                self.say(_("There is no page with this path. Please type it as it stands in its address."))
            return page
        page = page_at(site, path or "/")
        if page is None:
            raise CommandError(f"The site has no page at /{path.strip('/')}/.")
        return page

    def ask(self, question: str, unanswered: str = "Nothing was changed.") -> str:
        """What somebody typed. Raises CommandError with ``unanswered`` when nobody is there, or Ctrl-C was pressed."""
        try:
            return input(question).strip()
        except (EOFError, KeyboardInterrupt):
            raise CommandError(unanswered) from None

    def show_plan(self, parent: Page | None) -> None:
        self.say(_("This will add what is missing of:"))
        self.say(
            "  - " + _("regions and police forces of the country pack “%(pack)s”") % {"pack": country_pack().code}
        )
        for name, _rights in policy.GROUPS.values():
            self.say("  - " + _("the group “%(name)s”") % {"name": name})
        self.say("  - " + _("the release workflow and the schedules"))
        if parent is not None:
            self.say("  - " + _("pages below “%(title)s”") % {"title": parent.title})
        if self.ask(_("Go on? [y/N] ")).lower() not in ("y", "yes"):
            raise CommandError("Nothing was changed.")

    def key_sheet(self) -> None:
        """Print the sheet and have each key's last group typed back, so that somebody has really written it down."""
        if not self.asks or not nums_settings().vault.SITE_KEYS:
            self.stderr.write(
                self.style.WARNING(
                    _(
                        "No key sheet was printed. Before real reports come in: set SITE_KEYS and run nums_setup again."
                    )
                )
            )
            return
        self.say(
            _("KEY SHEET. Write this down or print it, and keep it in a safe. Without it a lost server is lost.")
        )
        for line in key_sheet.key_sheet_lines(site_keyring()):
            self.say("  " + line)
        self.have_typed_back(
            site_keyring().kids,
            "The last group was not typed back, so the key sheet counts as missing. Everything else is done; "
            "run nums_setup --check-key-sheet with the paper in your hand.",
        )

    def check_key_sheet(self) -> None:
        """Ask for the last groups from the paper, without showing them. Raises CommandError without keys."""
        if not nums_settings().vault.SITE_KEYS:
            raise CommandError("There are no SITE_KEYS, so there is no key sheet to look at.")
        self.say(_("Please fetch the key sheet from its safe."))
        self.have_typed_back(site_keyring().kids, "The last group was not typed back. Nothing was changed.")

    def have_typed_back(self, kids: Iterable[str], unanswered: str) -> None:
        for kid in kids:
            question = _("Type the last group of the key %(kid)s: ") % {"kid": kid}
            while not sheet_checks.confirm_sheet(kid, self.ask(question, unanswered)):
                self.say(_("That is not the last group of this key. Please look again."))
        self.say(_("Thank you. The sheet is right."))


def page_at(site: Site, path: str) -> Page | None:
    """The page at an address path of the site; "" and "/" are its home page."""
    if not path.strip("/"):
        return site.root_page
    wanted = site.root_page.url_path.rstrip("/") + "/" + path.strip("/") + "/"
    return Page.objects.filter(url_path=wanted).first()
