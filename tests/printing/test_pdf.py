"""A PDF is tagged, neutral, and made without reaching anything outside; what fails says nothing of the document."""

import io
import logging
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pikepdf
import pytest

from nums_wagtail.printing import checks, pdf
from nums_wagtail.printing.pdf import PdfFailed, PdfPrinter, PdfUnavailable, Printable, render_many, render_pdf

CANARY = "Kestrel Quince of 7 Nowhere Row"
PAGE = (
    '<!doctype html><html lang="cy"><head><title>Lantern Network secret</title>'
    '<meta name="author" content="Lantern Network"><meta name="dcterms.created" content="2031-02-03">'
    '<link rel="stylesheet" href="nums:print.css"></head>'
    '<body class="nums-print"><h1>Words</h1><p>{inside}</p></body></html>'
)


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


@pytest.fixture(scope="module")
def printed() -> bytes:
    return render_pdf(PAGE.format(inside=CANARY), title="Update 214", lang="en-gb")


def test_a_reader_of_a_pdf_gets_tags_a_title_and_a_language(printed):
    with opened(printed) as document:
        root = document.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == "en-gb"
        assert root.ViewerPreferences.DisplayDocTitle
        assert root.StructTreeRoot.K[0].S == "/Document"
        with document.open_metadata() as metadata:
            assert metadata["dc:title"] == "Update 214"
            assert metadata["pdfuaid:part"] == "1"


@pytest.mark.promise("P036")
def test_a_pdf_names_neither_the_scheme_nor_its_maker_nor_a_date(printed):
    with opened(printed) as document:
        assert dict(document.docinfo) == {"/Title": "Update 214", "/Producer": "PDF"}
        packet = document.Root.Metadata.read_bytes()
    for word in (b"Lantern", b"WeasyPrint", b"2031", b"Date"):
        assert word not in packet
        assert word not in printed


@pytest.fixture
def listener():
    """A server on this machine that notes every request."""
    hits: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            hits.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", hits
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.promise("P035")
def test_a_document_reaches_neither_the_network_nor_a_file(listener, tmp_path):
    address, hits = listener
    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY)
    inside = (
        f'<img src="{address}/a.png" alt="a"><img src="file://{secret}" alt="b"><img src="{secret}" alt="c">'
        f'<link rel="stylesheet" href="{address}/b.css"><link rel="attachment" href="file://{secret}">'
        f'<style>@import url("{address}/c.css"); @font-face {{font-family: x; src: url({address}/d.woff2)}}'
        f"p {{font-family: x; background: url({address}/e.png)}}</style>"
        f'<svg width="9" height="9"><title>x</title><image href="{address}/f.png" width="9" height="9"/></svg>'
        f'<object data="{address}/g.svg"></object><embed src="{address}/h.svg">'
    )
    made = render_pdf(PAGE.format(inside=inside), title="Update")
    assert hits == []
    with opened(made) as document:
        assert not document.attachments
        assert len(document.pages) == 1
    assert CANARY.encode() not in made


@pytest.mark.slow
def test_our_own_stylesheet_and_pictograms_are_there():
    inside = '<img src="nums:icons/place.svg" alt="place">'
    with opened(render_pdf(PAGE.format(inside=inside), title="Update")) as document:
        left, _bottom, right, _top = document.pages[0].mediabox
        assert round(float(right - left)) == 595
        assert figures_with_words(document) == 1


def figures_with_words(document: pikepdf.Pdf) -> int:
    return sum(
        1
        for item in document.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure" and "/Alt" in item
    )


@pytest.mark.slow
def test_several_documents_share_one_child_and_keep_their_order():
    made = render_many(
        [Printable(PAGE.format(inside="one"), "First"), Printable(PAGE.format(inside="two"), "Second")]
    )
    titles = []
    for data in made:
        with opened(data) as document:
            titles.append(str(document.docinfo["/Title"]))
    assert titles == ["First", "Second"]


@pytest.mark.slow
@pytest.mark.promise("P035")
def test_the_child_sees_none_of_our_environment_and_ends_after_use(monkeypatch):
    monkeypatch.setenv("SITE_KEYS", CANARY)
    with PdfPrinter() as printer:
        printer.start()
        process = printer._process
        environment = Path(f"/proc/{process.pid}/environ").read_bytes()
    assert CANARY.encode() not in environment
    assert process.poll() is not None


@pytest.mark.slow
def test_a_document_that_takes_too_long_is_stopped_and_the_next_one_is_made():
    with PdfPrinter(timeout=0.05) as printer:
        with pytest.raises(PdfFailed) as caught:
            printer.render(PAGE.format(inside=CANARY), title="Update")
        printer._timeout = pdf.TIMEOUT_SECONDS
        assert printer.render(PAGE.format(inside="short"), title="Update").startswith(b"%PDF")
    assert caught.value.code == "pdf_too_slow"
    assert CANARY not in repr(caught.value) + str(caught.value) + str(caught.value.words)


@pytest.mark.slow
def test_a_document_that_needs_too_much_memory_is_refused_without_a_word_of_it():
    with PdfPrinter(memory_mib=160) as printer, pytest.raises(PdfFailed) as caught:
        printer.render(PAGE.format(inside=f"<i>{CANARY}</i> " * 200_000), title="Update")
    assert CANARY not in repr(caught.value)


@pytest.mark.slow
def test_what_weasyprint_complains_about_reaches_no_log(caplog, capfd):
    with caplog.at_level(logging.DEBUG):
        render_pdf(PAGE.format(inside=f'<p style="colour: {CANARY}"><img src="{CANARY}">'), title="Update")
    assert caplog.text == ""
    assert capfd.readouterr() == ("", "")


@pytest.fixture
def no_libraries(tmp_path, monkeypatch):
    """The loader finds a file of Pango's name first, and it is no library."""
    (tmp_path / "libpango-1.0.so.0").write_bytes(b"")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    pdf.is_available.cache_clear()
    yield
    pdf.is_available.cache_clear()


@pytest.mark.slow
def test_without_native_libraries_the_caller_is_told_and_the_check_names_the_packages(no_libraries, monkeypatch):
    with pytest.raises(PdfUnavailable) as caught:
        render_pdf(PAGE.format(inside=CANARY), title="Update")
    assert CANARY not in repr(caught.value)
    assert not pdf.is_available()
    monkeypatch.setattr(checks, "LIBRARIES", ("no-such-library-here",))
    (found,) = checks.check_pdf_libraries(None)
    assert found.id == "nums_wagtail.W020"
    assert "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in found.hint


@pytest.mark.slow
def test_with_libraries_the_check_is_silent():
    assert checks.check_pdf_libraries(None) == []
    assert pdf.is_available()
