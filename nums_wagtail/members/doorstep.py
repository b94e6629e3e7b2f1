"""Where requests wait between the page and the worker, so that the page does the same for everybody.

``signin.ask_for_link`` and ``joining.ask_to_join`` put them here; ``answering`` takes them up.
"""

from __future__ import annotations

from typing import Any

from ..foundation.errors import BadInput
from ..foundation.transactions import verb_transaction
from ..mailing.addresses import BadAddress, wire_address
from ..mailing.queue import enqueue
from . import throttle
from .models import Knock

ANSWER = "nums_wagtail.members.tasks.answer_knock"


def checked_address(email: str) -> str:
    """The address as a mail server takes it. Raises BadInput with words for the field ``email``."""
    try:
        return wire_address(email)
    except BadAddress as error:
        raise BadInput({"email": [error.words]}) from None


def knock(wants: Knock.Wants, address: str, details: dict[str, Any], *, client: str) -> None:
    """Keep a request, sealed, until the worker answers it; a second one within a minute is dropped in silence.

    ``client`` is the network address the request came from; it is used for slowing down and not kept.
    """
    first = throttle.first_within_a_minute(wants, address)
    crowded = throttle.is_crowded(client)
    if not first:
        return
    with verb_transaction():
        row = Knock.objects.create(content={**details, "wants": str(wants), "address": address})
        if not crowded:
            enqueue(ANSWER, row.uuid, leave_no_trace=True)
