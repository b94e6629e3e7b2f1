"""Nothing but a release makes an alert readable: one test for each other way, each for an approver and a superuser.

The approver is also the last editor, so that no way can end in a proper release by chance. What counts is what
an approved member of the region reads on the regional page, and what the listing gives.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db.models import ProtectedError
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import Page, Revision, TaskState, Workflow, WorkflowContentType, WorkflowState

from nums_wagtail.alerts.exceptions import CannotRelease, NotReleased
from nums_wagtail.alerts.listing import current_in_region
from nums_wagtail.alerts.models import Alert, AlertRelease, AlertReleaseTask
from nums_wagtail.alerts.release import withdraw_release
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.errors import NotAllowed, NumsError
from nums_wagtail.test.alerts_factories import (
    LINE,
    approve,
    clear,
    edit,
    make_alert,
    make_released_alert,
    make_waiting,
    submit,
)
from nums_wagtail.test.people_factories import make_staff, make_superuser

try:
    from wagtail.actions import action_registry
except ImportError:  # Wagtail 7.4 has no actions that create or edit
    action_registry = None

OTHER = "Other words that nobody released."
WITH_ACTIONS = pytest.mark.skipif(action_registry is None, reason="these actions came with Wagtail 8")


@pytest.fixture(params=["approver", "superuser"])
def user(request, db):
    """Who tries; both may write too, so that only the gate stands in the way."""
    if request.param == "superuser":
        return make_superuser()
    return make_staff("approver")


@pytest.fixture
def writer(user):
    """The same person with the right to write alerts."""
    from django.contrib.auth.models import Group

    from nums_wagtail.foundation import policy

    make_staff("caseworker")
    user.groups.add(Group.objects.get(name=policy.GROUPS["caseworker"][0]))
    return user


@pytest.fixture
def nothing_is_readable(reader, page, region):
    def check(*lines: str) -> None:
        answer = reader.get(page.url)
        assert answer.status_code == 200
        for line in lines or (LINE, OTHER):
            assert line not in answer.content.decode()
        shown = {release.content["line"] for release in current_in_region(region).releases}
        assert shown.isdisjoint(lines or (LINE, OTHER))

    return check


def form_of(alert: Alert, **changes):
    """What a browser would send from the editor."""
    data = {
        "kind": alert.kind,
        "severity": alert.severity,
        "categories": alert.categories,
        "line": alert.line,
        "incident_precision": "week",
        "certainty": alert.certainty,
        "regions": [str(region.pk) for region in alert.regions.all()],
        "identifiers-TOTAL_FORMS": "0",
        "identifiers-INITIAL_FORMS": "0",
        "identifiers-MIN_NUM_FORMS": "0",
        "identifiers-MAX_NUM_FORMS": "1000",
    }
    return data | changes


@pytest.mark.promise("P150")
def test_the_editors_publish_button_publishes_nothing(writer, region, admin, nothing_is_readable):
    alert = make_alert(by=writer, regions=[region])
    admin(writer).post(reverse("nums_alerts:edit", args=[alert.pk]), form_of(alert) | {"action-publish": "1"})
    alert.refresh_from_db()
    assert not alert.live
    nothing_is_readable()


def test_create_and_publish_publishes_nothing(writer, region, admin, nothing_is_readable):
    draft = Alert(line=OTHER)
    data = form_of(draft, categories=["threats"], regions=[str(region.pk)])
    admin(writer).post(reverse("nums_alerts:add"), data | {"action-publish": "1"})
    assert Alert.objects.get().line == OTHER
    assert not Alert.objects.get().live
    nothing_is_readable()


@WITH_ACTIONS
def test_an_action_that_creates_and_publishes_publishes_nothing(user, region, nothing_is_readable):
    create = action_registry.get_action_class(Alert, "create")
    alert = Alert(line=OTHER, categories=[], facts={})
    alert.regions.set([region])
    with pytest.raises((PermissionDenied, NumsError)):
        create(alert, user=user, publish=True).execute()
    with pytest.raises(NotReleased):
        create(alert, user=user, publish=True).execute(skip_permission_checks=True)
    nothing_is_readable()


@WITH_ACTIONS
def test_an_action_that_edits_and_publishes_publishes_nothing(user, region, nothing_is_readable):
    alert = make_alert(by=user, regions=[region])
    edit_action = action_registry.get_action_class(Alert, "edit")
    alert.line = OTHER
    with pytest.raises((PermissionDenied, NumsError)):
        edit_action(alert, user=user, publish=True).execute()
    with pytest.raises(NotReleased):
        edit_action(alert, user=user, publish=True).execute(skip_permission_checks=True)
    nothing_is_readable()


@pytest.mark.promise("P150")
def test_the_publish_action_publishes_nothing(user, region, nothing_is_readable):
    alert = make_alert(by=user, regions=[region])
    with pytest.raises((PermissionDenied, NumsError)):
        PublishRevisionAction(alert.latest_revision, user=user).execute()
    with pytest.raises(NotReleased):
        PublishRevisionAction(alert.latest_revision, user=user).execute(skip_permission_checks=True)
    nothing_is_readable()


@pytest.mark.promise("P150")
def test_publishing_a_revision_publishes_nothing(user, region, nothing_is_readable):
    alert = make_alert(by=user, regions=[region])
    with pytest.raises(NotReleased):
        alert.latest_revision.publish(user=user, skip_permission_checks=True)
    nothing_is_readable()


@pytest.mark.promise("P161")
def test_the_api_offers_no_alert(user, region, nothing_is_readable):
    api = pytest.importorskip("wagtail.api.v3.registry", reason="this API came with Wagtail 8")
    make_alert(by=user, regions=[region])
    assert [one.name for one in api.registry.list_content_types() if "nums_wagtail" in one.name] == []
    nothing_is_readable()


@pytest.mark.promise("P150")
def test_crossed_ids_release_neither_alert(user, region, admin, nothing_is_readable):
    """The address carries the alert and the task state; an approver may release the one and edited the other."""
    own = make_alert(by=user, regions=[region], line=OTHER)
    clear(own)
    own_waiting = submit(own, by=user)
    other = make_waiting(regions=[region])
    url = reverse("nums_alerts:workflow_action", args=[other.workflow_state.object_id, "approve", own_waiting.pk])
    assert admin(user).post(url).status_code in (302, 403, 404)
    assert not AlertRelease.objects.exists()
    nothing_is_readable()


def test_a_task_state_of_something_else_releases_nothing(user, region, nothing_is_readable):
    waiting = make_waiting(regions=[region])
    foreign = make_alert(by=user, regions=[region], line=OTHER)
    TaskState.objects.filter(pk=waiting.pk).update(revision=foreign.latest_revision)
    with pytest.raises((CannotRelease, NotAllowed)):
        approve(TaskState.objects.get(pk=waiting.pk).specific, by=user)
    nothing_is_readable()


def test_edit_and_approve_in_one_step_does_neither(writer, region, admin, nothing_is_readable):
    waiting = make_waiting(regions=[region])
    alert = Alert.objects.get()
    data = form_of(alert, line=OTHER) | {
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": "{}",
    }
    admin(writer).post(reverse("nums_alerts:edit", args=[alert.pk]), data)
    waiting.refresh_from_db()
    assert waiting.status == TaskState.STATUS_IN_PROGRESS
    assert Alert.objects.get().get_latest_revision().as_object().line == LINE
    nothing_is_readable()


@pytest.mark.promise("P151")
def test_who_edited_last_does_not_release(user, region, nothing_is_readable):
    alert = make_alert(by=user, regions=[region])
    clear(alert)
    waiting = submit(alert, by=make_staff("caseworker"))
    with pytest.raises((CannotRelease, NotAllowed)):
        approve(waiting, by=user)
    nothing_is_readable()


def test_a_version_overwritten_under_the_approved_id_is_not_released(user, region, nothing_is_readable):
    waiting = make_waiting(regions=[region])
    alert = Alert.objects.get()
    revision = alert.latest_revision
    draft = revision.as_object()
    draft.line = OTHER
    draft.save_revision(user=revision.user, overwrite_revision=revision)
    clear(Alert.objects.get())
    with pytest.raises((CannotRelease, NotAllowed)):
        approve(waiting, by=user)
    nothing_is_readable()


@pytest.mark.promise("P150")
def test_a_newer_version_is_not_released_with_the_approved_one(user, region, nothing_is_readable):
    waiting = make_waiting(regions=[region])
    edit(Alert.objects.get(), by=make_staff("caseworker"), line=OTHER)
    with pytest.raises((CannotRelease, NotAllowed)):
        approve(waiting, by=user)
    nothing_is_readable()


def test_a_switched_off_task_publishes_nothing(user, region, nothing_is_readable):
    waiting = make_waiting(regions=[region], by=user)
    waiting.task.specific.deactivate(user=user)
    assert not Alert.objects.get().live
    with pytest.raises((CannotRelease, NotAllowed)):
        approve(waiting, by=user)
    nothing_is_readable()


def test_a_task_switched_off_by_hand_publishes_nothing(user, region, nothing_is_readable):
    waiting = make_waiting(regions=[region], by=user)
    AlertReleaseTask.objects.update(active=False)
    with pytest.raises(NotReleased):
        waiting.cancel(user=user)
    nothing_is_readable()


def test_an_empty_workflow_publishes_nothing(writer, region, admin, nothing_is_readable):
    alert = make_alert(by=writer, regions=[region])
    submitted = submit(alert)
    submitted.workflow_state.cancel(user=writer)
    WorkflowContentType.objects.update(workflow=Workflow.objects.create(name="Nothing in it"))
    url = reverse("nums_alerts:edit", args=[alert.pk])
    answer = admin(writer).post(url, form_of(alert) | {"action-submit": "1"})
    assert answer.status_code == 302
    assert not WorkflowState.objects.filter(status=WorkflowState.STATUS_APPROVED).exists()
    nothing_is_readable()


def test_workflows_switched_off_publish_nothing(writer, region, admin, nothing_is_readable):
    waiting = make_waiting(by=writer, regions=[region])
    alert = Alert.objects.get()
    with override_settings(WAGTAIL_WORKFLOW_ENABLED=False):
        browser = admin(writer)
        for button in ("action-publish", "action-submit"):
            browser.post(reverse("nums_alerts:edit", args=[alert.pk]), form_of(alert) | {button: "1"})
        browser.post(reverse("nums_alerts:workflow_action", args=[alert.pk, "approve", waiting.pk]))
    assert not Alert.objects.get().live
    nothing_is_readable()


@pytest.mark.promise("P163")
def test_scheduled_publishing_publishes_no_alert_and_still_publishes_the_hosts_pages(
    user, root, region, nothing_is_readable
):
    alert = make_alert(by=user, regions=[region])
    past = timezone.now() - timedelta(hours=1)
    alert.go_live_at = past
    assert alert.save_revision(user=user, approved_go_live_at=past).approved_go_live_at is None
    Revision.objects.filter(pk=alert.latest_revision_id).update(approved_go_live_at=past)
    news = root.add_child(instance=Page(title="News", slug="news", live=False))
    news.save_revision(approved_go_live_at=past + timedelta(minutes=1))
    call_command("publish_scheduled")
    assert Page.objects.get(pk=news.pk).live
    assert not Alert.objects.get(pk=alert.pk).live
    nothing_is_readable()


def test_a_live_alert_saved_with_other_words_shows_what_was_released(user, region, page, reader):
    release = make_released_alert(regions=[region])
    alert = Alert.objects.get(pk=release.alert_id)
    alert.line = OTHER
    with pytest.raises(NotReleased):
        alert.save()
    Alert.objects.update(line=OTHER)
    words = reader.get(page.url).content.decode()
    assert LINE in words
    assert OTHER not in words


@pytest.mark.promise("P150")
def test_an_update_in_the_database_publishes_nothing(user, region, nothing_is_readable):
    alert = make_alert(by=user, regions=[region])
    Alert.objects.filter(pk=alert.pk).update(live=True, live_revision=alert.latest_revision)
    nothing_is_readable()


@pytest.mark.promise("P150")
def test_a_row_made_live_from_outside_publishes_nothing(user, region, nothing_is_readable):
    with pytest.raises(NotReleased):
        Alert.objects.create(line=OTHER, live=True, made_by=user)
    alert = Alert.objects.bulk_create([Alert(line=OTHER, made_by=user, live=True)])[0]
    alert.regions.set([region])
    with pytest.raises(NotReleased):
        alert.save()
    nothing_is_readable()


@pytest.mark.promise("P160")
def test_deleting_takes_no_proof_away(writer, region, admin):
    release = make_released_alert(regions=[region])
    admin(writer).post(reverse("nums_alerts:delete", args=[release.alert_id]))
    assert Alert.objects.filter(pk=release.alert_id).exists()
    with pytest.raises(ProtectedError):
        Alert.objects.get(pk=release.alert_id).delete()
    assert AlertRelease.objects.filter(pk=release.pk).exists()


def test_unpublishing_and_publishing_again_does_not_bring_back_what_was_withdrawn(
    user, region, nothing_is_readable
):
    release = make_released_alert(regions=[region])
    withdraw_release(release, "wrong", by=Actor.person(make_staff("approver")))
    alert = Alert.objects.get(pk=release.alert_id)
    UnpublishAction(alert, user=user).execute(skip_permission_checks=True)
    with pytest.raises(NotReleased):
        alert.latest_revision.publish(user=user, skip_permission_checks=True)
    assert current_in_region(region).releases == ()


@pytest.mark.promise("P020")
def test_a_superuser_holds_no_right_by_being_one(superuser, region, admin, nothing_is_readable):
    waiting = make_waiting(regions=[region])
    with pytest.raises(NotAllowed):
        approve(waiting, by=superuser)
    browser = admin(superuser)
    assert browser.get(reverse("nums_alerts:list")).status_code in (302, 403)
    url = reverse("nums_alerts:workflow_action", args=[waiting.workflow_state.object_id, "approve", waiting.pk])
    assert browser.post(url).status_code in (302, 403)
    nothing_is_readable()


@pytest.mark.promise("P150")
def test_the_proper_way_publishes(region, reader, page, admin, approver):
    waiting = make_waiting(regions=[region])
    url = reverse("nums_alerts:workflow_action", args=[waiting.workflow_state.object_id, "approve", waiting.pk])
    assert admin(approver).post(url).status_code == 302
    release = AlertRelease.objects.get()
    alert = Alert.objects.get()
    assert alert.live
    assert alert.live_revision_id == waiting.revision_id
    assert (release.released_by, release.version) == (approver, 1)
    assert LINE in reader.get(page.url).content.decode()
