"""With a broken key nothing is taken in, and nothing that cannot be opened is shown as if it were empty."""

import base64
import html
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from nums_wagtail.casework.models import CaseNote
from nums_wagtail.members.models import Member
from nums_wagtail.reports.models import ConsentEvent, Report, ReportVersion
from nums_wagtail.test.casework_factories import make_case
from nums_wagtail.test.members_factories import make_member
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import WHAT_HAPPENED, make_region
from nums_wagtail.vault import team
from nums_wagtail.vault.models import DataKey, TeamKey
from tests.reports.reporter import state_in, words_in

pytestmark = pytest.mark.django_db

OTHER_KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture(autouse=True)
def _an_empty_cache():
    cache.clear()


@pytest.fixture
def configure(settings) -> Callable[..., None]:
    def put(**given):
        settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, **given}

    return put


def flip(rows, column: str) -> None:
    """Change one bit of the last byte in every row."""
    for row in rows:
        value = bytes(getattr(row, column))
        type(row).objects.filter(pk=row.pk).update(**{column: value[:-1] + bytes([value[-1] ^ 1])})


# Taking in. Each breaks one key after the form was opened.

BREAK_BEFORE_SENDING = {
    "no site key": lambda put: put(SITE_KEYS=[]),
    "a site key of the wrong length": lambda put: put(SITE_KEYS=["t1:c2hvcnQ="]),
    "another site key of the same name": lambda put: put(SITE_KEYS=[f"t1:{OTHER_KEY}"]),
    "another site key alone": lambda put: put(SITE_KEYS=[f"t2:{OTHER_KEY}"]),
    "no database of keys": lambda put: put(KEYS_DATABASE="gone"),
    "the team's public half cut": lambda put: TeamKey.objects.update(public=b"short"),
    "the team's public half changed": lambda put: flip(TeamKey.objects.all(), "public"),
    "the team's private half changed": lambda put: flip(TeamKey.objects.all(), "wrapped_private"),
}


def send(client: Client, state: str) -> object:
    typed = {"state": state, "send": "warn", "q-what_happened": WHAT_HAPPENED}
    body = urlencode(typed)
    return client.post(reverse("nums_wagtail:answer"), body, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("broken", BREAK_BEFORE_SENDING)
@pytest.mark.promise("P004")
def test_a_broken_key_takes_no_report_in_and_gives_the_words_back(broken, client, configure, settings):
    make_region()
    team.ensure_team_key()
    before = settings.NUMS_WAGTAIL
    form = send(client, "")
    BREAK_BEFORE_SENDING[broken](configure)
    answer = send(client, state_in(form))
    if answer.status_code == 400:
        # The state could not be opened either, and the page asks to press again.
        answer = send(client, state_in(answer))
    assert answer.status_code == 503
    assert html.escape(WHAT_HAPPENED) in answer.content.decode()
    assert not words_in(answer), "nobody gets a receipt for what was not stored"
    settings.NUMS_WAGTAIL = before
    for model in (Report, ReportVersion, ConsentEvent, DataKey):
        assert not model.objects.exists()


def test_with_the_keys_whole_the_same_way_takes_it_in(client):
    make_region()
    answer = send(client, state_in(send(client, "")))
    assert answer.status_code == 200
    assert len(words_in(answer)) == 5
    assert Report.objects.count() == 1


# Reading. Each breaks one thing that a case rests on.

BREAK_BEFORE_READING = {
    "another site key": lambda put: put(SITE_KEYS=[f"t1:{OTHER_KEY}"]),
    "no site key": lambda put: put(SITE_KEYS=[]),
    "the team's private half changed": lambda put: flip(TeamKey.objects.all(), "wrapped_private"),
    "the team's key pair gone": lambda put: TeamKey.objects.all().delete(),
    "the data keys gone": lambda put: DataKey.objects.all().delete(),
    "the report's data key changed": lambda put: flip(DataKey.objects.filter(kind="report"), "wrapped_team"),
    "the case's data key changed": lambda put: flip(DataKey.objects.filter(kind="case"), "wrapped_team"),
    "the report changed": lambda put: flip(ReportVersion.objects.all(), "envelope"),
    "the report emptied": lambda put: ReportVersion.objects.update(envelope=b""),
    "a note changed": lambda put: flip(CaseNote.objects.all(), "envelope"),
}


@pytest.mark.parametrize("broken", BREAK_BEFORE_READING)
@pytest.mark.promise("P003")
def test_a_case_that_cannot_be_opened_is_an_error_on_screen_and_never_empty(broken, client, configure):
    case = make_case(note="Rang back on Tuesday.")
    address = reverse("nums_cases:case", args=[case.uuid])
    client.force_login(make_staff("caseworker"))
    whole = client.get(address)
    assert whole.status_code == 200
    assert "Rang back on Tuesday." in whole.content.decode()
    BREAK_BEFORE_READING[broken](configure)
    page = client.get(address)
    assert page.status_code == 500
    shown = page.content.decode()
    assert "This could not be opened or stored safely." in shown
    assert "Rang back" not in shown
    assert 'name="text"' not in shown, "no form invites to write into what cannot be read"


@pytest.mark.parametrize("broken", ["another site key", "no site key", "the data keys gone"])
@pytest.mark.promise("P003")
def test_a_member_that_cannot_be_opened_is_no_empty_line_in_the_list(broken, client, configure):
    member = make_member(working_name="Lark")
    client.force_login(make_staff("membership"))
    address = reverse("nums_members:index")
    assert "Lark" in client.get(address).content.decode()
    BREAK_BEFORE_READING[broken](configure)
    client.raise_request_exception = False
    assert client.get(address).status_code == 500
    assert Member.objects.filter(pk=member.pk, email__isnull=False).exists()
