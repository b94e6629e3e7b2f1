"""Reporter and team write to each other through the receipt, and nothing is ever sent to the reporter."""

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from nums_wagtail.foundation.actors import INTAKE, Actor
from nums_wagtail.foundation.errors import BadInput, CannotOpen, KeyMissing, NotAllowed
from nums_wagtail.mailing.models import Letter
from nums_wagtail.reports import access, messages, receipt_buttons
from nums_wagtail.reports.models import Report, ReportMessage
from nums_wagtail.reports.signals import reporter_came_back
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.holders import SiteHolder, TeamHolder

from .reporter import digits_in, state_in

pytestmark = [pytest.mark.django_db]

WORDS = "He drives a van now, the one with the dented door."
REPLY = "Thank you. Do you know where he parks it?"


@pytest.fixture
def sent(reporter):
    return reporter.reports(what_happened="He took my phone.")


@pytest.fixture
def robin(db):
    return Actor.person(make_staff("caseworker"))


def read(report):
    return [one.text for one in access.open_report(TeamHolder(), report, by=worker(), why="case").messages]


def worker():
    return Actor.person(make_staff("caseworker"))


@pytest.mark.promise("P116")
def test_the_team_reads_what_a_reporter_writes_and_the_reporter_reads_the_answer(reporter, sent, robin):
    page = reporter.comes_back_with(digits_in(sent))
    after = reporter.presses("message", page, text=WORDS)
    assert "Your message is with the team" in after.content.decode()
    report = Report.objects.get()
    assert read(report) == [WORDS]
    messages.write_to_reporter(report, REPLY, holder=TeamHolder(), by=robin)
    back = reporter.comes_back_with(digits_in(sent)).content.decode()
    assert "The team wrote to you" in back
    assert REPLY in back
    assert WORDS in back
    assert "The team wrote to you" not in reporter.comes_back_with(digits_in(sent)).content.decode(), "read once"


@pytest.mark.promise("P116", "P101")
def test_no_table_holds_a_word_of_it(reporter, sent, robin):
    reporter.presses("message", reporter.comes_back_with(digits_in(sent)), text=WORDS)
    messages.write_to_reporter(Report.objects.get(), REPLY, holder=TeamHolder(), by=robin)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = repr(cursor.fetchall())
            assert "dented" not in rows, table
            assert "parks it" not in rows, table
    assert ReportMessage.objects.count() == 2


@pytest.mark.promise("P116")
def test_nothing_is_mailed_to_anybody_by_it(reporter, sent, robin):
    reporter.presses("message", reporter.comes_back_with(digits_in(sent)), text=WORDS)
    messages.write_to_reporter(Report.objects.get(), REPLY, holder=TeamHolder(), by=robin)
    assert not mail.outbox
    assert not Letter.objects.exists()


@pytest.mark.promise("P102")
def test_a_message_of_a_reporter_leaves_a_day_and_no_time(reporter, sent):
    reporter.presses("message", reporter.comes_back_with(digits_in(sent)), text=WORDS)
    entry = ModelLogEntry.objects.get(action="nums.reports.message_came")
    local = timezone.localtime(entry.timestamp)
    assert (local.hour, local.minute, local.second) == (0, 0, 0)
    assert "dented" not in repr(entry.data)
    assert ReportMessage.objects.get().written_on == local.date()


@pytest.mark.promise("P001", "P116")
def test_a_message_moved_to_the_other_side_does_not_open(sent):
    report = Report.objects.get()
    messages.write_to_team(report, WORDS, holder=TeamHolder())
    ReportMessage.objects.update(author=messages.Author.TEAM)
    with pytest.raises(CannotOpen):
        messages.messages_of(report, data_keys.open_key(TeamHolder(), report.data_key))


@pytest.mark.promise("P009", "P116")
def test_the_server_by_itself_opens_no_message(sent):
    with pytest.raises(KeyMissing):
        messages.write_to_team(Report.objects.get(), WORDS, holder=SiteHolder())


