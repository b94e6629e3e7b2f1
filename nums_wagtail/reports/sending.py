"""From a filled-in form to a stored report: the same for the short form, the guided one and every way in between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.views.decorators.debug import sensitive_variables

from . import form_page
from .consent import Answer, Purpose
from .form_state import Showing
from .forms import ReportForm
from .intake import Accepted, Submission, accept_report, tells_what_happened
from .pages import ReportPageMixin


@dataclass(frozen=True, repr=False)
class Filled:
    """A form that was sent. ``with_files``: something came that no browser would choose again by itself."""

    form: ReportForm
    consents: Mapping[Purpose, Answer]
    with_files: bool = False
    path: str = "short"


def may_be_sent(filled: Filled) -> bool:
    """Whether it can be stored now: everything is readable, or a file came that must not be lost.

    A file came: then nothing but a missing "what happened" holds it up, and what cannot be read is kept as typed.
    """
    if filled.form.is_valid():
        return True
    told = tells_what_happened(filled.form.cleaned_data, spoken=filled.with_files)
    return filled.with_files and (told or "what_happened" in filled.form.marked)


@sensitive_variables()
def send(filled: Filled, showing: Showing, page: ReportPageMixin | None) -> Accepted:
    """Store the report. Raises BadInput, VaultError, NotSent as ``accept_report``."""
    form = filled.form
    answers = form.answers
    marked = form.marked
    region = answers.get("region")
    return accept_report(
        Submission(
            answers={name: value for name, value in answers.items() if name not in marked},
            region=form_page.region_of(page, region if isinstance(region, str) else None),
            consents=filled.consents,
            form_id=showing.form_id,
            receipt=showing.receipt,
            language=showing.language,
            path=filled.path,
            own=(*form.own_answers, *form.own_marked),
            marked=marked,
            spoken=filled.with_files or "what_happened" in marked,
        )
    )
