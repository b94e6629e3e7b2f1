"""Addresses that get nothing any more, kept as keyed tags only."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ..foundation import journal, policy
from ..foundation.actors import Actor
from ..foundation.transactions import verb_transaction
from .addresses import address_tag, address_tags
from .models import Suppression, SuppressionReason

SUPPRESS = journal.declare("nums.mailing.suppress", _("Stopped mail to an address"))
LIFT = journal.declare("nums.mailing.lift", _("Allowed mail to an address again"))


def suppress(address: str, reason: SuppressionReason, *, by: Actor) -> Suppression:
    """Send nothing to ``address`` from now on. Again is fine: the first reason stays.

    Raises NotAllowed.
    """
    policy.require(by, "vet_members", "write_bulletin")
    with verb_transaction():
        row = _rows_about(address).first()
        if row is None:
            row, made = Suppression.objects.get_or_create(
                address_tag=address_tag(address), defaults={"reason": reason}
            )
            if made:
                journal.write(row, SUPPRESS, by=by, data={"reason": str(reason)})
    return row


def lift(address: str, *, by: Actor) -> bool:
    """Allow mail to ``address`` again; returns whether it was suppressed. Raises NotAllowed."""
    policy.require(by, "vet_members")
    with verb_transaction():
        rows = list(_rows_about(address))
        for row in rows:
            journal.write(row, LIFT, by=by, data={"reason": row.reason})
            row.delete()
    return bool(rows)


def is_suppressed(address: str) -> bool:
    return _rows_about(address).exists()


def suppressed_tags(tags: Iterable[bytes]) -> set[bytes]:
    """Those of ``tags`` (see ``addresses.address_tags``) that are suppressed, in one query."""
    found = Suppression.objects.filter(address_tag__in=list(tags)).values_list("address_tag", flat=True)
    return {bytes(tag) for tag in found}


def _rows_about(address: str) -> QuerySet[Suppression]:
    return Suppression.objects.filter(address_tag__in=address_tags(address))
