"""Files are read within limits and into memory alone; whatever is wrong with one, the words arrive."""

import pytest
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from nums_wagtail.reports import uploads
from nums_wagtail.reports.uploads import read_sent, shown_name

FORM = {"what_happened": "He locked the door.", "send": "warn"}


def sending(*files, **words):
    """A request with words before and behind its files."""
    several = [SimpleUploadedFile(name, content, "image/jpeg") for name, content in files]
    return RequestFactory().post(
        "/", {"what_happened": "He locked the door.", "files": several, "send": "warn", **words}
    )


@pytest.fixture
def small_limits(settings):
    settings.NUMS_WAGTAIL = {
        **settings.NUMS_WAGTAIL,
        "EVIDENCE_FILES": 3,
        "EVIDENCE_FILE_MB": 1,
        "EVIDENCE_ALL_MB": 2,
    }


def test_words_and_files_arrive_together():
    sent = read_sent(sending(("a.jpg", b"one"), ("b.jpg", b"two")))
    assert sent.typed["what_happened"] == "He locked the door."
    assert sent.typed["send"] == "warn"
    assert [(file.name, file.content, file.said_type, file.field) for file in sent.offered] == [
        ("a.jpg", b"one", "image/jpeg", "files"),
        ("b.jpg", b"two", "image/jpeg", "files"),
    ]
    assert sent.refused == ()


@pytest.mark.promise("P120")
@pytest.mark.usefixtures("small_limits")
def test_a_file_over_a_limit_is_named_with_the_reason_and_the_rest_arrives():
    large, half = b"x" * 1_100_000, b"y" * 900_000
    sent = read_sent(
        sending(("1", large), ("2", half), ("3", half), ("4", half), ("5", b""), ("6", b"z"), ("7", b"z"))
    )
    assert sent.typed["send"] == "warn"
    assert [file.name for file in sent.offered] == ["2", "3", "6"]
    assert [(file.name, file.reason) for file in sent.refused] == [
        ("1", uploads.TOO_LARGE),
        ("4", uploads.TOO_MUCH),
        ("5", uploads.EMPTY),
        ("7", uploads.TOO_MANY),
    ]
    assert "1 MB" in str(sent.refused[0].words)


@pytest.mark.promise("P120")
def test_more_files_than_django_counts_do_not_cost_the_words(settings):
    sent = read_sent(sending(*((f"{n}.jpg", b"x") for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FILES + 5))))
    assert sent.typed["what_happened"] == "He locked the door."
    assert sent.typed["send"] == "warn"
    assert len(sent.offered) == 10
    assert len(sent.refused) == uploads.REFUSALS_NAMED
    assert "10" in str(sent.refused[0].words)


@pytest.mark.promise("P113")
def test_no_file_touches_a_disk(monkeypatch, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10

    def no_disk(*args, **kwargs):
        raise AssertionError("A file was written to a disk.")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", no_disk)
    request = sending(("a.jpg", b"x" * 4_000_000))
    sent = read_sent(request)
    assert len(sent.offered[0].content) == 4_000_000
    assert not request.FILES


def test_words_keep_to_djangos_limits(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    with pytest.raises(RequestDataTooBig):
        read_sent(sending(("a.jpg", b"x"), more="y" * 1001))
    assert read_sent(sending(("a.jpg", b"x" * 5000), more="y" * 100)).typed["more"] == "y" * 100
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    with pytest.raises(TooManyFieldsSent):
        read_sent(sending(("a.jpg", b"x"), more="y"))


def test_files_that_a_middleware_read_first_arrive_all_the_same():
    request = sending(("a.jpg", b"one"), ("b.jpg", b""))
    assert request.POST["send"] == "warn"
    sent = read_sent(request)
    assert [(file.name, file.content) for file in sent.offered] == [("a.jpg", b"one")]
    assert [file.reason for file in sent.refused] == [uploads.EMPTY]


def test_a_form_without_files_is_read_as_ever():
    sent = read_sent(RequestFactory().post("/", FORM))
    assert sent.typed["send"] == "warn"
    plain = RequestFactory().post("/", "a=1&b=2", content_type="application/x-www-form-urlencoded")
    assert read_sent(plain).typed["b"] == "2"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("C:\\Users\\Kestrel\\photo.jpg", "photo.jpg"),
        ("../../etc/passwd", "passwd"),
        ("evil\u202egpj.exe", "evilgpj.exe"),
        ("a\r\nb\x00.png", "ab.png"),
        ("", "File without a name"),
        ("x" * 300 + ".jpeg", "x" * 94 + "….jpeg"),
    ],
)
def test_a_name_is_shown_without_folders_or_tricks(said, shown):
    assert shown_name(said) == shown
    assert len(shown_name(said)) <= uploads.NAME_CHARACTERS


def test_nothing_shows_its_content_in_a_traceback():
    sent = read_sent(sending(("secret.jpg", b"secret words")))
    for thing in (sent, sent.offered[0], uploads.RefusedFile("secret.jpg", "empty")):
        assert "secret" not in repr(thing)
