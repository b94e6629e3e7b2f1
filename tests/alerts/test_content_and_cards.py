"""What readers get is one document with one digest, and every face is made from it."""

from __future__ import annotations

from datetime import date

import pytest

from nums_wagtail.alerts.cards import card
from nums_wagtail.alerts.content import AlertContent, content_of, digest
from nums_wagtail.alerts.models import Alert
from nums_wagtail.reports.identifiers import IdentifierKind
from nums_wagtail.test.alerts_factories import make_alert, make_released_alert

pytestmark = pytest.mark.django_db


@pytest.mark.promise("P160")
def test_a_release_keeps_exactly_what_the_alert_said(region):
    release = make_released_alert(
        regions=[region],
        facts={"person_hair": ["grey", "short"], "person_accent": ["local"]},
        numbers=[("phone", "07700 900412")],
        incident_on=date(2026, 2, 11),
    )
    content = AlertContent.from_document(release.content)
    assert digest(content) == release.digest
    assert content.happened == "2026-W07"
    assert [fact.question for fact in content.facts] == ["person_hair", "person_accent"]
    assert content.identifiers[0].masked.endswith("412")
    assert "900" not in content.identifiers[0].masked


def test_the_order_of_ticks_and_spaces_changes_no_digest(region):
    alert = make_alert(regions=[region], line="Two  words", categories=["robbery", "threats"])
    first = digest(content_of(alert))
    alert.line, alert.categories = " Two words ", ["threats", "robbery"]
    assert digest(content_of(alert)) == first
    alert.line = "Three words here"
    assert digest(content_of(alert)) != first


@pytest.mark.promise("P159")
def test_a_whole_number_stands_in_no_table_readably(region):
    alert = make_alert(regions=[region], numbers=[("phone", "07700 900412")])
    assert "900412" not in str(alert.latest_revision.content)
    assert "900412" not in str(Alert.objects.filter(pk=alert.pk).values())
    assert alert.latest_revision.as_object().identifiers.all()[0].value == "07700 900412"


def test_a_card_is_made_from_the_release_and_not_from_the_live_row(region):
    release = make_released_alert(regions=[region], facts={"person_hair": ["grey"]})
    Alert.objects.update(line="Changed behind the gate", facts={})
    shown = card(release)
    assert shown["line"] == release.content["line"]
    assert ("Hair", "Grey or white") in shown["facts"]
    assert shown["regions"] == ["London"]


def test_a_code_that_left_its_list_is_not_published(region):
    alert = make_alert(regions=[region], categories=["threats", "no_such_thing"], facts={"not_asked": ["x"]})
    content = content_of(alert)
    assert content.categories == ("threats",)
    assert content.facts == ()


@pytest.mark.parametrize("kind", IdentifierKind)
def test_every_kind_of_number_of_a_report_can_stand_on_an_alert(kind, region):
    alert = make_alert(regions=[region], numbers=[(kind, "07700 900412")])
    (number,) = alert.identifiers.all()
    number.full_clean()
    assert card(content_of(alert))["identifiers"]


def test_a_number_whose_kind_nobody_has_chosen_yet_is_kept_and_left_out(region):
    """A draft may be saved so, and is looked at while it is written."""
    alert = make_alert(regions=[region], numbers=[("", "07700 900412")])
    assert alert.identifiers.get().value == "07700 900412"
    assert card(content_of(alert))["identifiers"] == []
