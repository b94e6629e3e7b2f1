"""Files of a case in the admin: listed, downloaded and blocked out by who works on the case, not there for others."""

import io
import re

import pytest
from django.urls import reverse
from PIL import Image
from wagtail.models import ModelLogEntry

from nums_wagtail.casework import access
from nums_wagtail.casework.file_views import FILE_HEADERS
from nums_wagtail.reports.cleaning.kinds import Clean
from nums_wagtail.reports.evidence import Prepared, PreparedFile, add_files
from nums_wagtail.reports.evidence_sealing import digest
from nums_wagtail.reports.models import EvidenceFile, Report
from nums_wagtail.reports.uploads import RefusedFile
from nums_wagtail.test.casework_factories import case_of, make_case
from nums_wagtail.test.evidence_factories import picture
from nums_wagtail.test.people_factories import make_staff, make_superuser
from nums_wagtail.test.reports_factories import make_report
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.holders import TeamHolder

pytestmark = pytest.mark.django_db


def photo(name="IMG_0412.png", exact=None):
    out = io.BytesIO()
    picture(100, 60).save(out, "PNG")
    clean = Clean(out.getvalue(), "png", {"width": 100, "height": 60})
    return PreparedFile(name, "image/png", digest(name.encode()), clean, exact)


def recording():
    return PreparedFile("voice.m4a", "audio/mp4", digest(b"v"), Clean(b"voice", "mp4", {"tags_removed": True}))


@pytest.fixture
def case():
    return make_case()


def put(case, *prepared, refused=()):
    report = Report.objects.get(pk=case.case_reports.get().report_id)
    key = data_keys.open_key(TeamHolder(), report.data_key)
    return list(add_files(report, key, Prepared(tuple(prepared), tuple(refused))).files)


def address(case, file=None, name="file"):
    return reverse(f"nums_cases:{name}", args=[case.uuid, file.uuid] if file else [case.uuid])


def test_the_page_of_a_case_lists_its_files_with_kind_number_and_size(admin, robin, case):
    put(
        case,
        photo("evil<b>.png", exact=b"as sent"),
        recording(),
        refused=[RefusedFile("film.mov", "video")],
    )
    page = admin(robin).get(address(case, name="case")).content.decode()
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "1. Picture" in words
    assert "2. Exact file, kept unopened" in words
    assert digest(b"evil<b>.png") in words
    assert "3. Recording" in words
    assert "4. Not kept" in words
    assert "We cannot open videos yet" in words
    assert "evil&lt;b&gt;.png" in page
    assert words.count("Download file") == 2
    assert words.count("Block out parts") == 1


def test_a_case_without_files_says_nothing_of_files(admin, robin, case):
    assert "nums-files" not in admin(robin).get(address(case, name="case")).content.decode()


@pytest.mark.promise("P124")
def test_a_file_is_downloaded_under_a_neutral_name_and_run_by_no_browser(admin, robin, case):
    (file,) = put(case, photo("Kestrel at home.html"))
    response = admin(robin).get(address(case, file))
    assert response.content.startswith(b"\x89PNG")
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"] == 'attachment; filename="file-1.png"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    assert {name: response[name] for name in FILE_HEADERS} == FILE_HEADERS
    assert {"default-src 'none'", "sandbox"} < set(FILE_HEADERS["Content-Security-Policy"].split("; "))
    assert "Kestrel" not in str(response.headers)


@pytest.mark.promise("P112")
def test_each_download_is_remembered(admin, robin, case):
    (file,) = put(case, recording())
    admin(robin).get(address(case, file))
    entry = ModelLogEntry.objects.get(action="nums.reports.file_opened")
    assert entry.user == robin
    assert entry.data == {"why": access.WHY, "file": str(file.uuid)}


@pytest.mark.promise("P124")
@pytest.mark.parametrize("name", ["file", "picture", "block_out"])
def test_a_file_of_another_case_is_not_there(admin, robin, case, name):
    (file,) = put(make_case(), photo())
    assert admin(robin).get(address(case, file, name)).status_code == 404
    assert admin(robin).get(address(case, EvidenceFile(), name)).status_code == 404


@pytest.mark.promise("P124")
@pytest.mark.parametrize("name", ["file", "picture", "block_out"])
def test_a_file_is_not_there_for_who_may_not_open_the_case(admin, case, name):
    (file,) = put(case, photo())
    for somebody in (make_staff("approver"), make_staff("on_call"), make_superuser()):
        assert admin(somebody).get(address(case, file, name)).status_code == 404
    assert not ModelLogEntry.objects.filter(action="nums.reports.file_opened").exists()


