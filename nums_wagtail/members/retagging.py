"""Tags of members' addresses move to the first site key, and with each the note that it gets no mail."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ..foundation.errors import NumsError
from ..mailing.retagging import move_suppression
from ..vault.indexes import tagged_by_other_keys, tags_by_key
from ..vault.rotation import Resting
from .addresses import member_tag
from .models import Member


def tags_by_site_key() -> dict[str, int]:
    return tags_by_key(Member.objects.all(), "email_tag")


def move_tags() -> Iterator[int]:
    """Make the tag of every member anew whose tag another key made; one that cannot be opened keeps it."""
    others = tagged_by_other_keys(Member.objects.all(), "email_tag")
    for member_id in list(others.order_by("pk").values_list("pk", flat=True)):
        try:
            yield _move(member_id)
        except NumsError:
            # It cannot be opened, and is counted as left over.
            continue


def _move(member_id: int) -> int:
    member = Member.objects.filter(pk=member_id, email__isnull=False).first()
    address = member.email if member is not None else None
    if member is None or address is None:
        return 0
    with transaction.atomic():
        # An address changed meanwhile has its tag under the first key already.
        unchanged = Member.objects.filter(pk=member.pk, email_tag=member.email_tag)
        moved = unchanged.update(email_tag=member_tag(address))
        move_suppression(address)
    return moved


TAGS = Resting(_("Tags of members' addresses"), tags_by_site_key, move_tags)
