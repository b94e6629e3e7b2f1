"""A member's sign-in inside Django's session: the member's uuid, when it was last seen, and nothing else.

The host's own sign-in may live in the same session; it is neither read nor changed here.
"""

from __future__ import annotations

import time
from uuid import UUID

from django.http import HttpRequest

from ..conf import nums_settings
from .models import Member

MEMBER_KEY = "nums_member"
SEEN_KEY = "nums_member_seen"

#: Seconds between two writes of when a member was last seen; the idle time is that much less sharp.
_SHARPNESS = 30


def start_session(request: HttpRequest, member: Member) -> None:
    """Sign ``member`` in. The session gets a new key, so that one planted before knows nothing."""
    request.session.cycle_key()
    request.session[MEMBER_KEY] = str(member.uuid)
    request.session[SEEN_KEY] = int(time.time())


def end_session(request: HttpRequest) -> None:
    """Sign the member out, and nobody else."""
    session = request.session
    if MEMBER_KEY not in session:
        return
    del session[MEMBER_KEY]
    session.pop(SEEN_KEY, None)
    if session.keys():
        session.cycle_key()
    else:
        session.flush()


def signed_in_uuid(request: HttpRequest) -> UUID | None:
    """Who is signed in here and was seen within the idle time; an idle sign-in is ended.

    Without the session middleware nobody is.
    """
    session = getattr(request, "session", None)
    if session is None or MEMBER_KEY not in session:
        return None
    now = int(time.time())
    try:
        uuid, seen = UUID(session[MEMBER_KEY]), int(session[SEEN_KEY])
    except (KeyError, TypeError, ValueError):
        end_session(request)
        return None
    if now - seen > nums_settings().members.SESSION_MINUTES * 60:
        end_session(request)
        return None
    if now - seen >= _SHARPNESS:
        session[SEEN_KEY] = now
    return uuid
