"""The letters a member gets at the door: a link, a receipt of the application, a welcome.

Subjects and first lines are neutral: somebody else may look at the phone. Texts stand in
``templates/nums_wagtail/members/letters/``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from ..conf import nums_settings
from ..foundation.actors import Actor
from ..foundation.errors import NotThere, Words
from ..mailing.letters import queue_letter
from ..mailing.models import Lane, Letter
from .models import Member
from .signin import FreshLink


class MemberLetter(Enum):
    """Kind, subject and lane of each letter; the kind names the text's file too."""

    LINK = ("sign_in", _("Your link"), Lane.SIGN_IN)
    RECEIVED = ("received", _("Your request"), Lane.SPECIAL)
    WELCOME = ("welcome", _("Your request"), Lane.SPECIAL)

    @property
    def kind(self) -> str:
        return self.value[0]

    @property
    def subject(self) -> Words:
        return self.value[1]

    @property
    def lane(self) -> Lane:
        return self.value[2]


def whole_address(path: str) -> str:
    """``path`` as an address that works in a mail."""
    return nums_settings().mailing.BASE_URL.rstrip("/") + path


def queue_link_letter(member: Member, link: FreshLink, *, next_path: str = "", by: Actor) -> Letter:
    """Put the letter with a sign-in link into the outbox; it is not sent once the link is too old."""
    path = reverse("nums_wagtail:sign_in_link", args=[link.token])
    if next_path:
        path += "?" + urlencode({"next": next_path})
    context = {"url": whole_address(path), "minutes": nums_settings().members.SIGN_IN_MINUTES}
    return _queue(MemberLetter.LINK, member, context, useful_until=link.expires_at, by=by)


def queue_received_letter(member: Member, *, by: Actor) -> Letter:
    """Tell an applicant that the application is there and what happens next."""
    return _queue(MemberLetter.RECEIVED, member, {}, by=by)


def queue_welcome_letter(member: Member, *, by: Actor) -> Letter:
    """Tell a member that a person has approved, and where to sign in."""
    context = {"url": whole_address(reverse("nums_wagtail:sign_in"))}
    return _queue(MemberLetter.WELCOME, member, context, by=by)


def _queue(
    letter: MemberLetter,
    member: Member,
    context: Mapping[str, Any],
    *,
    useful_until: datetime | None = None,
    by: Actor,
) -> Letter:
    address = member.email
    if address is None:
        # Left meanwhile: there is nobody to write to.
        raise NotThere()
    with translation.override(member.language):
        text = render_to_string(f"nums_wagtail/members/letters/{letter.kind}.txt", context).strip() + "\n"
        return queue_letter(
            kind=letter.kind,
            to=address,
            subject=str(letter.subject),
            text=text,
            lane=letter.lane,
            useful_until=useful_until,
            by=by,
        )