def test_who_is_on_call_downloads_from_an_urgent_case_and_blocks_nothing_out(admin):
    urgent = case_of(make_report(answers={"urgent": "yes"}))
    (file,) = put(urgent, photo())
    browser = admin(make_staff("on_call"))
    assert browser.get(address(urgent, file)).status_code == 200
    assert browser.get(address(urgent, file, "block_out")).status_code == 404
    assert "Block out parts" not in browser.get(address(urgent, name="case")).content.decode()


@pytest.mark.promise("P121")
def test_an_exact_file_is_neither_downloaded_nor_shown(admin, robin, case):
    put(case, photo(exact=b"<script>as sent</script>"))
    exact = EvidenceFile.objects.get(number=2)
    browser = admin(robin)
    response = browser.get(address(case, exact), follow=True)
    assert "stays sealed" in response.content.decode()
    assert b"as sent</script>" not in response.content
    assert browser.get(address(case, exact, "picture")).status_code == 404
    assert browser.get(address(case, exact, "block_out")).status_code == 404


@pytest.mark.promise("P124")
def test_only_a_picture_made_anew_is_ever_shown_in_a_page(admin, robin, case):
    image, sound = put(case, photo(), recording())
    browser = admin(robin)
    shown = browser.get(address(case, image, "picture"))
    assert shown["Content-Disposition"] == 'inline; filename="file-1.png"'
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Cache-Control"] == "no-store"
    assert "default-src 'none'" in shown["Content-Security-Policy"]
    assert browser.get(address(case, sound, "picture")).status_code == 404


def parts(*rows, **more):
    data = {"part-TOTAL_FORMS": "6", "part-INITIAL_FORMS": "0", **more}
    for number, row in enumerate(rows):
        for side, value in zip(("left", "top", "width", "height"), row, strict=True):
            data[f"part-{number}-{side}"] = str(value)
    return data


@pytest.mark.promise("P122")
def test_a_caseworker_blocks_out_parts_by_typing_numbers(admin, robin, case):
    (file,) = put(case, photo())
    browser = admin(robin)
    page = browser.get(address(case, file, "block_out")).content.decode()
    assert address(case, file, "picture") in page
    assert 'name="part-0-left"' in page
    response = browser.post(
        address(case, file, "block_out"), parts((0, 0, 25, 33.4), ("", "", "", "")), follow=True
    )
    assert "The copy is kept" in response.content.decode()
    copy = EvidenceFile.objects.get(original=file)
    image = Image.open(io.BytesIO(browser.get(address(case, copy)).content)).convert("RGB")
    assert image.getpixel((10, 10)) == (0, 0, 0)
    assert image.getpixel((60, 40)) == (230, 230, 230)
    listed = browser.get(address(case, name="case")).content.decode()
    assert "Picture with parts blocked out" in listed
    entry = ModelLogEntry.objects.get(action="nums.reports.file_blocked_out")
    assert entry.data == {"file": str(file.uuid), "copy": str(copy.uuid), "parts": 1}


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (parts(), "Mark the parts to hide"),
        (parts((0, 0, 10, 10), nothing="on"), "Mark the parts to hide"),
        (parts((0, 0, 10, "")), "Fill in all four numbers"),
        (parts((0, 0, 10, 0)), "outside the picture or is empty"),
        (parts((0, 0, 10, "a lot")), "Type a number from 0 to 100"),
        (parts((-5, 0, 10, 10)), "Type a number from 0 to 100"),
        (parts((0, 0, "nan", 10)), "Type a number from 0 to 100"),
        ({"nothing": "on"}, "ManagementForm"),
    ],
)
def test_what_is_wrong_with_a_marking_is_said_and_nothing_is_kept(admin, robin, case, sent, words):
    (file,) = put(case, photo())
    response = admin(robin).post(address(case, file, "block_out"), sent)
    assert response.status_code == 400
    assert words in response.content.decode()
    assert EvidenceFile.objects.count() == 1


def test_a_file_that_cannot_be_opened_is_an_error_and_no_half_page(admin, robin, case):
    (file,) = put(case, photo())
    EvidenceFile.objects.filter(pk=file.pk).update(content=b"broken")
    response = admin(robin).get(address(case, file))
    assert response.status_code == 500
    assert "PNG" not in response.content.decode()
    EvidenceFile.objects.filter(pk=file.pk).update(envelope=b"broken")
    assert admin(robin).get(address(case, name="case")).status_code == 500
