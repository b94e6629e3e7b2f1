"""Moves everything stored to the first site key; goes on where it stopped when it was cut off."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nums_wagtail.foundation.errors import VaultError
from nums_wagtail.management.progress import ProgressBar
from nums_wagtail.vault import rewrapping, rotation, team
from nums_wagtail.vault.keyring import site_keyring

#: Days that links in mails already sent must go on working: stopping mails, above all.
LINK_DAYS = 60


class Command(BaseCommand):
    help = (
        "Put a new key first in SITE_KEYS, leave the old one behind it, restart everything, then run this: data "
        "keys, the team's key pairs and tags move to the first key. May be cut off and started again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what rests on which key.")
        parser.add_argument(
            "--new-team-key",
            action="store_true",
            help=(
                "Also make a new key pair for the team and seal every report's data key to it. If this is cut "
                "off, run the command again without this option."
            ),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            first, *others = site_keyring().kids
        except (VaultError, ImproperlyConfigured) as error:
            raise CommandError(f"There are no usable site keys: {error}. See SITE_KEYS.") from None
        self.say(
            _("First site key: %(kid)s. Also listed: %(others)s.")
            % {
                "kid": first,
                "others": ", ".join(others) or _("none"),
            }
        )
        if options["dry_run"]:
            self.say_what_is_left()
            return
        if options["new_team_key"]:
            pair = team.renew_team_key()
            self.say(_("The team has a new key pair: %(kid)s.") % {"kid": pair.kid})
        self.move_to_first_key()
        self.move_to_current_pair()
        stuck = self.say_what_is_left()
        if stuck:
            raise CommandError(
                f"{stuck} rows could not be opened and were left as they are. Is a key missing from SITE_KEYS?"
            )

    def say(self, words: str) -> None:
        self.stdout.write(words)

    def move_to_first_key(self) -> None:
        first = site_keyring().write_kid
        for resting in rotation.on_site_keys:
            rows = sum(count for kid, count in resting.count().items() if kid != first)
            if rows and resting.move is not None:
                ProgressBar(self.stdout, str(resting.label), rows).follow(resting.move())

    def move_to_current_pair(self) -> None:
        rows = rewrapping.data_keys_for_retired_pairs().count()
        if rows:
            label = _("Data keys for the team's new key pair")
            ProgressBar(self.stdout, label, rows).follow(rewrapping.move_to_current_pair())

    def say_what_is_left(self) -> int:
        """What still rests on which key, and which may go. Returns how many rows should have moved."""
        left = rotation.what_is_left()
        retired = rewrapping.data_keys_for_retired_pairs().count()
        for one in left:
            self.say(self.line_of(one))
        if retired:
            self.say(
                ngettext(
                    "%(count)d data key is sealed to a retired key pair of the team.",
                    "%(count)d data keys are sealed to a retired key pair of the team.",
                    retired,
                )
                % {"count": retired}
            )
        for kid in site_keyring().kids[1:]:
            self.say(self.verdict(kid, needed=any(one.kid == kid for one in left)))
        if not left and len(site_keyring().kids) == 1:
            self.say(_("Everything rests on the first key."))
        return retired + sum(one.rows for one in left if one.can_move)

    def line_of(self, left: rotation.Left) -> str:
        words = (
            _("%(what)s: %(count)d rest on the key %(kid)s.")
            if left.kid
            else _("%(what)s: %(count)d rest on a key that is not listed.")
        )
        line = words % {"what": left.resting.label, "count": left.rows, "kid": left.kid}
        return f"{line} {left.resting.why_they_stay}".rstrip()

    def verdict(self, kid: str, *, needed: bool) -> str:
        words = (
            _("Leave the key %(kid)s in SITE_KEYS: without it what is named above is lost.")
            if needed
            else _(
                "Nothing stored rests on the key %(kid)s any more. Pages that are open now and the links in mails "
                "already sent still do: take it out of SITE_KEYS %(days)d days after it ceased to be the first."
            )
        )
        return words % {"kid": kid, "days": LINK_DAYS}
