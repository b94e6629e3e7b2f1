"""Taking reports away: a table without anybody's words, or everything with a reason; each time registered."""

from __future__ import annotations

import csv
import io
import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from nums_wagtail.casework import export_views, exporting
from nums_wagtail.casework.export_rows import listed_questions
from nums_wagtail.casework.exporting import MOST, Amount, export_cases
from nums_wagtail.casework.models import Case
from nums_wagtail.foundation.actors import WORKER, Actor
from nums_wagtail.foundation.errors import BadInput, KeyMissing, NotAllowed, NotThere, Refused
from nums_wagtail.foundation.models import ExportRecord
from nums_wagtail.reports import additions, messages
from nums_wagtail.reports.models import Report
from nums_wagtail.reports.read import OwnAnswer
from nums_wagtail.reports.schema import SCHEMA, QuestionKind, numbered
from nums_wagtail.test.casework_factories import case_of, make_case
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import make_region, make_report
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.holders import TeamHolder

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P145")]

QUEUE = reverse("nums_cases:export")
OWN = (OwnAnswer("Asked?", "word-of-own"),)


@pytest.fixture
def region(db):
    return make_region("london")


def of_case(case):
    return reverse("nums_cases:export_case", args=[case.uuid])


def take(cases, by, **fields):
    return export_cases(TeamHolder(), list(cases), by=by, **{"amount": Amount.TABLE, **fields})


def table_of(response):
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    head, *rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    return [dict(zip(head, row, strict=True)) for row in rows]


def everything():
    """An answer with a word that nobody else uses, to each question."""
    answers, words = {"what_happened": "word-of-what_happened"}, {}
    for question in SCHEMA.questions:
        if question.vocabulary:
            code = sorted(SCHEMA.vocabulary(question.vocabulary).codes)[0]
            answers[question.key] = [code] if question.kind == QuestionKind.MANY_OF else code
        elif question.kind == QuestionKind.YES:
            answers[question.key] = "yes"
        elif question.kind not in (QuestionKind.REGION, QuestionKind.DATE):
            answers[question.key] = words[question.key] = f"word-of-{question.key}"
    return answers, words


def test_the_table_holds_what_is_chosen_from_lists(by_robin, robin, region):
    make_case(
        taken_by=robin,
        severity="dangerous",
        region=region,
        urgent=True,
        answers={
            "categories": ["robbery", "threats"],
            "person_hair": ["grey"],
            numbered("person_hair", 2): ["black"],
            "phone": "07700 900412\n07700 900413",
            "person_name": "Dave",
            "when": "date",
            "when_date": "2026-03-04",
        },
    )
    exported = take(Case.objects.all(), by_robin)
    (row,) = exported.rows
    assert set(row) == set(exported.columns)
    assert row["reference"] == Report.objects.get().reference
    assert (row["region"], row["severity"], row["urgent"], row["status"]) == (
        region.name,
        "Dangerous",
        "Yes",
        "Open",
    )
    assert row["q_person_hair"] == "Grey or white; Black"
    assert (row["number_of_person"], row["identifiers"]) == ("2", "3")
    assert "number_of_online" not in exported.columns
    assert "Robbery" in row["q_categories"]
    assert row["happened"] == "2026-03"
    assert row["allows_alert"] == "Yes"


@pytest.mark.promise("P145")
def test_the_table_holds_no_word_and_nothing_that_tells_who_reported(by_robin):
    answers, words = everything()
    report = make_report(
        answers=answers, own=(OwnAnswer("Asked?", "word-of-own"),), marked={"when_date": "word-of-marked"}
    )
    messages.write_to_team(report, "word-of-message", holder=TeamHolder())
    case_of(report)
    exported = take(Case.objects.all(), by_robin)
    told = json.dumps([list(exported.rows), dict(exported.columns)])
    assert len(words) > 20
    assert "word-of-" not in told
    for question in SCHEMA.questions:
        if question.identifies_reporter or question.restricted or question.group == "contact":
            assert f"q_{question.key}" not in exported.columns
    assert listed_questions()


