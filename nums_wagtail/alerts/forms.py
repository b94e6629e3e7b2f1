"""The form staff write an alert with: vocabularies as boxes, and the facts of the schema in one field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from nums_wagtail.foundation.errors import Words
from nums_wagtail.regions.models import Region
from nums_wagtail.regions.scope import regions_of
from nums_wagtail.regions.tree import national_region, region_choices
from nums_wagtail.reports.schema import SCHEMA

from .content import fact_questions, in_order


def terms_of(vocabulary: str) -> list[tuple[Any, Any]]:
    """Choices of a vocabulary, headed by its sections where it has some."""
    sections: dict[str, list[tuple[str, Words]]] = {}
    for term in SCHEMA.vocabulary(vocabulary).terms:
        sections.setdefault(str(term.section), []).append((term.code, term.label))
    if set(sections) == {""}:
        return list(sections[""])
    return list(sections.items())


class FactsWidget(forms.Widget):
    """One list of boxes for each question that may be published, folded by the schema's groups."""

    template_name = "nums_wagtail/alerts/facts_widget.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = value if isinstance(value, Mapping) else {}
        groups: dict[str, dict[str, Any]] = {}
        for question in fact_questions():
            boxes = forms.CheckboxSelectMultiple(choices=terms_of(question.vocabulary))
            part = f"{name}-{question.key}"
            html = boxes.render(part, list(chosen.get(question.key) or ()), {"id": f"id_{part}"})
            group = groups.setdefault(
                question.group, {"label": SCHEMA.group(question.group).label, "open": False, "questions": []}
            )
            group["open"] = group["open"] or bool(chosen.get(question.key))
            group["questions"].append({"label": question.label, "html": html})
        context["widget"]["groups"] = list(groups.values())
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, list[str]]:
        found = {q.key: _many(data, f"{name}-{q.key}") for q in fact_questions()}
        return {key: codes for key, codes in found.items() if codes}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        # Boxes that are not ticked are not sent.
        return False

    def id_for_label(self, id_: str) -> str:
        return ""


def _many(data: Any, name: str) -> list[str]:
    if hasattr(data, "getlist"):
        return list(data.getlist(name))
    value = data.get(name) or []
    return [value] if isinstance(value, str) else list(value)


class FactsField(forms.Field):
    """Question key → codes, each checked against its vocabulary."""

    widget = FactsWidget

    def clean(self, value: Any) -> dict[str, list[str]]:
        given = value or {}
        cleaned = {}
        for question in fact_questions():
            codes = given.get(question.key) or []
            known = in_order(question.vocabulary, codes)
            if len(known) != len(set(codes)):
                raise ValidationError(_("Please choose from the lists."), code="unknown_code")
            if known:
                cleaned[question.key] = list(known)
        return cleaned

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _without_empty(initial) != _without_empty(data)


def _without_empty(facts: Any) -> dict[str, list[str]]:
    return {key: sorted(codes) for key, codes in (facts or {}).items() if codes}


class RegionsField(forms.ModelMultipleChoiceField):
    """Regions as boxes, areas set in below theirs.

    The country's box says what a tick there means, because it reaches every reader.
    """

    #: Code → name, as it stands in the list.
    names: Mapping[str, str] = {}

    def label_from_instance(self, obj: Any) -> str:
        return self.names.get(obj.code, "") or super().label_from_instance(obj)


class AlertForm(WagtailAdminModelForm):
    categories = forms.MultipleChoiceField(
        label=_("What happened"),
        required=False,
        choices=lambda: terms_of("categories"),
        widget=forms.CheckboxSelectMultiple,
    )
    advice = forms.MultipleChoiceField(
        label=_("What to do"),
        required=False,
        choices=lambda: terms_of("advice"),
        widget=forms.CheckboxSelectMultiple,
    )
    facts = FactsField(label=_("Described facts"), required=False)
    regions = RegionsField(
        label=_("Regions"), queryset=Region.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regions"].queryset = self._regions_offered()

    def _regions_offered(self) -> Any:
        from .permissions import sees_every_region

        names, country = dict(region_choices(areas=True)), national_region()
        if country is not None:
            names[country.code] = str(_("%(country)s: every region") % {"country": country.name})
        self.fields["regions"].names = names
        offered = Region.objects.filter(code__in=list(names))
        if self.for_user is None or sees_every_region(self.for_user):
            return offered
        return offered.filter(pk__in=regions_of(self.for_user))

    def clean_ends_on(self) -> date | None:
        from .terms import is_over

        ends_on = self.cleaned_data["ends_on"]
        if is_over(ends_on):
            raise ValidationError(_("This day is over. Choose a later one, or leave it empty."))
        return ends_on

    def save(self, commit: bool = True) -> Any:
        if self.instance.made_by_id is None and self.for_user is not None:
            self.instance.made_by = self.for_user
        return super().save(commit=commit)
