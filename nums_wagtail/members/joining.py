"""Becoming a member, being approved or suspended, and leaving."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..foundation import journal, policy
from ..foundation.actors import Actor
from ..foundation.errors import BadInput, Conflict
from ..foundation.transactions import verb_transaction
from ..regions.models import Region
from ..vault.data_keys import shred
from . import letters, signals
from .addresses import find_member, member_tag
from .doorstep import checked_address, knock
from .holdings import forget_everywhere
from .itself import require_vetting_or_itself
from .models import Knock, Member, Organisation
from .signin import forget_links

APPLIED = journal.declare("nums.members.applied", _("Applied for membership"), reader="vet_members")
APPROVED = journal.declare("nums.members.approved", _("Member approved"), reader="vet_members")
SUSPENDED = journal.declare("nums.members.suspended", _("Member suspended"), reader="vet_members")
LEFT = journal.declare("nums.members.left", _("Member left"), reader="vet_members")

Status = Member.Status


def ask_to_join(
    *,
    email: str,
    working_name: str,
    kind: Member.Kind,
    home_region: Region,
    language: str = "en",
    client: str = "",
) -> None:
    """Leave an application at the door. Whoever typed it cannot tell whether the address is a member's already.

    Raises BadInput when ``email`` is no address.
    """
    details = {
        "language": language,
        "working_name": working_name.strip(),
        "kind": str(kind),
        "home_region": home_region.code,
    }
    knock(Knock.Wants.JOIN, checked_address(email), details, client=client)


def apply_to_join(
    *,
    email: str,
    working_name: str = "",
    kind: Member.Kind = Member.Kind.INDIVIDUAL,
    home_region: Region,
    organisation: Organisation | None = None,
    language: str = "en",
    by: Actor,
) -> Member | None:
    """A new applicant, or None when the address is a member's already. Needs no right: anybody may apply.

    Raises BadInput when ``email`` is no address.
    """
    address = checked_address(email)
    member = Member(
        kind=kind,
        organisation=organisation,
        working_name=working_name.strip(),
        email=address,
        email_tag=member_tag(address),
        home_region=home_region,
        language=language,
    )
    with verb_transaction(joins="admin"):
        if find_member(address) is not None:
            return None
        try:
            with transaction.atomic():
                member.save()
        except IntegrityError:  # somebody else applied with it a moment ago
            return None
        journal.write(member, APPLIED, by=by)
        letters.queue_received_letter(member, by=by)
    return member


def enrol_member(
    *,
    email: str,
    working_name: str = "",
    kind: Member.Kind = Member.Kind.INDIVIDUAL,
    home_region: Region,
    organisation: Organisation | None = None,
    language: str = "en",
    by: Actor,
) -> Member:
    """Enter somebody whom staff have vetted already: applied and approved in one step.

    Raises NotAllowed, or BadInput when ``email`` is no address or a member's already.
    """
    policy.require(by, "vet_members")
    with verb_transaction(joins="admin"):
        member = apply_to_join(
            email=email,
            working_name=working_name,
            kind=kind,
            home_region=home_region,
            organisation=organisation,
            language=language,
            by=by,
        )
        if member is None:
            raise BadInput({"email": [_("There is a member with this address already.")]})
        return approve_member(member, by=by)


def approve_member(member: Member, *, by: Actor) -> Member:
    """Let an applicant, or somebody suspended, read. Raises NotAllowed or Conflict."""
    policy.require(by, "vet_members")
    with verb_transaction(joins="admin"):
        _move(member, Status.APPROVED, from_any_of=(Status.APPLIED, Status.SUSPENDED))
        journal.write(member, APPROVED, by=by)
        letters.queue_welcome_letter(member, by=by)
        signals.member_approved.send(Member, member=member, by=by)
    return member


def suspend_member(member: Member, *, by: Actor) -> Member:
    """Take reading and mails away at once, until approved again. Raises NotAllowed or Conflict."""
    policy.require(by, "vet_members")
    with verb_transaction(joins="admin"):
        _move(member, Status.SUSPENDED, from_any_of=(Status.APPLIED, Status.APPROVED))
        journal.write(member, SUSPENDED, by=by)
        signals.member_access_ended.send(Member, member=member, by=by)
    return member


def leave(member: Member, *, by: Actor) -> Member:
    """End a membership for good: every room forgets the member, address and name go, the data key is shredded.

    The row stays, empty, so that what counted the member still counts. Raises NotAllowed or Conflict.
    """
    require_vetting_or_itself(by)
    with verb_transaction(joins="admin"):
        _move(member, Status.LEFT, from_any_of=(Status.APPLIED, Status.APPROVED, Status.SUSPENDED))
        forget_everywhere(member)
        forget_links(member)
        key = member.data_key
        Member.objects.filter(pk=member.pk).update(
            email=None, email_tag=None, working_name=None, organisation=None, data_key=None
        )
        member.regions.clear()
        member.refresh_from_db()
        journal.write(member, LEFT, by=by)
        signals.member_access_ended.send(Member, member=member, by=by)
        if key is not None:
            # Content first, then the key: with a database of their own, keys cannot roll back with the row.
            transaction.on_commit(lambda: shred([key]))
    return member


def _move(member: Member, status: Member.Status, *, from_any_of: tuple[Member.Status, ...]) -> None:
    """One step of the status, refused with Conflict when somebody else moved first."""
    today = timezone.localdate()
    moved = Member.objects.filter(pk=member.pk, status__in=from_any_of).update(status=status, decided_on=today)
    if not moved:
        raise Conflict()
    member.status, member.decided_on = status, today