def test_the_table_says_neither_the_language_of_the_form_nor_that_the_reporter_is_a_child(by_robin):
    case_of(make_report(language="ro", answers={"reporter_age": "under_18"}))
    assert Report.objects.get().child
    exported = take(Case.objects.all(), by_robin)
    (row,) = exported.rows
    assert "ro" not in row.values()
    assert row["child"] == ""
    case_of(make_report(answers={"child_at_risk": "yes"}))
    assert sorted(one["child"] for one in take(Case.objects.all(), by_robin).rows) == ["", "Yes"]


def test_what_could_not_be_read_is_somebodys_words_and_stays_out(by_robin):
    case_of(make_report(marked={"person_hair": "word-of-marked"}))
    assert "word-of-marked" not in json.dumps(list(take(Case.objects.all(), by_robin).rows))


def test_all_that_was_said_is_all_that_was_said(by_robin):
    answers, words = everything()
    report = make_report(
        answers=answers, own=(OwnAnswer("Asked?", "word-of-own"),), marked={"when_date": "word-of-marked"}
    )
    messages.write_to_team(report, "word-of-message", holder=TeamHolder())
    additions.add_words(report, "word-of-addition", holder=TeamHolder())
    case_of(report)
    (case,) = take(Case.objects.all(), by_robin, amount=Amount.WHOLE, reason="Asked for by the reporter").documents
    told = json.dumps(case)
    for word in (*words.values(), "word-of-own", "word-of-marked", "word-of-message", "word-of-addition"):
        assert word in told
    (document,) = case["reports"]
    assert len(document["versions"]) == 2
    assert document["versions"][0]["answers"]["what_happened"] == "word-of-what_happened"
    assert {entry["purpose"] for entry in document["consents"]} >= {"alert", "checker", "contact"}


def test_who_took_what_how_many_and_why_stands_in_the_register_and_nothing_else(by_robin, robin):
    make_case(what_happened="He locked the doors.")
    make_case()
    take(Case.objects.all(), by_robin)
    take(Case.objects.all()[:1], by_robin, amount=Amount.WHOLE, reason="  Asked for \n by the reporter ")
    whole, table = ExportRecord.objects.all()
    assert (table.by, table.what, table.rows, table.reason) == (robin, "Reports, without words", 2, "")
    assert (whole.what, whole.rows, whole.reason) == ("Reports, all that was said", 1, "Asked for by the reporter")
    looks = ModelLogEntry.objects.filter(action="nums.reports.opened")
    assert [entry.data for entry in looks] == [{"why": "export"}] * 3
    logged = ModelLogEntry.objects.filter(action="nums.casework.exported").order_by("timestamp")
    assert [entry.data for entry in logged] == [
        {"amount": "table", "cases": 2, "reports": 2},
        {"amount": "whole", "cases": 1, "reports": 1},
    ]
    assert {entry.user for entry in logged} == {robin}


def test_a_reason_is_kept_without_what_nobody_types(by_robin):
    make_case()
    take(Case.objects.all(), by_robin, amount=Amount.WHOLE, reason="Asked\x00 for\x01\x1b by\ud83e the reporter")
    assert ExportRecord.objects.get().reason == "Asked for by the reporter"


@pytest.mark.parametrize("reason", ["", "   \n", "\x01", "x" * 201])
def test_all_that_was_said_needs_a_reason_of_the_right_length(by_robin, reason):
    make_case()
    with pytest.raises(BadInput) as wrong:
        take(Case.objects.all(), by_robin, amount=Amount.WHOLE, reason=reason)
    assert set(wrong.value.fields) == {"reason"}
    assert wrong.value.fields["reason"]
    assert not ExportRecord.objects.exists()
    assert not ModelLogEntry.objects.filter(action="nums.reports.opened").exists()


def test_only_who_works_on_cases_takes_any():
    make_case(urgent=True)
    for group in ("on_call", "approver", "auditor", "administrator"):
        with pytest.raises(NotAllowed):
            take(Case.objects.all(), Actor.person(make_staff(group)))
    with pytest.raises(NotAllowed):
        take(Case.objects.all(), WORKER)
    assert not ExportRecord.objects.exists()


