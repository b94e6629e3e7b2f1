"""What leaves a case: a copy that somebody looked at, for a purpose that its reporter said yes to."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from wagtail.models import ModelLogEntry

from nums_wagtail.foundation.actors import LEDGER, Actor
from nums_wagtail.foundation.errors import BadInput, NotAllowed, NotThere, Refused
from nums_wagtail.reports import access, consent
from nums_wagtail.reports.cleaning.cleaner import Cleaner
from nums_wagtail.reports.cleaning.kinds import Clean
from nums_wagtail.reports.consent import Answer, Purpose, Through
from nums_wagtail.reports.evidence import Prepared, PreparedFile, add_files, described, prepare
from nums_wagtail.reports.evidence_sealing import Kind, digest
from nums_wagtail.reports.leaving import MOST_PARTS, OUTSIDE, Part, block_out, leaving_copy
from nums_wagtail.reports.models import EvidenceFile
from nums_wagtail.test import evidence_factories as files
from nums_wagtail.test.evidence_factories import offered
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import make_report
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.holders import TeamHolder

pytestmark = pytest.mark.django_db

TEAM = TeamHolder()


@pytest.fixture(scope="module")
def cleaner():
    with Cleaner() as one:
        yield one


@pytest.fixture
def report():
    return make_report()


@pytest.fixture
def by_robin():
    return Actor.person(make_staff("caseworker"))


@pytest.fixture
def by_contact():
    """Who hands over what a reporter consented to."""
    return Actor.person(make_staff("police_contact"))


@pytest.fixture
def photo(report, cleaner) -> EvidenceFile:
    sent = files.png(100, 60)
    return add(report, prepare([offered(sent)], keep_exact=True, cleaner=cleaner))[0]


def add(report, prepared) -> list[EvidenceFile]:
    return list(add_files(report, data_keys.open_key(TEAM, report.data_key), prepared).files)


def add_kind(report, type: str) -> EvidenceFile:
    sent = type.encode()
    return add(report, Prepared((PreparedFile("a", "", digest(sent), Clean(b"x" + sent, type)),)))[0]


def opened(file, by):
    content = access.open_file(TEAM, file.uuid, by=by, why="case").content
    return Image.open(io.BytesIO(content)).convert("RGB")


def allow(report, *purposes):
    consent.record(report, dict.fromkeys(purposes, Answer.YES), Through.RECEIPT, by=LEDGER)


@pytest.mark.promise("P122")
def test_the_copy_has_black_where_it_was_marked_and_the_picture_stays_whole(photo, by_robin, cleaner):
    before = opened(photo, by_robin)
    copy = block_out(TEAM, photo.uuid, [Part(0, 0, 25, 33.34)], by=by_robin, cleaner=cleaner)
    image = opened(copy, by_robin)
    assert {image.getpixel((x, y)) for x in range(25) for y in range(20)} == {(0, 0, 0)}
    assert image.getpixel((50, 40)) == before.getpixel((50, 40))
    assert opened(photo, by_robin).tobytes() == before.tobytes()
    assert copy.original_id == photo.pk
    about = access.open_file(TEAM, copy.uuid, by=by_robin, why="case").about
    assert (about.kind, about.facts["boxes"]) == (Kind.BLOCKED, 1)


@pytest.mark.promise("P122")
def test_only_the_blocked_copy_of_a_picture_may_leave(report, photo, by_robin, by_contact, cleaner):
    copy = block_out(TEAM, photo.uuid, [Part(0, 0, 50, 50)], by=by_robin, cleaner=cleaner)
    allow(report, *OUTSIDE)
    for purpose in Purpose:
        with pytest.raises(Refused, match="stays"):
            leaving_copy(TEAM, photo.uuid, purpose=purpose, by=by_contact)
    left = leaving_copy(TEAM, copy.uuid, purpose=Purpose.POLICE_ANONYMOUS, by=by_contact)
    assert left.opened.content == access.open_file(TEAM, copy.uuid, by=by_robin, why="case").content
    assert left.allowed_by == consent.allows(report, Purpose.POLICE_ANONYMOUS)
    entry = ModelLogEntry.objects.get(action="nums.reports.file_handed_over")
    assert entry.data == {"file": str(copy.uuid), "purpose": "police_anonymous", "entry": left.allowed_by.pk}


@pytest.mark.promise("P121")
def test_an_exact_file_leaves_with_a_named_referral_only(report, photo, by_contact):
    exact = EvidenceFile.objects.get(number=photo.number + 1)
    allow(report, *OUTSIDE)
    for purpose in set(Purpose) - {Purpose.POLICE_NAMED}:
        with pytest.raises(Refused, match="stays"):
            leaving_copy(TEAM, exact.uuid, purpose=purpose, by=by_contact)
    left = leaving_copy(TEAM, exact.uuid, purpose=Purpose.POLICE_NAMED, by=by_contact)
    assert left.opened.content == files.png(100, 60)
    assert left.opened.about.sha256 == digest(files.png(100, 60))


@pytest.mark.promise("P122")
@pytest.mark.parametrize("type", ["pdf", "mp3"])
def test_what_cannot_be_blocked_out_leaves_where_the_reporter_is_named_anyway(report, by_contact, type):
    file = add_kind(report, type)
    allow(report, *OUTSIDE)
    with pytest.raises(Refused, match="stays"):
        leaving_copy(TEAM, file.uuid, purpose=Purpose.PARTNERS, by=by_contact)
    assert leaving_copy(TEAM, file.uuid, purpose=Purpose.POLICE_NAMED, by=by_contact).opened.content


def test_nothing_leaves_without_a_yes_to_this_purpose(report, by_contact):
    file = add_kind(report, "pdf")
    with pytest.raises(Refused, match="no_consent"):
        leaving_copy(TEAM, file.uuid, purpose=Purpose.POLICE_NAMED, by=by_contact)
    allow(report, Purpose.POLICE_ANONYMOUS)
    with pytest.raises(Refused, match="no_consent"):
        leaving_copy(TEAM, file.uuid, purpose=Purpose.POLICE_NAMED, by=by_contact)
    allow(report, Purpose.POLICE_NAMED)
    assert leaving_copy(TEAM, file.uuid, purpose=Purpose.POLICE_NAMED, by=by_contact)
    consent.withdraw(report, Purpose.POLICE_NAMED, Through.RECEIPT, by=LEDGER)
    with pytest.raises(Refused, match="no_consent"):
        leaving_copy(TEAM, file.uuid, purpose=Purpose.POLICE_NAMED, by=by_contact)


@pytest.mark.parametrize("group", ["caseworker", "approver", "auditor", "on_call"])
def test_who_may_not_disclose_gets_nothing_out(report, group):
    file = add_kind(report, "pdf")
    allow(report, *OUTSIDE)
    with pytest.raises(NotAllowed):
        leaving_copy(TEAM, file.uuid, purpose=Purpose.POLICE_NAMED, by=Actor.person(make_staff(group)))


def test_who_is_on_call_blocks_nothing_out(photo, cleaner):
    with pytest.raises(NotAllowed):
        block_out(TEAM, photo.uuid, [], by=Actor.person(make_staff("on_call")), cleaner=cleaner)


def test_a_copy_of_a_copy_an_exact_file_or_a_pdf_is_not_made(report, photo, by_robin, cleaner):
    copy = block_out(TEAM, photo.uuid, [], by=by_robin, cleaner=cleaner)
    exact = EvidenceFile.objects.get(number=photo.number + 1)
    for file in (copy, exact, add_kind(report, "pdf")):
        with pytest.raises(Refused):
            block_out(TEAM, file.uuid, [], by=by_robin, cleaner=cleaner)


def test_a_refused_file_is_not_there_to_be_blocked_out_or_handed_over(report, by_robin, by_contact, cleaner):
    add(report, prepare([offered(files.SVG)], cleaner=cleaner))
    (row,) = EvidenceFile.objects.all()
    with pytest.raises(NotThere):
        block_out(TEAM, row.uuid, [], by=by_robin, cleaner=cleaner)
    with pytest.raises(NotThere):
        leaving_copy(TEAM, row.uuid, purpose=Purpose.POLICE_NAMED, by=by_contact)


@pytest.mark.parametrize(
    "parts", [[Part(100, 0, 1, 1)], [Part(0, 0, 0, 5)], [Part(-1, 0, 5, 5)], [Part(0, 0, 1, 1)] * (MOST_PARTS + 1)]
)
def test_parts_outside_the_picture_are_told_and_nothing_is_kept(photo, by_robin, cleaner, parts):
    with pytest.raises(BadInput):
        block_out(TEAM, photo.uuid, parts, by=by_robin, cleaner=cleaner)
    assert not EvidenceFile.objects.filter(original__isnull=False).exists()


def test_the_same_photo_sent_again_after_a_copy_was_made_is_still_there_once(report, photo, by_robin, cleaner):
    block_out(TEAM, photo.uuid, [], by=by_robin, cleaner=cleaner)
    assert add(report, prepare([offered(files.png(100, 60))], keep_exact=True, cleaner=cleaner)) == []
    kinds = [one.about.kind for one in described(report, data_keys.open_key(TEAM, report.data_key))]
    assert kinds == [Kind.PICTURE, Kind.EXACT, Kind.BLOCKED]


@pytest.mark.promise("P111")
def test_copies_go_with_their_report(report, photo, by_robin, cleaner):
    block_out(TEAM, photo.uuid, [], by=by_robin, cleaner=cleaner)
    access.delete_report(report, by=by_robin)
    assert not EvidenceFile.objects.exists()


percent = st.floats(0, 99.99)


@given(left=percent, top=percent, width=st.floats(0.01, 100), height=st.floats(0.01, 100))
def test_a_part_is_never_smaller_than_it_was_marked_and_never_outside(left, top, width, height):
    for wide, high in ((1, 1), (37, 4000), (4000, 3000)):
        box = Part(left, top, width, height).pixels(wide, high)
        assert 0 <= box[0] <= left * wide / 100
        assert 0 <= box[1] <= top * high / 100
        assert min(wide, (left + width) * wide / 100) <= box[2] <= wide
        assert min(high, (top + height) * high / 100) <= box[3] <= high
        assert box[0] < box[2]
        assert box[1] < box[3]
