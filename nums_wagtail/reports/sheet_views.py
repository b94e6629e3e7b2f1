"""The paper form on a project's page: to print, to key, and to photograph. Keying by staff is in ``casework``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.quiet import branding_for
from nums_wagtail.members.itself import MEMBER
from nums_wagtail.members.models import Organisation

from .form_page import Notice
from .form_state import Showing, read_state
from .forms import ReportForm, unchecked
from .keying import KEYED, PHOTO, SEND, SheetConsentForm, filled_sheet, keying_form, picture_form, sheet_words
from .languages import language_asked_for, speaking
from .project_door import Worker, project_form, project_page
from .project_views import SENT, told_by
from .sent_page import show_sent
from .sheet_print import sheet_response
from .steps import TELL
from .trying import Tried, pressed_late, try_to_send
from .uploads import Sent

KEYING = "nums_wagtail/reports/keying.html"
PICTURE = "nums_wagtail/reports/sheet_picture.html"


@dataclass(frozen=True, repr=False)
class Desk:
    """Where a sheet is keyed or its picture sent: the address, who does it, and what its page says besides."""

    to: str
    path: str
    by: Actor
    template: str
    form: Callable[..., ReportForm]
    project: Organisation | None = None
    words: Mapping[str, Any] | None = None
    sent_template: str = SENT


@project_page
def project_sheet(request: HttpRequest, worker: Worker) -> HttpResponse:
    """The paper form as a PDF, with the project as the place to hand it in. Nothing is stored."""
    with language_asked_for(request):
        return sheet_response(branding_for(request), hand_in=worker.project.name)


@project_form("nums_wagtail:project_key")
def project_key(request: HttpRequest, worker: Worker, sent: Sent | None) -> HttpResponse:
    """Keying a filled sheet on the project's page."""
    desk = Desk("nums_wagtail:project_key", KEYED, MEMBER, KEYING, keying_form, worker.project, _words(worker))
    return at_desk(request, desk, sent, worker)


@project_form("nums_wagtail:project_picture")
def project_picture(request: HttpRequest, worker: Worker, sent: Sent | None) -> HttpResponse:
    """Sending a picture of a filled sheet: the team keys it beside the picture."""
    desk = Desk(
        "nums_wagtail:project_picture", PHOTO, MEMBER, PICTURE, picture_form, worker.project, _words(worker)
    )
    return at_desk(request, desk, sent, worker)


def _words(worker: Worker) -> dict[str, Any]:
    return {"project": worker.project, "name": worker.member.working_name, "tell": TELL}


@sensitive_variables()
def at_desk(request: HttpRequest, desk: Desk, sent: Sent | None, worker: Worker | None = None) -> HttpResponse:
    """The page of a desk, or what becomes of what was sent from it."""
    if sent is None:
        with language_asked_for(request):
            return _show(request, desk, Showing(), desk.form(), SheetConsentForm())
    typed = sent.typed
    read = read_state(typed.get("state", ""))
    with speaking(read.showing.language):
        form, said = desk.form(typed), SheetConsentForm(typed)
        beside = told_by(worker, typed.get(TELL)) if worker is not None else ()
        told = bool(beside)
        if "more" in typed:
            return _show(request, desk, read.showing, unchecked(form), unchecked(said), told=told)
        filled = filled_sheet(form, said, path=desk.path, project=desk.project, beside=beside)
        held_up = _holds_up(desk, sent, said)
        if held_up is None and not read.fresh and not sent.offered:
            held_up = pressed_late()
        if held_up is not None:
            form.is_valid()
            tried = Tried(filled, notice=held_up)
        else:
            tried = try_to_send(filled, sent, read, pressed=True, by=desk.by)
        if tried.accepted is not None:
            return show_sent(request, None, tried.accepted, tried.filled, template=desk.sent_template)
        return _show(request, desk, read.showing, form, said, tried=tried, told=told)


def _holds_up(desk: Desk, sent: Sent, said: SheetConsentForm) -> Notice | None:
    """Why it is not sent yet. With a file in hand only a missing picture holds anything up."""
    if desk.path == PHOTO and not (sent.offered or sent.refused):
        return Notice(_("Please add a picture of the sheet"), _("Without it there is nothing to read yet."))
    if not sent.offered and (sent.typed.get("send") != SEND or not said.is_valid()):
        return Notice(_("This was not sent yet"), _("Something below needs a look. Your words are still here."))
    return None


def _show(
    request: HttpRequest,
    desk: Desk,
    showing: Showing,
    form: ReportForm,
    said: SheetConsentForm,
    *,
    tried: Tried | None = None,
    told: bool = False,
) -> HttpResponse:
    if desk.project is not None:
        form.initial = {"region": desk.project.region.code}
    context = {
        **sheet_words(request, form, said, showing=showing, to=desk.to, tried=tried),
        **(desk.words or {}),
        "told": told,
    }
    return render(request, desk.template, context, status=400 if tried else 200)
