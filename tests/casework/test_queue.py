"""The queue in the admin: what a caseworker sees of the cases that wait, and nobody else."""

import uuid
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from nums_wagtail.casework.models import Case
from nums_wagtail.casework.panels import home_panel, waiting_sentence
from nums_wagtail.casework.viewsets import menu_item
from nums_wagtail.test.casework_factories import make_case
from nums_wagtail.test.people_factories import make_staff, make_superuser
from nums_wagtail.test.reports_factories import PHONE, make_region

from .test_access import STRANGERS

pytestmark = pytest.mark.django_db

QUEUE = "/admin/cases/"


def numbers(response):
    return [case.pk for case in response.context["object_list"]]


def test_a_row_names_day_region_categories_urgency_and_who_works_on_it(admin, robin):
    make_case(
        region=make_region("north-east"),
        answers={"categories": ["robbery", "weapon"], "phone": PHONE},
        what_happened="He had a knife.",
        taken_by=robin,
        urgent=True,
        severity="dangerous",
    )
    page = admin(robin).get(QUEUE).content.decode()
    for words in ("North East", "Robbery", "Weapon shown or used", "Urgent", "robin", "Dangerous"):
        assert words in page
    assert "knife" not in page
    assert "900412" not in page


def test_the_queue_shows_what_is_not_closed_urgent_ones_first(admin, robin):
    first, _closed, urgent = make_case(), make_case(closed="nothing"), make_case(urgent=True)
    assert numbers(admin(robin).get(QUEUE)) == [urgent.pk, first.pk]


def test_what_nobody_has_read_comes_before_what_somebody_works_on(admin, robin):
    taken, new, taken_urgent = make_case(taken_by=robin), make_case(), make_case(taken_by=robin, urgent=True)
    assert numbers(admin(robin).get(QUEUE)) == [new.pk, taken_urgent.pk, taken.pk]


def test_the_queue_is_filtered_by_status_region_severity_and_urgency(admin, robin):
    north = make_region("north-east")
    closed = make_case(closed="nothing", severity="risky")
    far = make_case(region=north)
    urgent = make_case(urgent=True)
    browser = admin(robin)
    assert numbers(browser.get(QUEUE, {"status": "closed"})) == [closed.pk]
    assert set(numbers(browser.get(QUEUE, {"status": "all"}))) == {closed.pk, far.pk, urgent.pk}
    assert numbers(browser.get(QUEUE, {"region": north.pk})) == [far.pk]
    assert numbers(browser.get(QUEUE, {"status": "all", "severity": "risky"})) == [closed.pk]
    assert set(numbers(browser.get(QUEUE, {"severity": "ungraded"}))) == {far.pk, urgent.pk}
    assert numbers(browser.get(QUEUE, {"urgent": "true"})) == [urgent.pk]
    assert far.pk in numbers(browser.get(QUEUE + "results/", {"region": north.pk, "_w_filter_fragment": "1"}))


@pytest.mark.parametrize(
    "query", ["status=nonsense", "region=0", "region=x", "p=999", "ordering=data_key", "urgent=%00"]
)
def test_a_made_up_filter_is_no_server_error(admin, robin, query):
    make_case()
    assert admin(robin).get(f"{QUEUE}?{query}").status_code == 200


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.promise("P134")
def test_the_queue_is_not_exported_past_the_register_of_exports(admin, robin, kind):
    response = admin(robin).get(QUEUE, {"export": kind})
    assert response["Content-Type"].startswith("text/html")


def test_open_is_a_button_that_takes_the_case_and_shows_it(admin, robin):
    case = make_case()
    browser = admin(robin)
    address = reverse("nums_cases:open", args=[case.uuid])
    page = browser.get(QUEUE).content.decode()
    assert f'action="{address}" method="post"' in page
    assert "csrfmiddlewaretoken" in page
    response = browser.post(address, follow=True)
    assert response.redirect_chain == [(reverse("nums_cases:case", args=[case.uuid]), 302)]
    assert Case.objects.get().assignee == robin


def test_opening_a_colleagues_case_shows_it_and_leaves_it_with_them(admin, robin, sky):
    case = make_case(taken_by=sky)
    assert admin(robin).post(reverse("nums_cases:open", args=[case.uuid]), follow=True).status_code == 200
    assert Case.objects.get().assignee == sky


@pytest.mark.slow
def test_fifty_cases_cost_as_many_queries_as_five(admin, robin):
    browser = admin(robin)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(QUEUE).status_code == 200
        return len(seen)

    def add(count):
        for number in range(count):
            make_case(
                taken_by=robin if number % 2 else None,
                answers={"categories": ["robbery"]},
                region=make_region(("north-west", "north-east", "london")[number % 3]),
            )

    add(5)
    queries()
    with_five = queries()
    add(45)
    assert queries() == with_five


@pytest.mark.promise("P134")
def test_nothing_of_the_queue_is_cached(admin, robin):
    assert "no-store" in admin(robin).get(QUEUE)["Cache-Control"]


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.promise("P130")
def test_whoever_may_not_open_cases_finds_nothing_under_any_address(admin, settings, who):
    case = make_case(urgent=True)
    user = STRANGERS[who]()
    give_entrance(user)
    browser = admin(user)
    names = ("case", "open", "take", "note", "grade", "police", "close", "reopen")
    addresses = [QUEUE, QUEUE + "results/", *(reverse(f"nums_cases:{name}", args=[case.uuid]) for name in names)]
    assert {browser.get(address).status_code for address in addresses} == {404}
    assert {browser.post(address).status_code for address in addresses} == {404}
    missing = browser.get(reverse("nums_cases:case", args=[uuid.uuid4()]))
    assert missing.content == browser.get(addresses[2]).content


def test_a_stranger_without_an_account_is_sent_to_sign_in(client, settings):
    settings.ROOT_URLCONF = "tests.casework.urls"
    assert client.get(QUEUE).status_code == 302


def test_the_menu_and_the_home_panel_are_for_who_opens_cases(rf, robin):
    request = rf.get("/")
    request.user = robin
    assert menu_item().is_shown(request)
    assert home_panel(request) is not None
    for user in (make_superuser(), make_staff("approver")):
        request.user = user
        assert not menu_item().is_shown(request)
        assert home_panel(request) is None


def test_the_home_panel_says_what_waits_and_leads_to_the_queue(admin, rf, robin):
    admin(robin)
    for urgent in (True, False, False):
        make_case(urgent=urgent)
    make_case(taken_by=robin)
    Case.objects.filter(urgent=False).update(received_on=timezone.localdate() - timedelta(days=1))
    request = rf.get("/")
    request.user = robin
    shown = home_panel(request).render_html({"request": request})
    assert "3 new reports wait, the oldest since yesterday." in shown
    assert "1 of them is urgent." in shown
    assert f'href="{QUEUE}"' in shown


def test_the_sentence_names_the_day_as_people_do():
    friday = date(2026, 3, 13)
    assert waiting_sentence(0, None) == "No new report waits."
    assert waiting_sentence(1, friday, today=friday) == "1 new report waits, since today."
    assert (
        waiting_sentence(3, friday - timedelta(3), today=friday) == "3 new reports wait, the oldest since Tuesday."
    )
    assert "since 2 Mar 2026." in waiting_sentence(2, friday - timedelta(11), today=friday)


def give_entrance(user):
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
