"""Files of a case: handed out to whoever may open the case, and copies of pictures with parts blocked out.

Nothing that came with a report is ever shown as a page of ours: it is downloaded. The one exception is a picture
that was made anew from its pixels, on the page where parts of it are blocked out.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ..foundation import policy
from ..foundation.errors import BadInput, NotAllowed, NotThere, Refused, VaultError
from ..reports.evidence_sealing import Kind, OpenedFile
from ..reports.leaving import block_out
from ..reports.models import EvidenceFile
from ..vault.holders import TeamHolder
from .access import case_file, open_case_file
from .case_files import NothingForm, PartFormSet, ShownFile
from .views import CaseView

#: Sent with every file. A picture shown alone in a tab may load itself and nothing else.
FILE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, noarchive",
}


def file_response(opened: OpenedFile, *, inline: bool = False) -> HttpResponse:
    """The file under a neutral name, its type from our own list. ``inline`` is for pictures of fresh pixels alone."""
    shown = ShownFile(opened.file.uuid, opened.file.number, opened.about)
    how = "inline" if inline else "attachment"
    response = HttpResponse(opened.content, content_type=opened.about.media_type, headers=FILE_HEADERS)
    response["Content-Disposition"] = f'{how}; filename="{shown.neutral_name}"'
    return response


class FileView(CaseView):
    """Downloads one file."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return file_response(open_case_file(TeamHolder(), self.case.uuid, kwargs["file_uuid"], by=self.by))
        except Refused as error:
            messages.error(request, error.words)
            return redirect("nums_cases:case", self.case.uuid)
        except VaultError as error:
            return self.cannot_open(error)


class PictureView(CaseView):
    """A picture that was made anew here, for the page that blocks parts out. Anything else is not there."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            opened = open_case_file(TeamHolder(), self.case.uuid, kwargs["file_uuid"], by=self.by, why="preview")
        except Refused:
            raise NotThere() from None
        except VaultError as error:
            return self.cannot_open(error)
        if opened.about.kind not in (Kind.PICTURE, Kind.BLOCKED):
            raise NotThere()
        return file_response(opened, inline=True)


class BlockOutView(CaseView):
    """Where parts of a picture are marked; a POST keeps a copy without them."""

    template_name = "nums_wagtail/casework/block_out.html"
    row: EvidenceFile

    def get_page_title(self) -> str:
        return _("Block out parts of a picture")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self._find()
        return self.page(PartFormSet(prefix="part"), NothingForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self._find()
        parts: Any = PartFormSet(request.POST, prefix="part")
        nothing = NothingForm(request.POST)
        if not (parts.is_valid() and nothing.is_valid()):
            return self.page(parts, nothing, status=400)
        marked = parts.parts()
        if bool(marked) == nothing.cleaned_data["nothing"]:
            nothing.add_error(
                None, _("Mark the parts to hide, or tick that nothing has to be hidden: one of both.")
            )
            return self.page(parts, nothing, status=400)
        try:
            block_out(TeamHolder(), self.row.uuid, marked, by=self.by)
        except BadInput as error:
            nothing.add_bad_input(error)
            return self.page(parts, nothing, status=400)
        except VaultError as error:
            return self.cannot_open(error)
        except (NotAllowed, Refused) as error:
            messages.error(request, error.words)
        else:
            messages.success(request, _("The copy is kept. It may leave the case, the picture itself may not."))
        return redirect("nums_cases:case", self.case.uuid)

    def _find(self) -> None:
        """Not there for whoever may look at the case and not work on it, and for a file of another case."""
        if not policy.may(self.by, "work_case"):
            raise NotThere()
        self.row = case_file(self.case, self.kwargs["file_uuid"])

    def page(self, parts: Any, nothing: NothingForm, *, status: int = 200) -> HttpResponse:
        try:
            opened = open_case_file(TeamHolder(), self.case.uuid, self.row.uuid, by=self.by, why="block")
        except Refused:
            raise NotThere() from None
        except VaultError as error:
            return self.cannot_open(error)
        if opened.about.kind != Kind.PICTURE:
            raise NotThere()
        context = self.get_context_data(
            case=self.case,
            file=ShownFile(opened.file.uuid, opened.file.number, opened.about),
            parts=parts,
            nothing=nothing,
        )
        return TemplateResponse(self.request, self.get_template_names(), context, status=status)
