"""The form that staff enter and correct members with. It touches no row: the verbs do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..regions.tree import main_regions
from .forms import NAME_CHARACTERS, AddressField
from .models import Member, Organisation
from .preferences import MORE_REGIONS


class OrganisationField(forms.ModelChoiceField):
    """Organisations by name, which only this form shows: everywhere else one is its opaque reference."""

    def label_from_instance(self, obj: Any) -> str:
        return obj.name


class MemberForm(forms.Form):
    """Not a model form: that would write to the instance before the verb has agreed."""

    email = AddressField()
    working_name = forms.CharField(label=_("Working name"), required=False, max_length=NAME_CHARACTERS)
    kind = forms.ChoiceField(label=_("Kind"), choices=Member.Kind.choices)
    organisation = OrganisationField(label=_("Organisation"), queryset=Organisation.objects.all(), required=False)
    home_region: forms.ModelChoiceField = forms.ModelChoiceField(label=_("Home region"), queryset=main_regions())
    regions: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        label=_("More regions"),
        queryset=main_regions(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At most two."),
    )

    def __init__(self, *args: Any, instance: Member | None = None, **kwargs: Any) -> None:
        self.instance = instance
        if instance is not None:
            kwargs["initial"] = {**(kwargs.get("initial") or {}), **self.known_of(instance)}
        super().__init__(*args, **kwargs)
        if instance is None:
            # A new member chooses more regions, staff correct them.
            del self.fields["regions"]

    @staticmethod
    def known_of(member: Member) -> dict[str, Any]:
        return {
            "email": member.email,
            "working_name": member.working_name,
            "kind": member.kind,
            "organisation": member.organisation_id,
            "home_region": member.home_region_id,
            "regions": [region.pk for region in member.regions.all()],
        }

    def clean_regions(self) -> Any:
        chosen = self.cleaned_data["regions"]
        if len(chosen) > MORE_REGIONS:
            raise forms.ValidationError(_("Choose at most two more regions."))
        return chosen

    def details(self) -> dict[str, Any]:
        """Arguments of the verbs ``enrol_member`` and ``edit_member``."""
        return {**self.cleaned_data, "kind": Member.Kind(self.cleaned_data["kind"])}
