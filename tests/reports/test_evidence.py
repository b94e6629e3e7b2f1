"""Files of a report lie sealed under its key, harmless, and are opened by who works on cases."""

import pytest
from django.db import connection

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.errors import CannotOpen, NotThere, Refused
from nums_wagtail.reports import access, evidence, uploads
from nums_wagtail.reports.cleaning.cleaner import Cleaner
from nums_wagtail.reports.cleaning.kinds import Clean
from nums_wagtail.reports.evidence import Prepared, PreparedFile, add_files, described, files_of, own_files, prepare
from nums_wagtail.reports.evidence_sealing import BUCKET, Kind, digest
from nums_wagtail.reports.leaving import block_out
from nums_wagtail.reports.models import EvidenceFile, Report
from nums_wagtail.reports.uploads import RefusedFile
from nums_wagtail.test import evidence_factories as files
from nums_wagtail.test.evidence_factories import offered
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import accept
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.holders import ReceiptHolder, TeamHolder
from nums_wagtail.vault.models import DataKey

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cleaner():
    with Cleaner() as one:
        yield one


@pytest.fixture
def accepted():
    return accept()


@pytest.fixture
def report(accepted) -> Report:
    return Report.objects.get(uuid=accepted.report_uuid)


@pytest.fixture
def key(accepted, report):
    """The report's key, as whoever has the receipt opens it."""
    return data_keys.open_key(ReceiptHolder(accepted.receipt), report.data_key)


@pytest.fixture
def caseworker():
    return Actor.person(make_staff("caseworker"))


def ready(content: bytes = b"\xff\xd8harmless", name: str = "one.jpg", exact: bytes | None = None) -> PreparedFile:
    """A file as ``prepare`` gives it back, without a child."""
    return PreparedFile(name, "image/jpeg", digest(b"sent" + content), Clean(content, "jpeg", {"width": 4}), exact)


def add(report, key, *kept, refused=()):
    return add_files(report, key, Prepared(tuple(kept), tuple(refused)))


def abouts(report, key):
    return [one.about for one in described(report, key)]


@pytest.mark.promise("P115")
def test_a_photo_is_kept_made_anew_and_sealed(report, key, cleaner, caseworker):
    prepared = prepare([offered(files.jpeg())], cleaner=cleaner)
    (row,) = add_files(report, key, prepared).files
    opened = access.open_file(TeamHolder(), row.uuid, by=caseworker, why="case")
    assert opened.about.kind == Kind.PICTURE
    assert opened.about.name == "IMG_0412.jpg"
    assert opened.about.sent_sha256 == digest(files.jpeg())
    assert opened.about.media_type == "image/jpeg"
    assert files.CANARY not in opened.content
    assert digest(opened.content) == opened.about.sha256
    stored = bytes(row.envelope) + bytes(row.content)
    for clear in (b"IMG_0412", b"picture", b"jpeg", b"JFIF", opened.content[:40]):
        assert clear not in stored


@pytest.mark.promise("P120")
def test_what_cannot_be_made_harmless_is_told_and_not_kept(report, key, cleaner):
    many = RefusedFile("eleventh.jpg", uploads.TOO_MANY)
    prepared = prepare([offered(files.SVG, "drawing.svg")], refused=[many], cleaner=cleaner)
    assert prepared.kept == ()
    added = add_files(report, key, prepared)
    assert added.files == ()
    assert [one.reason for one in added.refused] == [uploads.TOO_MANY, "drawing"]
    # Whoever comes back with the receipt reads the reason again.
    told = [(one.kind, one.name, str(one.words)) for one in abouts(report, key)]
    assert told == [(Kind.REFUSED, one.name, str(one.words)) for one in added.refused]
    assert all(row.content is None for row in EvidenceFile.objects.all())


@pytest.mark.promise("P121")
def test_the_exact_file_is_kept_beside_unopened_when_asked_for(report, key, cleaner, caseworker):
    sent = files.jpeg()
    add_files(report, key, prepare([offered(sent)], keep_exact=True, cleaner=cleaner))
    clean, exact = described(report, key)
    assert exact.about.kind == Kind.EXACT
    assert exact.about.sha256 == digest(sent)
    assert exact.about.beside == str(clean.uuid)
    assert exact.about.media_type == "application/octet-stream"
    assert exact.about.at.tzinfo is not None
    with pytest.raises(Refused, match="exact_file"):
        access.open_file(TeamHolder(), exact.uuid, by=caseworker, why="case")


@pytest.mark.promise("P121")
def test_without_being_asked_no_exact_byte_is_kept(report, key, cleaner):
    add_files(report, key, prepare([offered(files.jpeg())], cleaner=cleaner))
    assert [one.kind for one in abouts(report, key)] == [Kind.PICTURE]


@pytest.mark.promise("P121")
def test_the_exact_file_is_kept_also_where_nothing_harmless_can_be_made_of_it(report, key, cleaner):
    added = add_files(report, key, prepare([offered(files.mp4(handler=b"vide"))], keep_exact=True, cleaner=cleaner))
    assert [one.reason for one in added.refused] == ["exact_only"]
    assert "in words" in str(added.refused[0].words)
    assert [(one.kind, one.beside) for one in abouts(report, key)] == [(Kind.EXACT, "")]


