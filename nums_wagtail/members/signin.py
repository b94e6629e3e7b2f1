"""Signing in by a link that works once. Passwords would be one more thing to be found on a phone."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..conf import nums_settings
from ..foundation.errors import Refused
from ..foundation.transactions import verb_transaction
from .doorstep import checked_address, knock
from .models import Knock, Member, SignInLink


@dataclass(frozen=True)
class FreshLink:
    """A link that was just made. The token stands here and in the letter, nowhere else."""

    token: str = field(repr=False)
    expires_at: datetime


class LinkIsOver(Refused):
    """The link was used before, is too old, or never was; the three look the same."""

    code = "link_is_over"
    words = _("This link has been used or is too old.")


def ask_for_link(email: str, *, language: str = "en", next_path: str = "", client: str = "") -> None:
    """Have a sign-in link sent to ``email`` if it is a member's. The caller cannot tell whether it is.

    ``next_path`` is a path of this site to go on to. Raises BadInput when ``email`` is no address.
    """
    details = {"language": language, "next": next_path}
    knock(Knock.Wants.LINK, checked_address(email), details, client=client)


def make_link(member: Member) -> FreshLink:
    """A fresh link for ``member``; only the digest of its token is stored."""
    token = secrets.token_urlsafe(32)
    expires_at = timezone.now() + timedelta(minutes=nums_settings().members.SIGN_IN_MINUTES)
    SignInLink.objects.create(member=member, digest=_digest(token), expires_at=expires_at)
    return FreshLink(token, expires_at)


def use_link(token: str) -> Member:
    """Use up ``token`` and answer whose it was, whatever the member's status; every other link of theirs goes too.

    Nothing is logged: when somebody reads is nobody's business. Raises LinkIsOver.
    """
    with verb_transaction():
        link = (
            SignInLink.objects.filter(digest=_digest(token), expires_at__gt=timezone.now())
            .select_related("member__home_region")
            .first()
        )
        # Of two presses at the same moment, the one that deletes the row has used the link.
        if link is None or not SignInLink.objects.filter(pk=link.pk).delete()[0]:
            raise LinkIsOver()
        forget_links(link.member)
    return link.member


def forget_links(member: Member) -> None:
    """Links sent before open nothing any more."""
    SignInLink.objects.filter(member=member).delete()


def forget_old_links(now: datetime) -> int:
    """The clock of sign-in links: delete those past their time, return how many."""
    with transaction.atomic():
        return SignInLink.objects.filter(expires_at__lte=now).delete()[0]


def _digest(token: str) -> bytes:
    # The token has 256 random bits, so a plain hash cannot be turned back.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
