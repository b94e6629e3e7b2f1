"""Messages between a reporter and the team: sealed under the report's own key, read and written with the receipt.

Nothing is ever sent to a reporter. Whoever holds the receipt comes back and looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nums_wagtail.foundation import journal, policy
from nums_wagtail.foundation.actors import INTAKE, Actor
from nums_wagtail.foundation.errors import BadInput, NotAllowed, NotThere, Refused
from nums_wagtail.foundation.transactions import verb_transaction
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.data_keys import OpenedKey
from nums_wagtail.vault.documents import open_document, seal_document
from nums_wagtail.vault.envelope import Context
from nums_wagtail.vault.holders import KeyHolder

from . import signals
from .contact import exchanged
from .day_log import write_by_day
from .form_fields import without_control_characters
from .incident_dates import local_day
from .models import Report, ReportMessage

Author = ReportMessage.Author

#: Longest message, in characters, and most messages of one report.
MESSAGE_CHARACTERS = 5_000
MOST_MESSAGES = 300

FROM_REPORTER = journal.declare("nums.reports.message_came", _("Message from a reporter"))
TO_REPORTER = journal.declare("nums.reports.message_written", _("Message written to a reporter"))


@dataclass(frozen=True, repr=False)
class OpenedMessage:
    """A message as its two readers see it. Staff stand here as the team: a reporter learns no name."""

    author: Author
    written_on: date
    text: str

    @property
    def from_reporter(self) -> bool:
        return self.author == Author.REPORTER


def write_to_team(report: Report, text: str, *, holder: KeyHolder, by: Actor = INTAKE) -> ReportMessage:
    """A message of whoever holds the receipt; the same one sent again is there once.

    Raises BadInput for an empty or too long one, Refused when there are too many, NotAllowed for a person of the
    staff, VaultError when it cannot be sealed; then nothing is stored.
    """
    if not by.machine:
        raise NotAllowed()
    words = _words(text)
    key = data_keys.open_key(holder, report.data_key)
    with verb_transaction():
        _lock(report)
        newest = _said_last(report, key, Author.REPORTER, words)
        if newest is not None:
            return newest
        if ReportMessage.objects.filter(report=report).count() >= MOST_MESSAGES:
            too_many = _("There are very many messages here. Please send a new report instead.")
            raise Refused("too_many_messages", too_many)
        message = _seal(report, key, Author.REPORTER, words)
        exchanged(report)
        write_by_day(report, FROM_REPORTER, by=by)
        signals.reporter_came_back.send(Report, report=report, what="message")
    return message


def write_to_reporter(report: Report, text: str, *, holder: KeyHolder, by: Actor) -> ReportMessage:
    """A message of the team, read when the reporter comes back. Raises as ``write_to_team``, NotAllowed."""
    policy.require(by, "work_case")
    words = _words(text)
    key = data_keys.open_key(holder, report.data_key)
    with verb_transaction():
        _lock(report)
        newest = _said_last(report, key, Author.TEAM, words)
        if newest is not None:
            return newest
        message = _seal(report, key, Author.TEAM, words)
        _set_news(report, True)
        exchanged(report)
        journal.write(report, TO_REPORTER, by=by, data={"message": str(message.uuid)})
    return message


def seen_by_reporter(report: Report) -> bool:
    """The reporter was just shown every message. Returns whether there was something new among them."""
    was_new = report.news_for_reporter
    if was_new:
        with verb_transaction():
            _set_news(report, False)
    return was_new


def messages_of(report: Report, key: OpenedKey) -> list[OpenedMessage]:
    """Every message, oldest first, with the opened key of the report. Raises CannotOpen rather than leave one out."""
    return [
        OpenedMessage(Author(row.author), row.written_on, _words_of(row, key))
        for row in ReportMessage.objects.filter(report=report)
    ]


def _words_of(message: ReportMessage, key: OpenedKey) -> str:
    return str(open_document(key, _context(message), bytes(message.envelope))["text"])


def _words(text: str) -> str:
    words = without_control_characters(text).strip()
    if not words:
        raise BadInput({"text": [_("Write something first.")]})
    if len(words) > MESSAGE_CHARACTERS:
        longest: Any = _("This message is too long. Keep it below %(count)s letters.")
        raise BadInput({"text": [longest % {"count": MESSAGE_CHARACTERS}]})
    return words


def _said_last(report: Report, key: OpenedKey, author: Author, words: str) -> ReportMessage | None:
    """The newest message, if it says the same: a page that is sent again, or a button pressed twice."""
    newest = ReportMessage.objects.filter(report=report).last()
    same = newest is not None and newest.author == author and _words_of(newest, key) == words
    return newest if same else None


def _seal(report: Report, key: OpenedKey, author: Author, words: str) -> ReportMessage:
    now = timezone.now()
    message = ReportMessage(report=report, author=author, written_on=local_day(now))
    message.envelope = seal_document(key, _context(message), {"text": words, "at": now.isoformat()})
    message.save(force_insert=True)
    return message


def _context(message: ReportMessage) -> Context:
    # Who wrote it is bound too: nobody can make the team say what a reporter said.
    return Context("nums_wagtail.ReportMessage", f"envelope of {message.author}", message.uuid)


def _lock(report: Report) -> None:
    """Hold the row until the transaction ends. Raises NotThere when it was deleted meanwhile."""
    if Report.objects.select_for_update().filter(pk=report.pk).first() is None:
        raise NotThere()


def _set_news(report: Report, there: bool) -> None:
    report.news_for_reporter = there
    report.save(update_fields=["news_for_reporter"])
