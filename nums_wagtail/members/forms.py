"""What members and applicants type. The verbs check again; these put words beside the fields."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..foundation.errors import BadInput
from ..mailing.addresses import MOST_CHARACTERS
from ..regions.models import Region
from ..regions.tree import main_regions
from .doorstep import checked_address
from .models import Member
from .preferences import MORE_REGIONS

NAME_CHARACTERS = 80


class RegionField(forms.ModelChoiceField):
    """One of the main regions, named by its code."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", _("Choose"))
        kwargs["error_messages"] = {
            "required": _("Choose a region."),
            "invalid_choice": _("Choose a region from the list."),
        }
        super().__init__(queryset=main_regions(), to_field_name="code", **kwargs)


class AddressField(forms.EmailField):
    """An address that a mail server would take."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Email address"))
        kwargs["error_messages"] = {
            "required": _("Write your email address."),
            "invalid": _("This does not look like an email address."),
        }
        super().__init__(max_length=MOST_CHARACTERS, **kwargs)
        self.widget.attrs.update({"autocomplete": "email", "spellcheck": "false"})

    def clean(self, value: Any) -> str:
        address = super().clean(value)
        try:
            return checked_address(address)
        except BadInput as error:
            raise forms.ValidationError(error.fields["email"]) from None


class SignInForm(forms.Form):
    email = AddressField()
    #: Where to go on to. The view drops what is no path of this site, so there is nothing to complain about.
    next = forms.Field(required=False, widget=forms.HiddenInput)


class JoinForm(forms.Form):
    email = AddressField(help_text=_("Your link to sign in goes there. Nobody else sees it."))
    working_name = forms.CharField(
        label=_("Working name (if you like)"),
        required=False,
        max_length=NAME_CHARACTERS,
        help_text=_("What we may call you. Not your legal name."),
    )
    kind = forms.ChoiceField(
        label=_("You are"),
        choices=[
            (Member.Kind.INDIVIDUAL, _("Somebody who does sex work or adult work")),
            (Member.Kind.PROJECT, _("A worker of a support project")),
            (Member.Kind.VENUE, _("A venue or a site")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what fits best.")},
    )
    home_region = RegionField(
        label=_("Where you mostly work"), help_text=_("You will read the warnings for this region.")
    )

    def clean_working_name(self) -> str:
        return self.cleaned_data["working_name"].strip()


class PreferencesForm(forms.Form):
    rhythm = forms.ChoiceField(label=_("Mails"), choices=Member.Rhythm.choices, widget=forms.RadioSelect)
    format = forms.ChoiceField(label=_("Format of mails"), choices=Member.Format.choices, widget=forms.RadioSelect)
    region_1 = RegionField(label=_("One more region"), required=False, empty_label=_("None"))
    region_2 = RegionField(label=_("And another"), required=False, empty_label=_("None"))

    @classmethod
    def initial_for(cls, member: Member) -> dict[str, Any]:
        """What the form shows before somebody changes it."""
        more = dict(zip(cls.region_fields(), member.regions.all()[:MORE_REGIONS], strict=False))
        return {
            "rhythm": member.rhythm,
            "format": member.format,
            **{name: region.code for name, region in more.items()},
        }

    @staticmethod
    def region_fields() -> list[str]:
        return [f"region_{number}" for number in range(1, MORE_REGIONS + 1)]

    def chosen_regions(self) -> list[Region]:
        chosen = (self.cleaned_data[name] for name in self.region_fields())
        return [region for region in chosen if region is not None]
