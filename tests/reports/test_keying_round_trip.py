"""Whatever a sheet says comes back the same: on the keying page when something was wrong, and for staff."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from hypothesis import given, settings
from hypothesis import strategies as st

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.reports.access import open_report
from nums_wagtail.reports.form_fields import without_control_characters
from nums_wagtail.reports.form_state import read_state
from nums_wagtail.reports.models import Report
from nums_wagtail.reports.schema import UNSAID, QuestionKind
from nums_wagtail.reports.sheet import sheet_asking
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.vault.holders import TeamHolder

from .reporter import state_in, typed_in, words_in
from .test_paper_form import STAFF_KEY, caseworker
from .test_round_trip import SETTINGS, WORDS, answer_to, as_kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("report_page"), pytest.mark.slow]

__all__ = ["caseworker"]

SHEET = st.fixed_dictionaries(
    {"what_happened": WORDS.filter(lambda text: without_control_characters(text).strip())},
    optional={
        question.key: answer_to(question)
        for question in sheet_asking().questions
        if question.key != "what_happened" and question.kind != QuestionKind.DATE
    },
)
TICKED = {question.key for question in sheet_asking().questions if question.kind == QuestionKind.YES}


def sends(client, answers, *, says: str) -> HttpResponse:
    """Key a sheet with these answers; ``says`` is what it allows, or nothing."""
    state = state_in(client.get(STAFF_KEY))
    typed = {
        f"q-{key}": value if isinstance(value, list) else value.encode("utf-8", "replace").decode()
        for key, value in answers.items()
    }
    return client.post(STAFF_KEY, {**typed, "state": state, "send": "sheet", "sheet-consent": says})


def words_of(text):
    """Without the spaces and the unreadable characters that a page may write differently."""
    return "".join(without_control_characters(text.encode("utf-8", "replace").decode()).split())


def without_unsaid(value):
    """ "Rather not say" beside an answer is dropped: the answer was said."""
    return [code for code in value if code != UNSAID] or value if isinstance(value, list) else value


@given(answers=SHEET)
@settings(SETTINGS, max_examples=8)
def test_staff_read_what_the_sheet_said(caseworker, answers):
    page = sends(caseworker, answers, says="ask")
    assert words_in(page), page.content.decode()[:2000]
    report = Report.objects.order_by("pk").last()
    said = open_report(TeamHolder(), report, by=Actor.person(make_staff("caseworker")), why="case").answers
    for key, value in answers.items():
        kept = said.value(key)
        wanted = as_kept(without_unsaid(value))
        assert (sorted(kept) if isinstance(kept, list) else kept or "") == (wanted or kept or ""), key
    assert "<script>alert" not in page.content.decode()


@given(answers=SHEET)
@settings(SETTINGS, max_examples=8)
def test_the_page_keeps_what_was_keyed_until_it_can_be_sent(caseworker, answers):
    page = sends(caseworker, answers, says="")
    assert page.status_code == 400
    assert not Report.objects.exists()
    assert read_state(state_in(page)).fresh
    shown = typed_in(page)
    for key, value in answers.items():
        if isinstance(value, list):
            assert sorted(shown.get(key, [])) == sorted(value), key
        elif key in TICKED:
            assert shown[key] == "on"
        else:
            assert words_of(shown.get(key, "")) == words_of(value), key
    assert "<script>alert" not in page.content.decode()
