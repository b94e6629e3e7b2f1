"""Which other cases share an identifier of a suspect, and of which kind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nums_wagtail.casework.matching import related
from nums_wagtail.casework.models import Case
from nums_wagtail.casework.registries import CaseLine, MatchSource, match_sources, matches_of
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.errors import NotAllowed
from nums_wagtail.reports.schema import IdentifierKind
from nums_wagtail.test.casework_factories import make_case
from nums_wagtail.test.people_factories import make_staff, make_superuser
from nums_wagtail.test.reports_factories import PHONE, make_region

pytestmark = pytest.mark.django_db

PLATE = "AB12 CDE"


@pytest.mark.promise("P110")
def test_a_case_names_earlier_ones_with_the_kinds_they_share_newest_first(by_robin):
    oldest = make_case(answers={"phone": PHONE, "vehicle_plate": PLATE}, tagged=True)
    make_case(answers={"phone": "07700 900001"}, tagged=True)
    newer = make_case(answers={"vehicle_plate": "ab12cde"}, tagged=True, region=make_region("north-east"))
    case = make_case(answers={"phone": "07700-900412", "vehicle_plate": PLATE}, tagged=True)
    Case.objects.filter(pk=oldest.pk).update(received_on=timezone.localdate() - timedelta(days=20))
    found = related(case, by=by_robin)
    assert [(one.case, one.kinds) for one in found] == [
        (newer, (IdentifierKind.PLATE,)),
        (oldest, (IdentifierKind.PHONE, IdentifierKind.PLATE)),
    ]


def test_a_case_without_identifiers_has_no_relations(by_robin):
    make_case(answers={"phone": PHONE}, tagged=True)
    assert related(make_case(tagged=True), by=by_robin) == []


@pytest.mark.promise("P109")
def test_a_reporters_own_number_matches_nothing(by_robin):
    make_case(answers={"phone": PHONE}, tagged=True)
    case = make_case(answers={"reporter_contact": PHONE}, tagged=True)
    assert related(case, by=by_robin) == []


@pytest.mark.promise("P136")
def test_on_call_is_shown_no_relation_that_they_may_not_open():
    make_case(answers={"phone": PHONE}, tagged=True)
    urgent = make_case(answers={"phone": PHONE}, tagged=True, urgent=True)
    assert related(urgent, by=Actor.person(make_staff("on_call"))) == []


@pytest.mark.promise("P136")
def test_relations_are_for_who_opens_cases():
    case = make_case(answers={"phone": PHONE}, tagged=True)
    with pytest.raises(NotAllowed):
        related(case, by=Actor.person(make_superuser()))


def test_the_same_number_of_queries_finds_one_relation_or_ten(by_robin, django_assert_max_num_queries):
    case = make_case(answers={"phone": PHONE}, tagged=True)
    for _i in range(10):
        make_case(answers={"phone": PHONE}, tagged=True)
    with django_assert_max_num_queries(8):
        assert len([one.case.region.name for one in related(case, by=by_robin)]) == 10


def test_another_room_adds_a_source_of_matches(by_robin):
    case = make_case()
    with match_sources.emptied():
        found = [CaseLine("Alert K7M2QD", "/somewhere/", "Live")]
        match_sources.register("alerts", MatchSource("In a live alert", lambda case, by: found), owner="tests")
        match_sources.register("none", MatchSource("Nothing", lambda case, by: []), owner="tests")
        shown = matches_of(case, by=by_robin)
    assert [(panel.key, panel.label, list(panel.lines)) for panel in shown] == [
        ("alerts", "In a live alert", found)
    ]
