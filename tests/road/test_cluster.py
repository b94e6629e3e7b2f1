"""The same road with a real cluster: PostgreSQL holds the data, Redis the queue, and nothing runs in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django_q.conf import Conf
from django_q.models import OrmQ
from django_q.status import Stat

from nums_wagtail.mailing import queue, worker_state
from tests.mailing.smtp_server import Postbox

from .cluster import nothing_waits, running_cluster, running_redis, wait_until
from .conftest import Country
from .test_road import test_a_report_becomes_a_warning_that_members_of_its_region_read_and_get as walk_the_road

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: make cluster"),
]


@pytest.fixture(params=["gb"])
def pack(request, settings):
    """One country is enough: what differs between them has no part in the queue."""
    from nums_wagtail.regions.packs import packs

    return packs[request.param]


@pytest.fixture
def redis_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A Redis that this process queues in, too."""
    with running_redis(tmp_path) as address:
        monkeypatch.setattr(Conf, "ORM", None)
        monkeypatch.setattr(Conf, "REDIS", address)
        yield address


@pytest.fixture
def cluster(country: Country, postbox: Postbox, redis_address: str, tmp_path: Path) -> Iterator[int]:
    """A cluster whose heart has beaten: scheduler, queue and worker have each done their part once."""
    log = tmp_path / "cluster.log"
    with running_cluster(redis_address=redis_address, smtp_port=postbox.port, log=log) as pid:
        try:
            wait_until(lambda: worker_state.last_beat() is not None, "the first heartbeat")
        except AssertionError:
            pytest.fail(f"the cluster's heart never beat; it said: {log.read_text()[-2000:]}")
        yield pid


@pytest.fixture
def worker(cluster: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Waits for the cluster; whatever would run here instead fails."""

    def never(*args: object) -> None:
        raise AssertionError("a task ran in the process that queued it")

    monkeypatch.setattr(queue, "run_task", never)
    monkeypatch.setattr(queue, "run_task_without_trace", never)
    return lambda: wait_until(nothing_waits, "what waits")


@pytest.mark.promise("P050")
def test_a_cluster_over_postgresql_and_redis_walks_the_road(country, postbox, worker, cluster):
    walk_the_road(country, postbox, worker)
    assert not OrmQ.objects.exists()
    (seen,) = Stat.get_all()
    assert seen.pid == cluster
    assert len(seen.workers) == Conf.WORKERS
