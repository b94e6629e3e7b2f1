"""A child at risk: a task for the named lead with a clock, content-free letters, and nobody else decides."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import ModelLogEntry, Page, Site

from nums_wagtail.casework import cases, safeguarding, tasks
from nums_wagtail.casework.models import Case, Safeguarding, SafeguardingTask
from nums_wagtail.casework.panels import WaitingCasesPanel
from nums_wagtail.foundation.actors import CLOCK, WORKER, Actor
from nums_wagtail.foundation.errors import NotAllowed, Refused
from nums_wagtail.mailing.models import Letter
from nums_wagtail.pages.setup import SETTINGS_RIGHTS
from nums_wagtail.reports import access as reports_access
from nums_wagtail.reports import additions
from nums_wagtail.reports.intake import accept_report
from nums_wagtail.reports.models import Report
from nums_wagtail.test.casework_factories import case_of, make_case
from nums_wagtail.test.people_factories import make_account, make_staff
from nums_wagtail.test.reports_factories import make_report, make_submission
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.holders import TeamHolder

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P143")]

CHILD = {"child_at_risk": "yes"}
WORDS = "There is a girl upstairs."


@pytest.fixture
def site():
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        top = Page.objects.filter(depth=1).first() or Page.add_root(instance=Page(title="Root", slug="root"))
        site = Site.objects.create(hostname="localhost", root_page=top, is_default_site=True)
    return site


def with_address(user):
    user.email = f"{user.username}@example.org"
    user.save()
    return user


@pytest.fixture
def moss(db):
    return with_address(make_staff("caseworker", username="moss"))


@pytest.fixture
def fern(db):
    return with_address(make_staff("caseworker", username="fern"))


@pytest.fixture
def named(site, moss, fern):
    """Moss is the lead, Fern the deputy."""
    return Safeguarding.objects.create(site=site, lead=moss, deputy=fern)


def child_case(**fields):
    case = make_case(what_happened=WORDS, answers=CHILD, **fields)
    tasks.open_missing_cases()
    case.refresh_from_db()
    return case


def post(browser, name, case, **data):
    return browser.post(reverse(f"nums_cases:{name}", args=[case.uuid]), data, follow=True)


@pytest.mark.parametrize("answers", [CHILD, {"reporter_age": "under_18"}])
def test_the_lead_gets_a_task_with_a_clock_and_a_letter_that_says_nothing(named, answers):
    before = timezone.now()
    case = make_case(what_happened=WORDS, answers=answers)
    tasks.open_missing_cases()
    case.refresh_from_db()
    assert (case.lead, case.urgent) == (Case.Lead.WAITING, True)
    task = SafeguardingTask.objects.get()
    assert timedelta(hours=23, minutes=59) < task.due_at - before < timedelta(hours=24, minutes=1)
    letter = Letter.objects.get()
    assert letter.to == "moss@example.org"
    for told in (letter.subject, letter.body):
        assert not any(word in told.lower() for word in ("child", "safeguard", "report", "case", "girl", "18"))
    assert not ModelLogEntry.objects.filter(action__startswith="nums.casework").exists(), "its time would tell"


def test_nobody_else_gets_one(named):
    make_case(answers={"urgent": "yes", "reporter_age": "25_34"})
    tasks.open_missing_cases()
    assert not SafeguardingTask.objects.exists()
    assert not Letter.objects.exists()
    assert Case.objects.get().lead == ""


def test_it_is_opened_when_the_report_comes_and_not_only_by_the_sweep(named, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make_report(answers=CHILD)
    assert SafeguardingTask.objects.get().case.lead == Case.Lead.WAITING


def test_many_sweeps_make_one_task_and_one_letter(named):
    child_case()
    for _turn in range(3):
        tasks.open_missing_cases()
    assert SafeguardingTask.objects.count() == Letter.objects.count() == 1


def test_a_report_that_speaks_of_a_child_later_gets_its_task_then(named):
    form = make_submission(what_happened=WORDS)
    accept_report(form)
    case = case_of(Report.objects.get())
    assert case.lead == ""
    again = make_submission(what_happened=WORDS + " She is 15.", answers=CHILD)
    accept_report(type(form)(**{**vars(again), "form_id": form.form_id, "receipt": form.receipt}))
    case.refresh_from_db()
    assert (case.lead, case.urgent, case.has_news) == (Case.Lead.WAITING, True, True)
    assert SafeguardingTask.objects.get().case == case


def test_what_was_ticked_is_not_unticked_by_what_is_sent_later(named):
    form = make_submission(what_happened=WORDS, answers=CHILD)
    accept_report(form)
    again = make_submission(what_happened="I take it back.")
    accept_report(type(form)(**{**vars(again), "form_id": form.form_id, "receipt": form.receipt}))
    report = Report.objects.get()
    assert (report.child, report.urgent) == (True, True)
    additions.add_words(report, "And more.", holder=TeamHolder())
    assert Report.objects.get().child


def test_the_deputy_is_told_when_the_time_is_over(named):
    child_case()
    due = SafeguardingTask.objects.get().due_at
    assert safeguarding.write_to_leads(due - timedelta(minutes=1)) == 0
    assert safeguarding.write_to_leads(due) == 1
    assert [letter.to for letter in Letter.objects.order_by("pk")] == ["moss@example.org", "fern@example.org"]
    assert safeguarding.write_to_leads(due + timedelta(days=1)) == 0


def test_without_a_lead_the_deputy_is_told_at_once(named):
    Safeguarding.objects.update(lead=None)
    child_case()
    assert [letter.to for letter in Letter.objects.all()] == ["fern@example.org"]


def test_a_lead_who_may_not_work_on_cases_any_more_counts_as_nobody(named, moss):
    moss.groups.clear()
    child_case()
    assert [letter.to for letter in Letter.objects.all()] == ["fern@example.org"]
    assert safeguarding.leads().lead is None


def test_who_is_named_later_is_told_then(site, moss):
    child_case()
    assert not Letter.objects.exists()
    Safeguarding.objects.create(site=site, lead=moss)
    tasks.open_missing_cases()
    assert Letter.objects.get().to == "moss@example.org"


def test_who_takes_the_leads_place_is_told_too(named, fern):
    child_case()
    Safeguarding.objects.update(lead=fern, deputy=None)
    tasks.open_missing_cases()
    tasks.open_missing_cases()
    assert [letter.to for letter in Letter.objects.order_by("pk")] == ["moss@example.org", "fern@example.org"]


def test_somebody_without_an_address_is_told_on_the_home_page(named, moss):
    moss.email = ""
    moss.save()
    child_case()
    assert not Letter.objects.exists()
    shown = WaitingCasesPanel(Actor.person(moss)).get_context_data({})
    assert shown["lead"] == "1 case waits for you as safeguarding lead."


@pytest.mark.parametrize("decide", [safeguarding.agree, safeguarding.hold])
def test_nobody_but_lead_and_deputy_decides(named, robin, decide):
    case = child_case()
    for by in (robin, make_staff("on_call"), make_staff("approver"), make_staff("administrator")):
        with pytest.raises(NotAllowed):
            decide(case, by=Actor.person(by))
    with pytest.raises(NotAllowed):
        decide(case, by=WORKER)
    assert Case.objects.get().lead == Case.Lead.WAITING


@pytest.mark.parametrize("who", ["moss", "fern"])
def test_deciding_ends_the_task_and_what_its_letters_would_tell(named, who, request):
    case = child_case()
    key = Letter.objects.get().data_key
    safeguarding.agree(case, by=Actor.person(request.getfixturevalue(who)))
    assert not safeguarding.needs_lead(Case.objects.get())
    assert not SafeguardingTask.objects.exists()
    assert not Letter.objects.exists()
    assert not data_keys.exists(key)
    assert ModelLogEntry.objects.get(action="nums.casework.lead_agreed").data == {}
    tasks.open_missing_cases()
    assert not SafeguardingTask.objects.exists(), "decided is decided"


def test_a_decision_can_be_changed(named, moss):
    case, by = child_case(), Actor.person(moss)
    safeguarding.hold(case, by=by)
    assert safeguarding.needs_lead(Case.objects.get())
    safeguarding.agree(case, by=by)
    assert not safeguarding.needs_lead(Case.objects.get())
    safeguarding.agree(case, by=by)
    assert ModelLogEntry.objects.filter(action="nums.casework.lead_agreed").count() == 1


def test_where_nobody_was_asked_there_is_nothing_to_decide(named, moss):
    case = make_case()
    with pytest.raises(Refused):
        safeguarding.agree(case, by=Actor.person(moss))


def test_the_case_stays_open_until_the_lead_has_decided(named, moss, robin):
    case = child_case(taken_by=robin)
    with pytest.raises(Refused):
        cases.close_case(case, by=Actor.person(robin), outcome="nothing")
    safeguarding.hold(case, by=Actor.person(moss))
    cases.close_case(case, by=Actor.person(robin), outcome="nothing")
    assert Case.objects.get().is_closed


def test_a_deleted_report_takes_its_task_along(named):
    case = child_case()
    reports_access.delete_report(case.case_reports.get().report, by=CLOCK)
    assert not SafeguardingTask.objects.exists()
    assert not Letter.objects.exists()
    assert Case.objects.get().lead == ""


def test_the_page_of_the_case_shows_it_and_only_to_the_lead_the_buttons(admin, named, moss, robin):
    case = child_case()
    address = reverse("nums_cases:lead", args=[case.uuid])
    page = admin(robin).get(reverse("nums_cases:case", args=[case.uuid])).content.decode()
    assert "Waits for the safeguarding lead" in page
    assert "moss, fern" in page
    assert address not in page
    post(admin(robin), "lead", case, say="agree")
    assert Case.objects.get().lead == Case.Lead.WAITING
    browser = admin(moss)
    assert address in browser.get(reverse("nums_cases:case", args=[case.uuid])).content.decode()
    page = post(browser, "lead", case, say="agree").content.decode()
    assert "Your decision is kept." in page
    assert "agreed to a warning" in page
    assert "Hold warnings back" in page, "the lead may think again"
    assert "A warning may go out" not in page
    assert post(browser, "lead", case, say="whatever").status_code == 404


def test_a_case_without_a_child_shows_nothing_of_it(admin, named, robin):
    page = admin(robin).get(reverse("nums_cases:case", args=[make_case().uuid])).content.decode()
    assert "Safeguarding" not in page


def test_the_home_page_tells_the_lead_what_waits_and_what_is_late(named, moss, robin):
    case = child_case()
    SafeguardingTask.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    shown = WaitingCasesPanel(Actor.person(moss)).get_context_data({})
    assert shown["lead"] == "1 case waits for you as safeguarding lead."
    assert shown["lead_late"] == "1 over time"
    assert str(case.uuid) in shown["lead_url"]
    assert not WaitingCasesPanel(Actor.person(robin)).get_context_data({})["lead"]


def test_the_home_page_says_that_nobody_is_named(site, robin, admin):
    assert WaitingCasesPanel(Actor.person(robin)).get_context_data({})["no_lead"]
    page = admin(robin).get(reverse("wagtailadmin_home")).content.decode()
    assert "No safeguarding lead is named." in page


def test_only_who_works_on_cases_can_be_named(site, moss):
    Safeguarding(site=site, lead=moss).full_clean()
    with pytest.raises(ValidationError) as wrong:
        Safeguarding(site=site, lead=make_staff("approver"), deputy=make_staff("on_call")).full_clean()
    assert set(wrong.value.message_dict) == {"lead", "deputy"}
    with pytest.raises(ValidationError) as wrong:
        Safeguarding(site=site, lead=moss, deputy=moss).full_clean()
    assert set(wrong.value.message_dict) == {"deputy"}
    with pytest.raises(ValidationError):
        Safeguarding(site=site, lead=moss, hours=0).full_clean()


def test_the_list_of_who_can_be_named_holds_caseworkers_and_nobody_else_of_the_host(site, moss, robin, client):
    named_by_right = make_account("hazel")
    named_by_right.user_permissions.add(Permission.objects.get(codename="work_case"))
    make_staff("approver", username="ash")
    make_account("host")
    administrator = make_staff("administrator")
    administrator.user_permissions.add(Permission.objects.get(codename="change_safeguarding"))
    client.force_login(administrator)
    page = client.get(reverse("wagtailsettings:edit", args=["nums_wagtail", "safeguarding", site.pk]))
    field = page.context["form"].fields["lead"]
    assert {user.username for user in field.queryset} == {"moss", "robin", "hazel"}


def test_the_administrators_may_change_every_setting_of_ours():
    ours = [
        model for model in apps.get_app_config("nums_wagtail").get_models() if issubclass(model, BaseSiteSetting)
    ]
    assert {f"change_{model._meta.model_name}" for model in ours} == set(SETTINGS_RIGHTS)
