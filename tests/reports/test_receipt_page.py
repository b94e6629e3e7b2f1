"""Coming back with a receipt."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from nums_wagtail.foundation.actors import CLOCK
from nums_wagtail.reports import access, consent, receipt_view, slowing
from nums_wagtail.reports.consent import Purpose
from nums_wagtail.reports.models import ReceiptWords, Report
from nums_wagtail.reports.receipts import view_of
from nums_wagtail.test.people_factories import make_superuser
from nums_wagtail.test.reports_factories import make_report

from .reporter import digits_in, state_in, words_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(reporter):
    return reporter.reports(what_happened="He took my phone.")


@pytest.mark.promise("P106")
def test_the_words_open_the_state_of_the_report(reporter, sent):
    page = reporter.comes_back_with(" ".join(words_in(sent)).upper()).content.decode()
    assert "Nobody has read it yet" in page
    assert "He took my phone" not in page


def test_so_do_the_digits(reporter, sent):
    assert "Your report" in reporter.comes_back_with(digits_in(sent).replace(" ", "-")).content.decode()


@pytest.mark.promise("P031")
def test_looking_asks_for_the_receipt_and_changes_nothing(reporter, sent):
    response = reporter.client.get(reporter.receipt_url)
    assert response.status_code == 200
    assert 'name="receipt"' in response.content.decode()


@pytest.mark.parametrize("typed", ["", "nonsense", "0000 0000 0000 0000 0000", "x" * 5000, "\x00", "9" * 20, "<b>"])
def test_a_wrong_receipt_is_answered_in_plain_words(reporter, sent, typed):
    response = reporter.comes_back_with(typed)
    assert response.status_code == 400
    assert "Error:" in response.content.decode()
    assert "<b>" not in response.content.decode().split("nums-field__error")[0]


@pytest.mark.promise("P100")
def test_it_sets_no_cookie_and_reads_no_session(reporter, sent):
    reporter.client.force_login(make_superuser())
    for response in (
        reporter.client.get(reporter.receipt_url),
        reporter.comes_back_with(digits_in(sent)),
        reporter.comes_back_with("nonsense"),
    ):
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
        assert response["Cache-Control"] == "no-store"


@pytest.mark.promise("P107")
def test_the_warning_can_be_taken_back(reporter, sent):
    status = reporter.comes_back_with(digits_in(sent))
    after = reporter.takes_back("alert", status)
    assert "Your answers are kept" in after.content.decode()
    report = Report.objects.get()
    assert consent.allows(report, Purpose.ALERT) is None
    assert consent.allows(report, Purpose.CHECKER) is None, "the same button gave it, and no page shows it"
    assert "We warn nobody" in after.content.decode()
    assert consent.standing(report)[Purpose.ALERT].through == "receipt"
    assert not after.cookies


def test_a_purpose_that_nothing_serves_is_not_shown(reporter, sent):
    page = reporter.comes_back_with(digits_in(sent)).content.decode()
    assert str(Purpose.ALERT.label) in page
    assert str(Purpose.CHECKER.label) not in page


def test_nothing_is_taken_back_by_a_made_up_page_or_purpose(reporter, sent):
    status = reporter.comes_back_with(digits_in(sent))
    reporter.takes_back("everything", status)
    reporter.client.post(reporter.receipt_url, {"open": "made up", "do": "allow", "alert": "no"})
    of_the_form = state_in(reporter.opens_the_form())
    reporter.client.post(reporter.receipt_url, {"open": of_the_form, "do": "allow", "alert": "no"})
    assert consent.allows(Report.objects.get(), Purpose.ALERT)


def test_an_old_page_asks_for_the_receipt_again(reporter, sent, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    status = reporter.comes_back_with(digits_in(sent))
    time_machine.shift(3600)
    assert "type your receipt again" in reporter.takes_back("alert", status).content.decode()
    assert consent.allows(Report.objects.get(), Purpose.ALERT)


def test_a_deleted_report_is_gone_for_its_receipt_and_for_an_open_page(reporter, sent):
    status = reporter.comes_back_with(digits_in(sent))
    access.delete_report(Report.objects.get(), by=CLOCK)
    assert reporter.comes_back_with(digits_in(sent)).status_code == 400
    assert "was deleted" in reporter.takes_back("alert", status).content.decode()


def test_many_tries_wait_and_are_then_answered(reporter, sent, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    for _i in range(slowing.FREE):
        reporter.comes_back_with("nonsense")
    waiting = reporter.comes_back_with(digits_in(sent))
    assert "Please wait" in waiting.content.decode()
    go_on = {"wait": state_in(waiting, "wait")}
    assert "Please wait" in reporter.client.post(reporter.receipt_url, go_on).content.decode()
    time_machine.shift(slowing.WAITS[0])
    assert "Nobody has read it yet" in reporter.client.post(reporter.receipt_url, go_on).content.decode()


@pytest.mark.promise("P106")
def test_right_and_wrong_receipts_wait_alike(reporter, sent):
    for _i in range(slowing.FREE):
        reporter.comes_back_with(digits_in(sent))
    right, wrong = reporter.comes_back_with(digits_in(sent)), reporter.comes_back_with("nonsense")
    assert (right.status_code, wrong.status_code) == (429, 429)


@pytest.mark.promise("P106")
def test_the_longest_wait_is_seconds_and_nobody_is_locked_out(reporter, sent):
    waits = [slowing.seconds_to_wait("192.0.2.1") for _i in range(200)]
    assert waits[0] == 0
    assert max(waits) == slowing.WAITS[-1] <= 10
    assert slowing.seconds_to_wait("192.0.2.2") == 0


@pytest.mark.promise("P103")
def test_no_address_is_kept(reporter, sent):
    from django.core.cache import cache

    slowing.seconds_to_wait("192.0.2.77")
    assert "192.0.2.77" not in repr(vars(cache._connections[cache._alias] if hasattr(cache, "_alias") else cache))


def test_whatever_breaks_is_answered_without_values(reporter, sent, monkeypatch, caplog):
    def refuse(*args, **kwargs):
        raise RuntimeError(digits_in(sent))

    monkeypatch.setattr(receipt_view, "read_receipt", refuse)
    response = reporter.comes_back_with(digits_in(sent))
    assert response.status_code == 503
    assert "RuntimeError" in caplog.text
    assert digits_in(sent) not in caplog.text


def test_after_a_warning_was_taken_back_the_page_does_not_say_that_it_stands(reporter, sent):
    Report.objects.update(status=Report.Status.WARNED)
    status = reporter.comes_back_with(digits_in(sent))
    assert "it goes from our pages at once" in status.content.decode()
    assert "cannot be called back" in status.content.decode()
    after = reporter.takes_back("alert", status).content.decode()
    assert "your report warns nobody any more" in after
    assert "A warning is out" not in after


def test_the_status_follows_the_work(reporter, sent):
    report = Report.objects.get()
    for status, words in ((Report.Status.WARNED, "sent a warning"), (Report.Status.CLOSED, "have finished")):
        Report.objects.filter(pk=report.pk).update(status=status)
        assert words in reporter.comes_back_with(digits_in(sent)).content.decode()
    assert make_report().status == Report.Status.RECEIVED


@pytest.mark.promise("P107")
def test_each_answer_is_yes_no_or_ask_me_first_and_keeps_the_wording(reporter, sent):
    page = reporter.comes_back_with(digits_in(sent))
    report = Report.objects.get()
    for given in ("ask", "yes", "no"):
        reporter.presses("allow", page, alert=given, contact="yes")
        assert consent.standing(report)[Purpose.ALERT].answer == given
        assert bool(consent.allows(report, Purpose.ALERT)) == (given == "yes")
    entries = report.consents.filter(through="receipt")
    assert set(entries.values_list("wording", flat=True)) == {"receipt-2"}
    assert entries.filter(purpose="contact").count() == 1, "the same answer again is no new entry"
    assert consent.standing(report)[Purpose.RESEARCH].answer == "ask", "what was not shown is left as it was"


@pytest.mark.promise("P107")
def test_an_answer_that_was_not_offered_changes_nothing(reporter, sent):
    page = reporter.comes_back_with(digits_in(sent))
    assert reporter.presses("allow", page, alert="perhaps").status_code == 400
    reporter.presses("allow", page, research="yes", police_named="yes")
    assert {entry.answer for entry in Report.objects.get().consents.exclude(purpose__in=consent.WARNING)} == {"ask"}


@pytest.mark.promise("P129")
def test_deleting_asks_first_and_says_what_cannot_be_undone(reporter, sent):
    page = reporter.presses("delete", reporter.comes_back_with(digits_in(sent)))
    words = page.content.decode()
    assert "This cannot be undone" in words
    assert "Mails and paper that went out" in words
    assert Report.objects.exists()
    kept = reporter.presses("look", page)
    assert "Nobody has read it yet" in kept.content.decode()
    done = reporter.presses("delete-now", page).content.decode()
    assert "Your report is deleted" in done
    assert not Report.objects.exists()
    unknown = reporter.comes_back_with(digits_in(sent)).content.decode()
    assert unknown.count("We do not know this receipt") == reporter.comes_back_with(
        "abacus abdomen zookeeper yoyo gander"
    ).content.decode().count("We do not know this receipt")


def test_the_charity_may_say_the_states_in_its_own_words_and_own_language(reporter, sent, report_page):
    ReceiptWords.objects.create(site=report_page.get_site(), received="It is in the blue folder.")
    assert "in the blue folder" in reporter.comes_back_with(digits_in(sent)).content.decode()
    with translation.override("ro"):
        assert "blue folder" not in str(view_of(Report.objects.get(), ReceiptWords.objects.get()).status)
    Report.objects.update(status=Report.Status.OPENED)
    assert "is reading" in reporter.comes_back_with(digits_in(sent)).content.decode()


@pytest.mark.promise("P113")
def test_a_file_that_nobody_asked_for_is_not_kept(reporter, sent):
    page = reporter.comes_back_with(digits_in(sent))
    picture = SimpleUploadedFile("a.png", b"x" * 3_000_000)
    after = reporter.presses("message", page, text="Hello.", picture=picture)
    assert "with the team" in after.content.decode()
    assert not after.wsgi_request.FILES
