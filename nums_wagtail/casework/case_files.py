"""The files of a case as its page lists them, and the form that says which parts of a picture to block out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext_lazy as _

from ..foundation.errors import BadInput, Words
from ..reports.evidence_sealing import About, Described, Kind
from ..reports.leaving import MOST_PARTS, Part

#: Empty rows of the form before a script adds more.
ROWS = 6


@dataclass(frozen=True, repr=False)
class ShownFile:
    """One file of a report, with the copies that were made of it."""

    uuid: UUID
    number: int
    about: About
    copies: tuple[ShownFile, ...] = ()

    @property
    def is_kept(self) -> bool:
        return self.about.kind != Kind.REFUSED

    @property
    def is_copy(self) -> bool:
        return self.about.kind == Kind.BLOCKED

    @property
    def opens(self) -> bool:
        """Whether staff may open it: an exact file stays sealed."""
        return self.about.kind not in (Kind.REFUSED, Kind.EXACT)

    @property
    def can_be_blocked_out(self) -> bool:
        return self.about.kind == Kind.PICTURE

    @property
    def neutral_name(self) -> str:
        """A name that says nothing: it ends up in a folder of downloads."""
        return f"file-{self.number}.{self.about.ending}"

    @property
    def remark(self) -> Words:
        """What staff should know about it."""
        match self.about.kind:
            case Kind.EXACT if not self.about.beside:
                return _("Kept as it was sent, never opened: no copy could be made that is safe to open.")
            case Kind.EXACT:
                return _(
                    "As it was sent, never opened. It may show where and when. Leaves with a named referral only."
                )
            case Kind.RECORDING:
                return _("What its device wrote into it was taken out. The sound is as it was sent.")
            case Kind.BLOCKED if not self.about.facts.get("boxes"):
                return _("Looked at: nothing had to be blocked out. May leave the case.")
            case Kind.BLOCKED:
                return _("May leave the case.")
        return self.about.words


def shown_files(files: Sequence[Described]) -> tuple[ShownFile, ...]:
    """Files in the order they came, each with its copies."""
    copies: dict[int, list[ShownFile]] = {}
    for one in files:
        if one.original_id is not None:
            copies.setdefault(one.original_id, []).append(ShownFile(one.uuid, one.number, one.about))
    return tuple(
        ShownFile(one.uuid, one.number, one.about, tuple(copies.get(one.row_id, ())))
        for one in files
        if one.original_id is None
    )


def _percent(label: Any) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        min_value=0,
        max_value=100,
        required=False,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Type a number from 0 to 100.")),
    )


class PartForm(forms.Form):
    """One part of a picture, in percent of its width and height. A row without numbers counts for nothing."""

    use_required_attribute = False

    left = _percent(_("From the left"))
    top = _percent(_("From the top"))
    width = _percent(_("Width"))
    height = _percent(_("Height"))

    SIDES = ("left", "top", "width", "height")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        sides: list[Any] = [given.get(side) for side in self.SIDES]
        if any(side is not None for side in sides) and not self.errors:
            if any(side is None for side in sides):
                raise forms.ValidationError(_("Fill in all four numbers, or none."))
            if not Part(*sides).is_inside:
                raise forms.ValidationError(_("This part lies outside the picture or is empty."))
        return given

    @property
    def part(self) -> Part | None:
        sides: list[Any] = [self.cleaned_data.get(side) for side in self.SIDES]
        return None if None in sides else Part(*sides)


class _PartFormSet(BaseFormSet):
    def parts(self) -> list[Part]:
        """What was marked, rows without numbers left out."""
        return [form.part for form in self.forms if form.part is not None]


PartFormSet = forms.formset_factory(
    PartForm, formset=_PartFormSet, extra=ROWS, max_num=MOST_PARTS, absolute_max=MOST_PARTS, validate_max=True
)


class NothingForm(forms.Form):
    """Says that somebody looked and that nothing has to be hidden: the other way to a copy that may leave."""

    nothing = forms.BooleanField(
        label=_("I looked closely. Nothing in this picture has to be hidden."), required=False
    )

    def add_bad_input(self, error: BadInput) -> None:
        for words in error.fields.values():
            for one in words:
                self.add_error(None, str(one))
