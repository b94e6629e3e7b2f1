"""The receipt is hard to lose: a picture, typing it once, seeing it again. And it is forgiving when typed."""

import html
import io

import pytest
from django.utils import timezone, translation
from PIL import Image

from nums_wagtail.reports.models import Report
from nums_wagtail.reports.receipt_card import card_of, compare
from nums_wagtail.reports.receipt_forms import where_to_look
from nums_wagtail.reports.receipt_picture import picture_of
from nums_wagtail.vault.receipts import Receipt, new_receipt, read_receipt, word_list

from .reporter import digits_in, state_in, words_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(reporter):
    return reporter.reports(what_happened="He took my phone.")


def test_the_card_has_five_tiles_and_the_digits_in_groups_of_four(sent):
    assert len(words_in(sent)) == 5
    assert [len(group) for group in digits_in(sent).split()] == [4] * 5
    page = html.unescape(sent.content.decode())
    for button in ("Keep a picture", "I'll type it once", "Go on without"):
        assert button in page


def test_digits_stand_first_where_the_page_is_not_in_english():
    receipt = new_receipt()
    assert not card_of(receipt).digits_first
    with translation.override("ro"):
        assert card_of(receipt).digits_first


@pytest.mark.promise("P114")
def test_the_picture_is_a_file_with_a_neutral_name_and_nothing_else_in_it(reporter, sent):
    response = reporter.tries_with_the_card("picture", sent)
    assert response["Content-Disposition"] == 'attachment; filename="note.png"'
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    picture = Image.open(io.BytesIO(response.content))
    assert not picture.info.keys() - {"transparency"}
    assert picture.width == 720
    assert len(response.content) < 30_000


def test_each_receipt_has_a_picture_of_its_own():
    assert picture_of(new_receipt()) != picture_of(new_receipt())


def test_the_longest_words_fit_beside_their_digits():
    longest = [number for number, word in enumerate(word_list()) if len(word) == 9]
    picture = Image.open(io.BytesIO(picture_of(Receipt(longest[-5:])))).convert("L")
    between = picture.crop((440, 0, 560, picture.height))
    assert between.getextrema() == (255, 255), "word and digits touch"


@pytest.mark.promise("P100")
def test_the_card_sets_no_cookie_and_reads_no_session(reporter, sent, django_user_model):
    reporter.client.force_login(django_user_model.objects.create_superuser("root", "root@example.org", "x"))
    for button in ("picture", "type", "check", "show"):
        response = reporter.tries_with_the_card(button, sent, digits_in(sent))
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")


def test_typing_it_once_says_that_it_is_right_or_which_word_differs(reporter, sent):
    page = reporter.tries_with_the_card("check", sent, " ".join(words_in(sent)).upper())
    assert "That is right" in page.content.decode()
    typed = words_in(sent)
    typed[2] = next(word for word in word_list() if word not in typed)
    page = reporter.tries_with_the_card("check", sent, " ".join(typed))
    assert page.status_code == 400
    assert "look at word 3 again" in page.content.decode()
    assert words_in(sent)[2] not in page.content.decode(), "trying means without seeing it"
    page = reporter.tries_with_the_card("check", sent, " ".join(words_in(sent)[:4])).content.decode()
    assert "You typed 4 words. A receipt has 5." in page


def test_it_can_be_seen_again_for_an_hour_and_not_longer(reporter, sent, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    again = reporter.tries_with_the_card("show", sent)
    assert words_in(again) == words_in(sent)
    time_machine.shift(3601)
    late = reporter.tries_with_the_card("show", again)
    assert late.status_code == 400
    assert "open for a long time" in late.content.decode()


@pytest.mark.promise("P014")
def test_a_made_up_card_and_the_state_of_another_page_show_nothing(reporter, sent):
    other = state_in(reporter.comes_back_with(digits_in(sent)), "open")
    for state in ("", "made up", "☃", other):
        response = reporter.client.post("/n/k/", {"card": state, "do": "show"})
        assert response.status_code == 400
        assert not words_in(response)


@pytest.mark.promise("P031")
def test_the_card_stores_and_looks_up_nothing(reporter, sent, django_assert_num_queries):
    card = state_in(sent, "card")
    with django_assert_num_queries(0):
        reporter.client.post("/n/k/", {"card": card, "do": "picture"})
    assert reporter.client.get("/n/k/").status_code == 405
    assert Report.objects.count() == 1


# How it may be typed

RECEIPT = Receipt([word_list().index(word) for word in ("abdominal", "t-shirt", "zookeeper", "yoyo", "gander")])


@pytest.mark.parametrize(
    "typed",
    [
        "ABDOMINAL T-SHIRT ZOOKEEPER YOYO GANDER",
        "abdominal, t shirt, zookeeper; yo-yo\ngander",
        "1) abdominal\n2) tshirt\n3) zookeeper\n4) yoyo\n5) gander",
        "abdomnial tshirt zoo-keeper yoyo gander",
        RECEIPT.digits,
        RECEIPT.digits.replace(" ", ""),
        "-".join(RECEIPT.digits.replace(" ", "")),
        RECEIPT.digits.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        RECEIPT.digits.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    ],
)
def test_a_receipt_is_read_however_it_was_typed(typed):
    assert compare(RECEIPT, typed).right


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        # Gander and dander both fit; and whether such a receipt exists does not show.
        ("abdominal tshirt zookeeper yoyo xander", "look at word 5 again"),
        ("qqqqq tshirt zookeeper yoyo xander", "look at words 1, 5 again"),
        ("0001 9999 0003 0004 0005", "at group 2"),
        ("abdominal tshirt zookeeper yoyo gander gander", "You typed 6 words. A receipt has 5."),
        ("1234 5678", "You typed 2 groups of four digits. A receipt has 5."),
        ("qqqqq wwwww", "look at each word again"),
        ("☃", "type the words or the digits"),
    ],
)
def test_the_page_says_where_to_look(typed, said):
    assert said in where_to_look(read_receipt(typed))


@pytest.mark.promise("P106")
def test_what_the_page_says_rests_on_the_word_list_alone(reporter, sent):
    """One wrong letter in a receipt that exists and in one that does not is answered with the same words."""
    there, not_there = words_in(sent), list(RECEIPT.words)
    answers = []
    for words in (there, not_there):
        words[1] = "qqqqq"
        page = reporter.comes_back_with(" ".join(words)).content.decode()
        answers.append(page.split("nums-field__error")[1].split("</div>")[0])
    assert answers[0] == answers[1]
    assert read_receipt(" ".join(there)).unclear == (2,)
