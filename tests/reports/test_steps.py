"""The guided form: forwards, back, once more, checked, sent; and nothing lost on the way."""

from __future__ import annotations

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.reports import consent
from nums_wagtail.reports.access import open_report
from nums_wagtail.reports.consent import Answer, Purpose
from nums_wagtail.reports.models import Report
from nums_wagtail.reports.steps import Walk
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.vault.holders import TeamHolder
from nums_wagtail.vault.models import DataKey

from .reporter import digits_in, state_in, typed_in, words_in

pytestmark = pytest.mark.django_db


class Walker:
    """Somebody in the guided form; ``page`` is what stands in the browser."""

    def __init__(self, reporter):
        self.client = reporter.client
        self.page = self.client.get(reporter.form_url, {"way": "steps"})

    @property
    def step(self):
        return BeautifulSoup(self.page.content.decode(), "html.parser").find("input", {"name": "step"})["value"]

    @property
    def reads(self):
        return " ".join(BeautifulSoup(self.page.content.decode(), "html.parser").main.get_text(" ").split())

    def presses(self, go, *, more="", **answers):
        data = {"state": state_in(self.page), "step": self.step, **kept(self.page)}
        data |= {name if name[:2] in ("c-", "n-") else f"q-{name}": value for name, value in answers.items()}
        data |= {"more": more} if more else {"go": go}
        self.page = self.client.post(reverse("nums_wagtail:steps"), data)
        return self

    def presses_go_on(self):
        """The button of the page that says that it was saved."""
        button = BeautifulSoup(self.page.content.decode(), "html.parser").find("button", {"name": "go"})
        data = {"state": state_in(self.page), "go": button["value"]}
        self.page = self.client.post(reverse("nums_wagtail:steps"), data)
        return self

    def goes_to(self, step):
        for _turn in range(20):
            if self.step == step:
                return self
            self.presses("next")
        raise AssertionError(f"there is no step {step}")


def kept(page):
    """What a browser sends again of what stands in the fields."""
    found = {f"q-{key}": value for key, value in typed_in(page).items()}
    for field in BeautifulSoup(page.content.decode(), "html.parser").select("input[name^='n-']"):
        found[field["name"]] = field["value"]
    return found


@pytest.fixture
def walker(reporter):
    return Walker(reporter)


def said_by(report):
    return open_report(TeamHolder(), report, by=Actor.person(make_staff("caseworker")), why="case").answers


def test_somebody_walks_through_and_sends(walker):
    walker.presses("next", what_happened="He followed me home.", categories=["stalking"])
    assert walker.step == "place"
    walker.presses("next", town="Exampleton", when="last_night")
    walker.goes_to("person").presses(
        "next", person_name="Dave", person_marks=["tattoo"], person_tattoo_kind=["skull"]
    )
    walker.goes_to("consent").presses("next", **{"c-alert": "yes", "recognised": "no", "not_before": "now"})
    assert walker.step == "check"
    assert "He followed me home." in walker.reads
    assert "Skull" in walker.reads
    walker.presses("send")
    assert words_in(walker.page)
    said = said_by(Report.objects.get())
    assert (said.path, said.value("town"), said.codes("person_tattoo_kind")) == ("guided", "Exampleton", ["skull"])
    assert consent.allows(Report.objects.get(), Purpose.ALERT).wording == consent.GUIDED_WORDING


@pytest.mark.promise("P103")
def test_nothing_is_stored_and_no_cookie_set_before_it_is_sent(walker):
    walker.presses("next", what_happened="He followed me home.").presses("next").presses("back")
    assert not Report.objects.exists()
    assert not DataKey.objects.exists()
    assert not walker.client.cookies


def test_going_back_loses_nothing_not_even_what_cannot_be_read(walker):
    walker.presses("next", what_happened="He followed me home.")
    walker.presses("back", when_date="never", town="Exampleton")
    assert typed_in(walker.page) == {"what_happened": "He followed me home."}
    walker.presses("next")
    assert typed_in(walker.page) == {"when_date": "never", "town": "Exampleton"}
    assert "Write day, month and year" in walker.reads


def test_a_mistake_is_answered_beside_its_field_and_holds_the_step(walker):
    walker.presses("next", what_happened="He followed me home.").presses(
        "next", when_date="never", town="Exampleton"
    )
    assert (walker.page.status_code, walker.step) == (400, "place")
    assert "Write day, month and year" in walker.reads
    assert typed_in(walker.page)["town"] == "Exampleton"


