"""Every address of ours has a row in the access matrix, and Wagtail's admin is shut to strangers and members."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import path

from . import matrix, people, rows
from .addresses import Address, every_address, our_addresses

#: Wagtail's own doors and what a sign-in page needs; they reach nothing of ours.
DOORS = {
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
}


@pytest.mark.promise("P030")
def test_every_address_of_ours_has_a_row_and_every_row_an_address():
    ours = {address.name for address in our_addresses()}
    known = {address.name for address in every_address()} | ours
    named = {row.address for row in rows.rows()}
    assert not ours - named, "addresses without a row in tests/proofs/rows"
    assert not named - known, "rows without an address"


def test_an_address_of_ours_is_known_by_its_view_its_model_or_its_neighbours():
    names = {address.name for address in our_addresses()}
    assert {"nums_wagtail:answer", "nums_cases:case", "nums_alerts:usage", "nums_members:delete"} <= names
    assert {"RegionalPage:release", "ReportPage:serve", "nums_alert_draft"} <= names
    assert not any(name.startswith("wagtail") for name in names)


def test_an_address_written_in_a_new_way_is_asked_for_a_sample():
    assert Address("a", "admin/x/<int:pk>/", None).sample == "/admin/x/1/"
    with pytest.raises(ValueError, match="REGEX_SAMPLES"):
        _ = Address("a", str(path("x/", lambda request: None).pattern) + r"(\d+)/", None).sample


def test_no_two_rows_are_the_same():
    keys = [str(row) for row in rows.rows()]
    assert len(keys) == len(set(keys))


@pytest.mark.promise("P032")
def test_only_the_reporters_way_takes_a_post_without_a_token():
    exempt = {
        address.name
        for address in our_addresses()
        if getattr(address.view, "csrf_exempt", False) and not getattr(address.view, "nums_asks_for_token", False)
    }
    assert exempt == {row.address for row in rows.rows() if row.no_token}


@pytest.mark.django_db
@pytest.mark.promise("P030")
def test_the_admin_refuses_strangers_and_members(world):
    """One rule for all of Wagtail's own addresses."""
    opened = []
    for address in every_address():
        if address.is_ours or address.name in DOORS or not address.pattern.startswith("admin/"):
            continue
        for role in ("stranger", "approved"):
            client = Client(raise_request_exception=False)
            client.cookies.load(world.cookies[role])
            answer = client.get(address.sample)
            if matrix.outcome(answer) != "login":
                opened.append(f"{address.name} as {role}: {answer.status_code}")
    assert not opened


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.promise("P030")
def test_the_admin_refuses_every_member_whatever_they_send(world):
    opened = []
    for address in every_address():
        if address.is_ours or address.name in DOORS or not address.pattern.startswith("admin/"):
            continue
        for role in people.OUTSIDE:
            client = Client(raise_request_exception=False)
            client.cookies.load(world.cookies[role])
            for method in ("GET", "POST", "PUT", "DELETE"):
                if matrix.outcome(client.generic(method, address.sample)) != "login":
                    opened.append(f"{method} {address.name} as {role}")
    assert not opened
