"""The page on which reports are taken away, for the cases of the queue as it is filtered, or for one case.

Looking at it counts and takes nothing; the button takes. What is taken goes to the browser and is kept nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..foundation import policy
from ..foundation.actors import Actor
from ..foundation.error_reports import without_values
from ..foundation.errors import BadInput, Refused, VaultError
from ..foundation.spreadsheets import SpreadsheetMixin
from ..vault.holders import TeamHolder
from .access import queue
from .exporting import MOST, Amount, Exported, export_cases
from .forms import ExportForm
from .models import Case
from .views import CaseView

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class _Sheet(SpreadsheetMixin):
    """The table, whose rows are dictionaries already."""

    def __init__(self, exported: Exported) -> None:
        self.list_export = list(exported.columns)
        self.export_headings = dict(exported.columns)
        self.rows = exported.rows

    def get_filename(self) -> str:
        return neutral_name()

    def to_row_dict(self, item: Mapping[str, str]) -> dict[str, str]:
        return {key: item[key] for key in self.list_export}

    def response(self, spreadsheet_format: str) -> HttpResponseBase:
        response: HttpResponseBase = self.as_spreadsheet(self.rows, spreadsheet_format)
        return response


def neutral_name() -> str:
    """A name for a file that may lie in a folder of downloads: it says the day and nothing else."""
    return f"list-{timezone.localdate():%Y-%m-%d}"


@sensitive_variables()
def download(exported: Exported, form: str) -> HttpResponseBase:
    """What was taken, as a file. ``form``: xlsx, csv or json."""
    response: HttpResponseBase
    if exported.amount == Amount.WHOLE:
        text = json.dumps({"cases": list(exported.documents)}, ensure_ascii=False, indent=2)
        # A half character, which no browser sends but a program may, is written as its escape.
        response = HttpResponse(text.encode("utf-8", "backslashreplace"), content_type="application/json")
        response["Content-Disposition"] = f'attachment; filename="{neutral_name()}.json"'
    else:
        response = _Sheet(exported).response(form)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


class _Exporting(WagtailAdminTemplateMixin):
    """What both pages share. ``by`` works on cases, or finds nothing."""

    template_name = "nums_wagtail/casework/export.html"
    header_icon = "download"
    page_title = gettext_lazy("Export")
    request: HttpRequest
    by: Actor

    def cases(self) -> list[Case]:
        """What is taken; one more than may be taken at once is enough to be refused. Each page has its own."""
        raise NotImplementedError

    def count(self) -> int:
        return len(self.cases())

    def filters(self) -> list[tuple[str, str]]:
        """What the cases were chosen by, in words."""
        return []

    def back(self) -> str:
        """Where somebody goes on who takes nothing; each page has its own."""
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(ExportForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = ExportForm(request.POST)
        if not form.is_valid():
            return self.ask(form, status=400)
        amount, spreadsheet_format = form.chosen
        reason = form.cleaned_data["reason"]
        try:
            exported = export_cases(TeamHolder(), self.cases(), amount=amount, reason=reason, by=self.by)
        except BadInput as error:
            form.add_bad_input(error)
        except Refused as error:
            form.add_error(None, str(error.words))
        except VaultError as error:
            context = self.get_context_data(words=error.words, code=error.code)
            return TemplateResponse(request, "nums_wagtail/casework/cannot_open.html", context, status=500)
        else:
            return download(exported, spreadsheet_format)
        return self.ask(form, status=400)

    def ask(self, form: ExportForm, *, status: int = 200) -> HttpResponse:
        context = self.get_context_data(
            form=form,
            count=self.count(),
            filters=self.filters(),
            action=self.request.get_full_path(),
            back_url=self.back(),
        )
        return TemplateResponse(self.request, self.template_name, context, status=status)


@method_decorator(without_values, name="dispatch")
class QueueExportView(_Exporting, View):
    """The cases of the queue as it is filtered; the filters stand in the address, as codes."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.by = Actor.person(request.user)
        if not policy.may(self.by, "work_case"):
            raise Http404
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    @cached_property
    def filterset(self) -> Any:
        from .viewsets import CaseFilterSet

        return CaseFilterSet(self.request.GET, queryset=queue(self.by), request=self.request)

    def cases(self) -> list[Case]:
        return list(self.filterset.qs[: max(MOST.values()) + 1])

    def count(self) -> int:
        return int(self.filterset.qs.count())

    def filters(self) -> list[tuple[str, str]]:
        form, said = self.filterset.form, []
        form.is_valid()  # a filter that is none is left out, as it is when cases are looked for
        for name, field in form.fields.items():
            value = form.cleaned_data.get(name) or ""
            value = str(getattr(value, "pk", value))
            # Nobody may think that closed cases were among them, so the status is told even when none was chosen.
            if value or name == "status":
                words = {str(code): str(label) for code, label in field.choices}
                said.append((str(field.label), words[value]))
        return said

    def back(self) -> str:
        return f"{reverse('nums_cases:index')}?{self.request.GET.urlencode()}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.back(), "label": _("Cases")},
            {"url": "", "label": _("Export")},
        ]


class CaseExportView(_Exporting, CaseView):
    """One case."""

    template_name = _Exporting.template_name

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not policy.may(Actor.person(request.user), "work_case"):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def cases(self) -> list[Case]:
        return [self.case]

    def back(self) -> str:
        return reverse("nums_cases:case", args=[self.case.uuid])

    def get_page_title(self) -> str:
        return _("Export case %(number)s") % {"number": self.case.pk}
