"""What the bulletins' tests share: a real mail server, regions, and a reader who wants everything at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from wagtail.log_actions import registry as wagtail_log

from nums_wagtail.foundation import journal
from nums_wagtail.mailing.outbox import Delivered, deliver_all
from nums_wagtail.members.models import Member
from nums_wagtail.regions.models import Region
from nums_wagtail.test.members_factories import any_region, make_member
from tests.mailing.smtp_server import Postbox, running_server


@pytest.fixture(autouse=True)
def _declared_log_actions():
    for action in journal.actions:
        if not wagtail_log.action_exists(action.key):
            wagtail_log.register_action(action.key, action.label, action.label)


@pytest.fixture
def postbox(settings) -> Iterator[Postbox]:
    with running_server() as postbox:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = postbox.port
        settings.EMAIL_TIMEOUT = 5
        yield postbox


@pytest.fixture
def region(db) -> Region:
    any_region()
    return Region.objects.get(code="london")


@pytest.fixture
def far_region(region) -> Region:
    return Region.objects.get(code="north-east")


@pytest.fixture
def reader(region) -> Member:
    """Wants everything at once, in the region."""
    return make_member(email="reader@example.org", home_region=region, rhythm=Member.Rhythm.ALL)


@pytest.fixture
def send() -> Callable[[], Delivered]:
    """Sends what waits of bulletins, as a worker does."""
    return lambda: deliver_all(seconds=20, keys={"bulletins"})
