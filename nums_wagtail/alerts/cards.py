"""An alert as words: what the element ``alert_card.html`` draws, made from a content or a release alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nums_wagtail.regions.models import Region
from nums_wagtail.reports.schema import SCHEMA

from .content import AlertContent
from .models import Alert, AlertIdentifier, AlertRelease

Source = AlertContent | AlertRelease


def content_from(source: Source) -> AlertContent:
    return source if isinstance(source, AlertContent) else AlertContent.from_document(source.content)


def region_names(sources: Iterable[Source]) -> dict[str, str]:
    """Names of every region that these alerts name, with one query for all of them."""
    codes = {code for source in sources for code in content_from(source).regions}
    return dict(Region.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}


def card(
    source: Source,
    *,
    face: str = "page",
    language: str | None = None,
    url: str = "",
    names: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What ``elements/alert_card.html`` needs, in ``language`` or the one in force.

    ``names`` are region names by code, when many cards are made at once. A withdrawn release keeps its line only.
    """
    content = content_from(source)
    known = region_names([content]) if names is None else names
    with translation.override(language or translation.get_language()):
        shown: dict[str, Any] = {
            "face": face,
            "severity": content.severity,
            "severity_label": str(Alert.Severity(content.severity).label),
            "kind_label": str(Alert.Kind(content.kind).label),
            "icon": content.kind,
            "regions": [known.get(code, code) for code in content.regions],
            "week": happened_words(content.happened),
            "line": content.line,
            "reference": _reference_words(source, content),
            "withdrawn": False,
            "url": url,
        }
        withdrawn_at = _withdrawn_at(source)
        if withdrawn_at is not None:
            return shown | {
                "withdrawn": True,
                "withdrawn_on": date_format(timezone.localtime(withdrawn_at), "j F Y"),
                "facts": [],
                "identifiers": [],
            }
        return shown | {
            "facts": _facts(content),
            "identifiers": [(str(AlertIdentifier.Kind(one.kind).label), one.masked) for one in content.identifiers],
            "certainty": str(Alert.Certainty(content.certainty).label),
            "advice": " ".join(str(SCHEMA.label_of("advice", code)) for code in content.advice),
        }


def cards(sources: Sequence[Source], *, face: str = "list", language: str | None = None) -> list[dict[str, Any]]:
    """Many cards with one look at the regions."""
    names = region_names(sources)
    return [card(source, face=face, language=language, names=names) for source in sources]


def happened_words(happened: str) -> str:
    """``2026-W07`` as "Week of 9 February 2026", ``2026-02`` as "February 2026"."""
    if not happened:
        return ""
    year, _dash, rest = happened.partition("-")
    if rest.startswith("W"):
        monday = date.fromisocalendar(int(year), int(rest[1:]), 1)
        return _("Week of %(day)s") % {"day": date_format(monday, "j F Y")}
    return date_format(date(int(year), int(rest), 1), "F Y")


def _facts(content: AlertContent) -> list[tuple[str, str]]:
    rows = []
    if content.categories:
        rows.append((str(SCHEMA.question("categories").label), _labels("categories", content.categories)))
    for fact in content.facts:
        question = SCHEMA.question(fact.question)
        rows.append((str(question.label), _labels(question.vocabulary, fact.codes)))
    return rows


def _labels(vocabulary: str, codes: Iterable[str]) -> str:
    return ", ".join(str(SCHEMA.label_of(vocabulary, code)) for code in codes)


def _reference_words(source: Source, content: AlertContent) -> str:
    if not isinstance(source, AlertRelease):
        return content.reference
    return _("%(reference)s · version %(version)d · %(day)s") % {
        "reference": content.reference,
        "version": source.version,
        "day": date_format(timezone.localtime(source.released_at), "j F Y"),
    }


def _withdrawn_at(source: Source) -> Any:
    if not isinstance(source, AlertRelease):
        return None
    try:
        return source.withdrawal.withdrawn_at
    except ObjectDoesNotExist:
        return None
