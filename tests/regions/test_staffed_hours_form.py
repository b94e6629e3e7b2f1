"""Whoever runs the scheme writes hours as a line of text, and is told beside the day what is wrong."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale, Page, Site

from nums_wagtail.regions.hours_text import WEEKDAYS, parse_day
from nums_wagtail.regions.models import StaffedHours

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings):
    """The default site, also where no migration of Wagtail's has made one."""
    there = Site.objects.filter(is_default_site=True).first()
    if there:
        return there
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    root = Page.add_root(title="Root", slug="root")
    return Site.objects.create(hostname="localhost", root_page=root, is_default_site=True)


@pytest.fixture
def saves(client, person, site):
    """Saves the settings page with some lines changed; answers with the response."""
    user = person("administrator")
    user.user_permissions.add(Permission.objects.get(codename="change_staffedhours"))
    client.force_login(user)
    address = reverse("wagtailsettings:edit", args=["nums_wagtail", "staffedhours", site.pk])

    def save(**lines):
        assert client.get(address).status_code == 200
        return client.post(address, dict.fromkeys([*WEEKDAYS, "closed_days", "away_until"], "") | lines)

    return save


def test_a_week_is_saved_as_written(saves, site):
    assert saves(monday="14.00–17.00, 9-13", sunday="22:00-24:00").status_code == 302
    hours = StaffedHours.for_site(site).hours
    assert hours["monday"] == [["09:00", "13:00"], ["14:00", "17:00"]]
    assert hours["sunday"] == [["22:00", "24:00"]]
    assert hours["tuesday"] == []


def test_the_page_shows_the_hours_in_force(client, saves):
    saves(friday="10:00-12:00, 13:00-15:30")
    shown = client.get(
        reverse("wagtailsettings:edit", args=["nums_wagtail", "staffedhours", Site.objects.get().pk])
    )
    assert 'value="10:00-12:00, 13:00-15:30"' in shown.content.decode()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("mornings", "Write each time as"),
        ("17:00-09:00", "The end must come after"),
        ("09:00-25:00", "between 00:00 and 24:00"),
        ("09:75-10:00", "between 00:00 and 24:00"),
        ("09:00-13:00, 12:00-14:00", "overlap"),
        ("09:00-13:00 \x00", ""),
    ],
)
def test_what_is_wrong_is_said_beside_the_day_and_nothing_is_saved(saves, site, line, said):
    response = saves(wednesday=line)
    form = response.context["form"]
    assert list(form.errors) == ["wednesday"]
    assert said in str(form.errors["wednesday"])
    assert StaffedHours.for_site(site).hours["wednesday"] == [["09:00", "17:00"]]


def test_a_closed_day_that_is_no_date_is_named_by_its_line(saves):
    errors = saves(closed_days="2030-12-25\nBoxing Day").context["form"].errors
    assert "Line 2" in str(errors["closed_days"])


@pytest.mark.parametrize(
    "value",
    [
        [],
        {"someday": []},
        {"monday": "09:00-17:00"},
        {"monday": [["09:00"]]},
        {"monday": [[9, 17]]},
        {"monday": [["17:00", "09:00"]]},
        {"monday": [["14:00", "15:00"], ["09:00", "10:00"]]},
        {"monday": [["late", "later"]]},
    ],
)
def test_stored_hours_that_no_form_would_write_are_refused(value):
    with pytest.raises(ValidationError):
        StaffedHours._meta.get_field("hours").clean(value, None)


def test_an_empty_line_is_a_day_when_nobody_reads():
    assert parse_day("  ") == []
