"""The door of a project's page: its workers come in, with session and token, and what they typed is never lost.

Files are read into memory under our limits, as on the reporter's way; so the token is checked after that, not by
the middleware, which would have read them onto a disk.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import wraps

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from nums_wagtail.foundation.errors import NotThere, Words
from nums_wagtail.foundation.quiet import quiet_page, quiet_render
from nums_wagtail.members.access import current_member, member_required, send_to_the_door
from nums_wagtail.members.models import Member, Organisation
from nums_wagtail.regions.packs import country_pack

from .form_page import Notice
from .forms import PREFIX
from .uploads import Sent, read_sent

UNREADABLE = "nums_wagtail/reports/too_long.html"
NOT_SENT = "nums_wagtail/reports/project_not_sent.html"

#: What is too much to read at all, or was cut off on its way.
UNREADABLE_FOR = (BadRequest, RequestDataTooBig, SuspiciousOperation, MultiPartParserError, UnreadablePostError)

logger = logging.getLogger(__name__)


class Why(Enum):
    """Why something was not taken."""

    SIGNED_OUT = auto()
    NO_TOKEN = auto()
    FAILED = auto()


WORDS: dict[Why, Words] = {
    Why.SIGNED_OUT: _("You were signed out. Your words are still here. Sign in on another page, then send again."),
    Why.NO_TOKEN: _("This page had become too old. Your words are still here. Please press the button once more."),
    Why.FAILED: _("Something went wrong on our side. Your words are still here. Please try again in a moment."),
}


@dataclass(frozen=True, repr=False)
class Worker:
    """A member who works for a project, in front of its page."""

    member: Member
    project: Organisation


Showing = Callable[[HttpRequest, Worker], HttpResponse]
Taking = Callable[[HttpRequest, Worker, Sent | None], HttpResponse]


def works_for_project(member: Member) -> bool:
    """Whether a member has a project's page."""
    project = member.organisation
    return project is not None and project.kind == Organisation.Kind.PROJECT


def _worker(request: HttpRequest) -> Worker:
    """Raises NotThere for a member who works for no project."""
    member = current_member(request)
    if member is None or member.organisation is None or not works_for_project(member):
        raise NotThere()
    return Worker(member, member.organisation)


def project_page(view: Showing) -> Callable[[HttpRequest], HttpResponseBase]:
    """A page of a project that is only looked at."""

    @quiet_page
    @member_required
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        worker = _worker(request)
        return require_safe(lambda request: view(request, worker))(request)

    return guarded


def project_form(to: str) -> Callable[[Taking], Callable[[HttpRequest], HttpResponseBase]]:
    """A page of a project with a form; the view gets None instead of what was sent when it is only looked at.

    ``to`` names the address itself. Whoever was signed out meanwhile gets all that was typed back, and no failure
    is answered without it.
    """

    def decorate(view: Taking) -> Callable[[HttpRequest], HttpResponseBase]:
        @csrf_exempt
        @transaction.non_atomic_requests
        @quiet_page
        @require_http_methods(["GET", "HEAD", "POST"])
        @sensitive_post_parameters()
        @sensitive_variables()
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponseBase:
            if request.method != "POST":
                if current_member(request) is None:
                    return send_to_the_door(request)
                return view(request, _worker(request), None)
            is_inside = current_member(request) is not None
            worker = _worker(request) if is_inside else None
            sent = read_or_none(request)
            if sent is None:
                return too_long(request)
            if worker is None:
                if _another_site_sent(request):
                    raise PermissionDenied
                return _show_not_sent(request, sent, to, Why.SIGNED_OUT)
            return take_safely(request, lambda request: view(request, worker, sent), sent, to)

        guarded.nums_asks_for_token = True  # type: ignore[attr-defined]  # a test tells it from the reporter's way
        return guarded

    return decorate


def read_or_none(request: HttpRequest) -> Sent | None:
    """What was sent, files in memory; None when it was too much to read at all, or cut off on its way."""
    try:
        return read_sent(request)
    except UNREADABLE_FOR:
        return None


def too_long(request: HttpRequest) -> HttpResponse:
    """The answer to what could not be read. The browser still has it."""
    context = {"most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE, "emergency": country_pack().emergency}
    return quiet_render(request, UNREADABLE, context, status=400)


@sensitive_variables()
def take_safely(
    request: HttpRequest, answer: Callable[[HttpRequest], HttpResponse], sent: Sent, to: str
) -> HttpResponseBase:
    """Ask for the token, then answer; whatever goes wrong, what was typed comes back from the address ``to``."""
    came_in = False

    @csrf_protect
    def take(request: HttpRequest) -> HttpResponse:
        nonlocal came_in
        came_in = True
        try:
            return answer(request)
        except Exception as error:  # noqa: BLE001 - one answer without values for whatever went wrong
            logger.error("A report was not stored: %s", type(error).__name__)
        return _show_not_sent(request, sent, to, Why.FAILED)

    answered = take(request)
    if came_in or _another_site_sent(request):
        return answered
    # A browser that lost its cookie has a false token, too. Django's page for that would lose what was typed.
    return _show_not_sent(request, sent, to, Why.NO_TOKEN)


def _another_site_sent(request: HttpRequest) -> bool:
    """Whether another site's page posted this, as a browser says. A worker is not asked to send its words."""
    return request.headers.get("Sec-Fetch-Site") == "cross-site"


def _show_not_sent(request: HttpRequest, sent: Sent, to: str, why: Why) -> HttpResponse:
    """Everything that was typed, to be sent again. Works without database and keys."""
    what = f"{PREFIX}-what_happened"
    typed = sent.typed
    # The guided form's buttons say where they lead; the others send.
    button = "go" if "go" in typed else "send"
    left_out = (what, "csrfmiddlewaretoken", button)
    context = {
        "notice": Notice(_("This was not sent"), WORDS[why]),
        "signed_out": why == Why.SIGNED_OUT,
        "action": reverse(to),
        "name": what,
        "words": typed.get(what, ""),
        "rest": [(key, value) for key, values in typed.lists() for value in values if key not in left_out],
        "button": button,
        "pressed": typed.get(button, ""),
        "with_files": bool(sent.offered or sent.refused),
        "csrf_token": get_token(request),
        "emergency": country_pack().emergency,
    }
    return HttpResponse(render_to_string(NOT_SENT, context), status=503 if why == Why.FAILED else 403)
