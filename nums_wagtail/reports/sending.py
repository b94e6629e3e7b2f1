"""From a filled-in form to a stored report: the same for the short form, the guided one and the project's own."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from django.views.decorators.debug import sensitive_variables

from nums_wagtail.foundation.actors import INTAKE, Actor
from nums_wagtail.members.models import Organisation
from nums_wagtail.regions.models import Region

from . import form_page
from .consent import Answer, Purpose
from .evidence import Prepared, prepare
from .floods import HONEYPOT, mark_of
from .form_state import Showing
from .forms import ReportForm
from .intake import Accepted, Submission, accept_report, tells_what_happened
from .models import Report
from .pages import ReportPageMixin
from .read import OwnAnswer
from .uploads import Sent


@dataclass(frozen=True, repr=False)
class Filled:
    """A form that was sent, with the files that came, made harmless."""

    form: ReportForm
    consents: Mapping[Purpose, Answer]
    path: str = "short"
    files: Prepared = field(default_factory=Prepared)
    source: Report.Source = Report.Source.PUBLIC
    looks_automatic: Callable[[], bool] = lambda: False
    #: The project from whose page it comes; its region counts where none was chosen.
    project: Organisation | None = None
    #: Answers that are no part of the form.
    beside: tuple[OwnAnswer, ...] = ()

    @property
    def with_files(self) -> bool:
        """Whether something came that no browser would choose again by itself."""
        return bool(self.files)

    @property
    def may_be_sent(self) -> bool:
        """Whether it can be stored now: everything is readable, or a file came that must not be lost.

        A file came: then nothing but a missing "what happened" holds it up, and what cannot be read is kept as typed.
        """
        self.form.spoken = bool(self.files.kept)
        if self.form.is_valid():
            return True
        told = tells_what_happened(self.form.cleaned_data, spoken=self.form.spoken)
        return self.with_files and (told or "what_happened" in self.form.marked)


@sensitive_variables()
def with_files(filled: Filled, sent: Sent) -> Filled:
    """The same with what came of its files. Takes seconds when there are any; call it when Send was pressed."""
    keep_exact = bool(sent.typed.get(form_page.KEEP_EXACT))
    return replace(filled, files=prepare(sent.offered, keep_exact=keep_exact, refused=sent.refused))


def automatic(address: str, showing: Showing, sent: Sent) -> Callable[[], bool]:
    """Looks at how a form came: how fast, from an address that sends many, with a field that no person sees."""

    def asked() -> bool:
        seconds = int(time.time()) - showing.shown_at
        return bool(mark_of(address=address, seconds_open=seconds, honeypot=sent.typed.get(HONEYPOT, "")))

    return asked


@sensitive_variables()
def send(filled: Filled, showing: Showing, page: ReportPageMixin | None, *, by: Actor = INTAKE) -> Accepted:
    """Store the report. Raises BadInput, VaultError, NotSent as ``accept_report``."""
    form = filled.form
    answers = form.answers
    marked = form.marked
    region = answers.get("region")
    return accept_report(
        Submission(
            answers={name: value for name, value in answers.items() if name not in marked},
            region=_region(filled, page, region if isinstance(region, str) else None),
            consents=filled.consents,
            form_id=showing.form_id,
            receipt=showing.receipt,
            language=showing.language,
            path=filled.path,
            own=(*form.own_answers, *form.own_marked, *filled.beside),
            marked=marked,
            spoken=bool(filled.files.kept) or "what_happened" in marked,
            files=filled.files,
            source=filled.source,
            looks_automatic=filled.looks_automatic,
            project=filled.project,
        ),
        by=by,
    )


def _region(filled: Filled, page: ReportPageMixin | None, chosen: str | None) -> Region:
    if filled.project is not None and not chosen:
        return filled.project.region
    return form_page.region_of(page, chosen)
