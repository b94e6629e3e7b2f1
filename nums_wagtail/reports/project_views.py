"""A project's page: what its workers sent, and the form on which they report for somebody else.

The team sees which project a report came from. Who of its workers sent it is written down nowhere, unless the
worker wants that; then it stands with the report, sealed.
"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from nums_wagtail.members.itself import MEMBER
from nums_wagtail.regions.tree import region_choices

from . import consent, form_page
from .access import reports_of
from .form_page import Notice
from .form_state import Showing, read_state
from .forms import ReportForm, unchecked
from .languages import language_asked_for, speaking
from .models import Report
from .project_door import Worker, project_form, project_page
from .project_words import asking_for_others
from .read import OwnAnswer
from .receipt_forms import ReceiptForm
from .sending import Filled
from .sent_page import show_sent
from .steps import TELL
from .trying import Tried, try_to_send
from .uploads import Sent

LIST = "nums_wagtail/reports/project_reports.html"
FORM = "nums_wagtail/reports/project_form.html"
SENT = "nums_wagtail/reports/project_sent.html"

#: In a form that opens a saved report by its receipt.
FINISH = "finish"
ON_A_PAGE = 50


@project_page
def project_reports(request: HttpRequest, worker: Worker) -> HttpResponse:
    """What a worker can do here, and the reports that came from the project."""
    page = Paginator(reports_of(worker.project), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"project": worker.project, "page": page, "form": ReceiptForm(), "finish": FINISH}
    return render(request, LIST, context)


@project_form("nums_wagtail:project_send")
def project_send(request: HttpRequest, worker: Worker, sent: Sent | None) -> HttpResponse:
    """The short form, with the project filled in."""
    if sent is None:
        with language_asked_for(request):
            return _show(request, worker, Showing(), _form(worker))
    read = read_state(sent.typed.get("state", ""))
    with speaking(read.showing.language):
        form = _form(worker, sent.typed)
        if "more" in sent.typed:
            return _show(request, worker, read.showing, unchecked(form), typed=sent.typed)
        button = sent.typed.get("send")
        filled = Filled(
            form,
            consent.by_button(warn=button == form_page.WARN),
            source=Report.Source.PROJECT,
            project=worker.project,
            beside=told_by(worker, sent.typed.get(TELL)),
        )
        pressed = button in (form_page.WARN, form_page.TEAM)
        tried = try_to_send(filled, sent, read, pressed=pressed, by=MEMBER)
        if tried.accepted is not None:
            return show_sent(request, None, tried.accepted, tried.filled, template=SENT)
        return _show(request, worker, read.showing, form, typed=sent.typed, tried=tried)


def told_by(worker: Worker, ticked: str | None) -> tuple[OwnAnswer, ...]:
    """The worker's name as an answer of the report, if the worker ticked that the team may know it.

    ``ticked`` is the name that stood beside the tick. A page may be begun by one worker and sent by another, who
    is not named by a tick that was the first one's.
    """
    name = worker.member.working_name
    return (OwnAnswer(_("Sent by, at the project"), name),) if name and ticked == name else ()


def _form(worker: Worker, typed: QueryDict | None = None) -> ReportForm:
    form = ReportForm(asking_for_others(), region_choices(), typed, short=True)
    form.initial = {"who": "other", "region": worker.project.region.code}
    return form


def _show(
    request: HttpRequest,
    worker: Worker,
    showing: Showing,
    form: ReportForm,
    *,
    typed: QueryDict | None = None,
    tried: Tried | None = None,
) -> HttpResponse:
    notice: Notice | None = tried.notice if tried else None
    context = {
        **form_page.page_words(request, None),
        "title": _("Report for somebody"),
        "project": worker.project,
        "name": worker.member.working_name,
        "tell": TELL,
        "told": bool(typed and told_by(worker, typed.get(TELL))),
        "form": form,
        "state": showing.seal(),
        "sends": True,
        "notice": notice,
        "refused": tried.filled.files.refused if tried else (),
    }
    return render(request, FORM, context, status=400 if tried else 200)
