"""Somebody who was just hurt sees what cannot wait, and where to go; nobody is made to believe that we are there."""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from nums_wagtail.regions.models import Service
from nums_wagtail.regions.packs import packs
from nums_wagtail.reports import help_now as module
from nums_wagtail.reports.help_now import blocks_of, help_now, help_text, usual_text
from nums_wagtail.reports.help_words import BY_CATEGORY, BY_SUPPORT, SERVICES_OF_SUPPORT, HelpTopic
from nums_wagtail.reports.models import HelpText
from nums_wagtail.reports.read import OWN_AGE, UNDER_18
from nums_wagtail.reports.schema import SCHEMA, vocabulary
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import accept

from .reporter import words_in
from .test_steps import Walker

pytestmark = pytest.mark.django_db


def topics(*args, **kwargs):
    return [text.topic for text in help_now(*args, **kwargs).texts]


def shown(help) -> str:
    return render_to_string("nums_wagtail/reports/help_now.html", {"help": help})


@pytest.fixture
def clinic(region):
    def make(name, *kinds, **values):
        made = Service.objects.create(name=name, kinds=list(kinds), phone="07700 900118", **values)
        made.regions.add(region)
        return made

    return make


@pytest.mark.parametrize("category", ["rape", "sexual_assault", "condom_removal"])
def test_after_a_sexual_attack_medicine_pregnancy_and_care_come_up(region, category):
    assert topics(region, [category, "theft"], False) == ["pep", "contraception", "examination"]


def test_strangling_stands_before_everything_else(region):
    assert topics(region, ["strangulation"], False) == ["strangulation"]
    assert topics(region, ["rape", "strangulation"], True)[0] == "strangulation"


def test_urgent_without_a_word_of_what_it_was_shows_all_of_it(region):
    assert topics(region, [], True) == ["strangulation", "pep", "contraception", "examination"]
    assert topics(region, ["theft"], True) == ["strangulation", "pep", "contraception", "examination"]


def test_whoever_asks_for_a_doctor_reads_of_medicine(region):
    assert topics(region, [], False, ["medical"]) == ["pep", "contraception"]
    assert topics(region, [], False, ["examination"]) == ["examination"]


def test_theft_brings_up_nothing(region):
    help = help_now(region, ["theft"], False, ["none"])
    assert not help
    assert shown(help).strip() == ""


def test_the_categories_are_those_of_the_form():
    codes = vocabulary("categories").codes
    assert set().union(*BY_CATEGORY.values()) <= codes


def test_services_open_day_and_night_stand_first_and_fit_what_happened(region, clinic):
    clinic("Day clinic", "sexual_health")
    clinic("Night centre", "assault_centre", day_and_night=True)
    clinic("Lawyer", "legal")
    help = help_now(region, ["rape"], False)
    assert [one.name for one in help.day_and_night] == ["Night centre"]
    assert [one.name for one in help.others] == ["Day clinic"]
    page = shown(help)
    assert page.index("Night centre") < page.index("Day clinic")
    assert 'href="tel:07700900118"' in page


def test_whoever_asks_for_legal_help_sees_who_gives_it(region, clinic):
    clinic("Lawyer", "legal")
    clinic("Clinic", "sexual_health")
    help = help_now(region, [], False, ["legal"])
    assert [one.name for one in help.others] == ["Lawyer"]
    assert "Help for you" in shown(help)
    assert set(BY_SUPPORT[HelpTopic.PEP]) <= set(SERVICES_OF_SUPPORT)


@pytest.mark.promise("P041")
def test_urgent_never_says_that_somebody_is_reading(region):
    page = shown(help_now(region, [], True))
    assert "Nobody may be reading right now, so please do not wait for us." in page
    assert "urgent" not in shown(help_now(region, ["rape"], False))