@pytest.mark.promise("P120")
def test_a_reporter_reads_of_each_file_once_and_of_no_copy(report, key, caseworker, cleaner):
    sent = [offered(files.png(), "one.png"), offered(files.mp4(brand=b"qt  "), "film.mov")]
    added = add_files(report, key, prepare(sent, keep_exact=True, cleaner=cleaner))
    add(report, key, refused=[RefusedFile("huge.png", uploads.TOO_LARGE)])
    block_out(TeamHolder(), added.files[0].uuid, [], by=caseworker, cleaner=cleaner)
    own = own_files(report, key)
    assert [(one.about.name, one.about.kind) for one in own.kept] == [
        ("one.png", Kind.PICTURE),
        ("film.mov", Kind.EXACT),
    ]
    assert [(one.name, one.reason) for one in own.refused] == [("huge.png", uploads.TOO_LARGE)]


def test_an_exact_file_that_comes_later_lies_beside_the_clean_one(report, key):
    add(report, key, ready())
    add(report, key, ready(exact=b"as sent"))
    clean, exact = described(report, key)
    assert exact.about.beside == str(clean.uuid)


def test_the_same_file_sent_again_is_there_once(report, key):
    add(report, key, ready(exact=b"x"), refused=[RefusedFile("a", "empty")])
    again = add(report, key, ready(exact=b"x"), ready(b"\xff\xd8other"), refused=[RefusedFile("a", "empty")])
    assert len(again.files) == 1
    assert [one.number for one in described(report, key)] == [1, 2, 3, 4]


def test_a_report_takes_so_many_files_and_says_when_it_is_full(report, key, settings):
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "EVIDENCE_FILES_A_REPORT": 2}
    added = add(report, key, *(ready(bytes([n]) * 9, f"{n}.jpg") for n in range(4)))
    assert len(added.files) == 2
    assert [(one.name, one.reason) for one in added.refused] == [("2.jpg", "full"), ("3.jpg", "full")]
    assert "words" in str(added.refused[0].words)


@pytest.mark.promise("P011")
def test_a_file_shows_its_size_in_buckets_only(report, key):
    small, larger = add(report, key, ready(b"a"), ready(b"b" * 60_000)).files
    assert len(small.content) == len(larger.content) > BUCKET
    assert len(small.envelope) == len(larger.envelope)


@pytest.mark.promise("P001")
def test_a_file_does_not_open_in_the_place_of_another(report, key, caseworker):
    one, two = add(report, key, ready(b"one"), ready(b"two")).files
    EvidenceFile.objects.filter(pk=one.pk).update(content=two.content)
    with pytest.raises(CannotOpen):
        access.open_file(TeamHolder(), one.uuid, by=caseworker, why="case")


@pytest.mark.promise("P112")
@pytest.mark.parametrize("group", ["approver", "membership", "administrator", "auditor", "police_contact"])
def test_a_file_is_not_there_for_whoever_may_not_open_cases(report, key, group):
    (row,) = add(report, key, ready()).files
    with pytest.raises(NotThere):
        access.open_file(TeamHolder(), row.uuid, by=Actor.person(make_staff(group)), why="case")


@pytest.mark.promise("P112")
def test_each_look_at_a_file_is_remembered(report, key, caseworker):
    from wagtail.models import ModelLogEntry

    (row,) = add(report, key, ready()).files
    access.open_file(TeamHolder(), row.uuid, by=caseworker, why="case")
    entry = ModelLogEntry.objects.get(action="nums.reports.file_opened")
    assert entry.user_id == caseworker.user_id
    assert entry.data == {"why": "case", "file": str(row.uuid)}


@pytest.mark.promise("P102")
def test_adding_files_leaves_a_day_and_no_time(report, key):
    from wagtail.models import ModelLogEntry

    add(report, key, ready())
    entry = ModelLogEntry.objects.get(action="nums.reports.files_added")
    assert (entry.timestamp.minute, entry.timestamp.second) == (0, 0)
    assert entry.data == {"files": 1, "by": "intake"}


def test_a_list_of_files_leaves_their_content_in_the_database(report, key, django_assert_num_queries):
    add(report, key, ready(), ready(b"two"))
    with django_assert_num_queries(1):
        assert len(described(report, key)) == 2
    assert "content" in files_of(report)[0].get_deferred_fields()


@pytest.mark.promise("P111")
def test_deleting_a_report_shreds_its_files(report, key, caseworker):
    (row,) = add(report, key, ready()).files
    access.delete_report(report, by=caseworker)
    assert not EvidenceFile.objects.exists()
    assert not DataKey.objects.filter(pk=report.data_key).exists()
    with pytest.raises(NotThere):
        access.open_file(TeamHolder(), row.uuid, by=caseworker, why="case")


@pytest.mark.promise("P004")
def test_when_a_file_cannot_be_sealed_nothing_of_the_sending_is_kept(report, key, monkeypatch):
    calls = []

    def fails_the_second_time(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise evidence_error
        return sealed(*args, **kwargs)

    from nums_wagtail.foundation.errors import CannotSeal

    evidence_error, sealed = CannotSeal(), evidence.sealed_row
    monkeypatch.setattr(evidence, "sealed_row", fails_the_second_time)
    with pytest.raises(CannotSeal):
        add(report, key, ready(b"one"), ready(b"two"))
    assert not EvidenceFile.objects.exists()
    assert not connection.needs_rollback


def test_nothing_shows_itself_in_a_traceback(report, key, caseworker):
    (row,) = add(report, key, ready(b"secret bytes", name="secret.jpg")).files
    opened = access.open_file(TeamHolder(), row.uuid, by=caseworker, why="case")
    for thing in (opened, opened.about, *described(report, key), ready(b"secret")):
        assert "secret" not in repr(thing)
    assert str(row) == f"file {str(row.uuid)[:8]}"
