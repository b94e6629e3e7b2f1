"""Mail addresses on the wire and as tags: one spelling for comparing, one for the envelope, refusal of the rest."""

from __future__ import annotations

import re
from email.utils import parseaddr

from django.utils.translation import gettext_lazy as _

from ..foundation.errors import Refused
from ..vault.indexes import fast_tag, fast_tags

#: RFC 5321 section 4.5.3.1.3 allows a path of 256 octets, angle brackets included.
MOST_CHARACTERS = 254
# Dot-atoms only: quoted local parts are legal, unused, and the classic way to smuggle a second address in.
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


class BadAddress(Refused):
    """The text is no address a mail server would take."""

    code = "bad_address"
    words = _("This does not look like an email address.")


def wire_address(address: str) -> str:
    """The address as it stands in an envelope, an international domain in its ASCII form.

    Raises BadAddress, which does not hold the address.
    """
    local, at, domain = address.strip().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode()
    except UnicodeError:
        raise BadAddress() from None
    wire = f"{local}{at}{ascii_domain}"
    if len(wire) > MOST_CHARACTERS or not _ADDRESS.fullmatch(wire):
        raise BadAddress()
    return wire


def address_of(header: str) -> str:
    """The bare address in ``Name <address>``, fit for an envelope. Raises BadAddress."""
    return wire_address(parseaddr(header)[1])


def address_tag(address: str) -> bytes:
    """The keyed tag a new row about an address carries. Letter case never tells two people apart here."""
    return fast_tag("mail_address", address.strip().casefold())


def address_tags(address: str) -> list[bytes]:
    """The tags an older row about the address may carry: one for each site key that still reads."""
    return fast_tags("mail_address", address.strip().casefold())
