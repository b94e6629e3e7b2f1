"""Whether a worker lives: known from its beat alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from nums_wagtail.mailing.models import WorkerBeat
from nums_wagtail.mailing.tasks import beat
from nums_wagtail.mailing.worker_state import worker_alive

pytestmark = pytest.mark.django_db


def test_a_worker_that_never_spoke_does_not_live():
    assert not worker_alive()


def test_a_worker_lives_for_three_minutes_after_its_beat():
    beat()
    beat()
    assert WorkerBeat.objects.count() == 1
    assert worker_alive()
    assert not worker_alive(timezone.now() + timedelta(minutes=4))
