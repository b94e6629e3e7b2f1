"""The page of one case in the Wagtail admin, and what its buttons and forms post to: one verb each."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..foundation import policy
from ..foundation.actors import Actor
from ..foundation.error_reports import without_values
from ..foundation.errors import BadInput, Conflict, NotAllowed, NotThere, Refused, VaultError, Words
from ..reports.contact import spoken
from ..reports.messages import write_to_reporter
from ..vault.holders import TeamHolder
from . import safeguarding
from .access import get_case, open_case
from .case_page import ShownReport, shown_report
from .cases import case_reports, close_case, grade_case, read_news, reopen_case, set_police, take_case
from .forms import CaseForm, CloseForm, GradeForm, MessageForm, NoteForm, PoliceForm
from .matching import related
from .models import Case
from .notes import write_note
from .registries import actions_of, matches_of, panels_of
from .retention import last_day
from .safeguarding_panel import safeguarding_of


@method_decorator(without_values, name="dispatch")
class CaseView(WagtailAdminTemplateMixin, View):
    """What every view of a case shares: not yours and not there look the same, and nothing is cached."""

    template_name = "nums_wagtail/casework/case.html"
    header_icon = "folder-open-inverse"
    case: Case
    by: Actor

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.by = Actor.person(request.user)
        try:
            self.case = get_case(kwargs["uuid"], by=self.by)
            response = super().dispatch(request, *args, **kwargs)
        except NotThere:
            raise Http404 from None
        response["Cache-Control"] = "no-store"
        return response

    def get_page_title(self) -> str:
        return _("Case %(number)s") % {"number": self.case.pk}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = {"url": reverse("nums_cases:index"), "label": _("Cases")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.get_page_title()}]

    def show(self, bound: CaseForm | None = None, *, status: int = 200) -> HttpResponse:
        """The page, or a page that says that something in the case cannot be opened.

        ``bound``: a form to mend, with what was typed in it.
        """
        try:
            opened = open_case(TeamHolder(), self.case.uuid, by=self.by)
        except VaultError as error:
            return self.cannot_open(error)
        self.case = opened.case
        reports = [shown_report(report, by=self.by) for report in opened.reports]
        context = self.get_context_data(
            case=self.case,
            assignee_name=get_user_display_name(self.case.assignee),
            is_mine=self.case.assignee_id == self.by.user_id,
            kept_until=max(filter(None, (last_day(self.case, shown.report) for shown in reports)), default=None),
            can_work=policy.may(self.by, "work_case"),
            reports=reports,
            talks=[(shown, self.message_form(shown, bound)) for shown in reports],
            not_compared=any(not report.report.tagged for report in opened.reports),
            notes=[(get_user_display_name(note.by), note) for note in opened.notes],
            safeguarding=safeguarding_of(self.case, by=self.by),
            related=related(self.case, by=self.by),
            matches=matches_of(self.case, by=self.by),
            panels=panels_of(self.case, by=self.by),
            actions=actions_of(self.case, by=self.by),
            **self.forms(bound),
        )
        return TemplateResponse(self.request, self.get_template_names(), context, status=status)

    def forms(self, bound: CaseForm | None) -> dict[str, CaseForm]:
        forms: list[CaseForm] = [
            NoteForm(),
            GradeForm(initial={"severity": self.case.severity}),
            PoliceForm(initial={"police": self.case.police}),
            CloseForm(),
        ]
        if bound is not None:
            forms = [bound if form.name == bound.name else form for form in forms]
        return {f"{form.name}_form": form for form in forms}

    def message_form(self, shown: ShownReport, bound: CaseForm | None) -> CaseForm:
        report = str(shown.report.uuid)
        if isinstance(bound, MessageForm) and str(bound["report"].value()) == report:
            return bound
        return MessageForm(initial={"report": report})

    def cannot_open(self, error: VaultError) -> HttpResponse:
        context = self.get_context_data(case=self.case, words=error.words, code=error.code)
        return TemplateResponse(self.request, "nums_wagtail/casework/cannot_open.html", context, status=500)


class CasePageView(CaseView):
    """The plain address of a case: shows it, remembers who looked, and takes nothing."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show()