def test_the_charitys_words_take_the_place_of_the_usual_ones_in_their_language(region):
    HelpText.objects.create(topic="pep", language="en", text="Ring the <b>blue</b> door.\n- Day\n- Night")
    HelpText.objects.create(topic="pep", language="ro", text="Sunați la ușa albastră.")
    with override("en-gb"):
        page = shown(help_now(region, ["rape"], False))
    assert "Ring the &lt;b&gt;blue&lt;/b&gt; door." in page
    assert "72 hours" not in page
    with override("ro"):
        assert help_text(HelpTopic.PEP).blocks[0].words == "Sunați la ușa albastră."
    with override("es"):
        assert "72" in usual_text(HelpTopic.PEP)
        assert help_text(HelpTopic.PEP).blocks == blocks_of(usual_text(HelpTopic.PEP))


def test_a_text_in_exactly_this_language_counts_more():
    HelpText.objects.create(topic="pep", language="en-gb", text="British.")
    HelpText.objects.create(topic="pep", language="en", text="English.")
    with override("en-gb"):
        assert help_text(HelpTopic.PEP).blocks[0].words == "British."
    with override("en"):
        assert help_text(HelpTopic.PEP).blocks[0].words == "English."


@pytest.mark.parametrize("code", ["gb", "ie"])
def test_each_country_is_told_where_to_go_there(settings, region, code):
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "COUNTRY": code}
    terms = packs[code].help_terms
    with override("en"):
        text = "\n".join(usual_text(topic) for topic in HelpTopic)
        assert str(terms.examination) in text
        assert f"Ask {terms.emergency_department}." in text
    assert "%(" not in text
    assert f"Call {packs[code].emergency.number} at once" in text


def test_a_report_never_fails_over_its_help(region, monkeypatch):
    def broken(*args):
        raise DatabaseError("gone")

    monkeypatch.setattr(module, "services_for", broken)
    help = help_now(region, ["rape"], True)
    assert [text.topic for text in help.texts] == ["pep", "contraception", "examination"]
    assert help.others == help.day_and_night == ()


def test_under_18_says_what_follows_and_refuses_nobody():
    page = render_to_string("nums_wagtail/reports/under_18.html")
    for words in ("We never send you away.", "people who protect children", "We warn nobody about it before"):
        assert words in page


def test_right_after_sending_it_stands_below_the_receipt(reporter, clinic):
    clinic("Night centre", "assault_centre", day_and_night=True)
    page = reporter.reports(what_happened="He did not stop.", categories=["rape"]).content.decode()
    assert page.index("nums-receipt") < page.index('id="help-pep"') < page.index("Night centre")
    assert page.index("Night centre") < page.index("What happens next")
    assert 'id="help-under_18"' not in page


@pytest.mark.slow
def test_whoever_asked_for_help_is_told_at_once_where_it_is(reporter, clinic):
    clinic("Open Door Law", "legal")
    walker = Walker(reporter).presses("next", what_happened="He kept my money.").goes_to("support")
    walker.presses("next", support=["legal", "none"]).goes_to("consent")
    page = walker.presses("next", **{"c-alert": "no"}).presses("send").page.content.decode()
    assert "Open Door Law" in page
    assert "72 hours" not in page


def test_where_a_child_is_at_risk_the_page_says_what_follows(reporter):
    page = reporter.reports(what_happened="He waits.", child_at_risk="on").content.decode()
    assert 'id="help-under_18"' in page


def test_who_is_under_18_by_the_age_they_gave_reads_the_same(reporter):
    assert "under_18" in SCHEMA.vocabulary(SCHEMA.question(OWN_AGE).vocabulary).codes
    receipt = str(accept(what_happened="He waits.", answers={OWN_AGE: UNDER_18}).receipt.digits)
    assert 'id="help-under_18"' in reporter.comes_back_with(receipt).content.decode()
    older = str(accept(what_happened="He waits.", answers={OWN_AGE: "18_24"}).receipt.digits)
    assert 'id="help-under_18"' not in reporter.comes_back_with(older).content.decode()


