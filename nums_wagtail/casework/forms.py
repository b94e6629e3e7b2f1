"""The small forms on the page of a case. What they let through the verbs check again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from ..foundation.errors import BadInput
from .cases import OUTCOMES
from .models import Case


class CaseForm(forms.Form):
    """A form that posts to one verb; its ``name`` keeps ids apart where several stand on one page."""

    name = ""
    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id=f"case-{self.name}-%s")

    def add_bad_input(self, error: BadInput) -> None:
        """Put the words of a verb beside the fields they are about."""
        for field, words in error.fields.items():
            for one in words:
                self.add_error(field if field in self.fields else None, str(one))


class ExportForm(CaseForm):
    """How much is taken, as what, and why."""

    name = "export"

    what = forms.ChoiceField(
        label=_("What do you take?"),
        choices=[
            ("table.xlsx", _("What is chosen from lists, without anybody's words: a table (XLSX)")),
            ("table.csv", _("The same as CSV")),
            ("whole.json", _("All that was said, with names, numbers and contacts (JSON)")),
        ],
        initial="table.xlsx",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the list."), "invalid_choice": _("Choose one of the list.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Needed for all that was said. It stands in the register: write no name, nothing of a report."),
        required=False,
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    @property
    def chosen(self) -> tuple[str, str]:
        """How much, and the form of the file."""
        amount, _point, form = self.cleaned_data["what"].partition(".")
        return amount, form


class NoteForm(CaseForm):
    name = "note"

    #: Not required and not limited here: the verb says both, in words.
    text = forms.CharField(
        label=_("New note"),
        help_text=_("Only staff who work on cases read it."),
        widget=AdminAutoHeightTextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        required=False,
        strip=False,
    )


def _choices(values: Sequence[Any]) -> list[tuple[str, Any]]:
    return [(value.value, value.label) for value in values]


class MessageForm(CaseForm):
    name = "message"

    report = forms.UUIDField(widget=forms.HiddenInput)
    #: As the note: the verb says what is missing or too long.
    text = forms.CharField(
        label=_("New message"),
        help_text=_("The reporter reads it with the receipt. Nothing is sent. Sign it as the team."),
        widget=AdminAutoHeightTextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        required=False,
        strip=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        # A case may hold several reports, each with a form of its own on the page.
        report = re.sub(r"[^0-9a-f-]", "", str(self["report"].value()))
        self.auto_id = f"case-message-{report}-%s"


class GradeForm(CaseForm):
    name = "grade"

    severity = forms.ChoiceField(
        label=_("How serious is it?"),
        choices=_choices([s for s in Case.Severity if s != Case.Severity.UNGRADED]),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the list."), "invalid_choice": _("Choose one of the list.")},
    )


class PoliceForm(CaseForm):
    name = "police"

    police = forms.ChoiceField(
        label=_("Did the reporter go to the police?"),
        choices=Case.Police.choices,
        error_messages={"required": _("Choose one of the list."), "invalid_choice": _("Choose one of the list.")},
    )


class CloseForm(CaseForm):
    name = "close"

    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        choices=_choices(OUTCOMES),
        error_messages={"required": _("Choose one of the list."), "invalid_choice": _("Choose one of the list.")},
    )
