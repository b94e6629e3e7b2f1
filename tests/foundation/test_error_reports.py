"""An error in a page of ours reaches the charity's administrators, and nothing of who was there or what they typed."""

from __future__ import annotations

import copy
import logging

import django
import pytest
from django.core import mail
from django.core.handlers.exception import response_for_exception
from django.db import IntegrityError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.log import AdminEmailHandler

from nums_wagtail.alerts import viewsets as alerts
from nums_wagtail.foundation.error_reports import DatabaseRefused, NoValues, without_values
from nums_wagtail.foundation.quiet import quiet_page
from nums_wagtail.members import joining, preferences, views
from nums_wagtail.reports import trying
from nums_wagtail.reports.form_state import Showing
from nums_wagtail.test.alerts_factories import make_alert
from nums_wagtail.test.canary import finds
from nums_wagtail.test.casework_factories import case_of
from nums_wagtail.test.members_factories import make_link, make_member
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import make_report

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P038")]

TYPED = "curlew under the bridge"


@pytest.fixture
def told(settings):
    """Django's fullest report to administrators: every variable of every function on the way."""
    address = "administrators@example.org"
    settings.ADMINS = [address] if django.VERSION >= (6, 0) else [("Administrators", address)]
    handler = AdminEmailHandler(include_html=True)
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    yield lambda: b"".join(one.message().as_bytes() for one in mail.outbox)
    logger.removeHandler(handler)


def _refuses(*args, **kwargs):
    raise IntegrityError(f"Failing row contains {args!r}, {kwargs!r}, {TYPED}")


def _fails(*args, **kwargs):
    raise LookupError(len(args))


@pytest.fixture
def staff():
    def sign_in(group: str) -> Client:
        client = Client(raise_request_exception=False, REMOTE_ADDR="198.51.100.7", HTTP_USER_AGENT="Curlew/1.0")
        client.force_login(make_staff(group))
        return client

    return sign_in


def _join(monkeypatch, staff):
    monkeypatch.setattr(views, "ask_to_join", _refuses)
    region = make_member().home_region.code
    typed = {"email": "curlew@example.org", "working_name": TYPED, "kind": "individual", "home_region": region}
    return Client(raise_request_exception=False).post(reverse("nums_wagtail:join"), typed)


def _edit_a_member(monkeypatch, staff):
    member = make_member()
    monkeypatch.setattr(preferences, "edit_member", _refuses)
    typed = {
        "email": member.email,
        "working_name": TYPED,
        "kind": "individual",
        "home_region": member.home_region_id,
    }
    return staff("membership").post(reverse("nums_members:edit", args=[member.pk]), typed)


def _enter_a_member(monkeypatch, staff):
    monkeypatch.setattr(joining, "enrol_member", _refuses)
    region = make_member().home_region_id
    typed = {"email": "new@example.org", "working_name": TYPED, "kind": "individual", "home_region": region}
    return staff("membership").post(reverse("nums_members:add"), typed)


def _write_a_note(monkeypatch, staff):
    case = case_of(make_report())
    monkeypatch.setattr("nums_wagtail.casework.views.write_note", _refuses)
    return staff("caseworker").post(reverse("nums_cases:note", args=[case.uuid]), {"text": TYPED})


def _edit_an_alert(monkeypatch, staff):
    alert = make_alert()
    monkeypatch.setattr(alerts.Alert, "save_revision", _refuses)
    rows = {
        f"identifiers-{name}_FORMS": number for name, number in {"TOTAL": 0, "INITIAL": 0, "MAX_NUM": 9}.items()
    }
    typed = {"kind": "person", "severity": "risky", "line": TYPED, "certainty": "anonymous", **rows}
    typed["incident_precision"] = "week"
    return staff("caseworker").post(reverse("nums_alerts:edit", args=[alert.pk]), typed)


@pytest.mark.slow
@pytest.mark.parametrize("fails", [_join, _edit_a_member, _enter_a_member, _write_a_note, _edit_an_alert])
def test_an_error_where_somebody_types_is_reported_without_a_word_of_it(fails, told, staff, monkeypatch, caplog):
    assert fails(monkeypatch, staff).status_code == 500
    report = told()
    assert b"IntegrityError" in report, "what went wrong is told"
    for words in (TYPED, "curlew@example.org", "198.51.100.7", "Curlew/1.0"):
        assert not finds(words, report), words
        assert not finds(words, caplog.text.encode()), words


