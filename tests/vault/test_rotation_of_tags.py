"""Rotation of tags in the rooms that keep them: people and reports are found before, in the middle and after."""

import pytest

from nums_wagtail.foundation.actors import SETUP
from nums_wagtail.mailing.models import Suppression, SuppressionReason
from nums_wagtail.mailing.suppression import is_suppressed, suppress
from nums_wagtail.members import retagging as member_retagging
from nums_wagtail.members.addresses import find_member
from nums_wagtail.members.models import Member
from nums_wagtail.reports import retagging, tagging
from nums_wagtail.reports.access import sharing_identifier
from nums_wagtail.reports.models import ReportVersion, SuspectTag
from nums_wagtail.test.members_factories import make_member
from nums_wagtail.test.reports_factories import PHONE, make_report
from nums_wagtail.vault import indexes, rotation

from .test_rotation import rotate, says

pytestmark = pytest.mark.django_db

ADDRESS = "Wren@example.org"


def about_one_man(*, tagged: bool = True):
    return make_report(tagged=tagged, answers={"phone": PHONE})


def found_with(report) -> set[int]:
    return {report_id for report_id, _kinds in sharing_identifier(report)}


@pytest.fixture
def two_reports(use_site_keys):
    use_site_keys("old")
    reports = about_one_man(), about_one_man()
    use_site_keys("new", "old")
    return reports


def test_a_tag_says_which_key_made_it_and_cutting_it_short_drops_that(use_site_keys):
    use_site_keys("new", "old")
    new, old = indexes.fast_tags("email", "a")
    assert [tag[-4:] for tag in indexes.slow_tags("phone", "b")] == [new[-4:], old[-4:]]
    assert new[-4:] != old[-4:]
    assert indexes.fast_tag("email", "b")[:12] != new[:12] != old[:12]


def test_a_new_report_finds_older_ones_before_the_rotation(two_reports):
    first, second = two_reports
    new = about_one_man()
    assert found_with(new) == {first.pk, second.pk}
    assert found_with(first) == {second.pk, new.pk}


def test_in_the_middle_of_a_rotation_every_report_finds_every_other(two_reports):
    first, second = two_reports
    tagging.tag_report(first.uuid, again=True)
    assert found_with(first) == {second.pk}
    assert found_with(second) == {first.pk}
    new = about_one_man()
    assert found_with(new) == {first.pk, second.pk}


def test_after_a_rotation_only_tags_of_the_new_key_are_left(two_reports, use_site_keys):
    first, second = two_reports
    lines = rotate()
    assert says(lines, "Tags of suspects' identifiers: 2 / 2")
    assert retagging.tags_by_site_key() == {"new": 2}
    use_site_keys("new")
    assert found_with(first) == {second.pk}
    assert found_with(about_one_man()) == {first.pk, second.pk}
    assert SuspectTag.objects.count() == 3


def test_cut_off_before_its_end_it_is_finished_later(two_reports):
    steps = retagging.move_tags()
    assert [next(steps), next(steps)] == [0, 1]
    steps.close()
    assert retagging.tags_by_site_key() == {"new": 1, "old": 2}
    assert list(retagging.move_tags()) == [1, 1]
    assert retagging.tags_by_site_key() == {"new": 2}


def test_a_report_that_cannot_be_opened_keeps_its_tags_and_is_said(two_reports):
    first, _second = two_reports
    ReportVersion.objects.filter(report=first).update(envelope=b"broken")
    list(retagging.move_tags())
    assert retagging.tags_by_site_key() == {"new": 1, "old": 1}
    assert [left.resting for left in rotation.what_is_left() if left.can_move].count(retagging.TAGS) == 1


def test_a_report_without_identifiers_needs_nothing(use_site_keys):
    use_site_keys("old")
    make_report(tagged=True)
    use_site_keys("new", "old")
    assert list(retagging.move_tags()) == [0]


def test_a_member_is_found_before_and_after_and_with_the_new_key_alone(use_site_keys):
    use_site_keys("old")
    member = make_member(email=ADDRESS)
    use_site_keys("new", "old")
    assert find_member(ADDRESS) == member
    assert says(rotate(), "Tags of members' addresses: 1 / 1")
    use_site_keys("new")
    assert find_member(ADDRESS) == member


def test_a_member_who_has_left_or_cannot_be_opened_stops_nobody(use_site_keys):
    use_site_keys("old")
    broken, fine = make_member(), make_member(email=ADDRESS)
    make_member(status=Member.Status.LEFT)
    Member.objects.filter(pk=broken.pk).update(data_key=None)
    use_site_keys("new", "old")
    assert sum(member_retagging.move_tags()) == 1
    assert member_retagging.tags_by_site_key() == {"new": 1, "old": 1}
    assert find_member(ADDRESS) == fine


def test_a_member_who_asked_for_no_mail_gets_none_after_the_old_key_is_gone(use_site_keys):
    use_site_keys("old")
    make_member(email=ADDRESS)
    for address in (ADDRESS, "stranger@example.org"):
        suppress(address, SuppressionReason.ASKED, by=SETUP)
    use_site_keys("new", "old")
    lines = rotate()
    assert says(lines, "Addresses that get no mail: 1 rest on the key old. Only their tags are stored.")
    assert says(lines, "Leave the key old in SITE_KEYS")
    use_site_keys("new")
    assert is_suppressed(ADDRESS)
    assert not is_suppressed("stranger@example.org")
    assert Suppression.objects.count() == 2
