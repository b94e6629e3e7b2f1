"""Whatever is answered stands in the export as it was answered, hostile or not."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from nums_wagtail.casework.export_views import download
from nums_wagtail.casework.exporting import Amount, export_cases
from nums_wagtail.reports import additions, messages
from nums_wagtail.reports.form_fields import without_control_characters
from nums_wagtail.reports.models import Report
from nums_wagtail.reports.schema import SCHEMA, QuestionKind, numbered
from nums_wagtail.test.casework_factories import case_of
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import make_report
from nums_wagtail.vault.holders import TeamHolder
from tests.reports.test_round_trip import SETTINGS, WORDS, answer_to

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

#: What a form lets through: no half characters, no control characters.
SENT = WORDS.map(lambda text: without_control_characters(text.encode("utf-8", "replace").decode()).strip())


def sendable(question):
    return answer_to(question) if question.vocabulary or question.kind != QuestionKind.TEXT else SENT


#: Of each question one answer, and of some a second about another person or thing.
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        numbered(question.key, number): sendable(question) if question.kind != QuestionKind.LONG_TEXT else SENT
        for question in SCHEMA.questions
        for number in range(1, min(SCHEMA.group(question.group).most, 2) + 1)
        if question.kind not in (QuestionKind.DATE, QuestionKind.REGION) and question.key != "what_happened"
    },
)


@pytest.fixture
def browser(client, settings):
    settings.ROOT_URLCONF = "tests.casework.urls"
    client.force_login(make_staff("caseworker"))
    return client


@given(answers=ANSWERS, told=SENT.filter(bool), asked=SENT, own=SENT)
@settings(SETTINGS, max_examples=15)
def test_what_was_answered_comes_back_the_same_in_the_export(browser, answers, told, asked, own):
    from nums_wagtail.reports.read import OwnAnswer

    report = make_report(what_happened=told, answers=answers, own=(OwnAnswer(asked, own),))
    case = case_of(report)
    address = reverse("nums_cases:export_case", args=[case.uuid])
    response = browser.post(address, {"what": "whole.json", "reason": "Asked for by the reporter"})
    assert response.status_code == 200
    (document,) = json.loads(response.content)["cases"][0]["reports"]
    (version,) = document["versions"]
    wanted = {"what_happened": told, **{key: value for key, value in answers.items() if value}}
    assert version["answers"] == wanted
    assert version["own"] == [{"asked": asked, "said": own}]
    assert {line["said"] for line in version["words"]} >= {told}
    table = browser.post(address, {"what": "table.xlsx"})
    assert b"".join(table.streaming_content)[:2] == b"PK"
    Report.objects.filter(pk=report.pk).delete()


#: As words could stand in a report that came in before any form cleaned them.
RAW = WORDS.filter(lambda text: not any("\ud800" <= letter <= "\udfff" for letter in text)).filter(str.strip)
#: What a message and an addition keep, and refuse when nothing is left.
ADDED = SENT.filter(bool)


@given(told=RAW, day=st.dates(), marked=RAW, added=ADDED, asked=ADDED, answered=ADDED)
@settings(SETTINGS, max_examples=15)
def test_every_version_and_message_comes_back_and_nothing_of_it_is_in_the_table(
    by_robin, told, day, marked, added, asked, answered
):
    answers = {"when": "date", "when_date": day.isoformat()}
    report = make_report(what_happened=told, answers=answers, marked={"person_hair": marked})
    additions.add_words(report, added, holder=TeamHolder())
    messages.write_to_team(report, asked, holder=TeamHolder())
    messages.write_to_reporter(report, answered, holder=TeamHolder(), by=by_robin)
    case = case_of(report)
    whole = export_cases(TeamHolder(), [case], amount=Amount.WHOLE, reason="Asked for", by=by_robin)
    (document,) = json.loads(download(whole, "json").content)["cases"][0]["reports"]
    first, second = document["versions"]
    assert first["answers"] == {"what_happened": told, **answers}
    assert second["answers"]["what_happened"].startswith(told)
    assert second["answers"]["what_happened"].endswith(added)
    assert first["marked"] == second["marked"] == {"person_hair": marked}
    assert [one["text"] for one in document["messages"]] == [asked, answered]
    table = export_cases(TeamHolder(), [case], amount=Amount.TABLE, by=by_robin)
    assert table.rows[0]["q_person_hair"] == ""
    for form in ("csv", "xlsx"):
        assert b"".join(download(table, form).streaming_content)
    Report.objects.filter(pk=report.pk).delete()
