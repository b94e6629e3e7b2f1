"""The worker's half of the door: looks whether an address is a member's and sends what is due.

Only here does it matter who is known, and nobody at the page sees it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from ..foundation.actors import INTAKE
from ..foundation.errors import KeyMissing
from ..foundation.transactions import verb_transaction
from ..regions.models import Region
from ..vault.data_keys import shred
from .addresses import find_member
from .joining import apply_to_join
from .letters import queue_link_letter
from .models import Knock, Member
from .signin import make_link

#: Requests that one run of the schedule answers, so that a flood delays itself and not the other work.
AT_ONCE = 30


def answer_knock(uuid: UUID) -> bool:
    """Answer one request and forget it; False when it is not there (any more)."""
    with verb_transaction():
        row = Knock.objects.filter(uuid=uuid).first()
        if row is None:
            return False
        try:
            content, key = row.content, row.data_key
        except KeyMissing:  # nobody can read it any more, so it must not stand in the way
            content, key = None, None
        if not Knock.objects.filter(pk=row.pk).delete()[0] or content is None:
            return False
        if content["wants"] == Knock.Wants.JOIN:
            _answer_application(content)
        else:
            _answer_request_for_link(content)
        if key is not None:
            transaction.on_commit(lambda: shred([key]))
    return True


def answer_waiting(limit: int = AT_ONCE) -> int:
    """Answer what no task has answered: crowded clients' requests and what a stopped worker left behind.

    One that fails stops none of the others; the first error is raised at the end.
    """
    answered = 0
    first: Exception | None = None
    for uuid in list(Knock.objects.order_by("pk").values_list("uuid", flat=True)[:limit]):
        try:
            answered += answer_knock(uuid)
        except Exception as error:  # noqa: BLE001 - the others must still be answered
            first = first or error
    if first is not None:
        raise first
    return answered


def _answer_request_for_link(content: dict[str, Any]) -> None:
    member = find_member(content["address"])
    if member is not None:
        _send_link(member, next_path=content["next"])


def _answer_application(content: dict[str, Any]) -> None:
    region = Region.objects.filter(code=content["home_region"]).first()
    if region is None:
        return
    applied = apply_to_join(
        email=content["address"],
        working_name=content["working_name"],
        kind=Member.Kind(content["kind"]),
        home_region=region,
        language=content["language"],
        by=INTAKE,
    )
    if applied is None:
        known = find_member(content["address"])
        if known is not None:
            # Somebody known gets the way in instead, and an onlooker at the page learns nothing.
            _send_link(known)


def _send_link(member: Member, *, next_path: str = "") -> None:
    queue_link_letter(member, make_link(member), next_path=next_path, by=INTAKE)
