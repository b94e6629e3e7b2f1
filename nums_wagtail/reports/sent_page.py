"""The page after sending: the receipt, what can be done now, and what happens next."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from nums_wagtail.foundation.quiet import quiet_render
from nums_wagtail.regions.models import Region
from nums_wagtail.regions.packs import country_pack

from .consent import Answer, Purpose
from .form_page import reading_words, region_of
from .help_now import help_now
from .intake import Accepted
from .pages import ReportPageMixin
from .read import Value, tells_of_child
from .schema import UNSAID
from .sending import Filled

SENT = "nums_wagtail/reports/sent.html"


def show_sent(
    request: HttpRequest,
    page: ReportPageMixin | None,
    accepted: Accepted,
    filled: Filled,
    *,
    template: str = SENT,
) -> HttpResponse:
    """The receipt of a report that was stored, shown this once."""
    answers = filled.form.answers
    urgent = bool(answers.get("urgent"))
    child = tells_of_child(answers)
    categories, support = _codes(answers, "categories"), _codes(answers, "support")
    context = {
        "page": page,
        "receipt": accepted.receipt,
        "warn": filled.consents[Purpose.ALERT] == Answer.YES,
        "urgent": urgent,
        "child": child,
        "help": help_now(_region(page, answers), categories, urgent, support, child=child),
        "marked": _labels_of_marked(filled),
        "kept": len(filled.files.kept),
        "refused": accepted.refused,
        "reading": reading_words(request),
        "emergency": country_pack().emergency,
    }
    return quiet_render(request, template, context)


def _codes(answers: Mapping[str, Value], key: str) -> list[str]:
    return [code for code in answers.get(key) or () if code != UNSAID]


def _region(page: ReportPageMixin | None, answers: Mapping[str, Value]) -> Region | None:
    chosen = answers.get("region")
    return region_of(page, chosen if isinstance(chosen, str) else None)


def _labels_of_marked(filled: Filled) -> list[str]:
    """What could not be read and was kept as typed, by the words it was asked in."""
    return [str(filled.form[name].label) for name in filled.form.marked]
