"""Bulletins over a real mail server: headers, the second attempt, and who is asked for once more."""

from email.utils import parsedate_to_datetime

import pytest
from django.utils import timezone

from nums_wagtail.alerts.release import withdraw_release
from nums_wagtail.bulletins.models import Bulletin, Delivery
from nums_wagtail.bulletins.signals import bulletin_sent
from nums_wagtail.bulletins.tasks import compile_bulletin_by_id, sweep
from nums_wagtail.foundation.actors import SETUP, Actor
from nums_wagtail.mailing import channel_health
from nums_wagtail.mailing.models import RowState
from nums_wagtail.members.joining import leave, suspend_member
from nums_wagtail.members.models import Member
from nums_wagtail.members.preferences import change_rhythm
from nums_wagtail.test.alerts_factories import approve, clear, edit, make_released_alert, submit
from nums_wagtail.test.bulletins_factories import composed_of, make_compiled_bulletin
from nums_wagtail.test.members_factories import make_member
from nums_wagtail.test.people_factories import make_staff

pytestmark = pytest.mark.django_db(transaction=True)

LINE = "Locks the door and hides the key."


@pytest.fixture
def https(settings):
    settings.NUMS_WAGTAIL = {
        **settings.NUMS_WAGTAIL,
        "BASE_URL": "https://www.example.org",
        "MAIL_DOMAIN": "mail.example.org",
        "BULLETIN_FROM": "Lantern <updates@example.org>",
    }


def test_a_reader_gets_the_words_over_smtp(postbox, send, reader, region):
    bulletin = make_compiled_bulletin(regions=[region], line=LINE)
    assert send().sent == 1
    (message,) = postbox.messages()
    assert LINE in " ".join(message.get_body(("plain",)).get_content().split())
    assert LINE in message.get_body(("html",)).get_content()
    assert message["To"] == "reader@example.org"
    bulletin.refresh_from_db()
    assert (bulletin.state, bulletin.reached) == (Bulletin.State.SENT, 1)


@pytest.mark.promise("P056")
def test_headers_let_a_reader_stop_in_one_click_and_name_no_scheme(postbox, send, reader, region, https, client):
    make_compiled_bulletin(regions=[region])
    send()
    (message,) = postbox.messages()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message["List-Unsubscribe"].strip("<>")
    assert address.startswith("https://www.example.org/")
    assert message["List-Id"] == "<updates.mail.example.org>"
    assert message["Message-ID"].endswith("@mail.example.org>")
    assert message["From"] == "Lantern <updates@example.org>"
    path = address.removeprefix("https://www.example.org")
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    reader.refresh_from_db()
    assert reader.rhythm == Member.Rhythm.NONE


def test_paper_comes_as_a_neutral_attachment(postbox, send, reader, region):
    Member.objects.filter(pk=reader.pk).update(format=Member.Format.PDF)
    make_compiled_bulletin(regions=[region])
    send()
    (part,) = postbox.messages()[0].iter_attachments()
    assert part.get_filename() == "update.pdf"
    assert part.get_payload(decode=True).startswith(b"%PDF-")


@pytest.mark.promise("P051")
def test_a_second_attempt_is_the_same_message(postbox, send, reader, region):
    make_compiled_bulletin(regions=[region])
    postbox.answers["reader@example.org"] = "hang up"
    send()
    row = Delivery.objects.get()
    postbox.answers.clear()
    Delivery.objects.update(due_at=timezone.now())
    send()
    first, second = (data for _recipient, data in postbox.taken)
    assert first == second
    row.refresh_from_db()
    assert row.state == RowState.SENT
    sent = parsedate_to_datetime(postbox.messages()[0]["Date"])
    assert abs((sent - row.message_date).total_seconds()) < 1


@pytest.mark.parametrize("then", ["stops", "is suspended", "leaves"])
@pytest.mark.promise("P191")
def test_who_is_gone_since_compiling_gets_nothing(then, postbox, send, reader, region):
    make_compiled_bulletin(regions=[region])
    if then == "stops":
        change_rhythm(reader, Member.Rhythm.NONE, by=SETUP)
    elif then == "is suspended":
        suspend_member(reader, by=SETUP)
    else:
        leave(reader, by=SETUP)
    send()
    assert postbox.taken == []


def test_nothing_goes_out_before_the_undo_window_ends(postbox, send, reader, region, settings):
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "UNDO_SECONDS": 300}
    make_compiled_bulletin(regions=[region])
    assert send().tried == 0
    assert Delivery.objects.get().state == RowState.WAITING


def test_a_newer_version_stops_what_waits_of_the_older(postbox, send, reader, region):
    release = make_released_alert(regions=[region], line=LINE)
    compile_bulletin_by_id(str(composed_of(release).uuid))
    alert = edit(release.alert, by=make_staff("caseworker"), line="Hides the key and takes the phone.")
    clear(alert)
    newer = approve(submit(alert), by=make_staff("approver"))
    compile_bulletin_by_id(str(composed_of(newer).uuid))
    send()
    (message,) = postbox.messages()
    assert "takes the phone" in message.get_body(("plain",)).get_content()


@pytest.mark.promise("P190")
def test_a_withdrawn_alert_goes_to_nobody_any_more(postbox, send, reader, region):
    bulletin = make_compiled_bulletin(regions=[region], line=LINE)
    withdraw_release(bulletin.releases.get(), "wrong", by=Actor.person(make_staff("approver")))
    send()
    assert postbox.taken == []
    bulletin.refresh_from_db()
    assert bulletin.state == Bulletin.State.STOPPED


def test_a_server_that_refuses_loses_nothing(postbox, send, reader, region):
    bulletin = make_compiled_bulletin(regions=[region])
    postbox.sender_answer = "451 not now"
    send()
    bulletin.refresh_from_db()
    assert bulletin.state == Bulletin.State.SENDING
    assert channel_health.channel_health().unreachable_since or Delivery.objects.get().error_class
    postbox.sender_answer = ""
    Delivery.objects.update(due_at=timezone.now())
    send()
    assert postbox.recipients == ["reader@example.org"]


def test_others_are_told_when_a_bulletin_is_through(postbox, send, reader, region):
    told = []

    def listen(sender, bulletin, **kwargs):
        told.append((bulletin.number, bulletin.reached))

    bulletin_sent.connect(listen)
    try:
        make_compiled_bulletin(regions=[region])
        send()
    finally:
        bulletin_sent.disconnect(listen)
    assert told == [(1, 1)]


def test_the_sweep_finishes_what_a_dying_worker_left(postbox, send, reader, region):
    bulletin = make_compiled_bulletin(regions=[region])
    Delivery.objects.update(state=RowState.SENT)
    sweep()
    bulletin.refresh_from_db()
    assert (bulletin.state, bulletin.reached) == (Bulletin.State.SENT, 1)


def test_one_group_is_sent_with_few_questions(postbox, reader, region, django_assert_max_num_queries):
    from nums_wagtail.bulletins import deliver

    for _more in range(19):
        make_member(home_region=region, rhythm=Member.Rhythm.ALL)
    bulletin = make_compiled_bulletin(regions=[region])
    rows = list(Delivery.objects.filter(bulletin=bulletin))
    Delivery.objects.update(state=RowState.CLAIMED)
    with django_assert_max_num_queries(6):
        assert len(deliver.still_wanted(rows)) == 20
        assert len(deliver.build(rows)) == 20
