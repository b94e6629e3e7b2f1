"""The queue: opaque ids in, class names out."""

from __future__ import annotations

import pickle
import traceback
from multiprocessing import Queue, Value
from uuid import uuid4

import pytest
from django_q.brokers import get_broker
from django_q.models import OrmQ, Task
from django_q.monitor import monitor
from django_q.worker import worker

from nums_wagtail.mailing.queue import TaskFailed, enqueue, run_task, run_task_without_trace

from .queue_samples import CANARY, calls, works

SAMPLES = works.__module__


def run_what_is_queued() -> None:
    """What a cluster does with the queue, in this process: worker, then monitor."""
    work, results = Queue(), Queue()
    for row in OrmQ.objects.all():
        work.put({**row.task, "ack_id": row.pk})
    work.put("STOP")
    worker(work, results, Value("f", -1), -1)
    results.put("STOP")
    monitor(results, get_broker())
    for queue in (work, results):
        queue.close()
        queue.join_thread()


@pytest.fixture
def queued(db, django_capture_on_commit_callbacks, monkeypatch):
    # The cluster closes connections between tasks; in a test that would end the transaction.
    monkeypatch.setattr("django_q.worker.close_old_django_connections", lambda: None)
    monkeypatch.setattr("django_q.monitor.close_old_django_connections", lambda: None)
    calls.clear()

    def run(*args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            enqueue(*args, **kwargs)
        run_what_is_queued()

    return run


def test_a_task_runs_with_the_ids_it_was_given(queued):
    one = uuid4()
    queued(f"{SAMPLES}.works", 7, one)
    assert calls == [(7, str(one))]


def test_a_kept_success_holds_no_result(queued):
    queued(f"{SAMPLES}.works", 7)
    kept = Task.objects.get()
    assert (kept.success, kept.result, kept.name) == (True, None, f"{SAMPLES}.works")


@pytest.mark.parametrize(("sample", "word"), [("fails", "LookupError"), ("is_timed_out", "TimeoutException")])
@pytest.mark.promise("P053")
def test_a_kept_failure_holds_a_class_name_and_no_value(queued, sample, word):
    queued(f"{SAMPLES}.{sample}", 7)
    kept = Task.objects.get()
    assert not kept.success
    assert word in kept.result
    assert CANARY.encode() not in pickle.dumps([kept.result, kept.args, kept.kwargs])


@pytest.mark.parametrize("sample", ["works", "fails"])
@pytest.mark.promise("P053")
def test_a_task_of_one_report_leaves_no_row(queued, sample):
    queued(f"{SAMPLES}.{sample}", 7, leave_no_trace=True)
    assert not Task.objects.exists()


def test_an_error_reporter_finds_no_former_exception():
    with pytest.raises(TaskFailed) as caught:
        run_task(f"{SAMPLES}.fails", 7)
    assert CANARY not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None


@pytest.mark.promise("P053")
def test_a_log_line_of_a_failure_holds_no_value(caplog):
    run_task_without_trace(f"{SAMPLES}.fails", 7)
    assert "LookupError" in caplog.text
    assert CANARY not in caplog.text


@pytest.mark.parametrize("value", ["rowan@example.org", "two words", "", "x" * 65, 1.5, b"7", None])
@pytest.mark.promise("P053")
def test_an_argument_that_could_say_something_is_refused(value):
    with pytest.raises((ValueError, TypeError)):
        enqueue(f"{SAMPLES}.works", value)


def test_a_queue_that_is_down_does_not_undo_what_was_committed(
    db, django_capture_on_commit_callbacks, monkeypatch, caplog
):
    def down(*args, **kwargs):
        raise ConnectionError(CANARY)

    monkeypatch.setattr("nums_wagtail.mailing.queue.async_task", down)
    with django_capture_on_commit_callbacks(execute=True):
        enqueue(f"{SAMPLES}.works", 7)
    assert "ConnectionError" in caplog.text
    assert CANARY not in caplog.text
