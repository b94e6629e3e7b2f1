"""Forms of the admin: staffed hours as seven lines of text, and who edits which region."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS as WEEKDAY_NAMES
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from .hours_text import WEEKDAYS, format_day, parse_day

#: What a level of the tree is set in by in lists of choices; a browser keeps these spaces.
INDENT = "\u00a0\u00a0\u00a0"


class DayField(forms.CharField):
    """One day's hours as text; its clean value is the stored list of pairs."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=200, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return format_day(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> Any:
        return parse_day(super().clean(value))


class StaffedHoursForm(WagtailAdminModelForm):
    """Seven lines instead of a lump of JSON; what is wrong with a day is said beside that day."""

    monday, tuesday, wednesday, thursday, friday, saturday, sunday = (
        DayField(label=WEEKDAY_NAMES[number]) for number in range(7)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day in WEEKDAYS:
            self.initial.setdefault(day, self.instance.hours.get(day, []))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if all(day in cleaned for day in WEEKDAYS):
            self.instance.hours = {day: cleaned[day] for day in WEEKDAYS}
        return cleaned


class RegionChoiceField(forms.ModelChoiceField):
    """A region from the whole tree, indented by how deep it lies."""

    def label_from_instance(self, obj: Any) -> str:
        return INDENT * (obj.depth - 1) + str(obj)


class StaffRegionForm(forms.ModelForm):
    """Who edits which region. Fields that need tables are filled when the form is made."""

    class Meta:
        fields = ["user", "region"]
        field_classes = {"region": RegionChoiceField}
        help_texts = {
            "user": _("Only people in one of the scheme's groups are listed."),
            "region": _("Everything below this region is included."),
        }


class RegionNameForm(forms.ModelForm):
    class Meta:
        fields = ["name"]

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        if not name:
            raise ValidationError(_("A region needs a name."))
        return name
