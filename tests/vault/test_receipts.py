"""A receipt survives being spoken, written down, typed badly, and being given out under an older site key."""

import copy
import pickle
import unicodedata

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from nums_wagtail.vault.receipts import Receipt, new_receipt, parse_receipt, word_list

FIXED = Receipt([0, 1, 4242, 7774, 7775])
receipts = st.sampled_from([5, 7, 10]).flatmap(
    lambda length: st.lists(st.integers(0, 7775), min_size=length, max_size=length).map(Receipt)
)


def numbers_of(words: tuple[str, ...]) -> Receipt:
    return Receipt([word_list().index(word) for word in words])


@pytest.mark.promise("P010")
def test_the_list_has_7776_words_and_none_begins_another():
    letters = sorted(word.replace("-", "") for word in word_list())
    assert len(set(letters)) == 7776
    assert not [pair for pair in zip(letters, letters[1:], strict=False) if pair[1].startswith(pair[0])]
    assert {len(word) for word in letters} <= set(range(3, 10))


def test_no_receipt_reminds_of_what_happened():
    for word in (
        *("strangle", "suffocate", "handcuff", "police", "bruising", "scared", "violate", "undress"),
        *("handgun", "dagger", "mortician", "armed", "victim", "cathouse", "deserving", "underage"),
    ):
        assert word not in word_list()


@pytest.mark.parametrize(
    "stem", ["kill", "murder", "stab", "hate", "victim", "weapon", "gun", "drug", "shame", "slave"]
)
def test_nor_does_the_beginning_of_a_word(stem):
    meant = {"stability", "stabilize", "stable"}
    assert [word for word in word_list() if word.startswith(stem) and word not in meant] == []


@pytest.mark.parametrize(("words", "bits"), [(5, 64.6), (7, 90.4), (10, 129.2)])
def test_a_receipt_has_as_many_words_as_the_settings_ask_for(words, bits, settings):
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "RECEIPT_WORDS": words}
    receipt = new_receipt()
    assert len(receipt.words) == words
    assert [len(group) for group in receipt.digits.split()] == [4] * words
    assert 7776**words > 2**bits


def test_another_length_is_refused(settings):
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "RECEIPT_WORDS": 4}
    with pytest.raises(ImproperlyConfigured):
        new_receipt()


def test_two_receipts_differ():
    assert new_receipt() != new_receipt()


@given(receipts)
def test_words_and_digits_are_the_same_secret(receipt):
    assert parse_receipt(" ".join(receipt.words)) == receipt
    assert parse_receipt(receipt.digits) == receipt


@given(receipts, st.sampled_from(["-", ", ", "\n", "", " – ", ".\t", "  "]), st.sampled_from(["upper", "title"]))
def test_case_and_separators_do_not_matter(receipt, between, case):
    typed = getattr(between.join(receipt.words), case)()
    assert parse_receipt(f"  {typed}.") == receipt


@pytest.mark.parametrize("between", ["-", "", ".", "  ", "\u00a0"])
def test_digits_are_read_with_any_separators(between):
    assert parse_receipt(between.join(FIXED.digits.split())) == FIXED


def test_digits_of_other_scripts_are_read():
    arabic = "".join(
        unicodedata.lookup(f"ARABIC-INDIC DIGIT {unicodedata.name(d)[6:]}") if d != " " else d for d in FIXED.digits
    )
    assert parse_receipt(arabic) == FIXED


@pytest.mark.parametrize(
    "typed",
    [
        "abacus t-shirt drop-down yoyo felt-tip",
        "Abacus tshirt dropdown yo-yo felttip",
        "1. abacus 2. t shirt 3. drop down 4. yo yo 5. felt tip",
        "abacus-t-shirt-drop-down-yoyo-felt-tip",
        "ábacus, T-Shirt, DROP DOWN, yoyo, felt tip",
    ],
)
def test_words_with_hyphens_are_read_however_they_are_typed(typed):
    assert parse_receipt(typed) == numbers_of(("abacus", "t-shirt", "drop-down", "yoyo", "felt-tip"))


@pytest.mark.parametrize(
    "slip", ["abdomenal", "abdminal", "abdomminal", "abdomibal", "badominal", "abdoimnal", "abdominall"]
)
def test_one_slip_in_a_word_is_forgiven_where_one_word_fits(slip):
    meant = numbers_of(("abdominal", "t-shirt", "zookeeper", "yoyo", "gander"))
    assert parse_receipt(f"{slip} t shirt zookeper yoyo gander") == meant


def test_a_slip_that_fits_several_words_is_not_guessed():
    assert {"gander", "dander"} <= set(word_list())
    assert parse_receipt("abacus abdomen zookeeper yoyo xander") is None


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "abacus",
        "abacus abdomen zookeeper yoyo",
        "abacus abdomen zookeeper yoyo gander gander",
        "abacus abdomen zookeeper yoyo qqqqqq",
        "1234 5678",
        "9999 9999 9999 9999 9999",
        "0000 0001 4242 7774 777",
        "abacus " * 200,
        "a " * 150,
        "☃ ☃ ☃ ☃ ☃",
    ],
)
def test_what_is_no_receipt_is_none(typed):
    assert parse_receipt(typed) is None


@given(st.text(max_size=120))
def test_no_text_breaks_the_reading(text):
    assert parse_receipt(text) is None or isinstance(parse_receipt(text), Receipt)


@pytest.mark.promise("P006")
def test_a_receipt_shows_itself_nowhere():
    assert repr(FIXED) == str(FIXED) == "<Receipt>"
    assert "wrapping" not in repr(FIXED.keys("t1"))
    with pytest.raises(TypeError):
        pickle.dumps(FIXED)
    with pytest.raises(TypeError):
        copy.deepcopy(FIXED)


@pytest.mark.promise("P010")
def test_the_look_up_id_rests_on_the_receipt_and_the_site_key(use_site_keys):
    use_site_keys("one", "two")
    assert FIXED.lookup_id() == FIXED.lookup_id("one")
    assert len({FIXED.lookup_id("one"), FIXED.lookup_id("two"), new_receipt().lookup_id()}) == 3
    assert len(FIXED.lookup_id()) == 16


@pytest.mark.slow
@pytest.mark.promise("P010")
def test_the_real_cost_gives_the_known_answer(use_site_keys, settings):
    use_site_keys("one")
    settings.NUMS_WAGTAIL = {
        key: value for key, value in settings.NUMS_WAGTAIL.items() if not key.startswith("ARGON2")
    }
    keys = FIXED.keys("one")
    assert keys.lookup_id.hex() == "ea447ed8d5ada41e9854d8b6ae104aee"
    assert keys.wrapping_key.hex() == "5821b0af43a5cc0d56d6de3df09c07fa88e16c4f513922b42cfc4b61a334fcdc"
