"""Who is signed in and what they may read. Every page for members asks here, on every request.

Readers are approved members, within their regions, and staff who may read what is released.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from ..foundation import policy
from ..foundation.actors import Actor
from ..regions.models import Region
from .models import Member
from .sessions import signed_in_uuid

View = Callable[..., HttpResponseBase]

#: Where one request keeps the answer, so that asking twice costs one query.
_KEPT = "_nums_member"
_LONGEST_NEXT = 300


def signed_in_member(request: HttpRequest) -> Member | None:
    """Who is signed in, whatever the status: only for pages that say what the status means."""
    if not hasattr(request, _KEPT):
        uuid = signed_in_uuid(request)
        members = Member.objects.select_related("home_region", "organisation")
        setattr(request, _KEPT, members.filter(uuid=uuid).first() if uuid else None)
    member: Member | None = getattr(request, _KEPT)
    return member


def current_member(request: HttpRequest) -> Member | None:
    """The approved member who is signed in and was seen within the idle time, or None."""
    member = signed_in_member(request)
    return member if member is not None and member.status == Member.Status.APPROVED else None


def readable_regions(member: Member) -> list[Region]:
    """Home and chosen regions, what they lie in and what lies below them, in the order of the tree.

    Nothing for a member who is not approved.
    """
    if member.status != Member.Status.APPROVED:
        return []
    chosen = [member.home_region.path, *member.regions.values_list("path", flat=True)]
    around = {path[:end] for path in chosen for end in range(Region.steplen, len(path), Region.steplen)}
    return list((Region.objects.filter(path__in=around) | Region.objects.beneath(chosen)).order_by("path"))


def readable_region_ids(member: Member) -> set[int]:
    """Ids of ``readable_regions``."""
    return {region.pk for region in readable_regions(member)}


def may_read(member: Member, region: Region) -> bool:
    """Whether an approved member reads what is released in ``region``."""
    return region.pk in readable_region_ids(member)


@dataclass(frozen=True)
class Reader:
    """Somebody in front of a page of alerts; ``region_ids`` is None for staff who read every region."""

    member: Member | None
    region_ids: frozenset[int] | None

    @property
    def is_anybody(self) -> bool:
        """Whether this reader may read anything at all."""
        return self.region_ids is None or bool(self.region_ids)

    def may_read(self, region_ids: Iterable[int]) -> bool:
        """Whether at least one of the regions is readable."""
        return self.region_ids is None or not self.region_ids.isdisjoint(region_ids)


#: Reads nothing.
NOBODY = Reader(member=None, region_ids=frozenset())


def reader_for(request: HttpRequest) -> Reader:
    """Who is reading: staff with the right to read what is released, else an approved member, else ``NOBODY``."""
    member = current_member(request)
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated and policy.may(Actor.person(user), "read_released"):
        return Reader(member=member, region_ids=None)
    if member is None:
        return NOBODY
    return Reader(member=member, region_ids=frozenset(readable_region_ids(member)))


def member_required(view: View) -> View:
    """Let approved members through; send others to sign in, or to the page that says why they wait."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if current_member(request) is None:
            return send_to_the_door(request)
        return view(request, *args, **kwargs)

    guarded.nums_members_only = True  # type: ignore[attr-defined]  # lets a test list the guarded views
    return guarded


def send_to_the_door(request: HttpRequest) -> HttpResponseRedirect:
    """The answer to somebody who may not read: the sign-in page, or the waiting page once signed in."""
    if signed_in_member(request) is not None:
        return HttpResponseRedirect(reverse("nums_wagtail:waiting"))
    url = reverse("nums_wagtail:sign_in")
    if request.method in ("GET", "HEAD"):
        url += "?" + urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(url)


def safe_next(request: HttpRequest, path: str) -> str:
    """``path`` when it is one of this site, else nothing. Anybody may have written it."""
    local = path.startswith("/") and path.isprintable() and len(path) <= _LONGEST_NEXT
    if local and url_has_allowed_host_and_scheme(path, allowed_hosts=None, require_https=request.is_secure()):
        return path
    return ""
