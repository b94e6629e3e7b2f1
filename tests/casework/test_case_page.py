"""The page of a case: what it shows, what its forms do, and how it answers what cannot be done."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from nums_wagtail.casework.models import Case, CaseNote
from nums_wagtail.casework.registries import CaseAction, CaseLine, CasePanel, case_actions, case_panels
from nums_wagtail.foundation.actors import LEDGER
from nums_wagtail.reports import access as reports_access
from nums_wagtail.reports import receipts
from nums_wagtail.reports.intake import accept_report
from nums_wagtail.reports.models import Report
from nums_wagtail.test.casework_factories import case_of, make_case
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import PHONE, make_submission
from nums_wagtail.vault import data_keys

pytestmark = pytest.mark.django_db


def address(case, name="case"):
    return reverse(f"nums_cases:{name}", args=[case.uuid])


def test_the_page_shows_words_facts_identifiers_and_consent(admin, robin):
    case = make_case(
        what_happened="He locked the doors.\nI <b>ran</b>.",
        answers={"person_height": "tall", "phone": PHONE, "reporter_name": "Wren", "categories": ["robbery"]},
        warn=True,
    )
    page = admin(robin).get(address(case)).content.decode()
    assert "He locked the doors.\nI &lt;b&gt;ran&lt;/b&gt;." in page
    for words in ("Robbery", "Height", PHONE, "Wren", "Warn members with an alert", "Ask me first"):
        assert words in page


def test_the_plain_address_shows_the_case_and_takes_nothing(admin, robin):
    case = make_case()
    page = admin(robin).get(address(case)).content.decode()
    assert "Take it" in page
    case.refresh_from_db()
    assert (case.assignee, case.status) == (None, "new")
    assert Report.objects.get().status == Report.Status.RECEIVED


def test_taking_it_tells_the_reporter_that_somebody_reads(admin, robin):
    case = make_case()
    admin(robin).post(address(case, "take"))
    report = Report.objects.get()
    assert receipts.view_of(report).status == receipts.STATUS_WORDS[Report.Status.OPENED]
    assert "Take it" not in admin(robin).get(address(case)).content.decode()


def test_a_colleagues_case_is_taken_over_only_from_who_the_page_named(admin, robin, sky):
    case = make_case(taken_by=sky)
    browser = admin(robin)
    assert f'name="over_from" value="{sky.pk}"' in browser.get(address(case)).content.decode()
    refused = browser.post(address(case, "take"), {"over_from": "0"})
    assert [str(one).strip() for one in get_messages(refused.wsgi_request)] == [
        "Somebody else has taken this case."
    ]
    assert Case.objects.get().assignee == sky
    browser.post(address(case, "take"), {"over_from": sky.pk})
    assert Case.objects.get().assignee == robin


def test_earlier_cases_with_the_same_number_are_linked_with_its_kind(admin, robin):
    earlier = make_case(answers={"phone": PHONE}, tagged=True)
    case = make_case(answers={"phone": PHONE}, tagged=True)
    page = admin(robin).get(address(case)).content.decode()
    assert address(earlier) in page
    assert f"Case {earlier.pk}" in page


def test_the_page_says_when_a_report_is_not_compared_yet(admin, robin):
    page = admin(robin).get(address(make_case(answers={"phone": PHONE}))).content.decode()
    assert "still being compared" in page
    assert "No other report shares one" not in page


def test_words_sent_again_are_shown_beside_those_first_sent(admin, robin):
    first = make_submission(what_happened="He pushed me.")
    accept_report(first)
    accept_report(
        make_submission(what_happened="He pushed me twice.", form_id=first.form_id, receipt=first.receipt)
    )
    page = admin(robin).get(address(case_of(Report.objects.get()))).content.decode()
    assert "He pushed me twice." in page
    assert "He pushed me.</dd>" in page


def test_a_note_is_kept_and_shown(admin, robin):
    case = make_case()
    response = admin(robin).post(address(case, "note"), {"text": "Rang her back."}, follow=True)
    assert "Rang her back." in response.content.decode()


@pytest.mark.parametrize("text", ["", "   ", "a\x00b", "x" * 1_000_000])
def test_a_note_that_cannot_be_kept_is_answered_beside_the_field_with_what_was_typed(admin, robin, text):
    case = make_case()
    response = admin(robin).post(address(case, "note"), {"text": text})
    assert response.status_code == 400
    form = response.context["note_form"]
    assert form.errors["text"]
    assert form["text"].value() == text
    assert 'class="error-message"' in response.content.decode()
    assert not CaseNote.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "field", "value"),
    [
        ("grade", {"severity": "dangerous"}, "severity", "dangerous"),
        ("police", {"police": "named"}, "police", "named"),
        ("close", {"outcome": "known"}, "outcome", "known"),
    ],
)
def test_a_form_of_the_page_does_its_one_thing(admin, robin, name, data, field, value):
    case = make_case()
    admin(robin).post(address(case, name), data)
    assert getattr(Case.objects.get(), field) == value


@pytest.mark.parametrize("name", ["grade", "police", "close"])
@pytest.mark.parametrize("value", ["", "nonsense", "taken_back", "x" * 10_000])
def test_what_is_not_on_the_list_is_answered_beside_the_field(admin, robin, name, value):
    case = make_case()
    field = {"grade": "severity", "police": "police", "close": "outcome"}[name]
    response = admin(robin).post(address(case, name), {field: value})
    assert response.status_code == 400
    assert response.context[f"{name}_form"].errors[field]
    assert Case.objects.filter(severity="", police="not_asked", outcome="").exists()


def test_a_closed_case_is_opened_again_by_a_button(admin, robin):
    case = make_case(closed="nothing")
    browser = admin(robin)
    assert "Open it again" in browser.get(address(case)).content.decode()
    browser.post(address(case, "reopen"))
    assert Case.objects.get().status == Case.Status.NEW


@pytest.mark.parametrize("name", ["open", "take", "note", "grade", "police", "close", "reopen"])
@pytest.mark.promise("P031")
def test_a_get_on_a_button_leads_to_the_case_and_changes_nothing(admin, robin, name):
    case = make_case()
    response = admin(robin).get(address(case, name))
    assert (response.status_code, response["Location"]) == (302, address(case))
    assert Case.objects.filter(status="new", assignee=None).exists()


def test_on_call_reads_an_urgent_case_and_finds_no_forms_to_work_on_it(admin):
    case = make_case(urgent=True)
    browser = admin(make_staff("on_call"))
    page = browser.get(address(case)).content.decode()
    assert "In the reporter's words" in page
    assert address(case, "grade") not in page
    assert address(case, "note") not in page
    browser.post(address(case, "grade"), {"severity": "risky"})
    browser.post(address(case, "note"), {"text": "Hello"})
    assert Case.objects.get().severity == ""
    assert not CaseNote.objects.exists()


@pytest.mark.promise("P003")
def test_a_case_that_cannot_be_opened_is_an_error_on_screen_and_never_empty(admin, robin):
    case = make_case(what_happened="He locked the doors.")
    Report.objects.get().versions.update(envelope=b"damaged")
    response = admin(robin).get(address(case))
    page = response.content.decode()
    assert response.status_code == 500
    assert "could not be opened" in page
    assert "not_an_envelope" in page
    assert "In the reporter" not in page


@pytest.mark.promise("P004")
def test_a_note_that_cannot_be_sealed_is_not_kept_and_says_so(admin, robin):
    case = make_case()
    data_keys.shred([case.data_key])
    response = admin(robin).post(address(case, "note"), {"text": "Rang her back."})
    assert response.status_code == 500
    assert not CaseNote.objects.exists()


def test_a_case_whose_report_was_deleted_says_so(admin, robin, django_capture_on_commit_callbacks):
    case = make_case(note="Rang her back.")
    with django_capture_on_commit_callbacks(execute=True):
        reports_access.delete_report(Report.objects.get(), by=LEDGER)
    page = admin(robin).get(address(case)).content.decode()
    assert "The report of this case was deleted." in page
    assert "Rang her back." not in page


def test_other_rooms_add_panels_and_buttons_which_post(admin, robin):
    case = make_case()
    with case_actions.emptied(), case_panels.emptied():
        case_actions.register(
            "draft",
            CaseAction("Draft an alert", lambda case: f"/draft/{case.uuid}/", lambda by, case: True),
            owner="tests",
        )
        case_actions.register(
            "no", CaseAction("Not for you", lambda case: "/no/", lambda by, case: False), owner="tests"
        )
        case_panels.register(
            "alerts", CasePanel("Alerts", lambda case, by: [CaseLine("Alert K7M2QD", "/a/", "Live")]), owner="tests"
        )
        page = admin(robin).get(address(case)).content.decode()
    assert f'<form action="/draft/{case.uuid}/" method="post">' in page
    assert "Not for you" not in page
    assert "Alert K7M2QD" in page


@pytest.mark.promise("P134")
def test_no_address_of_a_case_holds_a_sequence_and_nothing_is_cached(admin, robin):
    case = make_case()
    assert address(case) == f"/admin/cases/{case.uuid}/"
    browser = admin(robin)
    assert "no-store" in browser.get(address(case))["Cache-Control"]
    assert "no-store" in browser.post(address(case, "note"), {"text": ""})["Cache-Control"]
