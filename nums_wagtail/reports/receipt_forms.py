"""The small forms of the receipt page. What they let through the verbs check again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from nums_wagtail.conf import nums_settings
from nums_wagtail.foundation.errors import BadInput
from nums_wagtail.regions.tree import region_choices
from nums_wagtail.vault.receipts import Reading

from . import consent, follow_up, keeping, purposes
from .additions import ADDITION_CHARACTERS
from .consent import Answer, Purpose
from .form_fields import WordsField, field_for
from .messages import MESSAGE_CHARACTERS
from .models import ConsentEvent, Report
from .read import Answers, Value
from .schema import SCHEMA, split_number

#: Longest thing typed as a receipt that is looked at.
RECEIPT_CHARACTERS = 400

_QUIET = {"autocomplete": "off", "dir": "auto"}
_CHOOSE = {"invalid_choice": _("Please choose from the list.")}


class QuietForm(forms.Form):
    """Its ``name`` keeps ids apart where several stand on one page."""

    name = ""
    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id=f"{self.name}-%s", **kwargs)

    def add_bad_input(self, error: BadInput) -> None:
        """Put the words of a verb beside the fields they are about."""
        for field, words in error.fields.items():
            for one in words:
                self.add_error(field if field in self.fields else None, str(one))


def _receipt_field(label: Any) -> WordsField:
    quiet = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false", "rows": 2, "translate": "no"}
    return WordsField(
        longest=RECEIPT_CHARACTERS,
        label=label,
        help_text=_("The words or the digits. Capital letters, dashes and small slips do not matter."),
        # Several lines, since a browser drops the line breaks of what is pasted into a single one.
        widget=forms.Textarea({**quiet, "class": "nums-input--lines"}),
        error_messages={"required": _("Please type the words or the digits of your receipt.")},
    )


class ReceiptForm(QuietForm):
    """One field for the words or the digits of a receipt."""

    name = "come-back"
    receipt = _receipt_field(_("Your receipt"))


class TypeForm(QuietForm):
    """The same, for trying once whether it was written down right."""

    name = "type"
    receipt = _receipt_field(_("Type your receipt"))


class MessageForm(QuietForm):
    name = "message"
    text = WordsField(
        longest=MESSAGE_CHARACTERS,
        label=_("Your message"),
        widget=forms.Textarea({**_QUIET, "rows": 4}),
        error_messages={"required": _("Write something first.")},
    )


class AdditionForm(QuietForm):
    name = "add"
    text = WordsField(
        longest=ADDITION_CHARACTERS,
        label=_("What else happened?"),
        help_text=_("We keep your first words as they are. This is added below them."),
        widget=forms.Textarea({**_QUIET, "rows": 5}),
        error_messages={"required": _("Write something first.")},
    )


class MendForm(QuietForm):
    """The questions whose answers could not be read, each with what was typed."""

    name = "mend"

    def __init__(self, answers: Answers, data: QueryDict | None = None) -> None:
        # A prefix, since questions are called what they like.
        super().__init__(data, prefix=self.name)
        regions = region_choices()
        for name, typed in answers.marked.items():
            if not SCHEMA.asks(name):
                continue
            field = field_for(SCHEMA.question(split_number(name)[0]), regions)
            field.help_text = gettext("You wrote: %(words)s") % {"words": typed}
            field.initial = typed
            self.fields[name] = field

    @property
    def answers(self) -> dict[str, Value]:
        """What can be read now; what was left empty stays as it was typed."""
        return {name: "yes" if value is True else value for name, value in self.cleaned_data.items() if value}


class ConsentForm(QuietForm):
    """One question a purpose that something here serves, with the answer in force chosen."""

    name = "allow"

    def __init__(self, report: Report, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        standing = consent.standing(report)
        for one in purposes.served():
            entry = standing.get(one.purpose)
            self.fields[str(one.purpose)] = forms.ChoiceField(
                label=one.purpose.label,
                help_text=str(one.follows),
                choices=ConsentEvent.Answer.choices,
                initial=entry.answer if entry else Answer.ASK,
                widget=forms.RadioSelect,
                required=False,
                error_messages=_CHOOSE,
            )

    @property
    def answers(self) -> dict[Purpose, Answer]:
        """What was chosen; a question that did not come back is left as it is."""
        return {Purpose(name): Answer(given) for name, given in self.cleaned_data.items() if given}


def _years() -> list[tuple[Any, Any]]:
    named = [
        (years, ngettext("%(years)d year", "%(years)d years", years) % {"years": years}) for years in keeping.YEARS
    ]
    return [("", _("As usual")), *named]


class KeepForm(QuietForm):
    name = "keep"

    years = forms.TypedChoiceField(
        label=_("How long shall we keep it?"),
        help_text=_("Longer helps when he does it again. Shorter leaves less behind."),
        choices=_years,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select({"autocomplete": "off"}),
        error_messages=_CHOOSE,
    )


class FollowUpForm(QuietForm):
    """What is asked after 30 and 90 days. Every question may be skipped."""

    name = "later"

    police = forms.ChoiceField(
        label=_("Did the police hear about it?"),
        choices=follow_up.POLICE,
        widget=forms.RadioSelect,
        required=False,
        error_messages=_CHOOSE,
    )
    otherwise = forms.ChoiceField(
        label=_("Would you have told anybody if there were no page like this?"),
        help_text=_("We count the answers. Yours is not kept with your report."),
        choices=follow_up.OTHERWISE,
        widget=forms.RadioSelect,
        required=False,
        error_messages=_CHOOSE,
    )

    def __init__(self, due: follow_up.Due, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        if not due.otherwise:
            del self.fields["otherwise"]


def where_to_look(reading: Reading) -> str:
    """What to mend in something typed that is no receipt. It rests on the word list alone: nothing in it tells
    whether a receipt was ever given out."""
    wanted = nums_settings().vault.RECEIPT_WORDS
    if not reading.parts:
        return str(_("Please type the words or the digits of your receipt."))
    if reading.unclear and len(reading.unclear) < len(reading.parts):
        return look_at(reading.unclear, digits=reading.digits)
    if len(reading.parts) != wanted and not reading.unclear:
        return counted(len(reading.parts), wanted, digits=reading.digits)
    return str(_("We do not know this receipt. Please look at each word again."))


def look_at(numbers: tuple[int, ...], *, digits: bool) -> str:
    """Which words, or groups of four digits, to look at again."""
    listed = ", ".join(str(number) for number in numbers)
    if digits:
        words = ngettext(
            "Please look at the digits again, at group %(which)s.",
            "Please look at the digits again, at groups %(which)s.",
            len(numbers),
        )
    else:
        words = ngettext(
            "Please look at word %(which)s again.", "Please look at words %(which)s again.", len(numbers)
        )
    return words % {"which": listed}


def counted(typed: int, wanted: int, *, digits: bool) -> str:
    """That there are too many or too few."""
    if digits:
        words = _("You typed %(typed)d groups of four digits. A receipt has %(wanted)d.")
    else:
        words = _("You typed %(typed)d words. A receipt has %(wanted)d.")
    return str(words) % {"typed": typed, "wanted": wanted}
