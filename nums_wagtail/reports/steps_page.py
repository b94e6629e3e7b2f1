"""Drawing and answering the steps of the guided form."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from nums_wagtail.foundation.actors import INTAKE, Actor
from nums_wagtail.foundation.errors import BadInput, VaultError
from nums_wagtail.foundation.quiet import quiet_render
from nums_wagtail.members.models import Organisation
from nums_wagtail.regions.tree import region_choices

from . import consent, drafts, form_page
from .asking import Asking, asking_of
from .consent import Answer, Purpose
from .consent_form import ConsentForm
from .form_page import Notice
from .form_state import Showing
from .forms import ReportForm, unchecked
from .models import Report
from .pages import ReportPageMixin
from .read import AnsweredGroup, Answers, OwnAnswer
from .sending import Filled, automatic, send, with_files
from .sent_page import SENT, show_sent
from .steps import CHECK, CONSENT, MORE, ReadWalk, Step, Walk, neighbour, step_called, steps_of
from .uploads import RefusedFile, Sent

STEP = "nums_wagtail/reports/step.html"
CHECKING = "nums_wagtail/reports/check.html"
SAVED = "nums_wagtail/reports/saved.html"

#: What the buttons of a step send in ``go``; "change" and "more" carry a key behind a point.
NEXT, BACK, TO_CHECK, SEND, SAVE = "next", "back", "check", "send", "save"

logger = logging.getLogger(__name__)


def _nothing(walk: Walk) -> tuple[OwnAnswer, ...]:
    return ()


@dataclass(frozen=True, repr=False)
class Door:
    """Where the guided form is filled in: the public page, unless something else is said."""

    step: str = STEP
    check: str = CHECKING
    saved: str = SAVED
    sent: str = SENT
    #: What is asked; None: what the page asks that the walk began on.
    asking: Asking | None = None
    #: What its pages say besides.
    words: Mapping[str, Any] = field(default_factory=dict)
    #: What stands in the fields before anybody typed.
    begins: Mapping[str, Sequence[str]] = field(default_factory=dict)
    #: Answers that are no part of the form, by what the walk carries.
    beside: Callable[[Walk], tuple[OwnAnswer, ...]] = _nothing
    source: Report.Source = Report.Source.PUBLIC
    project: Organisation | None = None
    by: Actor = INTAKE

    @property
    def is_public(self) -> bool:
        return self.project is None


PUBLIC = Door()


@dataclass(frozen=True, repr=False)
class _Way:
    """A page, what it asks, and how far somebody is."""

    door: Door
    page: ReportPageMixin | None
    asking: Asking
    steps: tuple[Step, ...]
    walk: Walk

    def form(self, step: Step, *, more: str = "") -> ReportForm:
        """The form of one step, bound to what was typed so far."""
        data = self.walk.data(more)
        return ReportForm(
            self.asking, region_choices(), data, groups=step.groups, own=step.key == MORE, whole=False
        )

    def consents(self) -> ConsentForm:
        return ConsentForm(self.walk.data())


def first_step(request: HttpRequest, page: ReportPageMixin | None, door: Door = PUBLIC) -> HttpResponse:
    """The guided form from its beginning."""
    walk = Walk(Showing(page.pk if isinstance(page, Page) else None), dict(door.begins))
    way = _way(walk, door)
    return _show(request, replace(way, page=page), way.steps[0], blank=True)


def go_on(request: HttpRequest, draft: drafts.Draft, door: Door = PUBLIC) -> HttpResponse:
    """The guided form where somebody left it. The time that it may lie open begins anew."""
    walk, step = draft.walk, draft.step
    way = _way(walk, door)
    return _show(request, way, step_called(way.steps, step), blank=True)


def answer_step(request: HttpRequest, sent: Sent, read: ReadWalk, door: Door = PUBLIC) -> HttpResponse:
    """Take what was typed on a step along, and show where its button leads."""
    typed = sent.typed
    way = _way(read.walk, door)
    step = step_called(way.steps, typed.get("step", ""))
    if "step" in typed:
        way = replace(way, walk=way.walk.after(step, typed))
    if read.broken:
        notice = Notice(
            _("Please start again"), _("The page was broken on its way. What stands below is still here.")
        )
        return _show(request, way, step, notice=notice, status=400)
    if not read.fresh and not sent.offered:
        notice = Notice(
            _("Please press the button once more"),
            _("This page was open for a long time. Your words are still here. They were not sent yet."),
        )
        return _show(request, way, step, notice=notice, status=400)
    go, _point, key = typed.get("go", "").partition(".")
    if go == SEND:
        return _send(request, way, sent)
    left = _left_behind(sent)
    if "more" in typed:
        return _show(request, way, step, more=typed.get("more", ""))
    if go == BACK:
        return _show(request, way, neighbour(way.steps, step, -1), blank=True, notice=left)
    if go == "change":
        return _show(request, way, step_called(way.steps, key), blank=True, notice=left)
    if go == SAVE:
        return _save(request, way, step, left)
    if step.key != CHECK and not _is_right(way, step):
        return _show(request, way, step, status=400)
    forward = way.steps[-1] if go == TO_CHECK else neighbour(way.steps, step, 1)
    return _show(request, way, forward, blank=True, notice=left)


def _left_behind(sent: Sent) -> Notice | None:
    """Words for whoever chose files and pressed another button than Send: no browser chooses them again by itself."""
    if not (sent.offered or sent.refused):
        return None
    words = _("Look on the last page whether your files are still chosen. We keep them only when you send.")
    return Notice(_("Your files are not kept yet"), words)


def _way(walk: Walk, door: Door) -> _Way:
    page = form_page.page_of(walk.showing.page_id) if door.is_public else None
    asking = door.asking or asking_of(page)
    return _Way(door, page, asking, steps_of(asking), replace(walk, for_project=not door.is_public))


def _is_right(way: _Way, step: Step) -> bool:
    consents_right = step.key != CONSENT or way.consents().is_valid()
    return way.form(step).is_valid() and consents_right


def _show(
    request: HttpRequest,
    way: _Way,
    step: Step,
    *,
    blank: bool = False,
    more: str = "",
    notice: Notice | None = None,
    status: int = 200,
) -> HttpResponse:
    """One step. ``blank``: somebody comes to it, so nothing on it is called wrong that was never typed."""
    try:
        state = way.walk.seal()
    except VaultError as error:
        logger.error("The report form is closed: %s", type(error).__name__)
        return quiet_render(request, form_page.CLOSED, form_page.page_words(request, way.page), status=503)
    if step.key == CHECK:
        return _show_check(request, way, state, notice=notice, status=status)
    form = way.form(step, more=more)
    consents = way.consents() if step.key == CONSENT else None
    if more or (blank and not _was_typed(way, step)):
        form = unchecked(form)
        if consents is not None:
            consents = unchecked(consents)
    context = {
        **form_page.page_words(request, way.page),
        **way.door.words,
        "form": form,
        "consents": consents,
        "step": step,
        "at": way.steps.index(step) + 1,
        "of": len(way.steps),
        "is_first": step == way.steps[0],
        "state": state,
        "notice": notice,
    }
    return quiet_render(request, way.door.step, context, status=status)


def _was_typed(way: _Way, step: Step) -> bool:
    """Whether something stands on this step already: then its mistakes are shown when somebody comes back."""
    without = way.walk.after(step, QueryDict()).typed
    begins = way.door.begins
    return any(begins.get(name) != said for name, said in way.walk.typed.items() if name not in without)


def _show_check(
    request: HttpRequest,
    way: _Way,
    state: str,
    *,
    notice: Notice | None,
    status: int = 200,
    checked: bool = False,
    refused: Sequence[RefusedFile] = (),
) -> HttpResponse:
    form = ReportForm(way.asking, region_choices(), way.walk.data(), whole=checked)
    consents = way.consents()
    form.is_valid()
    consents.is_valid()
    answers = Answers(values=form.answers, received_at=timezone.now(), own=form.own_answers, marked=form.marked)
    keys = {group: step.key for step in way.steps for group in step.groups}
    context = {
        **form_page.page_words(request, way.page),
        **way.door.words,
        "told": bool(way.door.beside(way.walk)),
        "form": form,
        "consents": consents,
        "groups": [(_as_asked(part, way.asking), keys[part.group.key]) for part in answers.lines()],
        "own": answers.own,
        "more_key": MORE,
        "consent_key": CONSENT,
        "asked": [(field.label, _chosen(field)) for field in consents],
        "untouched": [step for step in way.steps if step.key not in (CHECK, CONSENT) and not _was_typed(way, step)],
        "wrong": _wrong(way, form, consents),
        "state": state,
        "notice": notice,
        "refused": refused,
        "of": len(way.steps),
    }
    return quiet_render(request, way.door.check, context, status=status)


def _as_asked(part: AnsweredGroup, asking: Asking) -> AnsweredGroup:
    """What was answered, under the heading and the questions that stood on the page."""
    groups = {group.key: group for group in asking.groups}
    asked = {question.key: question for question in asking.questions}
    lines = tuple((asked.get(question.key, question), said) for question, said in part.lines)
    return replace(part, group=groups.get(part.group.key, part.group), lines=lines)


def _chosen(field: object) -> str:
    value = field.value()  # type: ignore[attr-defined]  # a bound field
    return str(Answer(value).label) if value in Answer.values else _("Not answered yet")


def _wrong(way: _Way, form: ReportForm, consents: ConsentForm) -> list[tuple[str, str, str]]:
    """(step, question, words) of everything that has to be mended before sending."""
    found = []
    for step in way.steps:
        names = [name for name in form.errors if name in form.fields and _is_asked_on(way, step, name)]
        found += [(step.key, str(form[name].label), str(words)) for name in names for words in form.errors[name]]
        if step.key == CONSENT:
            found += [(step.key, str(field.label), str(words)) for field in consents for words in field.errors]
    return found


def _is_asked_on(way: _Way, step: Step, name: str) -> bool:
    return name in way.form(step).fields


def _send(request: HttpRequest, way: _Way, sent: Sent) -> HttpResponse:
    form = ReportForm(way.asking, region_choices(), way.walk.data())
    consents = way.consents()
    door = way.door
    filled = Filled(
        form,
        consent.by_button(warn=False),
        path="guided",
        source=door.source,
        project=door.project,
        beside=door.beside(way.walk),
    )
    if door.is_public:
        looks = automatic(request.META.get("REMOTE_ADDR", ""), way.walk.showing, sent)
        filled = replace(filled, looks_automatic=looks)
    filled = with_files(filled, sent)
    # With a file in hand nobody is sent back: what was not answered counts as "ask me first".
    if consents.is_valid() or filled.with_files:
        filled = replace(filled, consents=_held_back(consents.answers, form))
        if filled.may_be_sent:
            try:
                accepted = send(filled, way.walk.showing, way.page, by=door.by)
            except BadInput as wrong:
                form_page.add_errors(form, wrong)
            else:
                if way.walk.saved:
                    drafts.forget(way.walk.showing.receipt)
                return show_sent(request, way.page, accepted, filled, template=door.sent)
    notice = Notice(_("This was not sent yet"), _("Something below needs a look. Your words are still here."))
    refused = filled.files.refused
    return _show_check(request, way, way.walk.seal(), notice=notice, status=400, checked=True, refused=refused)


def _save(request: HttpRequest, way: _Way, step: Step, notice: Notice | None) -> HttpResponse:
    walk = replace(way.walk, saved=True)
    drafts.save(walk, step.key)
    context = {
        **form_page.page_words(request, way.page),
        **way.door.words,
        "receipt": walk.showing.receipt,
        "state": walk.seal(),
        "step": step,
        "days": drafts.KEPT.days,
        "notice": notice,
    }
    return quiet_render(request, way.door.saved, context)


def _held_back(answers: dict[Purpose, Answer], form: ReportForm) -> dict[Purpose, Answer]:
    """Who answers "ask me first" to when a warning may go out has not said yes to it yet."""
    form.is_valid()
    if answers[Purpose.ALERT] == Answer.YES and form.cleaned_data.get("not_before") == "ask":
        return {**answers, Purpose.ALERT: Answer.ASK}
    return answers