def test_a_preview_that_fails_tells_nothing_of_the_draft(told, staff, monkeypatch, caplog):
    alert = make_alert(line=TYPED)
    client = staff("caseworker")
    monkeypatch.setattr("nums_wagtail.alerts.cards.card", _fails)
    rows = {
        f"identifiers-{name}_FORMS": number for name, number in {"TOTAL": 0, "INITIAL": 0, "MAX_NUM": 9}.items()
    }
    typed = {"kind": "person", "severity": "risky", "line": TYPED, "certainty": "anonymous", **rows}
    address = reverse("nums_alerts:preview_on_edit", args=[alert.pk])
    client.post(address, {**typed, "incident_precision": "week"})
    client.get(address)
    assert told()
    assert b"serve_preview" in told()
    assert not finds(TYPED, told())


def test_a_report_that_fails_says_neither_who_was_signed_in_nor_from_where(told, staff, monkeypatch):
    monkeypatch.setattr(trying, "send", _refuses)
    client = staff("caseworker")
    typed = {"q-what_happened": TYPED, "state": Showing(None).seal(), "send": "warn"}
    assert client.post(reverse("nums_wagtail:answer"), typed).status_code == 503
    report = told()
    assert b"/n/send/" in report
    for words in (TYPED, "198.51.100.7", "Curlew/1.0", "caseworker-"):
        assert not finds(words, report), words


def test_without_the_filter_the_same_report_would_tell(told, monkeypatch):
    """The search does find what Django tells of a view that is not ours."""

    def careless(request):
        typed = request.POST["words"]
        raise LookupError(len(typed))

    def report(view):
        request = RequestFactory().post("/", {"words": TYPED})
        try:
            view(request)
        except LookupError as error:
            response_for_exception(request, error)
        return told()

    assert finds(TYPED, report(careless))
    mail.outbox.clear()
    assert not finds(TYPED, report(without_values(careless)))


def test_the_databases_words_are_replaced_and_its_traceback_kept():
    with pytest.raises(DatabaseRefused) as raised:
        without_values(_refuses)(RequestFactory().get("/"))
    error = raised.value
    assert str(error) == "IntegrityError"
    assert error.__cause__ is error.__context__ is None
    assert [entry.name for entry in raised.traceback][-1] == "_refuses"


def test_under_debug_a_developer_sees_everything(settings):
    settings.DEBUG = True
    request = RequestFactory().post("/?a=b", {"words": TYPED}, REMOTE_ADDR="198.51.100.7")
    request.COOKIES["seen"] = "yes"
    shown = NoValues()
    assert shown.get_post_parameters(request)["words"] == TYPED
    assert shown.get_safe_request_meta(request)["REMOTE_ADDR"] == "198.51.100.7"
    assert shown.get_safe_cookies(request) == {"seen": "yes"}
    settings.DEBUG = False
    assert set(shown.get_post_parameters(request).values()) == {shown.cleansed_substitute}
    meta = copy.copy(shown.get_safe_request_meta(request))
    assert meta["REMOTE_ADDR"] == shown.cleansed_substitute
    assert meta["REQUEST_METHOD"] == "POST"
    assert shown.get_safe_cookies(request) == {"seen": shown.cleansed_substitute}
    assert shown.get_post_parameters(None) == {}


def test_every_quiet_page_asks_for_it():
    request = RequestFactory().get("/")
    quiet_page(lambda request: HttpResponse("calm"))(request)
    assert isinstance(request.exception_reporter_filter, NoValues)


def test_an_address_that_is_a_key_stands_in_no_report_and_no_log(told, monkeypatch, caplog):
    link = make_link(make_member())
    address = reverse("nums_wagtail:sign_in_link", args=[link.token])
    client = Client(raise_request_exception=False)
    monkeypatch.setattr(views, "use_link", _fails)
    assert client.post(address).status_code == 500
    monkeypatch.setattr(views, "use_link", _refuses)
    assert client.post(address).status_code == 500
    report = told()
    assert b"LookupError" in report
    assert b"DatabaseRefused" in report
    assert finds("in/<str:token>/", report)
    for words in (report, caplog.text.encode()):
        assert not finds(link.token, words)


def test_nor_when_it_is_over(caplog):
    link = make_link(make_member())
    address = reverse("nums_wagtail:sign_in_link", args=[link.token])
    client = Client()
    client.post(address)
    assert client.post(address).status_code == 410
    assert "410" in caplog.text or "Gone" in caplog.text
    assert link.token not in caplog.text


def test_nor_when_it_is_refused_before_the_page_is_asked(caplog):
    link = make_link(make_member())
    address = reverse("nums_wagtail:sign_in_link", args=[link.token])
    answer = Client(enforce_csrf_checks=True).post(address)
    assert answer.status_code == 403
    assert "no-store" in answer["Cache-Control"]
    assert "Forbidden" in caplog.text
    assert link.token not in caplog.text
