"""Tags of suppressed addresses and a rotation of site keys: an address that somebody still knows moves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..vault.indexes import tagged_by_other_keys, tags_by_key
from ..vault.rotation import Resting
from .addresses import address_tag, address_tags
from .models import Suppression


def suppressions_by_site_key() -> dict[str, int]:
    return tags_by_key(Suppression.objects.all(), "address_tag")


def move_suppression(address: str) -> int:
    """If ``address`` gets no mail, keep it so under the first site key; returns how many rows that moved."""
    about = Suppression.objects.filter(address_tag__in=address_tags(address))
    return tagged_by_other_keys(about, "address_tag").update(address_tag=address_tag(address))


SUPPRESSIONS = Resting(
    _("Addresses that get no mail"),
    suppressions_by_site_key,
    why_they_stay=_(
        "Only their tags are stored. Those of members were moved; of the others nobody knows the address, "
        "and without the old key they may get mail again."
    ),
)
