"""The consents of the guided form: one question for each purpose that something here serves."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from .consent import Answer, Purpose
from .purposes import working
from .steps import CONSENT_PREFIX

ANSWERS = (
    (Answer.YES, _("Yes")),
    (Answer.NO, _("No")),
    (Answer.ASK, _("Ask me first")),
)

QUESTIONS = {
    Purpose.ALERT: _("May we warn our members? A warning never holds your words, your name or the exact place."),
    Purpose.CHECKER: _("May members look up a number and see that somebody warned of it?"),
    Purpose.POLICE_ANONYMOUS: _("May we tell the police, without anything about you?"),
    Purpose.POLICE_NAMED: _("May we tell the police in your name, through us?"),
    Purpose.CONTACT: _("May we contact you, in the way you chose?"),
    Purpose.RESEARCH: _("May we use it in anonymous research?"),
    Purpose.PARTNERS: _("May we share the warning with partner schemes?"),
}


class ConsentForm(forms.Form):
    """A radio group for each purpose. Whether others may be warned has to be answered; the rest counts as "ask"."""

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, use_required_attribute=False)
        for purpose in Purpose:
            if purpose not in working():
                continue
            asked = purpose == Purpose.ALERT
            self.fields[f"{CONSENT_PREFIX}{purpose}"] = forms.ChoiceField(
                label=QUESTIONS[purpose],
                choices=ANSWERS,
                widget=forms.RadioSelect({"autocomplete": "off"}),
                required=asked,
                error_messages={
                    "required": _("Please choose one. “Ask me first” is fine."),
                    "invalid_choice": _("Please choose one of the answers."),
                },
            )

    def questions(self) -> Iterator[BoundField]:
        yield from self

    @property
    def answers(self) -> dict[Purpose, Answer]:
        """An answer for every purpose; what was not asked or not answered is "ask me first"."""
        given = {
            Purpose(name.removeprefix(CONSENT_PREFIX)): Answer(value)
            for name, value in self.cleaned_data.items()
            if value
        }
        answers = {**dict.fromkeys(Purpose, Answer.ASK), **given}
        if answers[Purpose.ALERT] == Answer.NO and Purpose.CHECKER not in given:
            answers[Purpose.CHECKER] = Answer.NO
        return answers
