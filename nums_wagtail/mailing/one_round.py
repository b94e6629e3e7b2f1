"""A worker for hosts that allow no service: one round of what is due and what waits, then it is gone.

``qcluster --run-once`` takes a single task and never looks at the schedules, so a cron line of it would leave mail
and retention lying. Here django-q2's own scheduler and cluster run until the queue is empty or the time is up.
"""

from __future__ import annotations

from time import monotonic, sleep

from django.db import connections
from django_q.brokers import get_broker
from django_q.cluster import Cluster
from django_q.scheduler import scheduler

#: Seconds between two looks at the queue.
LOOK = 0.5


def work_one_round(seconds: float) -> None:
    """Queue what the schedules say, then run what waits; takes nothing new after ``seconds``.

    A task that runs by then is finished first. Any number of rounds and workers may overlap.
    """
    broker = get_broker()
    scheduler(broker=broker)
    # The cluster forks; a connection that both sides hold would be closed under the other's feet.
    connections.close_all()
    cluster = Cluster()
    cluster.start()
    until = monotonic() + seconds
    while (broker.queue_size() or broker.lock_size()) and monotonic() < until:
        sleep(LOOK)
    cluster.stop()
