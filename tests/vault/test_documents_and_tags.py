"""Sealed documents, keyed tags and state that travels: what they give back, and what they give away."""

import base64
import uuid

import pytest

from nums_wagtail.foundation.errors import CannotOpen, CannotSeal
from nums_wagtail.vault import indexes
from nums_wagtail.vault.data_keys import OpenedKey
from nums_wagtail.vault.documents import open_document, seal_document
from nums_wagtail.vault.envelope import Context, seal
from nums_wagtail.vault.sealed_state import open_state, seal_state

KEY = OpenedKey(uuid.uuid4(), bytes(32))
PLACE = Context("nums_wagtail.Report", "answers", uuid.uuid4())


def test_a_document_comes_back_as_it_was():
    document = {"answers": {"words": "Größe ☃", "codes": ["a", "b"]}, "none": None, "n": 3}
    assert open_document(KEY, PLACE, memoryview(seal_document(KEY, PLACE, document))) == document


@pytest.mark.promise("P011")
def test_a_document_shows_its_length_in_kilobytes_only():
    lengths = {len(seal_document(KEY, PLACE, {"words": "x" * count})) for count in (0, 1, 500, 900)}
    assert len(lengths) == 1
    assert len(seal_document(KEY, PLACE, {"words": "x" * 1100})) - lengths.pop() == 1024


@pytest.mark.parametrize("document", [{"when": object()}, {"n": float("nan")}, {"words": "\ud800"}])
def test_a_document_that_json_cannot_hold_is_not_sealed(document):
    with pytest.raises(CannotSeal):
        seal_document(KEY, PLACE, document)


@pytest.mark.parametrize("clear", [b"", b"\x00\x00\x00\x05[1,2]", b"\x00\x00\xff\xff{}", b"\x00\x00\x00\x02{]"])
def test_what_is_no_document_does_not_open(clear):
    with pytest.raises(CannotOpen):
        open_document(KEY, PLACE, seal(KEY.secret, "d", clear, PLACE))


@pytest.mark.promise("P013")
def test_tags_are_equal_for_equal_values_of_one_kind_only():
    for tag in (indexes.fast_tag, indexes.slow_tag):
        assert tag("phone", "+447700900123") == tag("phone", "+447700900123")
        assert len({tag("phone", "a"), tag("plate", "a"), tag("phone", "b")}) == 3
        assert len(tag("phone", "a")) == 32
    assert indexes.fast_tag("phone", "a") != indexes.slow_tag("phone", "a")


def test_tags_under_an_older_site_key_are_among_those_looked_for(use_site_keys):
    use_site_keys("old")
    fast, slow = indexes.fast_tag("email", "a"), indexes.slow_tag("email", "a")
    use_site_keys("new", "old")
    assert indexes.fast_tags("email", "a") == [indexes.fast_tag("email", "a"), fast]
    assert slow in indexes.slow_tags("email", "a")


@pytest.mark.promise("P013")
def test_a_kind_cannot_run_into_the_value():
    with pytest.raises(ValueError, match="bar"):
        indexes.fast_tag("a|b", "c")


@pytest.mark.promise("P014")
def test_state_comes_back_for_its_own_purpose_only():
    text = seal_state("form", {"page": 3, "words": "é"})
    assert open_state("form", text, 60) == {"page": 3, "words": "é"}
    with pytest.raises(CannotOpen):
        open_state("unsubscribe", text, 60)


def test_state_is_fit_for_a_url_and_its_length_says_little():
    texts = [seal_state("form", {"words": "x" * count}) for count in (0, 1, 200)]
    assert len({len(text) for text in texts}) == 1
    assert all(text.replace("-", "").replace("_", "").isalnum() for text in texts)


@pytest.mark.promise("P014")
def test_state_expires_and_says_so(time_machine):
    time_machine.move_to(1_000_000_000, tick=False)
    text = seal_state("form", {})
    time_machine.move_to(1_000_000_061, tick=False)
    assert open_state("form", text, None) == {}
    with pytest.raises(CannotOpen) as caught:
        open_state("form", text, 60)
    assert caught.value.code == "expired"


@pytest.mark.parametrize(
    "change", [lambda t: t[:-4], lambda t: "A" + t[1:], lambda t: "", lambda t: "☃", lambda t: t + "!"]
)
@pytest.mark.promise("P014")
def test_changed_state_does_not_open(change):
    with pytest.raises(CannotOpen) as caught:
        open_state("form", change(seal_state("form", {})), None)
    assert caught.value.code == "cannot_open"


def test_state_of_a_key_that_is_gone_does_not_open(use_site_keys):
    text = seal_state("form", {})
    use_site_keys("other")
    with pytest.raises(CannotOpen) as caught:
        open_state("form", text, None)
    assert caught.value.code == "cannot_open"


@pytest.mark.promise("P014")
def test_state_holds_nothing_readable():
    raw = base64.urlsafe_b64decode(seal_state("form", {"words": "hello"}) + "==")
    assert b"hello" not in raw
