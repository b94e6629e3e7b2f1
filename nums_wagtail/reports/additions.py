"""What a reporter adds later: a further version of the report. Earlier words stay as they were sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nums_wagtail.foundation.actors import INTAKE, Actor
from nums_wagtail.foundation.errors import BadInput, NotAllowed, NotThere, Refused
from nums_wagtail.foundation.transactions import verb_transaction
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.data_keys import OpenedKey
from nums_wagtail.vault.holders import KeyHolder

from . import documents, evidence, signals
from .day_log import write_by_day
from .evidence import Added, Prepared
from .form_fields import without_control_characters
from .intake import ADDED_TO
from .models import Report

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
    with verb_transaction():
        # Held, so that two additions in one moment get a number each.
        if Report.objects.select_for_update().filter(pk=report.pk).first() is None:
            raise NotThere()
        key = data_keys.open_key(holder, report.data_key)
        versions = documents.open_versions_with(report, key)
        if len(versions) >= MOST_VERSIONS:
            raise Refused("too_many_versions", _("You added very often here. Please send a new report instead."))
        last = versions[-1]
        told = BETWEEN.join(one for one in (last.text(TO), words) if one)
        now = timezone.now()
        added = replace(last, values={**last.values, TO: told}, received_at=now)
        number = len(versions) + 1
        documents.add_version(report, key, added, number)
        write_by_day(report, ADDED_TO, by=by, at=now)
        signals.reporter_came_back.send(Report, report=report, what="words")
    return number


def add_files(report: Report, key: OpenedKey, prepared: Prepared, *, by: Actor = INTAKE) -> Added:
    """Keep more files with a report, and let later rooms know. Raises as ``evidence.add_files``, NotThere."""
    with verb_transaction():
        if Report.objects.select_for_update().filter(pk=report.pk).first() is None:
            raise NotThere()
        added = evidence.add_files(report, key, prepared, by=by)
        if added.files:
            signals.reporter_came_back.send(Report, report=report, what="files")
    return added
