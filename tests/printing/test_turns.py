"""PDFs that anybody may ask for are made one after the other, and a failure gives the turn back."""

import threading

import pytest

from nums_wagtail.printing import turns
from nums_wagtail.printing.exceptions import PdfBusy, PdfFailed


def test_two_at_once_print_one_after_the_other(monkeypatch):
    inside, most, gate = [0], [0], threading.Barrier(2)

    def slowly(html, *, title, lang):
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        threading.Event().wait(0.05)
        inside[0] -= 1
        return b"%PDF"

    def ask():
        gate.wait()
        turns.print_in_turn("<p>", title="t")

    monkeypatch.setattr(turns, "render_pdf", slowly)
    both = [threading.Thread(target=ask) for _one in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert most == [1]


def test_whoever_waits_too_long_is_told_so(monkeypatch):
    monkeypatch.setattr(turns, "WAIT_SECONDS", 0.01)
    with turns._turn, pytest.raises(PdfBusy):
        turns.print_in_turn("<p>", title="t")


def test_a_document_that_fails_does_not_stop_the_next(monkeypatch):
    def fails(html, *, title, lang):
        raise PdfFailed()

    monkeypatch.setattr(turns, "render_pdf", fails)
    with pytest.raises(PdfFailed):
        turns.print_in_turn("<p>", title="t")
    monkeypatch.setattr(turns, "render_pdf", lambda html, *, title, lang: b"%PDF")
    assert turns.print_in_turn("<p>", title="t") == b"%PDF"
