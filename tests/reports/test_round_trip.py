"""Whatever is typed comes back the same for staff, and nowhere else in the tables."""

import base64
import string

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core import serializers
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.reports.access import open_report
from nums_wagtail.reports.form_fields import without_control_characters
from nums_wagtail.reports.models import Report
from nums_wagtail.reports.schema import SCHEMA, QuestionKind, numbered
from nums_wagtail.reports.steps import Walk
from nums_wagtail.reports.tagging import tag_missing
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.vault.holders import TeamHolder

from .reporter import words_in

pytestmark = pytest.mark.django_db

HOSTILE = st.sampled_from(
    ["<script>alert(1)</script>", "'; DROP TABLE x; --", "\u202egnp.exe", "{{ 7*7 }}", "%(x)s", "\ufeff", "🦊" * 50]
)
WORDS = st.one_of(st.text(max_size=200), HOSTILE, st.text(string.printable, max_size=80))
SETTINGS = settings(
    deadline=None,
    derandomize=True,
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def answer_to(question):
    if question.vocabulary:
        codes = sorted(SCHEMA.vocabulary(question.vocabulary).codes)
        one = st.sampled_from(codes)
        return st.lists(one, unique=True) if question.kind == QuestionKind.MANY_OF else one
    return {QuestionKind.YES: st.just("yes"), QuestionKind.REGION: st.just("london")}.get(question.kind, WORDS)


ANSWERS = st.fixed_dictionaries(
    {"what_happened": WORDS.filter(lambda text: without_control_characters(text).strip())},
    optional={
        question.key: answer_to(question)
        for question in SCHEMA.questions
        if question.short and not question.required and question.kind != QuestionKind.DATE
    },
)


def as_kept(value):
    if isinstance(value, list):
        return sorted(value)
    sent = value.encode("utf-8", "replace").decode()  # a browser sends no half characters
    return without_control_characters(sent).strip()


@pytest.mark.slow
@given(answers=ANSWERS)
@SETTINGS
def test_staff_read_exactly_what_was_typed(reporter, answers):
    caseworker = Actor.person(make_staff("caseworker"))
    sendable = {
        key: value if isinstance(value, list) else value.encode("utf-8", "replace").decode()
        for key, value in answers.items()
    }
    response = reporter.reports(**sendable)
    assert words_in(response), response.content.decode()[:2000]
    said = open_report(TeamHolder(), Report.objects.last(), by=caseworker, why="case").answers
    for key, value in answers.items():
        kept = said.value(key)
        assert (sorted(kept) if isinstance(kept, list) else kept or "") == (as_kept(value) or kept or ""), key
    assert said.lines()


@pytest.mark.slow
@given(answers=ANSWERS)
@SETTINGS
def test_what_is_shown_again_is_escaped_and_whole(reporter, answers):
    sendable = {
        key: value if isinstance(value, list) else value.encode("utf-8", "replace").decode()
        for key, value in answers.items()
    }
    page = reporter.reports(**{**sendable, "when_date": "never"}).content.decode()
    assert "<script>alert" not in page
    assert not Report.objects.exists()


def every_value():
    """Every value of every row that the database holds, as text and decoded from base64 where it is that."""
    for model in apps.get_models():
        if not model._meta.managed or model._meta.proxy:
            continue
        for row in serializers.serialize("python", model._base_manager.all()):
            for name, value in row["fields"].items():
                yield f"{row['model']}.{name}", str(value)
                if isinstance(value, str) and len(value) > 16:
                    try:
                        yield f"{row['model']}.{name}", base64.b64decode(value, validate=True).decode("latin-1")
                    except ValueError:
                        continue


@pytest.mark.promise("P101")
def test_a_canary_is_found_in_no_table(reporter):
    canary = "Quetzalfink"
    phone = "07700 900987"
    reporter.reports(
        what_happened=f"He said {canary}.",
        town=canary,
        person_name=canary,
        reporter_name=canary,
        reporter_contact=f"{canary} {phone}",
        not_to_publish=canary,
        phone=phone,
        urgent="on",
    )
    tag_missing()
    assert Report.objects.get().tagged
    seen = list(every_value())
    assert len(seen) > 50
    assert any("received" in value for _where, value in seen), "the scan reads the tables"
    for where, value in seen:
        assert canary.lower() not in value.lower(), where
        assert "900987" not in value, where


def with_numbers(question):
    """The names under which a question may be answered: the first, and the last that its group allows."""
    most = SCHEMA.group(question.group).most
    return {numbered(question.key, number) for number in (1, most)}


EVERYTHING = st.fixed_dictionaries(
    {"what_happened": WORDS.filter(lambda text: without_control_characters(text).strip())},
    optional={
        name: answer_to(question)
        for question in SCHEMA.questions
        if not question.required and question.kind != QuestionKind.DATE
        for name in with_numbers(question)
    },
)


@pytest.mark.slow
@given(answers=EVERYTHING)
@settings(SETTINGS, max_examples=10)
def test_the_page_that_checks_says_what_staff_will_read(reporter, answers):
    typed = {f"q-{name}": value if isinstance(value, list) else [value] for name, value in answers.items()}
    counts = {f"n-{group.key}": [str(group.most)] for group in SCHEMA.groups if group.repeatable}
    sendable = {name: [one.encode("utf-8", "replace").decode() for one in values] for name, values in typed.items()}
    walk = Walk(typed={**sendable, **counts, "c-alert": ["yes"]})
    steps = reverse("nums_wagtail:steps")
    check = reporter.client.post(steps, {"state": walk.seal(), "step": "check", "go": "check"})
    checked = BeautifulSoup(check.content.decode(), "html.parser").select(".nums-answers dl")
    shown = [dd.get_text("\n").split() for dl in checked[:-1] for dd in dl.select("dd")]
    sent = reporter.client.post(steps, {"state": walk.seal(), "step": "check", "go": "send"})
    assert words_in(sent), sent.content.decode()[:2000]
    report = Report.objects.get(form_id=walk.showing.form_id)
    said = open_report(TeamHolder(), report, by=Actor.person(make_staff("caseworker")), why="case").answers
    assert shown == [words.split() for part in said.lines() for _question, words in part.lines]
    assert "<script>alert" not in check.content.decode()