def test_what_cannot_be_opened_keeps_everything_here(by_robin):
    make_case()
    lost = make_case()
    data_keys.shred([lost.case_reports.get().report.data_key])
    with pytest.raises(KeyMissing):
        take(Case.objects.all(), by_robin)
    assert not ExportRecord.objects.exists(), "nothing left"


def test_the_one_of_many_that_cannot_be_opened_is_named(admin, robin, by_robin):
    make_case()
    lost = make_case(what_happened="He locked the doors.")
    data_keys.shred([lost.case_reports.get().report.data_key])
    with pytest.raises(KeyMissing) as missing:
        take(Case.objects.all(), by_robin)
    assert f"Case {lost.pk} could not be opened" in str(missing.value.words)
    assert str(missing.value) == "key_missing", "what a log would say of it"
    response = admin(robin).post(QUEUE, {"what": "table.xlsx"})
    page = response.content.decode()
    assert response.status_code == 500
    assert f"Case {lost.pk} could not be opened safely, so nothing was exported." in page
    assert "in this case" not in page
    assert not ExportRecord.objects.exists()


def test_one_case_at_a_time_is_open(by_robin, monkeypatch):
    make_case()
    make_case()
    steps = []
    open_case, rows_of = exporting.open_case, exporting.rows_of
    monkeypatch.setattr(exporting, "open_case", lambda *a, **k: steps.append("open") or open_case(*a, **k))
    monkeypatch.setattr(exporting, "rows_of", lambda one: steps.append("read") or rows_of(one))
    assert len(take(Case.objects.all(), by_robin).rows) == 2
    assert steps == ["open", "read"] * 2


def test_a_case_that_went_meanwhile_is_not_there(by_robin):
    case = make_case()
    gone = Case.objects.get()
    Case.objects.all().delete()
    with pytest.raises(NotThere):
        take([gone], by_robin)
    assert case.pk


def test_none_and_too_many_are_refused(by_robin, monkeypatch):
    with pytest.raises(Refused):
        take([], by_robin)
    make_case()
    make_case()
    monkeypatch.setitem(MOST, Amount.TABLE, 1)
    with pytest.raises(Refused) as refused:
        take(Case.objects.all(), by_robin)
    assert "more than 1 cases" in str(refused.value.words)
    assert not ModelLogEntry.objects.filter(action="nums.reports.opened").exists()


def test_the_page_counts_and_takes_nothing(admin, robin):
    make_case()
    page = admin(robin).get(QUEUE)
    assert "1 case fits." in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert not ExportRecord.objects.exists()
    assert not ModelLogEntry.objects.filter(action="nums.reports.opened").exists()


def test_the_button_hands_out_a_table_under_a_neutral_name(admin, robin):
    case = make_case(answers={"categories": ["robbery"]})
    response = admin(robin).post(QUEUE, {"what": "table.xlsx", "reason": ""})
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith('attachment; filename="list-2')
    assert (response["Cache-Control"], response["X-Content-Type-Options"]) == ("no-store", "nosniff")
    (row,) = table_of(response)
    assert row["Reference"] == case.case_reports.get().report.reference
    assert ExportRecord.objects.get().by == robin


def test_as_csv_too(admin, robin):
    make_case(answers={"categories": ["robbery"]})
    response = admin(robin).post(QUEUE, {"what": "table.csv"})
    (row,) = csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode()))
    assert "Robbery" in row.values()
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_nothing_in_a_table_is_run_as_a_formula(admin, robin, region, start):
    region.name = f"{start}HYPERLINK(1)"
    region.save()
    make_case(region=region)
    browser = admin(robin)
    sheet = load_workbook(
        io.BytesIO(b"".join(browser.post(QUEUE, {"what": "table.xlsx"}).streaming_content))
    ).active
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    listed = b"".join(browser.post(QUEUE, {"what": "table.csv"}).streaming_content).decode()
    assert f"'{start}HYPERLINK(1)" in listed


