"""Addresses of members: found by keyed tag, and masked wherever staff need not read them whole."""

from __future__ import annotations

from ..mailing.addresses import wire_address
from ..vault.indexes import fast_tag, fast_tags
from .models import Member

#: Tags of members equal no other tags, so that no second table can be laid beside this one.
TAG_KIND = "member_address"


def member_tag(address: str) -> bytes:
    """The keyed tag a member is stored with; one person, however the address is spelled.

    Raises BadAddress for what no mail server would take.
    """
    return fast_tag(TAG_KIND, wire_address(address).casefold())


def find_member(address: str) -> Member | None:
    """The member with this address, whatever the status; who has left has none. Raises BadAddress."""
    tags = fast_tags(TAG_KIND, wire_address(address).casefold())
    return Member.objects.filter(email_tag__in=tags).first()


def masked(address: str) -> str:
    """First letter and last part of the domain: enough to tell two lines of a list apart, not to write to."""
    local, at, domain = address.rpartition("@")
    if not at:
        return ""
    ending = domain.rpartition(".")[2]
    return f"{local[:1]}•••@•••.{ending}"
