"""Taking reports in, by the verb and through the page, each proved readable by its receipt afterwards."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from time import perf_counter
from typing import Any

from tests.bench.clock import percentile, reading
from tests.bench.frame import Benchmark, Measured, Size, must

SIZES = (Size(100), Size(1_000))
#: Calls before the measuring begins: templates are read, the team key is there.
WARM_UP = 5


def _words(number: int) -> str:
    """What this report says, about as much as people write; no two say the same."""
    told = "He seemed calm at first. Then he locked the doors of the van and drove on past the lights. "
    return f"{secrets.token_hex(8)} {number}. " + told * 8


class _Bare:
    """The least that taking a report in could cost: one derivation, and one row in a table of one column."""

    def __init__(self) -> None:
        from django.db import connection

        self._connection = connection
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bench_plain (words TEXT)")
        self.derivations: list[float] = []
        self.rows: list[float] = []

    def __call__(self, words: str) -> None:
        from nums_wagtail.vault import derivation

        began = perf_counter()
        derivation.from_guessable(words[:20].encode(), b"the benchmarks' own salt")
        derived = perf_counter()
        with self._connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_plain (words) VALUES (%s)", [json.dumps({"what_happened": words})])
        self.derivations.append(derived - began)
        self.rows.append(perf_counter() - derived)

    def prove(self, count: int) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM bench_plain")
            must(cursor.fetchone()[0] == count, "the baseline's rows are not there")


def _measured(size: Size, send: Callable[[str], Any], receipt_of: Callable[[Any], Any]) -> Measured:
    """One report after another, each beside its baseline, then every receipt tried."""
    for number in range(WARM_UP):
        send(_words(number))
    bare, ours, queries, answers = _Bare(), [], 0, {}
    for number in range(size.count):
        words = _words(number)
        bare(words)
        with reading() as taken:
            answer = send(words)
        ours.append(taken.seconds)
        queries += taken.queries
        answers[words] = answer
    bare.prove(size.count)
    _prove({words: receipt_of(answer) for words, answer in answers.items()})
    least = [derived + stored for derived, stored in zip(bare.derivations, bare.rows, strict=True)]
    milliseconds = {
        "p95": percentile(ours, 0.95),
        "against_p95": percentile(least, 0.95),
        "argon2id_p50": percentile(bare.derivations, 0.5),
        "insert_p50": percentile(bare.rows, 0.5),
    }
    return Measured(
        percentile(ours, 0.5) * 1000,
        percentile(least, 0.5) * 1000,
        round(queries / size.count),
        {name: seconds * 1000 for name, seconds in milliseconds.items()},
    )


def _prove(receipts: dict[str, Any]) -> None:
    """Every report opens again with its own receipt, and says what was sent."""
    from nums_wagtail.reports import access, documents
    from nums_wagtail.reports.models import Report

    must(Report.objects.count() == len(receipts) + WARM_UP, "not every report was stored")
    for words, receipt in receipts.items():
        found = access.find_by_receipt(receipt) if receipt is not None else None
        must(found is not None, "a receipt opens nothing")
        holder, report = found
        said = documents.open_versions(report, holder)[-1].value("what_happened")
        must(said == words.strip(), "a report says something else than was sent")


def by_the_verb(size: Size) -> Measured:
    from nums_wagtail.test import reports_factories as reports

    region = reports.make_region()
    return _measured(
        size,
        lambda words: reports.accept(what_happened=words.strip(), region=region),
        lambda accepted: accepted.receipt,
    )


def through_the_page(size: Size) -> Measured:
    """Only the answer is measured: the form was opened before, as it is while somebody types."""
    from django.test import Client
    from django.urls import reverse

    from nums_wagtail.reports.form_state import Showing
    from nums_wagtail.test.reports_factories import make_region
    from nums_wagtail.vault.receipts import parse_receipt
    from tests.reports.reporter import words_in

    client, address = Client(), reverse("nums_wagtail:answer")
    region = make_region()

    def send(words: str) -> Any:
        typed = {"q-what_happened": words, "q-region": region.code, "state": Showing().seal(), "send": "warn"}
        return client.post(address, typed)

    return _measured(size, send, lambda page: parse_receipt(" ".join(words_in(page))))


BASELINE = "one bare Argon2id and one bare INSERT, committed"
BENCHMARKS = (
    Benchmark(name="intake", unit="ms", baseline=BASELINE, sizes=SIZES, measure=by_the_verb),
    Benchmark(name="intake-page", unit="ms", baseline=BASELINE, sizes=SIZES, measure=through_the_page),
)