def test_the_filters_of_the_queue_are_carried_along(admin, robin, region):
    urgent = make_case(urgent=True)
    make_case()
    browser = admin(robin)
    listing = browser.get(reverse("nums_cases:index"), {"urgent": "true"}).content.decode()
    assert f"{QUEUE}?urgent=true" in listing
    page = browser.get(QUEUE, {"urgent": "true"}).content.decode()
    assert "1 case fits." in page
    assert f'action="{QUEUE}?urgent=true"' in page
    (row,) = table_of(browser.post(f"{QUEUE}?urgent=true", {"what": "table.xlsx"}))
    assert row["Reference"] == urgent.case_reports.get().report.reference


def test_the_page_says_by_what_the_cases_were_chosen(admin, robin, region):
    make_case(urgent=True, region=region)
    browser = admin(robin)
    assert "<li>Status: New and open</li>" in browser.get(QUEUE).content.decode()
    narrowed = browser.get(QUEUE, {"status": "all", "urgent": "true", "region": region.pk}).content.decode()
    for said in ("Status: All, closed ones too", "Urgent: Urgent only", f"Region: {region.name}"):
        assert f"<li>{said}</li>" in narrowed
    odd = browser.get(QUEUE, {"status": "no such thing", "urgent": "true", "region": "x", "p": "9"})
    assert odd.status_code == 200
    assert "<li>Urgent: Urgent only</li>" in odd.content.decode()


def test_closed_cases_are_taken_when_they_are_asked_for(admin, robin):
    make_case(closed="nothing")
    browser = admin(robin)
    refused = browser.post(QUEUE, {"what": "table.xlsx"})
    assert refused.status_code == 400
    assert "No case fits." in refused.content.decode()
    assert len(table_of(browser.post(f"{QUEUE}?status=all", {"what": "table.xlsx"}))) == 1


def test_one_case_whole(admin, robin):
    case, other = make_case(what_happened="He locked the doors."), make_case(what_happened="Somewhere else.")
    browser = admin(robin)
    assert of_case(case) in browser.get(reverse("nums_cases:case", args=[case.uuid])).content.decode()
    response = browser.post(of_case(case), {"what": "whole.json", "reason": "Asked for by the reporter"})
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"].endswith('.json"')
    (taken,) = json.loads(response.content)["cases"]
    assert taken["reports"][0]["versions"][0]["answers"]["what_happened"] == "He locked the doors."
    assert other.pk


def test_without_a_reason_the_page_says_so_beside_the_field_and_keeps_what_was_chosen(admin, robin):
    response = admin(robin).post(of_case(make_case()), {"what": "whole.json", "reason": " "})
    page = response.content.decode()
    assert response.status_code == 400
    assert "Say why, in a few words and without a name." in page
    chosen = BeautifulSoup(page, "html.parser").find("input", {"value": "whole.json"})
    assert "checked" in chosen.attrs
    assert not ExportRecord.objects.exists()


@pytest.mark.parametrize("what", ["", "table.json", "whole.xlsx", "everything"])
def test_what_is_no_choice_is_answered_beside_the_field(admin, robin, what):
    response = admin(robin).post(of_case(make_case()), {"what": what, "reason": "x"})
    assert response.status_code == 400
    assert "Choose one of the list." in response.content.decode()


def test_whoever_does_not_work_on_cases_finds_nothing(admin):
    case = make_case(urgent=True)
    for group in ("on_call", "approver", "auditor"):
        browser = admin(make_staff(group))
        for address in (QUEUE, of_case(case)):
            assert browser.get(address).status_code == 404
            assert browser.post(address, {"what": "table.xlsx"}).status_code == 404
    assert "Export" not in admin(make_staff("on_call")).get(reverse("nums_cases:index")).content.decode()


@pytest.mark.promise("P003")
def test_what_cannot_be_opened_is_an_error_on_screen(admin, robin):
    case = make_case(what_happened="He locked the doors.")
    data_keys.shred([case.case_reports.get().report.data_key])
    response = admin(robin).post(of_case(case), {"what": "whole.json", "reason": "x"})
    assert response.status_code == 500
    assert "could not be opened" in response.content.decode()
    assert not ExportRecord.objects.exists()


def test_a_half_character_does_not_spoil_the_file():
    exported = exporting.Exported(Amount.WHOLE, documents=[{"said": "\ud83e"}])
    assert json.loads(export_views.download(exported, "json").content) == {"cases": [{"said": "\ud83e"}]}
