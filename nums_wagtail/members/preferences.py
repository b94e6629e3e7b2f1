"""What a member chooses, and what staff put right about one."""

from __future__ import annotations

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ..foundation import journal, policy
from ..foundation.actors import Actor
from ..foundation.errors import BadInput
from ..foundation.transactions import verb_transaction
from ..regions.models import Region
from .addresses import find_member, member_tag
from .doorstep import checked_address
from .itself import require_vetting_or_itself
from .models import Member, Organisation
from .signin import forget_links

CHANGED = journal.declare("nums.members.changed", _("Member's preferences changed"), reader="vet_members")
EDITED = journal.declare("nums.members.edited", _("Member's details changed"), reader="vet_members")

#: Regions besides the home region that somebody may read.
MORE_REGIONS = 2


def set_preferences(
    member: Member,
    *,
    format: Member.Format,
    rhythm: Member.Rhythm,
    regions: Collection[Region],
    by: Actor,
) -> Member:
    """Format and rhythm of mails, and up to two more regions. Raises NotAllowed or BadInput.

    The home region among ``regions`` counts for nothing.
    """
    require_vetting_or_itself(by)
    with verb_transaction(joins="admin"):
        member.format, member.rhythm = format, rhythm
        member.save(update_fields=["format", "rhythm"])
        _set_regions(member, regions)
        journal.write(member, CHANGED, by=by)
    return member


def change_rhythm(member: Member, rhythm: Member.Rhythm, *, by: Actor) -> Member:
    """Which mails a member gets, and nothing else; again is fine. Raises NotAllowed."""
    require_vetting_or_itself(by)
    with verb_transaction(joins="admin"):
        if Member.objects.filter(pk=member.pk).exclude(rhythm=rhythm).update(rhythm=rhythm):
            journal.write(member, CHANGED, by=by)
        member.rhythm = rhythm
    return member


def edit_member(
    member: Member,
    *,
    email: str,
    working_name: str,
    kind: Member.Kind,
    organisation: Organisation | None,
    home_region: Region,
    regions: Collection[Region],
    by: Actor,
) -> Member:
    """What staff know of a member. A new address ends the sign-in links sent to the old one.

    Raises NotAllowed, or BadInput when ``email`` is no address or another member's, or for too many regions.
    """
    policy.require(by, "vet_members")
    address = checked_address(email)
    with verb_transaction(joins="admin"):
        if address != member.email:
            _change_address(member, address)
        member.working_name = working_name.strip()
        member.kind, member.organisation, member.home_region = kind, organisation, home_region
        member.save(update_fields=["working_name", "kind", "organisation", "home_region", "data_key"])
        _set_regions(member, regions)
        journal.write(member, EDITED, by=by)
    return member


def _change_address(member: Member, address: str) -> None:
    taken = BadInput({"email": [_("There is a member with this address already.")]})
    known = find_member(address)
    if known is not None and known.pk != member.pk:
        raise taken
    member.email, member.email_tag = address, member_tag(address)
    try:
        with transaction.atomic():
            member.save(update_fields=["email", "email_tag", "data_key"])
    except IntegrityError:  # somebody else took it a moment ago
        raise taken from None
    forget_links(member)


def _set_regions(member: Member, regions: Collection[Region]) -> None:
    more = {region.pk for region in regions} - {member.home_region_id}
    if len(more) > MORE_REGIONS:
        raise BadInput({"regions": [_("Choose at most two more regions.")]})
    member.regions.set(more)
