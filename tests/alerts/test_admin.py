"""Alerts in the admin: who sees which, what an editor leaves behind, and what waits for whom."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.admin.models import FormState
from wagtail.models import ModelLogEntry, ReferenceIndex, TaskState

from nums_wagtail.alerts.models import Alert, AlertRelease
from nums_wagtail.alerts.panels import LISTED, waiting_for, waiting_sentence
from nums_wagtail.alerts.setup import ensure_release_workflow
from nums_wagtail.foundation.actors import SETUP
from nums_wagtail.regions.scope import give_region
from nums_wagtail.regions.tree import national_region
from nums_wagtail.test.alerts_factories import LINE, edit, make_alert, make_released_alert, make_waiting, submit
from nums_wagtail.test.people_factories import make_staff, make_stock_staff, make_superuser

from .test_only_the_release_publishes import form_of

#: Name of a view → further arguments after the alert's id.
VIEWS = (
    "edit",
    "delete",
    "usage",
    "history",
    "history_results",
    "preview_on_edit",
    "unpublish",
    "lock",
    "unlock",
    "confirm_workflow_cancellation",
    "workflow_history",
    "review",
    "compare",
)


def addresses(alert: Alert, waiting: TaskState) -> list[str]:
    revision = alert.latest_revision_id
    named = [reverse(f"nums_alerts:{name}", args=[alert.pk]) for name in VIEWS]
    return [
        *named,
        reverse("nums_alerts:revisions_view", args=[alert.pk, revision]),
        reverse("nums_alerts:revisions_revert", args=[alert.pk, revision]),
        reverse("nums_alerts:revisions_compare", args=[alert.pk, "earliest", "latest"]),
        reverse("nums_alerts:revisions_unschedule", args=[alert.pk, revision]),
        reverse("nums_alerts:workflow_action", args=[alert.pk, "approve", waiting.pk]),
        reverse("nums_alerts:collect_workflow_action_data", args=[alert.pk, "approve", waiting.pk]),
        reverse("nums_alerts:workflow_preview", args=[alert.pk, waiting.task_id]),
        reverse("nums_alerts:workflow_history_detail", args=[alert.pk, waiting.workflow_state_id]),
    ]


@pytest.mark.promise("P162")
def test_the_other_regions_editor_meets_no_alert_of_this_one(region, far_region, admin):
    waiting = make_waiting(regions=[region])
    alert = Alert.objects.get()
    browser = admin(make_staff("regional_editor", regions=[far_region]))
    for url in addresses(alert, waiting):
        for answer in (browser.get(url), browser.post(url)):
            assert answer.status_code in (404, 405), url
    assert str(alert.reference) not in browser.get(reverse("nums_alerts:list")).content.decode()
    assert not AlertRelease.objects.exists()
    assert Alert.objects.get().workflow_in_progress


@pytest.mark.parametrize("who", ["superuser", "Editors", "Moderators", "auditor", "membership"])
def test_whoever_holds_no_right_meets_none_at_all(region, admin, who):
    waiting = make_waiting(regions=[region])
    made = {"superuser": make_superuser, "Editors": lambda: make_stock_staff("Editors")}
    made["Moderators"] = lambda: make_stock_staff("Moderators")
    browser = admin(made[who]() if who in made else make_staff(who))
    for url in [*addresses(Alert.objects.get(), waiting), reverse("nums_alerts:list"), reverse("nums_alerts:add")]:
        answer = browser.get(url)
        assert answer.status_code in (302, 403), url
        assert browser.post(url).status_code in (302, 403), url
    assert not AlertRelease.objects.exists()


def test_an_editor_of_the_region_writes_and_hands_in(region, admin):
    ensure_release_workflow(by=SETUP)
    editor = make_staff("regional_editor", regions=[region])
    browser = admin(editor)
    assert browser.get(reverse("nums_alerts:add")).status_code == 200
    data = form_of(Alert(line=LINE), categories=["threats"], regions=[str(region.pk)])
    data |= {"facts-person_hair": ["grey"], "identifiers-TOTAL_FORMS": "1", "action-submit": "1"}
    data |= {"identifiers-0-kind": "phone", "identifiers-0-value": "07700 900412"}
    data |= {"identifiers-0-DELETE": "", "identifiers-0-id": ""}
    browser.post(reverse("nums_alerts:add"), data)
    alert = Alert.objects.get()
    assert alert.facts == {"person_hair": ["grey"]}
    assert alert.identifiers.get().masked == "07••• •••412"
    assert alert.made_by == editor
    assert alert.workflow_in_progress
    assert browser.get(reverse("nums_alerts:edit", args=[alert.pk])).status_code == 200


@pytest.mark.promise("P162")
def test_an_editor_chooses_own_regions_only(region, far_region, admin):
    browser = admin(make_staff("regional_editor", regions=[region]))
    data = form_of(Alert(line=LINE), categories=[], regions=[str(far_region.pk)])
    browser.post(reverse("nums_alerts:add"), data)
    assert not Alert.objects.exists()


def regions_offered(browser) -> dict[str, str]:
    page = BeautifulSoup(browser.get(reverse("nums_alerts:add")).content, "html.parser")
    boxes = page.find_all("input", attrs={"name": "regions"})
    return {box["value"]: box.find_parent("label").get_text(strip=True) for box in boxes}


def test_who_works_for_every_region_may_warn_the_whole_country(region, caseworker, admin):
    country = national_region()
    assert regions_offered(admin(caseworker))[str(country.pk)] == f"{country.name}: every region"
    everywhere, here = make_staff("regional_editor"), make_staff("regional_editor", regions=[region])
    give_region(everywhere, country, by=SETUP)
    assert str(country.pk) in regions_offered(admin(everywhere))
    offered = regions_offered(admin(here))
    assert str(region.pk) in offered
    assert str(country.pk) not in offered


def test_a_draft_is_handed_in_by_the_button_in_front_and_saved_by_the_one_behind(region, caseworker, admin):
    ensure_release_workflow(by=SETUP)
    alert = make_alert(by=caseworker, regions=[region])
    page = BeautifulSoup(admin(caseworker).get(reverse("nums_alerts:edit", args=[alert.pk])).content, "html.parser")
    buttons = [" ".join(button.get_text(" ").split()) for button in page.select("footer button[type=submit]")]
    assert buttons[0] == "Submit to Release of alerts"
    assert any(label.startswith("Save draft") for label in buttons[1:])
    by_enter = page.select_one("form[data-edit-form] [type=submit]")
    assert not by_enter.has_attr("name"), "Enter in a field saves the draft"


def test_a_caseworkers_submission_is_cleared_at_once(region, caseworker, admin):
    ensure_release_workflow(by=SETUP)
    alert = make_alert(by=caseworker, regions=[region])
    url = reverse("nums_alerts:edit", args=[alert.pk])
    admin(caseworker).post(url, form_of(alert) | {"action-submit": "1"})
    assert alert.clearances.get().by == caseworker


def test_nobody_edits_while_it_waits(region, caseworker, admin):
    make_waiting(by=caseworker, regions=[region])
    alert = Alert.objects.get()
    for who in (caseworker, make_staff("approver")):
        admin(who).post(reverse("nums_alerts:edit", args=[alert.pk]), form_of(alert, line="Changed"))
    assert Alert.objects.get().get_latest_revision().as_object().line == LINE


def test_an_approver_reads_and_releases_on_one_page(region, approver, admin):
    waiting = make_waiting(regions=[region])
    browser = admin(approver)
    url = reverse("nums_alerts:review", args=[Alert.objects.get().pk])
    page = browser.get(url).content.decode()
    assert LINE in page
    assert "Cleared by a caseworker." in page
    action = reverse("nums_alerts:workflow_action", args=[Alert.objects.get().pk, "approve", waiting.pk])
    assert action in page
    assert browser.get(action).status_code == 302
    assert not AlertRelease.objects.exists()
    browser.post(action)
    assert AlertRelease.objects.get().released_by == approver
    assert "Released now" in browser.get(url).content.decode()
    assert "It is released as it stands." in browser.get(url).content.decode()


def test_an_approver_sends_back_and_the_editor_hands_in_again(region, approver, caseworker, admin):
    waiting = make_waiting(by=caseworker, regions=[region])
    alert = Alert.objects.get()
    admin(approver).post(reverse("nums_alerts:workflow_action", args=[alert.pk, "reject", waiting.pk]))
    url = reverse("nums_alerts:edit", args=[alert.pk])
    admin(caseworker).post(url, form_of(alert, line="Better words.") | {"action-submit": "1"})
    again = Alert.objects.get().current_workflow_task_state
    admin(approver).post(reverse("nums_alerts:workflow_action", args=[alert.pk, "approve", again.pk]))
    assert AlertRelease.objects.get().content["line"] == "Better words."


@pytest.mark.promise("P152")
def test_a_regional_editor_releases_in_own_regions_only(region, far_region, admin):
    for regions, released in (([region], 1), ([region, far_region], 1)):
        waiting = make_waiting(regions=regions)
        editor = make_staff("regional_editor", regions=[region])
        pk = waiting.workflow_state.object_id
        admin(editor).post(reverse("nums_alerts:workflow_action", args=[pk, "approve", waiting.pk]))
        assert AlertRelease.objects.count() == released


def test_withdrawing_takes_a_page_and_a_button(region, approver, admin):
    release = make_released_alert(regions=[region])
    url = reverse("nums_alerts:unpublish", args=[release.alert_id])
    browser = admin(approver)
    assert browser.get(url).status_code == 200
    assert not hasattr(AlertRelease.objects.get(), "withdrawal")
    browser.post(url, {"reason": "wrong"})
    assert AlertRelease.objects.get().withdrawal.by == approver


@pytest.mark.promise("P158")
def test_a_live_preview_leaves_nothing_readable_behind(region, caseworker, admin):
    alert = make_alert(by=caseworker, regions=[region])
    browser, url = admin(caseworker), reverse("nums_alerts:preview_on_edit", args=[alert.pk])
    assert browser.post(url, form_of(alert, line="Typed and not saved.")).json()["is_valid"]
    stored = FormState.objects.get().data
    assert "Typed" not in stored
    assert "threats" not in stored
    for mode in ("page", "list", "mail", "print"):
        answer = browser.get(url, {"mode": mode})
        assert answer.status_code == 200
        assert "Typed and not saved." in answer.content.decode()


@pytest.mark.promise("P158")
def test_a_live_preview_of_a_new_alert_is_sealed_too(region, caseworker, admin):
    browser, url = admin(caseworker), reverse("nums_alerts:preview_on_add")
    browser.post(url, form_of(Alert(line="Typed and not saved."), categories=[], regions=[str(region.pk)]))
    assert "Typed" not in FormState.objects.get().data
    assert "Typed and not saved." in browser.get(url, {"mode": "page"}).content.decode()


@pytest.mark.promise("P161")
def test_log_and_index_hold_references_only(region, caseworker, admin):
    make_released_alert(by=caseworker, regions=[region], numbers=[("phone", "07700 900412")])
    logged = str(list(ModelLogEntry.objects.values("label", "data")))
    assert LINE not in logged
    assert "900412" not in logged
    assert not ReferenceIndex.objects.exists()


def test_what_waits_is_counted_for_who_may_release_it(region, far_region, approver, caseworker):
    make_waiting(regions=[region])
    make_waiting(regions=[far_region])
    assert len(waiting_for(approver)) == 2
    assert len(waiting_for(make_staff("regional_editor", regions=[region]))) == 1
    assert waiting_for(caseworker) == []
    assert waiting_sentence(3) == "3 drafts wait for you."


def test_who_edited_last_is_not_told_to_release(region):
    editor = make_staff("regional_editor", regions=[region])
    submit(make_alert(by=editor, regions=[region]))
    assert waiting_for(editor) == []
    alert = Alert.objects.get()
    assert edit(alert, by=editor).pk == alert.pk


def test_the_workflow_is_set_up_once(db):
    assert ensure_release_workflow(by=SETUP) == ensure_release_workflow(by=SETUP)
    assert Alert.get_default_workflow() == ensure_release_workflow(by=SETUP)


def test_the_home_page_says_what_waits_and_leads_straight_to_reading_it(region, approver, admin):
    waiting = make_waiting(regions=[region])
    make_alert(regions=[region])
    page = admin(approver).get(reverse("wagtailadmin_home")).content.decode()
    assert "1 draft waits for you." in page
    address = reverse("nums_alerts:review", args=[waiting.revision.object_id])
    assert f'<a href="{address}">Read and release alert ' in page
    assert page.count("Read and release alert ") == 1, "what nobody submitted is not offered"


def test_where_many_wait_the_longest_waiting_come_first_and_the_list_has_the_rest(region, approver, admin):
    waiting = [make_waiting(regions=[region]) for _turn in range(LISTED + 1)]
    page = admin(approver).get(reverse("wagtailadmin_home")).content.decode()
    addresses = [reverse("nums_alerts:review", args=[one.revision.object_id]) for one in waiting]
    assert [address in page for address in addresses] == [True] * LISTED + [False]
    assert page.index(addresses[0]) < page.index(addresses[1])
    assert "All alerts" in page
