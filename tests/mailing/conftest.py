"""What the mailing tests share: the SMTP server, and letters to send to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from nums_wagtail.foundation.actors import INTAKE
from nums_wagtail.mailing.letters import queue_letter
from nums_wagtail.mailing.models import Lane, Letter

from .smtp_server import Postbox, running_server


@pytest.fixture
def postbox(settings) -> Iterator[Postbox]:
    """A real server that the host's settings point to."""
    with running_server() as postbox:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = postbox.port
        settings.EMAIL_TIMEOUT = 5
        yield postbox


@pytest.fixture
def write_letter(db) -> Callable[..., Letter]:
    def write(to: str = "rowan@example.org", lane: Lane = Lane.SIGN_IN, **more) -> Letter:
        return queue_letter(
            kind="sign-in", to=to, subject="Your link", text="Here it is.", lane=lane, by=INTAKE, **more
        )

    return write
