"""The admin's form of a service, and the filter that finds those nobody checked for a year."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm

from .forms import INDENT
from .models import Region, Service
from .service_kinds import ServiceKind
from .services import check_before


class RegionsField(forms.ModelMultipleChoiceField):
    """Regions from the whole tree as boxes, each indented by how deep it lies."""

    def label_from_instance(self, obj: Any) -> str:
        return INDENT * (obj.depth - 1) + str(obj)


class ServiceForm(WagtailAdminModelForm):
    """Boxes for kinds and regions, and a service that can be reached somehow."""

    kinds = forms.MultipleChoiceField(
        label=_("Kinds of help"), choices=ServiceKind.choices, widget=forms.CheckboxSelectMultiple
    )
    regions = RegionsField(
        label=_("Regions"),
        queryset=Region.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where people can use it. One of the whole country shows everywhere."),
    )
    web = forms.URLField(label=_("Web address"), required=False, assume_scheme="https")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regions"].queryset = Region.objects.all()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        ways = ("phone", "text_line", "web")
        if not any(cleaned.get(way) for way in ways) and not self.errors.keys() & set(ways):
            self.add_error("phone", _("Give a phone number, a text line or a web address."))
        return cleaned


class ServiceFilterSet(WagtailFilterSet):
    """Of one kind, of one region, or not checked for a year."""

    kinds = django_filters.ChoiceFilter(
        label=_("Kind of help"), choices=ServiceKind.choices, method="of_kind", empty_label=_("Every kind")
    )
    checked_on = django_filters.ChoiceFilter(
        label=_("Checked"),
        choices=[("overdue", _("Not checked for a year"))],
        method="not_checked",
        empty_label=_("All"),
    )

    class Meta:
        model = Service
        fields = ["kinds", "regions", "checked_on"]

    def of_kind(self, queryset: QuerySet[Service], name: str, value: str) -> QuerySet[Service]:
        # Looked up in Python: SQLite knows no "contains" of JSON, and there are few services.
        fitting = [pk for pk, kinds in queryset.values_list("pk", "kinds") if value in kinds]
        return queryset.filter(pk__in=fitting)

    def not_checked(self, queryset: QuerySet[Service], name: str, value: str) -> QuerySet[Service]:
        return queryset.filter(checked_on__lt=check_before())
