"""What does not fit: answered beside its field, with every word still in the page, and never an error of ours."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.regions.models import Region
from nums_wagtail.reports.access import OpenedReport, open_report
from nums_wagtail.reports.models import Report
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.vault.holders import TeamHolder

from .reporter import digits_in, error_beside, state_in, typed_in, words_in

pytestmark = pytest.mark.django_db

TYPED = "He rang twice & said <he> knew me.\n\nThen  he left."
FULL = {
    "what_happened": TYPED,
    "categories": ["threats", "robbery"],
    "when": "last_night",
    "region": "london",
    "town": "Exampleton",
    "place": '"The Anchor" <back door>',
    "weapon": ["knife"],
    "person_name": "Dave\nDavid",
    "person_hair": ["brown"],
    "vehicle_plate": "YX19 ABC",
    "phone": "07700 900412\n07700 900413",
    "reporter_contact": "07700 900500, after six",
    "urgent": "on",
}


def opened() -> OpenedReport:
    return open_report(TeamHolder(), Report.objects.get(), by=Actor.person(make_staff("caseworker")), why="case")


def kept_lines(typed: dict) -> dict:
    """As a browser sends a text back: with the line ends of the web."""
    return {key: value.replace("\n", "\r\n") if isinstance(value, str) else value for key, value in typed.items()}


WRONG = [
    ("region", "atlantis"),
    ("region", "\x00"),
    ("when", "sometime"),
    ("categories", "made_up"),
    ("vehicle_type", "\x00"),
    ("town", "x" * 501),
    ("phone", "7" * 3001),
]
WRONG_DATES = [
    "31/2/2026", "1 1 2999", "0 0 0", "2026-13-01", "29 2 2025", "1 1 1800", "tomorrow week", "-1", "٣ ٤ ٢٠٢٦",
    "9" * 59,
]  # fmt: skip


@pytest.mark.parametrize(("key", "value"), WRONG + [("when_date", day) for day in WRONG_DATES])
def test_a_wrong_answer_is_answered_beside_its_field_and_every_word_stays(reporter, key, value):
    response = reporter.reports(**{**FULL, key: value})
    assert response.status_code == 400
    assert error_beside(response, key)
    typed = typed_in(response)
    assert {one: typed.get(one) for one in FULL if one != key} == {one: FULL[one] for one in FULL if one != key}
    if key in ("town", "phone", "when_date"):
        assert typed[key] == value, "what was wrong stays too, to be mended"
    assert not Report.objects.exists()


def test_the_page_that_comes_back_can_be_sent_as_it_is_once_mended(reporter):
    back = reporter.reports(**{**FULL, "when_date": "31 2 2026"})
    mended = {**typed_in(back), "when_date": "27 3 2026"}
    assert words_in(reporter.sends(back, **kept_lines(mended)))
    said = opened().answers
    assert {key: said.value(key) for key in FULL} == {**FULL, "urgent": "yes"}
    assert said.incident.on == dt.date(2026, 3, 27)


@pytest.mark.slow
@pytest.mark.parametrize("key", ["what_happened", "town", "when_date", "phone"])
def test_a_megabyte_in_a_field_is_answered_beside_it_and_comes_back_whole(reporter, key):
    much = "word " * 200_000
    response = reporter.reports(**{**FULL, key: much})
    assert response.status_code == 400
    assert "too long" in error_beside(response, key)
    assert typed_in(response)[key].strip() == much.strip()
    assert not Report.objects.exists()


@pytest.mark.parametrize("field", ["q-region", "q-categories", "q-urgent", "send", "state"])
def test_a_megabyte_where_nobody_types_loses_no_word(reporter, field):
    data = {"state": state_in(reporter.opens_the_form()), "send": "warn", "q-what_happened": TYPED}
    response = reporter.client.post(reporter.answer_url, {**data, field: "x" * 1_000_000})
    assert response.status_code in (200, 400)
    assert words_in(response) or typed_in(response)["what_happened"] == TYPED


def test_more_than_can_be_read_at_all_says_how_to_go_on(reporter):
    response = reporter.reports(what_happened="x" * 3_000_000)
    assert response.status_code == 400
    assert "Go back with your browser" in response.content.decode()
    assert 'href="tel:999"' in response.content.decode()


def test_too_many_fields_are_no_server_error(reporter):
    data = {f"field-{uuid.uuid4()}": "x" for _i in range(1500)}
    assert reporter.client.post(reporter.answer_url, data).status_code == 400


@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded; charset=utf-16",
        "multipart/form-data",
        "multipart/form-data; boundary=\u00e9",
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/json",
    ],
)
@pytest.mark.promise("P104")
def test_a_body_that_is_no_form_is_no_server_error(reporter, caplog, kind):
    response = reporter.client.post(reporter.answer_url, b"q-what_happened=He+rang", content_type=kind)
    assert response.status_code == 400
    assert 'href="tel:999"' in response.content.decode()
    assert "rang" not in caplog.text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("He\x00 rang\x07\x1b.", "He rang."), ("one\r\ntwo\rthree", "one\ntwo\nthree"), ("a\ud800b", "a?b")],
)
def test_characters_that_nobody_types_are_taken_out(reporter, typed, kept):
    data = typed.encode("utf-8", "replace").decode()
    assert reporter.reports(what_happened=data).status_code == 200
    assert opened().answers.text("what_happened") == kept


@pytest.mark.parametrize("key", ["town", "phone", "person_name", "reporter_contact", "when_date"])
def test_nul_bytes_in_any_field_do_no_harm(reporter, key):
    value = "1\x00 3 2026"
    assert words_in(reporter.reports(**{**FULL, key: value}))
    assert opened().answers.value(key) == ("2026-03-01" if key == "when_date" else "1 3 2026")


@pytest.mark.promise("P104")
def test_bytes_that_are_no_text_do_no_harm(reporter):
    state = state_in(reporter.opens_the_form())
    body = b"q-what_happened=%ff%fe%00he+rang&send=warn&state=" + state.encode()
    response = reporter.client.post(reporter.answer_url, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200
    assert "he rang" in opened().answers.text("what_happened")


def test_a_phone_that_cannot_be_read_is_kept_as_typed_and_marked(reporter):
    typed = "it ended in 412\nnot sure +++\n07700 900413"
    assert words_in(reporter.reports(what_happened=TYPED, phone=typed))
    answers = opened().answers
    assert answers.text("phone") == typed
    assert {one.typed: one.verified for one in answers.identifiers()} == {
        "it ended in 412": False,
        "07700 900413": True,
    }


def test_an_expired_form_comes_back_with_every_word_and_the_next_press_sends_it(reporter, time_machine):
    time_machine.move_to("2026-03-01 12:00+00:00", tick=False)
    form = reporter.opens_the_form()
    time_machine.move_to("2026-03-03 12:00+00:00", tick=False)
    again = reporter.sends(form, **FULL)
    assert again.status_code == 400
    assert "open for a long time" in again.content.decode()
    assert 'href="#send"' in again.content.decode()
    assert typed_in(again) == FULL
    assert not Report.objects.exists()
    assert words_in(reporter.sends(again, **kept_lines(typed_in(again))))
    assert opened().answers.text("what_happened") == TYPED


def test_a_form_that_was_sent_before_it_expired_is_still_the_same_report(reporter, time_machine):
    time_machine.move_to("2026-03-01 12:00+00:00", tick=False)
    form = reporter.opens_the_form()
    first = reporter.sends(form, **FULL)
    time_machine.move_to("2026-03-03 12:00+00:00", tick=False)
    again = reporter.sends(reporter.sends(form, **FULL), **FULL)
    assert digits_in(again) == digits_in(first)
    assert len(opened().versions) == 1


@pytest.mark.parametrize("state", ["", "broken", "A" * 500, "é", "\x00"])
def test_a_broken_state_comes_back_with_every_word(reporter, state):
    data = {f"q-{key}": value for key, value in FULL.items()}
    response = reporter.client.post(reporter.answer_url, {**data, "state": state, "send": "warn"})
    assert response.status_code == 400
    assert typed_in(response) == FULL
    assert words_in(reporter.sends(response, **FULL))


@pytest.mark.parametrize("what", ["unpublish", "delete"])
def test_a_page_taken_down_meanwhile_loses_no_report(reporter, report_page, what):
    form = reporter.opens_the_form()
    getattr(report_page, what)()
    back = reporter.sends(form, **{**FULL, "when_date": "31 2 2026"})
    assert error_beside(back, "when_date")
    assert typed_in(back) == {**FULL, "when_date": "31 2 2026"}
    assert words_in(reporter.sends(back, **FULL))
    assert Report.objects.get().region.code == "london"


def test_a_region_that_went_meanwhile_is_asked_for_again(reporter):
    form = reporter.opens_the_form()
    Region.objects.get(code="london").delete()
    back = reporter.sends(form, **FULL)
    assert "choose" in error_beside(back, "region")
    assert typed_in(back) == {key: value for key, value in FULL.items() if key != "region"}
    assert words_in(reporter.sends(back, **typed_in(back)))


def test_the_same_form_sent_twice_is_one_report_with_one_receipt(reporter):
    form = reporter.opens_the_form()
    first, second = (reporter.sends(form, **FULL) for _time in range(2))
    assert (words_in(first), digits_in(first)) == (words_in(second), digits_in(second))
    assert len(opened().versions) == 1


def test_the_same_form_sent_again_with_other_words_keeps_both(reporter):
    form = reporter.opens_the_form()
    first = reporter.sends(form, **FULL)
    second = reporter.sends(form, **{**FULL, "what_happened": "He rang three times."})
    assert digits_in(first) == digits_in(second)
    assert [one.text("what_happened") for one in opened().versions] == [TYPED, "He rang three times."]