@pytest.mark.slow
def test_and_reads_it_right_after_the_guided_form(reporter):
    walker = Walker(reporter).presses("next", what_happened="He waits.").goes_to("reporter")
    walker.presses("next", **{OWN_AGE: UNDER_18}).goes_to("consent")
    page = walker.presses("next", **{"c-alert": "no"}).presses("send").page.content.decode()
    assert 'id="help-under_18"' in page


def test_somebody_under_18_sees_who_helps_young_people(region, clinic):
    clinic("Fledglings", "young_people")
    assert not help_now(region, ["theft"], False)
    assert [one.name for one in help_now(region, ["theft"], False, child=True).others] == ["Fledglings"]


def test_after_something_else_nothing_of_it_is_shown(reporter):
    assert "nums-help" not in reporter.reports(what_happened="He did not pay.").content.decode()


def _sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.:?!])\s+|\n", text) if one.strip(" -")]


def test_the_usual_words_are_short():
    with override("en"):
        for topic in HelpTopic:
            sentences = _sentences(usual_text(topic))
            words = [len(one.split()) for one in sentences]
            assert sum(words) / len(words) <= 12, topic
            assert max(words) <= 20, topic


def test_only_who_manages_the_scheme_writes_the_texts(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("admin", password="x"))
    assert client.get(reverse("nums_help_texts:list")).status_code == 302
    client.post(reverse("nums_help_texts:add"), {"topic": "pep", "language": "en", "text": "Mine."})
    assert not HelpText.objects.exists()


def test_behind_the_receipt_it_stands_for_a_week_and_what_was_asked_for_stays(reporter, clinic, time_machine):
    clinic("Night centre", "assault_centre", day_and_night=True)
    clinic("Open Door Law", "legal")
    time_machine.move_to("2030-06-03 10:00+00:00", tick=False)
    answers = {"categories": ["rape"], "support": ["legal", "examination"]}
    receipt = str(accept(what_happened="He did not stop.", answers=answers).receipt.digits)
    page = reporter.comes_back_with(receipt).content.decode()
    for words in ("Night centre", "Open Door Law", "72 hours"):
        assert words in page
    time_machine.move_to("2030-06-11 10:00+00:00", tick=False)
    page = reporter.comes_back_with(receipt).content.decode()
    assert "Open Door Law" in page
    assert "72 hours" not in page
    assert "Night centre" not in page


def test_a_child_at_risk_alone_is_not_called_urgent_behind_the_receipt(reporter):
    sent = reporter.reports(what_happened="She is fifteen.", child_at_risk="on")
    page = reporter.comes_back_with(" ".join(words_in(sent))).content.decode()
    assert 'id="help-under_18"' in page
    assert "You said it is urgent" not in page


def test_a_text_is_written_in_a_language_that_reporters_read_and_listed_by_its_name(client, settings):
    settings.LANGUAGES = [("en-gb", "British English")]
    client.force_login(make_staff("administrator"))
    form = client.get(reverse("nums_help_texts:add")).context["form"]
    assert [code for code, _name in form.fields["language"].choices] == ["en", "es", "ro"]
    assert form.initial["language"] == "en"
    client.post(reverse("nums_help_texts:add"), {"topic": "pep", "language": "ro", "text": "Sunați."})
    assert HelpText.objects.get().language == "ro"
    page = client.get(reverse("nums_help_texts:list")).content.decode()
    assert "Română" in page or "română" in page


def test_a_text_in_a_language_that_is_gone_can_still_be_changed(client):
    text = HelpText.objects.create(topic="pep", language="cy", text="Ffoniwch.")
    client.force_login(make_staff("administrator"))
    form = client.get(reverse("nums_help_texts:edit", args=[text.pk])).context["form"]
    assert ("cy", "Cymraeg") in form.fields["language"].choices
