"""The guided form on a project's page, and finishing there what was saved.

It is the public one in other words, behind the door of the project. Which project a report comes from is asked
from who is signed in, never from what travels in the page.
"""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nums_wagtail.foundation.errors import CannotOpen
from nums_wagtail.members.itself import MEMBER
from nums_wagtail.vault.holders import ReceiptHolder
from nums_wagtail.vault.receipts import Receipt, read_receipt

from . import drafts, slowing
from .access import find_by_receipt
from .forms import PREFIX
from .languages import language_asked_for, speaking
from .models import Report
from .project_door import Worker, project_form
from .project_views import FINISH, SENT, told_by
from .project_words import asking_for_others
from .receipt_forms import ReceiptForm, where_to_look
from .slowing import Wait
from .steps import TELL, read_walk
from .steps_page import Door, answer_step, first_step, go_on
from .uploads import Sent

STEP = "nums_wagtail/reports/project_step.html"
CHECK = "nums_wagtail/reports/project_check.html"
SAVED = "nums_wagtail/reports/project_saved.html"
FINISH_PAGE = "nums_wagtail/reports/project_finish.html"


@project_form("nums_wagtail:project_steps")
def project_steps(request: HttpRequest, worker: Worker, sent: Sent | None) -> HttpResponse:
    """The guided form, with the project filled in; or one that was saved before, by its receipt."""
    if sent is None:
        with language_asked_for(request):
            return first_step(request, None, _door(request, worker))
    if FINISH in sent.typed:
        return _finish(request, worker, sent.typed)
    read = read_walk(sent.typed.get("state", ""))
    with speaking(read.walk.showing.language):
        return answer_step(request, sent, read, _door(request, worker))


def _finish(request: HttpRequest, worker: Worker, posted: QueryDict) -> HttpResponse:
    """Open a saved report by its receipt. Guessing is slowed as on the receipt page."""
    form = ReceiptForm(posted)
    is_elsewhere = False
    wait = None
    if form.is_valid():
        typed = form.cleaned_data["receipt"]
        wait = _wait(request, typed, posted.get("wait", ""))
        if wait is not None:
            left = max(wait.left, 1)
            words = ngettext("Please wait %(count)d second.", "Please wait %(count)d seconds.", left)
            form.add_error("receipt", words % {"count": left} + " " + _("Then press the button again."))
        else:
            reading = read_receipt(typed)
            found = _behind(reading.receipt) if reading.receipt is not None else None
            if isinstance(found, drafts.Draft):
                with speaking(found.walk.showing.language):
                    return go_on(request, found, _door(request, worker))
            form.add_error("receipt", found or where_to_look(reading))
            is_elsewhere = found is not None
    context = {"project": worker.project, "form": form, "finish": FINISH, "is_elsewhere": is_elsewhere}
    return render(request, FINISH_PAGE, context | {"wait": wait and wait.seal()}, status=400)


def _wait(request: HttpRequest, typed: str, sealed: str) -> Wait | None:
    """What must be waited for; None when the wait for this same receipt is over, or none is asked for."""
    with suppress(CannotOpen):
        wait = Wait.open(sealed)
        if wait.typed == typed:
            return wait if wait.left > 0 else None
    seconds = slowing.seconds_to_wait(request.META.get("REMOTE_ADDR", ""))
    return Wait.begin(typed, seconds) if seconds else None


def _behind(receipt: Receipt) -> drafts.Draft | str | None:
    """What was saved here under a receipt; or words for who holds it, when what it opens is not finished here."""
    if find_by_receipt(receipt) is not None:
        return _("This one was sent. Open it on the receipt page.")
    draft = drafts.find(ReceiptHolder(receipt))
    if draft is not None and not draft.walk.for_project:
        # It may hold answers to that page's own questions, and consents in the person's own name.
        return _("This one was saved on the public page. Finish it on the receipt page, with the same receipt.")
    return draft


def _door(request: HttpRequest, worker: Worker) -> Door:
    begins = {"who": "other", "region": worker.project.region.code}
    return Door(
        step=STEP,
        check=CHECK,
        saved=SAVED,
        sent=SENT,
        asking=asking_for_others(),
        words={
            "title": _("Report for somebody"),
            "project": worker.project,
            "name": worker.member.working_name,
            "tell": TELL,
            "csrf_token": get_token(request),
        },
        begins={f"{PREFIX}-{key}": [value] for key, value in begins.items()},
        beside=lambda walk: told_by(worker, walk.data().get(TELL)),
        source=Report.Source.PROJECT,
        project=worker.project,
        by=MEMBER,
    )