class CaseVerbView(CaseView):
    """One verb on a case. A GET, as after signing in again, leads to the case and changes nothing."""

    form_class: type[CaseForm] | None = None
    done: Words = ""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return redirect("nums_cases:case", self.case.uuid)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form_class(request.POST) if self.form_class else None
        if form is not None and not form.is_valid():
            return self.show(form, status=400)
        try:
            self.work(form.cleaned_data if form is not None else {})
        except BadInput as error:
            if form is None:
                raise
            form.add_bad_input(error)
            return self.show(form, status=400)
        except VaultError as error:
            return self.cannot_open(error)
        except (Conflict, NotAllowed, Refused) as error:
            messages.error(request, error.words)
        else:
            if self.done:
                messages.success(request, self.done)
        return redirect("nums_cases:case", self.case.uuid)

    def work(self, given: dict[str, Any]) -> None:
        """What a form of the case page does; each has its own."""
        raise NotImplementedError


class OpenView(CaseVerbView):
    """The button in the queue: takes a case that nobody has, and shows it."""

    def work(self, given: dict[str, Any]) -> None:
        if self.case.assignee_id is None and not self.case.is_closed:
            take_case(self.case, by=self.by)


class TakeView(CaseVerbView):
    """Takes a case, or takes it over from the colleague whom the page named."""

    done = gettext_lazy("This case is yours now.")

    def work(self, given: dict[str, Any]) -> None:
        take_case(self.case, by=self.by, over_from=self.request.POST.get("over_from", ""))


class NoteView(CaseVerbView):
    form_class = NoteForm
    done = gettext_lazy("The note is kept.")

    def work(self, given: dict[str, Any]) -> None:
        write_note(self.case, given["text"], by=self.by)


class MessageView(CaseVerbView):
    """Writes to the reporter; whoever answers has read what came."""

    form_class = MessageForm
    done = gettext_lazy("The message waits for the reporter.")

    def work(self, given: dict[str, Any]) -> None:
        report = next((one for one in case_reports(self.case) if one.uuid == given["report"]), None)
        if report is None:
            raise NotThere()
        write_to_reporter(report, given["text"], holder=TeamHolder(), by=self.by)
        read_news(self.case, by=self.by)


class NewsReadView(CaseVerbView):
    done = gettext_lazy("Marked as read.")

    def work(self, given: dict[str, Any]) -> None:
        read_news(self.case, by=self.by)


class GradeView(CaseVerbView):
    form_class = GradeForm
    done = gettext_lazy("The grade is kept.")

    def work(self, given: dict[str, Any]) -> None:
        grade_case(self.case, given["severity"], by=self.by)


class PoliceView(CaseVerbView):
    form_class = PoliceForm
    done = gettext_lazy("The answer about the police is kept.")

    def work(self, given: dict[str, Any]) -> None:
        set_police(self.case, given["police"], by=self.by)


class CloseView(CaseVerbView):
    form_class = CloseForm
    done = gettext_lazy("This case is closed.")

    def work(self, given: dict[str, Any]) -> None:
        close_case(self.case, by=self.by, outcome=given["outcome"])


class LeadView(CaseVerbView):
    """The safeguarding lead's word: ``say`` is agree or hold."""

    done = gettext_lazy("Your decision is kept.")

    def work(self, given: dict[str, Any]) -> None:
        match self.request.POST.get("say"):
            case "agree":
                safeguarding.agree(self.case, by=self.by)
            case "hold":
                safeguarding.hold(self.case, by=self.by)
            case _:
                raise NotThere()


class SpokenView(CaseVerbView):
    """Somebody of the team spoke with the reporter, so that the contact is kept from today."""

    done = gettext_lazy("Kept for another 90 days.")

    def work(self, given: dict[str, Any]) -> None:
        wanted = self.request.POST.get("report", "")
        report = next((one for one in case_reports(self.case) if str(one.uuid) == wanted), None)
        if report is None:
            raise NotThere()
        spoken(report, by=self.by)


class ReopenView(CaseVerbView):
    done = gettext_lazy("This case is open again.")

    def work(self, given: dict[str, Any]) -> None:
        reopen_case(self.case, by=self.by)
