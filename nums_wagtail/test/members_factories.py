"""Members, organisations and their sign-in, made with the verbs of the members' room."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from nums_wagtail.foundation.actors import INTAKE, SETUP
from nums_wagtail.members import joining
from nums_wagtail.members.models import Member, Organisation
from nums_wagtail.members.signin import make_link
from nums_wagtail.regions.models import Region
from nums_wagtail.regions.tree import main_regions

from .regions_factories import make_regions

_numbers = itertools.count(1)

Status = Member.Status


def any_region() -> Region:
    """A main region; the country pack is loaded when there is none yet."""
    if not main_regions().exists():
        make_regions()
    return main_regions()[0]


def make_organisation(
    *, name: str | None = None, kind: Organisation.Kind = Organisation.Kind.PROJECT, region: Region | None = None
) -> Organisation:
    return Organisation.objects.create(
        name=name or f"Organisation {next(_numbers)}", kind=kind, region=region or any_region()
    )


def make_member(
    *,
    email: str | None = None,
    status: Member.Status = Status.APPROVED,
    working_name: str = "Lark",
    kind: Member.Kind = Member.Kind.INDIVIDUAL,
    home_region: Region | None = None,
    regions: Iterable[Region] = (),
    organisation: Organisation | None = None,
    language: str = "en",
    format: Member.Format = Member.Format.SHORT,
    rhythm: Member.Rhythm = Member.Rhythm.DANGEROUS,
) -> Member:
    """A member who has come to ``status`` the way members do, letters and signals included."""
    member = joining.apply_to_join(
        email=email or f"member-{next(_numbers)}@example.org",
        working_name=working_name,
        kind=kind,
        home_region=home_region or any_region(),
        organisation=organisation,
        language=language,
        by=INTAKE,
    )
    if member is None:
        raise ValueError("There is a member with this address already.")
    Member.objects.filter(pk=member.pk).update(format=format, rhythm=rhythm)
    member.format, member.rhythm = format, rhythm
    member.regions.set(regions)
    if status != Status.APPLIED:
        joining.approve_member(member, by=SETUP)
    if status == Status.SUSPENDED:
        joining.suspend_member(member, by=SETUP)
    if status == Status.LEFT:
        joining.leave(member, by=SETUP)
    return member


def sign_in(client: Any, member: Member) -> None:
    """Have ``client`` press the button behind a fresh link of ``member``."""
    response = client.post(reverse("nums_wagtail:sign_in_link", args=[make_link(member).token]))
    if response.status_code != 302:
        raise AssertionError(f"Signing in answered {response.status_code}.")