@pytest.mark.promise("P004")
def test_when_it_cannot_be_sealed_nothing_is_stored_and_the_words_come_back(reporter, sent, monkeypatch, caplog):
    page = reporter.comes_back_with(digits_in(sent))

    def refuse(*args, **kwargs):
        raise RuntimeError(WORDS)

    monkeypatch.setattr(messages, "seal_document", refuse)
    after = reporter.presses("message", page, text=WORDS)
    assert after.status_code == 503
    assert WORDS in after.content.decode()
    assert WORDS not in caplog.text
    assert not ReportMessage.objects.exists()
    monkeypatch.undo()
    again = reporter.client.post(
        reporter.receipt_url, {"open": state_in(after, "open"), "do": "message", "text": WORDS}
    )
    assert "with the team" in again.content.decode()


@pytest.mark.promise("P104")
def test_words_on_a_page_that_lay_open_too_long_come_back_with_the_receipt(reporter, sent, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    page = reporter.comes_back_with(digits_in(sent))
    time_machine.shift(3600)
    late = reporter.presses("message", page, text=WORDS)
    assert "type your receipt again" in late.content.decode()
    kept = {"kept_do": state_in(late, "kept_do"), "kept_text": state_in(late, "kept_text")}
    back = reporter.client.post(reporter.receipt_url, {"receipt": digits_in(sent), **kept}).content.decode()
    assert WORDS in back
    assert "They were not sent yet" in back
    assert not ReportMessage.objects.exists()


def test_nothing_and_too_much_are_answered_beside_the_field(reporter, sent):
    page = reporter.comes_back_with(digits_in(sent))
    for text in ("", "   ", "\x00", "x" * (messages.MESSAGE_CHARACTERS + 1)):
        after = reporter.presses("message", page, text=text)
        assert after.status_code == 400
        assert "Error:" in after.content.decode()
        with pytest.raises(BadInput):
            messages.write_to_team(Report.objects.get(), text, holder=TeamHolder())
    assert not ReportMessage.objects.exists()


def test_a_page_that_is_sent_again_says_it_once(reporter, sent, robin):
    page = reporter.comes_back_with(digits_in(sent))
    for _again in range(3):
        reporter.presses("message", page, text=WORDS)
    report = Report.objects.get()
    assert read(report) == [WORDS]
    for _again in range(2):
        messages.write_to_reporter(report, REPLY, holder=TeamHolder(), by=robin)
    reporter.presses("message", page, text=WORDS)
    assert read(report) == [WORDS, REPLY, WORDS], "said again after an answer, it is said again"


def test_what_was_written_is_never_markup(reporter, sent):
    reporter.presses("message", reporter.comes_back_with(digits_in(sent)), text="<script>alert(1)</script>")
    assert "<script>alert" not in reporter.comes_back_with(digits_in(sent)).content.decode()


def test_only_who_works_on_cases_writes_to_a_reporter(sent):
    report = Report.objects.get()
    for group in ("on_call", "approver", "membership", "auditor"):
        with pytest.raises(NotAllowed):
            messages.write_to_reporter(report, REPLY, holder=TeamHolder(), by=Actor.person(make_staff(group)))
    with pytest.raises(NotAllowed):
        messages.write_to_reporter(report, REPLY, holder=TeamHolder(), by=INTAKE)


def test_and_nobody_of_them_writes_in_a_reporters_name(sent, robin):
    with pytest.raises(NotAllowed):
        messages.write_to_team(Report.objects.get(), WORDS, holder=TeamHolder(), by=robin)


def test_very_many_messages_are_stopped_in_words(reporter, sent, monkeypatch):
    monkeypatch.setattr(messages, "MOST_MESSAGES", 1)
    page = reporter.comes_back_with(digits_in(sent))
    reporter.presses("message", page, text=WORDS)
    after = reporter.presses("message", page, text="One more.").content.decode()
    assert "send a new report instead" in after
    assert "One more." in after
    assert ReportMessage.objects.count() == 1


def test_later_rooms_hear_that_a_reporter_came_back(sent):
    heard = []

    def hear(sender, report, what, **kwargs):
        heard.append((report.pk, what))

    reporter_came_back.connect(hear)
    try:
        messages.write_to_team(Report.objects.get(), WORDS, holder=TeamHolder())
    finally:
        reporter_came_back.disconnect(hear)
    assert heard == [(Report.objects.get().pk, "message")]


def test_a_button_that_is_not_there_does_nothing(reporter, sent):
    page = reporter.comes_back_with(digits_in(sent))
    assert "publish" not in receipt_buttons.BUTTONS
    assert reporter.presses("publish", page).status_code == 200
