"""A long PDF, made by a child process of ours, beside bare WeasyPrint on the same HTML in this process."""

from __future__ import annotations

import io
from typing import Any

from tests.bench.clock import seconds_of
from tests.bench.frame import Benchmark, Measured, Size, must

TITLE, LANGUAGE = "Update", "en"
#: As many as fit on a page.
CARDS = 2


def printing(size: Size) -> Measured:
    """Both warm: each has made one document before it is measured."""
    from nums_wagtail.printing.pdf import PdfPrinter

    html = long_bulletin(size.count)
    files: dict[str, bytes] = {}
    bare = _Bare()
    bare.print(html)
    against = seconds_of(lambda: files.update(bare=bare.print(html)))
    untagged = seconds_of(lambda: bare.print(html, variant=None))
    with PdfPrinter() as printer:
        first = seconds_of(lambda: printer.render(html, title=TITLE, lang=LANGUAGE))
        value = seconds_of(lambda: files.update(ours=printer.render(html, title=TITLE, lang=LANGUAGE)))
    for name, data in files.items():
        _prove(data, size.count, name)
    more = {"per_page": value / size.count, "first_in_a_fresh_child": first, "against_untagged": untagged}
    return Measured(value, against, 0, {**more, "bytes": len(files["ours"])})


class _Bare:
    """WeasyPrint as its own documentation calls it, with our files handed to it from memory."""

    def __init__(self) -> None:
        from nums_wagtail.printing.assets import load_assets

        self._assets = load_assets()

    def print(self, html: str, variant: str | None = "pdf/ua-1") -> bytes:
        from weasyprint import HTML

        return HTML(string=html, url_fetcher=self._fetch).write_pdf(pdf_variant=variant)

    def _fetch(self, url: str) -> Any:
        from weasyprint.urls import URLFetcherResponse

        kind, body = self._assets[url.removeprefix("nums:")]
        return URLFetcherResponse(url, body, {"Content-Type": kind})


def long_bulletin(pages: int) -> str:
    """As many alert cards as fill ``pages`` pages of the print layout, one page for each section."""
    from django.template import engines

    from nums_wagtail.alerts.cards import card

    cards = [card(_content(number), face="print", names={"north-west": "North West"}) for number in range(CARDS)]
    template = engines["django"].from_string(
        '{% extends "nums_wagtail/layouts/print.html" %}{% block main %}{% for page in pages %}'
        '<section style="break-before: {% if forloop.first %}auto{% else %}page{% endif %}">'
        '{% for card in cards %}{% include "nums_wagtail/elements/alert_card.html" with face="print" level=2 %}'
        "{% endfor %}</section>{% endfor %}{% endblock %}"
    )
    return template.render({"pages": range(pages), "cards": cards})


def _content(number: int) -> Any:
    from nums_wagtail.alerts.content import AlertContent, Fact, MaskedIdentifier
    from nums_wagtail.reports.schema import SCHEMA

    asked = [question for question in SCHEMA.publishable_questions() if question.vocabulary][1:7]
    facts = ((each.key, SCHEMA.vocabulary(each.vocabulary).terms[0].code) for each in asked)
    return AlertContent(
        reference=f"BNCH{number}",
        kind="person",
        severity="dangerous",
        categories=("threats",),
        line="Turns violent when asked to pay first. Locks the doors of the van and drives on.",
        happened="2026-W07",
        facts=tuple(Fact(key, (code,)) for key, code in facts),
        identifiers=(MaskedIdentifier("phone", "ending 412"),),
        regions=("north-west",),
        certainty="anonymous",
        advice=(),
        ends_on="",
    )


def _prove(data: bytes, pages: int, name: str) -> None:
    """Somebody else's parser opens it, counts its pages and finds the tags."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as opened:
        must(len(opened.pages) == pages, f"{name}: {len(opened.pages)} of {pages} pages")
        must(bool(opened.Root.MarkInfo.Marked), f"{name}: it is not tagged")
        must(all(page.Contents.read_bytes() for page in opened.pages), f"{name}: a page is empty")


BENCHMARKS = (
    Benchmark(
        name="pdf",
        unit="s",
        baseline="bare WeasyPrint, tagged as ours, in the same process",
        sizes=(Size(20), Size(100)),
        measure=printing,
    ),
)
