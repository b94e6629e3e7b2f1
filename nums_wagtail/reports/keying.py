"""Keying a filled paper form, and sending a picture of one: what the sheet says is written down for its reporter.

``additions.key_sheet`` keys a sheet whose picture is with a report already.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from nums_wagtail.members.models import Organisation
from nums_wagtail.regions.tree import region_choices

from . import consent, form_page
from .asking import Asking
from .consent import KEYED, PHOTO, SHEET_WORDING, Answer, Purpose
from .form_state import Showing
from .forms import ReportForm
from .models import Report
from .sending import Filled
from .sheet import sheet_asking
from .trying import Tried

#: Asked beside a picture of a sheet; everything else stands on the picture.
WITH_PICTURE = ("child_at_risk", "urgent", "region")

#: Name of the field that says what the sheet allows, and of the button that sends.
CONSENT, SEND = "sheet-consent", "sheet"


class SheetConsentForm(forms.Form):
    """What the sheet says about warning others. Nothing ticked counts as "ask me first"."""

    use_required_attribute = False

    CHOICES = (
        (Answer.YES, _("Yes, warn others.")),
        (Answer.NO, _("No, only tell the team.")),
        (Answer.ASK, _("Nothing is ticked.")),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields[CONSENT] = forms.ChoiceField(
            label=_("Who may we tell? The sheet says:"),
            choices=self.CHOICES,
            widget=forms.RadioSelect({"autocomplete": "off"}),
            error_messages=dict.fromkeys(("required", "invalid_choice"), _("Please choose what the sheet says.")),
        )

    def questions(self) -> Iterator[BoundField]:
        yield from self

    @property
    def answers(self) -> dict[Purpose, Answer]:
        """An answer for every purpose; until one was chosen all are "ask me first"."""
        said = self.cleaned_data[CONSENT] if self.is_valid() else Answer.ASK
        if said == Answer.ASK:
            return dict.fromkeys(Purpose, Answer.ASK)
        return consent.by_button(warn=said == Answer.YES)


def keying_form(typed: QueryDict | None = None, *, whole: bool = True) -> ReportForm:
    """The questions of the sheet, in its order, all of them open."""
    asking = sheet_asking()
    groups = tuple(replace(group, open=True) for group in asking.groups)
    return ReportForm(Asking(groups, asking.questions), region_choices(), typed, own=False, whole=whole)


def picture_form(typed: QueryDict | None = None) -> ReportForm:
    """What is asked beside a picture of a sheet, so that the right people find it in time."""
    asking = sheet_asking()
    questions = tuple(asked for asked in asking.questions if asked.key in WITH_PICTURE)
    keys = {question.group for question in questions}
    groups = tuple(replace(group, open=True) for group in asking.groups if group.key in keys)
    return ReportForm(Asking(groups, questions), region_choices(), typed, own=False)


def filled_sheet(
    form: ReportForm, said: SheetConsentForm, *, path: str, project: Organisation | None = None, **more: Any
) -> Filled:
    """A sheet that was keyed or photographed, ready to be sent."""
    source = Report.Source.STAFF if project is None else Report.Source.PROJECT
    return Filled(form, said.answers, path=path, source=source, project=project, **more)


def sheet_words(
    request: HttpRequest,
    form: ReportForm,
    said: SheetConsentForm,
    *,
    showing: Showing,
    to: str,
    tried: Tried | None = None,
) -> dict[str, Any]:
    """What the pages say on which a sheet is keyed or its picture sent. ``to``: the address that takes them."""
    return {
        **form_page.page_words(request, None),
        "form": form,
        "said": said,
        "state": showing.seal(),
        "to": to,
        "send": SEND,
        "wording": SHEET_WORDING,
        "notice": tried.notice if tried else None,
        "refused": tried.filled.files.refused if tried else (),
        "keying": True,
    }


__all__ = [
    "CONSENT",
    "KEYED",
    "PHOTO",
    "SEND",
    "SheetConsentForm",
    "filled_sheet",
    "keying_form",
    "picture_form",
    "sheet_words",
]
