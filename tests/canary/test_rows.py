"""The rows of the canary scan keep up with what can be typed, and their rules notice what is misplaced."""

from __future__ import annotations

import sqlite3
from email.message import EmailMessage

import pytest

from tests.canary.markers import (
    COLUMNS,
    ELSEWHERE,
    PLACES,
    SECRET,
    Marker,
    Place,
    classes_of_columns,
    fields_with_words,
    may_stand_in,
    misplaced,
)
from tests.canary.places import copied_rows, mails, sqlite
from tests.canary.rows import NOT_TYPED, planted_fields
from tests.proofs.fields import CLASSES, our_models, own_fields

pytestmark = pytest.mark.promise("P037")


def test_every_field_that_holds_words_is_planted_or_nobody_types_into_it():
    planted, left_out = planted_fields(), set(NOT_TYPED)
    assert not planted & left_out
    missing = fields_with_words() - planted - left_out
    assert not missing, "plant them in tests/canary/rows, or say in NOT_TYPED why nobody's words get there"
    assert not left_out - fields_with_words(), "these hold no words, or are gone"
    columns = {f"{model._meta.label}.{name}" for model in our_models() for name in own_fields(model)}
    assert planted <= columns


def test_the_classes_are_those_of_the_inventory():
    assert COLUMNS.keys() - {SECRET} <= CLASSES.keys()
    assert ELSEWHERE.keys() <= COLUMNS.keys()


def test_sealed_and_encrypted_words_may_stand_in_no_column():
    assert not any(may_stand_in(kind) for kind in ("sealed", "encrypted", SECRET))
    assert classes_of_columns()["nums_wagtail_alert.line"] == "draft"
    assert {"nums_wagtail_alert.line", "wagtailcore_revision.content"} <= may_stand_in("draft")
    assert "nums_wagtail_alertrelease.content" not in may_stand_in("draft")
    assert "nums_wagtail_alertrelease.content" in may_stand_in("released")


def _wrong(kind: str, place: str, name: str = "", **more: bool) -> bool:
    marker = Marker("a thing", kind, ("cnrthing",), **more)
    return bool(misplaced([marker], {"cnrthing": {"utf-8"}}, Place(place, name, b"")))


@pytest.mark.parametrize("place", PLACES)
def test_a_secret_is_misplaced_wherever_it_stands(place):
    assert _wrong(SECRET, place, "nums_wagtail_alert.line")


def test_a_draft_is_misplaced_outside_its_columns():
    assert not _wrong("draft", "column", "nums_wagtail_alert.line")
    assert not _wrong("draft", "database", "db.sqlite3-wal")
    for column in ("wagtailadmin_formstate.data", "wagtailcore_modellogentry.data", "django_session.session_data"):
        assert _wrong("draft", "column", column)
    assert all(_wrong("draft", place) for place in PLACES.keys() - {"column", "database"})


def test_an_address_may_stand_on_the_envelope_of_a_mail_alone():
    assert not _wrong("encrypted", "envelope", envelope=True)
    assert _wrong("encrypted", "envelope"), "of somebody whom no mail is for"
    assert all(_wrong("encrypted", place, envelope=True) for place in PLACES.keys() - {"envelope"})


def test_columns_of_sqlite_are_read_and_its_journal_too(tmp_path):
    connection = sqlite3.connect(tmp_path / "db.sqlite3")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE thing (a TEXT, b BLOB)")
    connection.execute("INSERT INTO thing VALUES ('cnrtext', x'636e7262797465')")
    connection.commit()
    found = {place.name: place.data for place in sqlite(tmp_path / "db.sqlite3")}
    connection.close()
    assert found["thing.a"] == b"cnrtext"
    assert found["thing.b"] == b"cnrbyte"
    assert b"cnrtext" in found["db.sqlite3-wal"]


def test_columns_of_a_dump_are_read():
    dump = (
        b'SET x;\nCOPY public.thing (id, "to", c) FROM stdin;\n1\tcnra\t\\\\x636e72\n2\tcnrb\t\\N\n\\.\n\n'
        b"COPY public.other (id) FROM stdin;\n\\.\n"
    )
    assert {place.name: place.data for place in copied_rows(dump)} == {
        "thing.id": b"1\0\n\x002",
        "thing.to": b"cnra\0\n\0cnrb",
        "thing.c": b"\\\\x636e72\0\n\0\\N",
    }


def test_a_mail_is_its_envelope_and_the_rest(tmp_path):
    mail = EmailMessage()
    mail["To"], mail["Subject"] = "cnrto@example.org", "cnrsubject"
    mail.set_content("cnrbody")
    mail.add_attachment(b"cnrfile", maintype="application", subtype="pdf", filename="a.pdf")
    (tmp_path / "1.eml").write_bytes(mail.as_bytes())
    envelope, rest = mails(tmp_path)
    assert (envelope.kind, rest.kind) == ("envelope", "mail")
    assert b"cnrto" in envelope.data
    assert b"cnrto" not in rest.data
    assert all(words in rest.data for words in (b"cnrsubject", b"cnrbody", b"cnrfile"))