@pytest.mark.slow
def test_several_people_are_told_apart(walker):
    walker.presses("next", what_happened="Two of them.").goes_to("person")
    walker.presses("", more="person", person_name="Dave", person_age="30s")
    assert {"person_name": "Dave", "person_age": "30s"} == typed_in(walker.page)
    walker.presses("next", **{"person_name.2": "Mick", "person_hair.2": ["red"]})
    walker.goes_to("consent").presses("next", **{"c-alert": "no"}).presses("send")
    said = said_by(Report.objects.get())
    assert [part.label for part in said.lines() if part.group.key == "person"] == ["The person", "Person 2"]
    assert {one.normal for one in said.identifiers()} == {"dave", "mick"}
    assert said.codes("person_hair") == [], "the second one's hair is not the first one's"


@pytest.mark.slow
def test_no_more_people_than_the_form_can_hold(walker):
    walker.presses("next", what_happened="A crowd.").goes_to("person")
    for _turn in range(8):
        walker.presses("", more="person")
    assert "q-person_name.5" in walker.page.content.decode()
    assert "q-person_name.6" not in walker.page.content.decode()


def test_whether_others_may_be_warned_has_to_be_answered(walker):
    walker.presses("check", what_happened="He followed me home.")
    walker.presses("send")
    assert walker.page.status_code == 400
    assert "Please choose one." in walker.reads
    assert "He followed me home." in walker.reads
    assert not Report.objects.exists()


@pytest.mark.slow
def test_a_report_without_what_happened_is_not_sent_and_says_why(walker):
    walker.goes_to("consent").presses("next", **{"c-alert": "yes"}).presses("send")
    assert "Please tell us what happened" in walker.reads
    assert not Report.objects.exists()


@pytest.mark.slow
def test_what_was_ticked_is_enough(walker):
    walker.presses("next", categories=["robbery"]).goes_to("consent").presses("next", **{"c-alert": "yes"})
    walker.presses("send")
    assert words_in(walker.page)
    assert Report.objects.get().categories == ["robbery"]


@pytest.mark.slow
def test_ask_me_first_about_when_means_no_warning_yet(walker):
    walker.presses("next", what_happened="He knows me.").goes_to("consent")
    walker.presses("next", **{"c-alert": "yes", "not_before": "ask"}).presses("send")
    assert consent.standing(Report.objects.get())[Purpose.ALERT].answer == Answer.ASK


@pytest.mark.slow
def test_the_same_walk_sent_twice_is_one_report_with_one_receipt(walker):
    walker.presses("next", what_happened="He followed me home.").goes_to("consent")
    walker.presses("next", **{"c-alert": "yes"})
    check = walker.page
    first = digits_in(walker.presses("send").page)
    walker.page = check
    assert digits_in(walker.presses("send").page) == first
    assert Report.objects.count() == 1


def test_a_walk_that_lay_open_too_long_keeps_every_word(walker):
    walker.presses("next", what_happened="He followed me home.")
    with time_machine.travel("2099-01-01 12:00", tick=True):
        walker.presses("next", town="Exampleton")
        assert "Please press the button once more" in walker.reads
        assert typed_in(walker.page)["town"] == "Exampleton"
        walker.presses("check")
        assert "He followed me home." in walker.reads


def test_a_broken_walk_starts_again_with_what_stands_on_the_step(walker):
    page = walker.client.post(
        reverse("nums_wagtail:steps"), {"state": "broken", "step": "place", "q-town": "Exampleton", "go": "next"}
    )
    assert typed_in(page) == {"town": "Exampleton"}
    assert "Please start again" in page.content.decode()


@pytest.mark.promise("P014")
def test_a_walk_is_sealed_and_no_good_for_anything_else(reporter):
    state = Walk(typed={"q-what_happened": ["Quetzalfink"]}).seal()
    assert "Quetzalfink" not in state
    page = reporter.client.post(reporter.answer_url, {"state": state, "send": "warn", "q-what_happened": "x"})
    assert "Please press the button once more" in page.content.decode()


def test_when_the_database_is_away_the_words_stay_in_the_page(walker, monkeypatch):
    walker.presses("check", what_happened="He followed me home.")

    def broken(*args, **kwargs):
        raise RuntimeError("Quetzalfink")

    monkeypatch.setattr("nums_wagtail.reports.steps_page.answer_step", broken)
    walker.presses("send")
    assert walker.page.status_code == 503
    assert "Quetzalfink" not in walker.page.content.decode()
    monkeypatch.undo()
    fields = BeautifulSoup(walker.page.content.decode(), "html.parser").select("form [name]")
    again = walker.client.post(reverse("nums_wagtail:steps"), {one["name"]: one.get("value", "") for one in fields})
    assert "He followed me home." in again.content.decode()
