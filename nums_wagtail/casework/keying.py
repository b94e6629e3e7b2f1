"""Keying paper forms by who works on cases: a new one, or one whose picture is with a report of a case already.

The pages use the quiet layout: a sheet is long, and keyed beside its picture. Everybody else finds nothing here.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ..foundation import policy
from ..foundation.actors import Actor
from ..foundation.errors import NotAllowed, NotThere, Refused, VaultError
from ..foundation.quiet import branding_for, quiet_headers, quiet_page
from ..reports.access import OpenedReport
from ..reports.consent import KEYED, Purpose, allows
from ..reports.evidence_sealing import Kind
from ..reports.form_state import Showing
from ..reports.forms import ReportForm, unchecked
from ..reports.keying import SheetConsentForm, keying_form, sheet_words
from ..reports.models import Report
from ..reports.project_door import read_or_none, take_safely, too_long
from ..reports.sheet_print import sheet_response
from ..reports.sheet_views import Desk, at_desk
from ..vault.holders import TeamHolder
from .access import open_case
from .cases import case_reports
from .sheets import key_sheet_of
from .views import CaseView

NEW = "nums_cases:key_new"
NEW_PAGE = "nums_wagtail/casework/key_new.html"
OF_REPORT = "nums_wagtail/casework/key_report.html"
SENT = "nums_wagtail/casework/keyed.html"
#: Name of the tick that takes the warning back.
MAY_NOT_WARN = "may_not_warn"


def _worker(request: HttpRequest) -> Actor:
    """Raises NotThere for who does not work on cases."""
    by = Actor.person(request.user)
    if not policy.may(by, "work_case"):
        raise NotThere()
    return by


@quiet_page
def print_blank(request: HttpRequest) -> HttpResponseBase:
    """The paper form as a PDF, in the language of the admin. Nothing is stored."""
    _worker(request)
    return require_safe(lambda request: sheet_response(branding_for(request)))(request)


# The token is asked for after the files were read under our limits.
@csrf_exempt
@transaction.non_atomic_requests
@quiet_page
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def key_new(request: HttpRequest) -> HttpResponseBase:
    """Keying a sheet that somebody handed in; its receipt is shown once, to be given to them."""
    desk = Desk(NEW, KEYED, _worker(request), NEW_PAGE, keying_form, sent_template=SENT)
    if request.method != "POST":
        return at_desk(request, desk, None)
    sent = read_or_none(request)
    if sent is None:
        return too_long(request)
    return take_safely(request, lambda request: at_desk(request, desk, sent), sent, NEW)


key_new.nums_asks_for_token = True  # type: ignore[attr-defined]  # a test tells it from the reporter's way


class KeyReportView(CaseView):
    """The keying page bound to one report of a case, beside the pictures that came with it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.sheet(None)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        report = self._report(kwargs["report_uuid"])
        form = _form(request.POST)
        if "more" in request.POST:
            return self.sheet(unchecked(form))
        if not form.is_valid():
            return self.sheet(form, status=400)
        try:
            key_sheet_of(
                self.case,
                report,
                form.answers,
                asked=frozenset(form.fields),
                holder=TeamHolder(),
                by=self.by,
                may_not_warn=bool(request.POST.get(MAY_NOT_WARN)),
            )
        except VaultError as error:
            return self.cannot_open(error)
        except (NotAllowed, Refused) as error:
            messages.error(request, error.words)
        else:
            messages.success(request, _("The sheet is keyed. The picture stays with the report."))
        return redirect("nums_cases:case", self.case.uuid)

    def sheet(self, form: ReportForm | None, *, status: int = 200) -> HttpResponse:
        """The page; opening it is a look at the case, and is remembered as one."""
        report = self._report(self.kwargs["report_uuid"])
        try:
            opened = open_case(TeamHolder(), self.case.uuid, by=self.by)
        except VaultError as error:
            return self.cannot_open(error)
        found = next(one for one in opened.reports if one.report.pk == report.pk)
        if form is None:
            form = _form()
            form.initial = {name: value for name, value in found.answers.values.items() if name in form.fields}
        address = reverse("nums_cases:key", args=[self.case.uuid, report.uuid])
        context = {
            **sheet_words(self.request, form, SheetConsentForm(), showing=Showing(), to=NEW),
            "address": address,
            "case": self.case,
            "pictures": _pictures(found),
            "warns": allows(report, Purpose.ALERT) is not None,
            "may_not_warn": MAY_NOT_WARN,
        }
        response = render(self.request, OF_REPORT, context, status=status)
        quiet_headers(response)
        return response

    def _report(self, report_uuid: UUID) -> Report:
        """Raises NotThere for who may look and not work, and for a report of another case."""
        if not policy.may(self.by, "work_case"):
            raise NotThere()
        found = next((report for report in case_reports(self.case) if report.uuid == report_uuid), None)
        if found is None:
            raise NotThere()
        return found


def _form(typed: QueryDict | None = None) -> ReportForm:
    # The picture says what happened, whatever can be read on it.
    return keying_form(typed, whole=False)


def _pictures(opened: OpenedReport) -> list[Any]:
    return [one for one in opened.files if one.about.kind == Kind.PICTURE]
