"""A bulletin on its way to a mail server on the loopback, beside the same bytes pushed there by bare smtplib."""

from __future__ import annotations

import pickle
import smtplib
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from time import process_time
from typing import Any

from tests.bench.bulletins import compiled_bulletin, readers_and_alert
from tests.bench.clock import reading
from tests.bench.crew import Done, together
from tests.bench.frame import Benchmark, Measured, Size, must
from tests.bench.sink import running_sink

#: Connections that one worker keeps open, and so the baseline as well.
CONNECTIONS = 2

#: Sender, recipient, bytes.
Envelope = tuple[str, str, bytes]


def delivering(size: Size) -> Measured:
    from nums_wagtail.conf import nums_settings

    must(nums_settings().mailing.DELIVERY_CONNECTIONS == CONNECTIONS, "our workers use other connections")
    compiled_bulletin()
    envelopes = _messages_waiting()
    must(len(envelopes) == size.count, f"{len(envelopes)} of {size.count} messages wait")
    must(len({recipient for _from, recipient, _data in envelopes}) == size.count, "a reader is there twice")
    bare = _push_bare(envelopes, size)
    ours = _deliver(size)
    _prove(size)
    queries = sum(answer["queries"] for answer in ours.answers)
    return Measured(
        ours.seconds,
        bare.seconds,
        queries,
        {
            "per_second": size.count / ours.seconds,
            "against_per_second": size.count / bare.seconds,
            # Of our processes alone; a busy machine stretches the seconds and not these.
            "cpu": sum(answer["cpu"] for answer in ours.answers),
            "against_cpu": sum(answer["cpu"] for answer in bare.answers),
            "queries_per_mail": queries / size.count,
            "bytes_per_mail": sum(len(data) for _from, _to, data in envelopes) // size.count,
        },
    )


def _messages_waiting() -> list[Envelope]:
    """What will go out, to the byte, made by the verbs that will make it again."""
    from nums_wagtail.bulletins import deliver

    rows = list(deliver.rows().order_by("pk"))
    envelopes: list[Envelope] = []
    for at in range(0, len(rows), 500):
        built = deliver.build(rows[at : at + 500])
        envelopes += ((each.sender, each.recipient, each.as_bytes()) for each in built.values())
    return envelopes


def _push_bare(envelopes: list[Envelope], size: Size) -> Done:
    with tempfile.TemporaryDirectory() as folder, running_sink() as sink:
        shares = []
        for worker in range(size.workers):
            share = Path(folder) / str(worker)
            share.write_bytes(pickle.dumps(envelopes[worker :: size.workers]))
            shares.append([str(share), str(sink.port)])
        done = together(f"{__name__}:bare_sender", shares, {})
        taken = sink.messages_of(size.count)
    must(taken == size.count, f"the sink took {taken} of {size.count} messages of the baseline")
    return done


def _deliver(size: Size) -> Done:
    with running_sink() as sink:
        environment = {"BENCH_SMTP_PORT": str(sink.port)}
        done = together(f"{__name__}:our_sender", [[]] * size.workers, environment)
        taken = sink.messages_of(size.count)
    must(taken == size.count, f"the sink took {taken} of {size.count} messages")
    return done


def _prove(size: Size) -> None:
    """Every reader's row is sent, each with a Message-ID of its own, and the bulletin says it is finished."""
    from nums_wagtail.bulletins.models import Bulletin, Delivery
    from nums_wagtail.mailing.models import RowState

    sent = Delivery.objects.filter(state=RowState.SENT, sent_at__isnull=False, attempts=1)
    must(sent.count() == size.count, f"{sent.count()} of {size.count} rows are sent")
    must(sent.values("message_id").distinct().count() == size.count, "a Message-ID is there twice")
    must(sent.values("subscription").distinct().count() == size.count, "a reader got two")
    bulletin = Bulletin.objects.get()
    must(bulletin.state == Bulletin.State.SENT and bulletin.reached == size.count, "the bulletin is not finished")


def bare_sender(share: str, port: str) -> Callable[[], Any]:
    """The baseline's process: bytes that are ready, over as many connections as ours."""
    envelopes: list[Envelope] = pickle.loads(Path(share).read_bytes())  # noqa: S301 - written a moment ago

    def push(mine: list[Envelope]) -> None:
        with smtplib.SMTP("127.0.0.1", int(port), "localhost") as smtp:
            for sender, recipient, data in mine:
                smtp.sendmail(sender, [recipient], data)

    def work() -> Any:
        began = process_time()
        threads = [Thread(target=push, args=(envelopes[each::CONNECTIONS],)) for each in range(CONNECTIONS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return {"cpu": process_time() - began}

    return work


def our_sender() -> Callable[[], Any]:
    """A worker of ours, doing what the queue would have it do."""
    import django

    django.setup()
    from nums_wagtail.mailing.outbox import deliver_all
    from nums_wagtail.mailing.tasks import TURN_SECONDS

    def work() -> Any:
        began = process_time()
        with reading() as taken:
            while deliver_all(seconds=TURN_SECONDS).more:
                continue
        return {"queries": taken.queries, "cpu": process_time() - began}

    return work


BENCHMARKS = (
    Benchmark(
        name="delivery",
        unit="s",
        baseline="pre-built bytes over as many smtplib connections",
        sizes=(Size(2_000), Size(10_000), Size(10_000, workers=2)),
        measure=delivering,
        fill=readers_and_alert,
    ),
)
