"""What readers get: the faces of an edition, and how many of them are made."""

import io

import pytest
from pypdf import PdfReader

from nums_wagtail.alerts.models import AlertIdentifier
from nums_wagtail.bulletins import compiling
from nums_wagtail.bulletins.models import Bulletin, Delivery, Edition
from nums_wagtail.foundation.actors import WORKER
from nums_wagtail.members.models import Member
from nums_wagtail.printing import pdf
from nums_wagtail.test.alerts_factories import make_released_alert
from nums_wagtail.test.bulletins_factories import composed_of, make_compiled_bulletin
from nums_wagtail.test.members_factories import make_member

pytestmark = pytest.mark.django_db

LINE = "Locks the door and hides the key."


@pytest.fixture
def edition(reader, region) -> Edition:
    make_compiled_bulletin(
        regions=[region],
        line=LINE,
        severity="dangerous",
        numbers=[(AlertIdentifier.Kind.PHONE, "07700 900412")],
    )
    return Edition.objects.get()


def _want_paper(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(format=Member.Format.PDF)


@pytest.mark.slow
def test_everybody_who_gets_the_same_gets_one_edition(region):
    for number in range(6):
        member = make_member(home_region=region, rhythm=Member.Rhythm.ALL)
        if number % 3 == 0:
            _want_paper(member)
    bulletin = make_compiled_bulletin(regions=[region])
    assert {one.format for one in bulletin.editions.all()} == {"short", "pdf"}
    assert bulletin.readers == bulletin.deliveries.count() == 6


def test_subject_and_beginning_are_neutral(edition):
    assert edition.subject == f"Update {edition.bulletin.number}"
    beginning = edition.text[:150]
    assert beginning.startswith("This is the update you asked for.")
    assert LINE not in edition.text[:165]
    first = edition.html.index(LINE)
    assert edition.html[:first].count("&#8204;") + edition.html[:first].count("\u200c") > 50


@pytest.mark.promise("P190")
def test_every_face_has_the_card_and_no_whole_number(edition):
    for face in (edition.text, edition.html):
        assert LINE in " ".join(face.split())
        assert "Dangerous" in face
        assert "412" in face
        assert "900412" not in face.replace(" ", "")


def test_the_text_has_seventy_two_columns(edition):
    own = [line for line in edition.text.splitlines() if "http" not in line]
    assert max(len(line) for line in own) <= 72


def test_the_mail_loads_nothing_and_is_small(edition):
    assert len(edition.html.encode()) < 30_000
    for word in ("<img", "<script", "<link", "url(", "@import"):
        assert word not in edition.html


def test_what_readers_must_know_stands_below(edition):
    words = " ".join(edition.text.split())
    for part in (
        "not proved",
        "do not post, forward or photograph",
        "In danger now, call 999",
        "Destroy copies by",
    ):
        assert part in words


@pytest.mark.slow
@pytest.mark.promise("P036")
def test_who_wants_paper_gets_a_neutral_tagged_pdf(reader, region):
    _want_paper(reader)
    bulletin = make_compiled_bulletin(regions=[region], line=LINE)
    edition = bulletin.editions.get()
    paper = PdfReader(io.BytesIO(bytes(edition.pdf)))
    words = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    assert LINE in words
    assert edition.code in words
    assert "Take down by" in words
    assert paper.metadata.title == "Update"
    assert "/MarkInfo" in paper.trailer["/Root"]


def test_without_pdf_libraries_the_words_still_come(reader, region, monkeypatch):
    _want_paper(reader)
    monkeypatch.setattr(pdf, "_python", lambda: "/bin/false")
    edition = make_compiled_bulletin(regions=[region], line=LINE).editions.get()
    assert edition.pdf is None
    assert LINE in edition.text
    assert "This time there is no PDF." in edition.text


def test_compiling_twice_is_compiling_once(reader, region):
    bulletin = make_compiled_bulletin(regions=[region])
    assert compiling.compile_bulletin(bulletin, by=WORKER) is None
    stale = Bulletin.objects.get(pk=bulletin.pk)
    stale.state = Bulletin.State.COMPOSED
    assert compiling.compile_bulletin(stale, by=WORKER) is None, "another worker was faster"
    assert Delivery.objects.count() == 1


def test_a_bulletin_for_nobody_takes_no_number(region):
    bulletin = make_compiled_bulletin(regions=[region])
    assert (bulletin.state, bulletin.number) == (Bulletin.State.SENT, None)
    make_member(home_region=region, rhythm=Member.Rhythm.ALL)
    assert make_compiled_bulletin(regions=[region]).number == 1


def test_a_dying_compiling_leaves_nothing_and_is_made_again(reader, region, monkeypatch):
    bulletin = composed_of(make_released_alert(regions=[region]))
    monkeypatch.setattr(compiling, "enqueue", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        compiling.compile_bulletin(bulletin, by=WORKER)
    assert not Delivery.objects.exists()
    monkeypatch.undo()
    bulletin.refresh_from_db()
    assert compiling.compile_bulletin(bulletin, by=WORKER) == compiling.Compiled(1, 1)


def test_who_reads_another_language_gets_a_language_of_the_site(region):
    make_member(home_region=region, rhythm=Member.Rhythm.ALL, language="xx")
    assert make_compiled_bulletin(regions=[region]).editions.get().language in ("en", "en-gb")
