"""What an editor can do with a report page: choose groups, order and words, and ask questions of one's own."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.reports.access import open_report
from nums_wagtail.reports.asking import asking_of, everything
from nums_wagtail.reports.checks import check_own_questions
from nums_wagtail.reports.models import Report
from nums_wagtail.reports.page_blocks import AskedBlock
from nums_wagtail.reports.schema import Group, Question, QuestionGroup, assemble, question_groups
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.vault.holders import TeamHolder

from .reporter import words_in
from .test_steps import Walker

pytestmark = pytest.mark.django_db


def row(group, *words):
    return {"type": "group", "value": {"group": group, "words": list(words)}}


def ask(page, *rows):
    page.asked = page._meta.get_field("asked").stream_block.to_python(list(rows))
    page.save()


def labels_on(response):
    soup = BeautifulSoup(response.content.decode(), "html.parser")
    return [one.get_text(" ", strip=True) for one in soup.select(".nums-field__label, summary, h2")]


def test_left_alone_a_page_asks_everything(report_page, reporter):
    assert asking_of(report_page) == everything()
    assert "A vehicle" in labels_on(reporter.opens_the_form())


def test_an_editor_leaves_groups_out_and_orders_the_rest(report_page, reporter):
    ask(report_page, row("online"), row("person"))
    said = labels_on(reporter.opens_the_form())
    assert "A vehicle" not in said
    assert said.index("Numbers and names online") < said.index("The person")
    assert "What happened?" in said, "what the scheme cannot do without is always asked"
    assert "In which region?" in said


def test_an_editor_says_it_in_other_words(report_page, reporter):
    words = {"question": "person_name", "label": "How did he call himself?", "help": "Any name."}
    ask(report_page, row("person", words))
    page = reporter.opens_the_form().content.decode()
    assert "How did he call himself?" in page
    assert "Any name." in page
    assert "What name did they use?" not in page


@pytest.mark.parametrize(
    "rows",
    [
        [row("person"), row("person")],
        [row("person", {"question": "vehicle_make", "label": "x", "help": ""})],
    ],
    ids=["twice", "of another group"],
)
def test_a_slip_of_the_editor_is_answered(rows):
    block = AskedBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python(rows))


OWN = [
    ("Was there music?", "singleline", ""),
    ("Which floor?", "dropdown", "Ground\nFirst"),
    ("How many were there?", "number", ""),
]


@pytest.fixture
def page_with_own_questions(report_page):
    for label, kind, choices in OWN:
        report_page.own_questions.create(label=label, field_type=kind, choices=choices, required=True)
    report_page.save()
    return report_page


def test_questions_of_ones_own_are_asked_kept_and_read_by_staff(page_with_own_questions, reporter):
    page = reporter.client.post(
        reporter.answer_url,
        {
            **{"state": reporter_state(reporter), "send": "team", "q-what_happened": "He rang."},
            **{"q-own-was_there_music": "Yes, loud", "q-own-which_floor": "First"},
        },
    )
    assert words_in(page), "none of them can be required"
    caseworker = Actor.person(make_staff("caseworker"))
    said = open_report(TeamHolder(), Report.objects.get(), by=caseworker, why="case").answers
    assert [(one.asked, one.said) for one in said.own] == [
        ("Was there music?", "Yes, loud"),
        ("Which floor?", "First"),
    ]


def reporter_state(reporter):
    from .reporter import state_in

    return state_in(reporter.opens_the_form())


def test_a_number_that_is_none_is_answered_beside_it(page_with_own_questions, reporter):
    data = {"state": reporter_state(reporter), "send": "team", "q-what_happened": "x"}
    page = reporter.client.post(reporter.answer_url, {**data, "q-own-how_many_were_there": "a few"})
    assert page.status_code == 400
    assert "a few" in page.content.decode()


@pytest.mark.slow
def test_the_guided_form_has_a_step_for_them(page_with_own_questions, reporter):
    walker = Walker(reporter).presses("next", what_happened="x").goes_to("more")
    assert "Was there music?" in walker.reads
    walker.presses("next", **{"own-was_there_music": "No"})
    assert walker.step == "consent"
    assert "Was there music? No" in walker.presses("next", **{"c-alert": "no"}).reads


def test_the_page_can_be_edited_in_the_admin(admin_client, page_with_own_questions):
    page = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page_with_own_questions.pk])).content.decode()
    assert "Questions of your own" in page
    assert "what is asked" in page.lower()


def test_a_host_adds_a_group_or_puts_one_in_place_of_ours():
    ours = tuple(question_groups)
    own = QuestionGroup(
        Group("boat", "The boat"), (Question("boat_name", "boat", "Name of the boat"),), replaces="vehicle"
    )
    schema = assemble((*ours, own))
    assert "boat_name" in {question.key for question in schema.questions}
    assert "vehicle" not in {group.key for group in schema.groups}


def test_a_group_that_leaves_out_what_the_scheme_needs_is_refused():
    own = QuestionGroup(Group("short", "Short"), (Question("words", "short", "Words"),), replaces="place")
    with pytest.raises(ValueError, match="region"):
        assemble((*question_groups, own))


def test_a_page_type_without_a_place_for_own_questions_is_named(monkeypatch):
    assert check_own_questions(None) == []
    model = apps.get_model("nums_pages.ReportPage")
    monkeypatch.delattr(model, "own_questions")
    assert [one.id for one in check_own_questions(None)] == ["nums_wagtail.W060"]
