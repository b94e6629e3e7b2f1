"""The home panel, the registers and the button that pulls back, as staff see them."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nums_wagtail.bulletins.models import Bulletin
from nums_wagtail.foundation.models import ExportRecord
from nums_wagtail.mailing import channel_health, worker_state
from nums_wagtail.test.bulletins_factories import make_compiled_bulletin
from nums_wagtail.test.people_factories import make_staff, make_superuser

pytestmark = pytest.mark.django_db

REGISTERS = ("bulletins", "deliveries", "exports")


def _signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _home(user) -> str:
    return " ".join(_signed_in(user).get("/admin/").content.decode().split())


@pytest.fixture
def held(reader, region, settings) -> Bulletin:
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "UNDO_SECONDS": 300}
    return make_compiled_bulletin(regions=[region])


def test_home_says_that_no_worker_runs():
    editor = make_staff("bulletin_editor")
    assert "No worker is running" in _home(editor)
    worker_state.beat()
    assert "No worker is running" not in _home(editor)


@pytest.mark.promise("P058")
def test_home_says_that_the_mail_server_refuses():
    worker_state.beat()
    channel_health.note_trouble("SMTPServerDisconnected")
    page = _home(make_staff("caseworker"))
    assert "The mail server has taken nothing since" in page
    assert "SMTPServerDisconnected" in page


def test_home_says_what_goes_out_and_lets_the_editor_pull_it_back(held):
    client = _signed_in(make_staff("bulletin_editor"))
    page = client.get("/admin/").content.decode()
    assert "goes out at" in page
    assert "to 1 reader" in page
    address = reverse("nums_bulletins:pull_back", args=[held.uuid])
    assert address in page
    after = client.post(address, follow=True).content.decode()
    assert "Pulled back: 1 message stays here." in after
    assert "was pulled back today" in after


def test_who_may_not_pull_back_sees_no_button_and_cannot(held):
    client = _signed_in(make_staff("caseworker"))
    address = reverse("nums_bulletins:pull_back", args=[held.uuid])
    assert address not in client.get("/admin/").content.decode()
    client.post(address)
    held.refresh_from_db()
    assert held.state == Bulletin.State.SENDING


def test_looking_at_the_button_does_nothing(held):
    client = _signed_in(make_staff("bulletin_editor"))
    assert client.get(reverse("nums_bulletins:pull_back", args=[held.uuid])).status_code == 405


def test_home_says_what_went_out_last(reader, region, send, mailoutbox):
    bulletin = make_compiled_bulletin(regions=[region])
    send()
    assert f"update {bulletin.number}, was sent today" in _home(make_staff("approver"))
    assert "1 of 1 readers got it" in _home(make_staff("approver"))


@pytest.mark.parametrize("name", REGISTERS)
def test_an_auditor_reads_the_registers_and_changes_nothing(name, held):
    ExportRecord.objects.create(what="deliveries", rows=3)
    client = _signed_in(make_staff("auditor"))
    page = client.get(reverse(f"registers_{name}_modeladmin_index"))
    assert page.status_code == 200
    words = page.content.decode()
    assert "reader@example.org" not in words
    assert "Turns violent" not in words
    for action in ("create",):
        assert client.get(reverse(f"registers_{name}_modeladmin_{action}")).status_code == 302


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize("group", ["caseworker", "approver", "membership"])
def test_registers_are_closed_to_others(name, group, held):
    client = _signed_in(make_staff(group))
    assert client.get(reverse(f"registers_{name}_modeladmin_index")).status_code == 302


def test_a_superuser_reads_no_register(held):
    client = _signed_in(make_superuser())
    assert client.get(reverse("registers_deliveries_modeladmin_index")).status_code == 302


def test_inspecting_a_delivery_names_nobody(held):
    client = _signed_in(make_staff("auditor"))
    row = held.deliveries.get()
    page = client.get(reverse("registers_deliveries_modeladmin_inspect", args=[row.pk]))
    assert page.status_code == 200
    assert "reader@example.org" not in page.content.decode()
    for action in ("edit", "delete"):
        address = reverse(f"registers_deliveries_modeladmin_{action}", args=[row.pk])
        assert client.post(address).status_code == 302
    assert held.deliveries.exists()


@pytest.mark.promise("P029")
def test_taking_a_register_away_is_registered(held):
    auditor = make_staff("auditor")
    client = _signed_in(auditor)
    answer = client.get(reverse("registers_deliveries_modeladmin_index"), {"export": "csv"})
    taken = b"".join(answer.streaming_content).decode()
    assert "subscription" in taken
    assert "@" not in taken
    record = ExportRecord.objects.get()
    assert (record.by, record.rows) == (auditor, 1)
    assert record.made_at <= timezone.now()
