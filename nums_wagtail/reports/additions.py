"""What a reporter adds later: a further version of the report. Earlier words stay as they were sent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from nums_wagtail.foundation import journal, policy
from nums_wagtail.foundation.actors import INTAKE, Actor
from nums_wagtail.foundation.errors import BadInput, NotAllowed, NotThere, Refused
from nums_wagtail.foundation.transactions import verb_transaction
from nums_wagtail.regions.models import Region
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.data_keys import OpenedKey
from nums_wagtail.vault.holders import KeyHolder

from . import consent, documents, evidence, signals
from .contact import exchanged
from .day_log import write_by_day
from .evidence import Added, Prepared
from .form_fields import without_control_characters
from .incident_dates import incident_date
from .intake import ADDED_TO, HELD_BACK
from .models import Report
from .read import Answers, Value, tells_of_child

KEYED = journal.declare("nums.reports.keyed", _("Paper form keyed"))

#: The question that the words are added to, and what stands between the earlier and the later ones.
TO, BETWEEN = "what_happened", "\n\n"
#: Longest addition in characters, and most versions of one report.
ADDITION_CHARACTERS = 10_000
MOST_VERSIONS = 50


def add_words(report: Report, text: str, *, holder: KeyHolder, by: Actor = INTAKE) -> int:
    """Add to what happened, and return the number of the new version.

    The version holds all that was said before and the new words below it. Raises BadInput for nothing or too
    much, Refused when there are too many, NotAllowed for a person of the staff, VaultError when it cannot be
    opened or sealed; then nothing is stored.
    """
    if not by.machine:
        raise NotAllowed()
    words = without_control_characters(text).strip()
    if not words:
        raise BadInput({"text": [_("Write something first.")]})
    if len(words) > ADDITION_CHARACTERS:
        longest: Any = _("This is too long. Keep it below %(count)s letters.")
        raise BadInput({"text": [longest % {"count": ADDITION_CHARACTERS}]})
    return _further_version(report, holder, by, lambda last: _with_words(last, words))


@sensitive_variables()
def mend(report: Report, answers: Mapping[str, Value], *, holder: KeyHolder, by: Actor = INTAKE) -> int:
    """Put answers in the place of those that could not be read, and return the number of the new version.

    ``answers`` are by name, cleaned by a form; what was not marked is left alone. Raises as ``add_words``.
    """
    if not by.machine:
        raise NotAllowed()
    return _further_version(report, holder, by, lambda last: _with_answers(last, answers))


@sensitive_variables()
def key_sheet(
    report: Report,
    answers: Mapping[str, Value],
    *,
    asked: Collection[str],
    holder: KeyHolder,
    by: Actor,
    region: Region | None = None,
    may_not_warn: bool = False,
) -> int:
    """Key a sheet whose picture is with the report already, and return the number of the version.

    ``asked`` names what the keying page asked; whatever else was answered stays. Consents stay too, since their
    reporter may have changed them with the receipt; ``may_not_warn`` takes the warning back, because the sheet
    says no to it.
    Raises NotAllowed for who does not work on cases, NotThere, Refused and VaultError as ``add_words``.
    """
    policy.require(by, "work_case")

    def keyed(last: Answers) -> Answers:
        values = {name: value for name, value in last.values.items() if name not in asked}
        marked = {name: typed for name, typed in last.marked.items() if name not in answers}
        return replace(last, values={**values, **answers}, marked=marked, path=consent.KEYED)

    with verb_transaction():
        number = _further_version(report, holder, by, keyed, of_reporter=False)
        held = HELD_BACK.get(str(answers.get("not_before")))
        report.urgent = report.urgent or bool(answers.get("urgent"))
        report.warn_from = report.received_on + held if held else report.warn_from
        report.region = region or report.region
        report.save(update_fields=["urgent", "warn_from", "region"])
        if may_not_warn:
            no = dict.fromkeys(consent.WARNING, consent.Answer.NO)
            consent.record(report, no, consent.Through.STAFF, by=by, wording=consent.SHEET_WORDING)
    return number


def _with_words(last: Answers, words: str) -> Answers:
    before = last.text(TO)
    if before.endswith(BETWEEN + words):
        # The same page sent again.
        return last
    told = BETWEEN.join(one for one in (before, words) if one)
    if TO in last.marked:
        # Too long when it was sent, and kept as typed; what is kept so is what is read.
        return replace(last, marked={**last.marked, TO: told})
    return replace(last, values={**last.values, TO: told})


def _with_answers(last: Answers, answers: Mapping[str, Value]) -> Answers:
    mended = {name: value for name, value in answers.items() if value and name in last.marked}
    marked = {name: typed for name, typed in last.marked.items() if name not in mended}
    return replace(last, values={**last.values, **mended}, marked=marked)


@sensitive_variables()
def _further_version(
    report: Report,
    holder: KeyHolder,
    by: Actor,
    change: Callable[[Answers], Answers],
    *,
    of_reporter: bool = True,
) -> int:
    with verb_transaction():
        # Held, so that two additions in one moment get a number each.
        locked = Report.objects.select_for_update().filter(pk=report.pk).first()
        if locked is None:
            raise NotThere()
        # An addition a moment ago may have been the first that says how to reach the reporter.
        report.contact_key = locked.contact_key
        key = data_keys.open_key(holder, report.data_key)
        versions = documents.open_versions_with(report, key)
        if len(versions) >= MOST_VERSIONS:
            raise Refused("too_many_versions", _("You added very often here. Please send a new report instead."))
        now = timezone.now()
        # "Last night" is counted from when the report came, not from now.
        changed = change(versions[-1])
        if changed.says_the_same_as(versions[-1]):
            return len(versions)
        incident = incident_date(changed.values, versions[0].received_at)
        number = len(versions) + 1
        documents.add_version(report, key, replace(changed, incident=incident, received_at=now), number)
        report.incident_on, report.categories, report.tagged = incident.on, changed.codes("categories"), False
        report.child = report.child or tells_of_child(changed.values)
        report.urgent = report.urgent or report.child
        report.save(update_fields=["incident_on", "categories", "tagged", "child", "urgent"])
        if of_reporter:
            exchanged(report)
            write_by_day(report, ADDED_TO, by=by, at=now)
            signals.reporter_came_back.send(Report, report=report, what="words")
        else:
            journal.write(report, KEYED, by=by)
    return number


def add_files(report: Report, key: OpenedKey, prepared: Prepared, *, by: Actor = INTAKE) -> Added:
    """Keep more files with a report, and let later rooms know. Raises as ``evidence.add_files``, NotThere."""
    with verb_transaction():
        if Report.objects.select_for_update().filter(pk=report.pk).first() is None:
            raise NotThere()
        added = evidence.add_files(report, key, prepared, by=by)
        if added.files:
            exchanged(report)
            signals.reporter_came_back.send(Report, report=report, what="files")
    return added
