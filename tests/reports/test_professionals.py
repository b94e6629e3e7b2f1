"""A nurse finds out what the scheme is, and prints what she can give to a patient."""

from __future__ import annotations

import io

import pikepdf
import pypdf
import pytest
import segno
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from nums_wagtail.pages.models import ProfessionalsPage
from nums_wagtail.printing.exceptions import PdfBusy, PdfUnavailable
from nums_wagtail.reports import papers
from nums_wagtail.reports.languages import offered
from nums_wagtail.reports.papers import Paper, qr_code, short_address
from nums_wagtail.test.people_factories import make_superuser

from .catalogue import speak_also

pytestmark = pytest.mark.django_db

PAPERS = pytest.mark.parametrize("paper", [paper.value for paper in Paper])
PAGES = {"poster": 1, "cards": 1, "leaflet": 2}


@pytest.fixture
def page(report_page) -> ProfessionalsPage:
    papers._printed.cache_clear()
    return report_page.get_parent().add_child(instance=ProfessionalsPage(title="For nurses", slug="nurses"))


@pytest.fixture
def printed(monkeypatch) -> list[str]:
    """What was handed to the printer; making a real PDF takes seconds and is tried by the slow tests."""
    handed: list[str] = []
    monkeypatch.setattr(papers, "print_in_turn", lambda html, **kwargs: handed.append(html) or b"%PDF")
    return handed


def words_of(response) -> str:
    document = pypdf.PdfReader(io.BytesIO(response.content))
    return " ".join(" ".join(one.extract_text() for one in document.pages).split())


def test_the_page_says_how_to_tell_a_patient_inside_the_hosts_own_layout(page, client):
    text = client.get(page.url).content.decode()
    assert "Everything here is invented" in text  # the foot of the host's own pages
    assert "Tell them when you are alone with them." in text
    assert 'href="http://testserver/form/"' in text
    assert "72 hours" in text
    assert text.count("/nurses/print/") == 6 * len(offered())


def test_looking_and_printing_set_no_cookie_and_write_nothing(page, client, printed):
    client.force_login(make_superuser())
    with CaptureQueriesContext(connection) as queries:
        for address in (page.url, f"{page.url}print/cards/"):
            assert not client.get(address).cookies
    assert not [one["sql"] for one in queries if not one["sql"].startswith("SELECT")]


@pytest.mark.slow
@PAPERS
def test_a_paper_is_a_pdf_with_a_neutral_title_that_names_the_address(page, client, paper):
    response = client.get(f"{page.url}print/{paper}/")
    assert response["Content-Disposition"] == f'attachment; filename="{paper}.pdf"'
    with pikepdf.open(io.BytesIO(response.content)) as document:
        assert dict(document.docinfo) == {"/Title": "Information", "/Producer": "PDF"}
        assert len(document.pages) == PAGES[paper]
    assert "testserver/form" in words_of(response)
    assert "sex work" in words_of(response)


@PAPERS
@pytest.mark.promise("P118")
def test_the_plain_version_says_neither_sex_work_nor_the_schemes_name(page, client, printed, paper):
    client.get(f"{page.url}print/{paper}/", {"w": "n"})
    client.get(f"{page.url}print/{paper}/")
    plain, other = (html.lower() for html in printed)
    assert "testserver/form" in plain
    assert "sex work" in other
    for word in ("sex work", "client", "prostitut", "escort", "safety scheme"):
        assert word not in plain


@pytest.mark.slow
@PAPERS
@pytest.mark.promise("P118")
def test_so_does_the_pdf_of_it(page, client, paper):
    words = words_of(client.get(f"{page.url}print/{paper}/", {"w": "n"})).lower()
    assert "testserver/form" in words
    for word in ("sex work", "client", "safety scheme"):
        assert word not in words


def test_the_code_leads_to_the_report_page(page):
    drawn = qr_code("https://testserver/form/", title="There")
    assert drawn == segno.make_qr("https://testserver/form/", error="q").svg_inline(
        omitsize=True, border=4, title="There", svgclass="nums-qr"
    )
    assert "&lt;b&gt;" in qr_code("https://example.org/", title="<b>")


def test_a_paper_in_another_language_opens_the_form_in_it(page, client, printed, monkeypatch, settings, tmp_path):
    romanian = {"You need not say who you are.": "Nu trebuie să spui cine ești."}
    speak_also(monkeypatch, settings, tmp_path, "ro", romanian)
    codes = []
    monkeypatch.setattr(papers, "qr_code", lambda address, *, title: codes.append(address) or "")
    client.get(f"{page.url}print/poster/", {"hl": "ro"})
    client.get(f"{page.url}print/poster/", {"hl": "en"})
    assert "Nu trebuie să spui cine ești." in printed[0]
    assert codes == ["http://testserver/form/?hl=ro", "http://testserver/form/"]
    assert "Română" in client.get(page.url).content.decode()


def test_an_editors_short_address_takes_the_place_of_the_pages_own(page, client, printed):
    page.address = "https://www.example.org/t/"
    page.intro = "We are <b>here</b>."
    page.save()
    client.get(f"{page.url}print/poster/")
    assert ">example.org/t<" in printed[0]
    assert "We are &lt;b&gt;here&lt;/b&gt;." in client.get(page.url).content.decode()
    assert short_address("https://www.example.org/t/") == "example.org/t"


def test_without_a_report_page_there_is_nothing_to_print(page, report_page, client):
    report_page.unpublish()
    assert client.get(f"{page.url}print/poster/").status_code == 404
    text = client.get(page.url).content.decode()
    assert "Papers to print" not in text
    assert "People report here" not in text


def test_a_paper_nobody_made_is_not_there(page, client):
    assert client.get(f"{page.url}print/banner/").status_code == 404
    assert client.post(f"{page.url}print/poster/").status_code == 405


def test_the_same_paper_is_made_once(page, client, printed):
    for _time in range(3):
        client.get(f"{page.url}print/cards/")
    client.get(f"{page.url}print/cards/", {"w": "n"})
    assert len(printed) == 2


@pytest.mark.parametrize(("error", "wait"), [(PdfUnavailable(), None), (PdfBusy(), "60")])
def test_where_no_pdf_can_be_made_it_says_so(page, client, monkeypatch, error, wait):
    def fails(html, **kwargs):
        raise error

    monkeypatch.setattr(papers, "print_in_turn", fails)
    response = client.get(f"{page.url}print/cards/")
    assert response.status_code == 503
    assert response.get("Retry-After") == wait
    assert "<" not in response.content.decode()


def test_the_two_versions_differ_in_words_alone():
    with override("en"):
        assert "sex" in str(papers.OPEN.short)
        assert "sex" not in "".join(str(part) for part in vars(papers.NEUTRAL).values())
