"""Compiling a bulletin: its editions rendered, PDFs among them, and one outbox row for each reader."""

from __future__ import annotations

from typing import Any

from tests.bench.bulletins import composed_bulletin, readers_and_alert
from tests.bench.clock import reading, seconds_of
from tests.bench.frame import Benchmark, Measured, Size, must

#: What compiling writes, a table that others point to first.
TABLES = ("nums_wagtail_edition", "nums_wagtail_delivery")


def compiling(size: Size) -> Measured:
    from nums_wagtail.bulletins.compiling import compile_bulletin
    from nums_wagtail.bulletins.models import Delivery
    from nums_wagtail.foundation.actors import WORKER

    bulletin = composed_bulletin()
    _render(bulletin)
    with reading() as ours:
        compiled = compile_bulletin(bulletin, by=WORKER)
    must(compiled is not None and compiled.readers == size.count, "not every reader was found")
    must(Delivery.objects.filter(bulletin=bulletin).count() == size.count, "not every reader has a row")
    _prove_editions(bulletin)
    written = _taken_out(bulletin)
    rendering = seconds_of(lambda: _render(bulletin))
    writing = seconds_of(lambda: _write(written))
    must(Delivery.objects.filter(bulletin=bulletin).count() == size.count, "the baseline wrote other rows")
    more = {"editions": compiled.editions, "rendering": rendering, "writing": writing}
    return Measured(ours.seconds, rendering + writing, ours.queries, more)


def _render(bulletin: Any) -> None:
    """Each edition once, as for a bulletin with one reader of each format."""
    from nums_wagtail.bulletins.render import new_rendering
    from nums_wagtail.members.models import Member

    with new_rendering(bulletin) as rendering:
        for format in Member.Format.values:
            rendering.edition("en", format)


def _prove_editions(bulletin: Any) -> None:
    """Every edition has its three faces, and its PDF can be opened by somebody else's parser."""
    import io

    import pikepdf

    from nums_wagtail.bulletins.models import Edition

    editions = Edition.objects.filter(bulletin=bulletin)
    must({each.format for each in editions} == {"short", "pdf"}, "a format has no edition")
    for edition in editions:
        must("07700" in edition.text or "412" in edition.text, "an edition does not say what it is about")
        must(bool(edition.html), "an edition has no HTML")
        must((edition.pdf is not None) == (edition.format == "pdf"), "an edition has no PDF, or one too many")
        if edition.pdf is not None:
            with pikepdf.open(io.BytesIO(bytes(edition.pdf))) as opened:
                must(len(opened.pages) > 0, "a PDF has no page")


def _taken_out(bulletin: Any) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """The finished rows as the database holds them, with the statement that writes them; they are deleted."""
    from django.db import connection

    written = []
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table} WHERE bulletin_id = %s", [bulletin.pk])
            columns = [column[0] for column in cursor.description]
            places = ", ".join(["%s"] * len(columns))
            statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"
            written.append((statement, list(cursor.fetchall())))
        for table in reversed(TABLES):
            cursor.execute(f"DELETE FROM {table} WHERE bulletin_id = %s", [bulletin.pk])
    return written


def _write(written: list[tuple[str, list[tuple[Any, ...]]]]) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for statement, rows in written:
            cursor.executemany(statement, rows)


BENCHMARKS = (
    Benchmark(
        name="compiling",
        unit="s",
        baseline="each edition rendered once, and the finished rows inserted as they are",
        sizes=(Size(2_000), Size(10_000), Size(100_000)),
        measure=compiling,
        fill=readers_and_alert,
    ),
)
