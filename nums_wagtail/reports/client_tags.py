"""Counting what one visitor does without knowing who: in the cache alone, under a keyed tag that changes every day.

What is counted together is an address, and for the long kind of address the network it lies in: a household or a
phone has millions of those to try from.
"""

from __future__ import annotations

import ipaddress

from django.core.cache import cache
from django.utils import timezone

from nums_wagtail.vault.indexes import fast_tag

#: Leading bits of a long address (IPv6) that one customer is usually given.
NETWORK_BITS = 56
#: Where a proxy of the host stands, and no visitor from outside.
_OF_PROXIES = tuple(
    map(
        ipaddress.ip_network,
        ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7"),
    )
)


def count(what: str, address: str, seconds: int) -> int:
    """Count one ``what`` of ``address`` and return how many there were in ``seconds``, this one among them."""
    return count_all(f"{what}-{_tag(address)}", seconds)


def count_all(what: str, seconds: int) -> int:
    """Count one ``what`` of everybody together."""
    cache.add(what, 0, seconds)
    try:
        return cache.incr(what)
    except ValueError:
        # It ran out between the two calls.
        return 1


def _tag(address: str) -> str:
    return fast_tag("client", f"{timezone.now():%Y-%m-%d}|{bucket_of(address)}").hex()


def is_somebody(address: str) -> bool:
    """Whether an address tells one visitor from another. That of a proxy before the site stands for everybody."""
    try:
        parsed = ipaddress.ip_address(address.strip())
    except ValueError:
        return False
    return not any(parsed in network for network in _OF_PROXIES if network.version == parsed.version)


def bucket_of(address: str) -> str:
    """What an address is counted as; what is none is counted as it stands."""
    try:
        parsed = ipaddress.ip_address(address.strip())
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, NETWORK_BITS), strict=False))
