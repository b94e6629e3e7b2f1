"""Withdrawing reaches the same readers, and pulling back stops the rest."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nums_wagtail.alerts.models import AlertRelease
from nums_wagtail.alerts.release import withdraw_release
from nums_wagtail.bulletins.compiling import compile_bulletin
from nums_wagtail.bulletins.compose import compose_correction
from nums_wagtail.bulletins.ending import end_old_deliveries, end_reached
from nums_wagtail.bulletins.models import Bulletin, Delivery, Edition, Reached
from nums_wagtail.bulletins.stopping import pull_back
from nums_wagtail.foundation.actors import WORKER, Actor
from nums_wagtail.foundation.errors import Conflict, NotAllowed
from nums_wagtail.mailing.models import Lane, RowState
from nums_wagtail.members.models import Member
from nums_wagtail.regions.models import StaffRegion
from nums_wagtail.test.bulletins_factories import composed_of, make_compiled_bulletin
from nums_wagtail.test.members_factories import make_member
from nums_wagtail.test.people_factories import make_staff

pytestmark = pytest.mark.django_db(transaction=True)

LINE = "Locks the door and hides the key."


def _withdrawn(bulletin: Bulletin) -> AlertRelease:
    release = bulletin.releases.get()
    withdraw_release(release, "wrong", by=Actor.person(make_staff("approver")))
    return release


@pytest.mark.promise("P193")
def test_who_got_it_is_told_that_it_is_withdrawn(postbox, send, reader, region):
    bulletin = make_compiled_bulletin(regions=[region], line=LINE)
    send()
    make_member(email="later@example.org", home_region=region, rhythm=Member.Rhythm.ALL)
    correction = composed_of(_withdrawn(bulletin), kind=Bulletin.Kind.CORRECTION)
    compile_bulletin(correction, by=WORKER)
    send()
    assert postbox.recipients == ["reader@example.org", "reader@example.org"]
    words = " ".join(postbox.messages()[1].get_body(("plain",)).get_content().split())
    assert "does not stand any more" in words
    assert "Withdrawn" in words
    correction.refresh_from_db()
    assert correction.lane == Lane.CORRECTION


def test_a_correction_of_what_nobody_got_is_not_sent(reader, region):
    bulletin = make_compiled_bulletin(regions=[region])
    _withdrawn(bulletin)
    assert not Bulletin.objects.filter(kind=Bulletin.Kind.CORRECTION).exists()
    bulletin.refresh_from_db()
    assert bulletin.state == Bulletin.State.STOPPED


def test_it_is_corrected_once(postbox, send, reader, region):
    bulletin = make_compiled_bulletin(regions=[region])
    send()
    release = _withdrawn(bulletin)
    assert compose_correction(release, by=WORKER) is None
    assert Bulletin.objects.filter(kind=Bulletin.Kind.CORRECTION).count() == 1


def test_after_thirty_days_rows_are_counts_and_a_correction_still_finds_its_readers(postbox, send, reader, region):
    bulletin = make_compiled_bulletin(regions=[region])
    send()
    assert end_old_deliveries(timezone.now()) == 0
    assert end_old_deliveries(timezone.now() + timedelta(days=31)) == 1
    assert not Delivery.objects.exists()
    assert not Edition.objects.exists()
    bulletin.refresh_from_db()
    assert (bulletin.readers, bulletin.reached) == (1, 1)
    correction = composed_of(_withdrawn(bulletin), kind=Bulletin.Kind.CORRECTION)
    assert compile_bulletin(correction, by=WORKER).readers == 1


def test_who_got_an_alert_is_forgotten_after_its_end(postbox, send, reader, region):
    make_compiled_bulletin(regions=[region])
    send()
    end_old_deliveries(timezone.now() + timedelta(days=31))
    assert Reached.objects.count() == 1
    assert end_reached(timezone.now()) == 0
    AlertRelease.objects.update(ends_at=timezone.now() - timedelta(days=31))
    assert end_reached(timezone.now()) == 1


@pytest.mark.promise("P193")
def test_pulling_back_in_the_undo_window_stops_all_of_it(postbox, send, reader, region, settings):
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "UNDO_SECONDS": 300}
    bulletin = make_compiled_bulletin(regions=[region])
    assert bulletin.is_held
    assert pull_back(bulletin, by=Actor.person(make_staff("bulletin_editor"))) == 1
    Delivery.objects.update(due_at=timezone.now())
    send()
    assert postbox.taken == []
    assert Delivery.objects.get().state == RowState.STOPPED
    with pytest.raises(Conflict):
        pull_back(bulletin, by=Actor.person(make_staff("bulletin_editor")))


def test_an_editor_pulls_back_in_their_own_regions_only(reader, region, far_region):
    bulletin = make_compiled_bulletin(regions=[region])
    editor = make_staff("regional_editor")
    StaffRegion.objects.create(user=editor, region=far_region)
    with pytest.raises(NotAllowed):
        pull_back(bulletin, by=Actor.person(editor))
    StaffRegion.objects.create(user=editor, region=region)
    assert pull_back(bulletin, by=Actor.person(editor)) == 1


@pytest.mark.promise("P193")
def test_what_was_held_by_a_worker_is_not_sent_after_pulling_back(reader, region):
    from nums_wagtail.bulletins.deliver import still_wanted

    bulletin = make_compiled_bulletin(regions=[region])
    Delivery.objects.update(state=RowState.CLAIMED)
    pull_back(bulletin, by=Actor.person(make_staff("bulletin_editor")))
    assert still_wanted(list(Delivery.objects.all())) == set()
