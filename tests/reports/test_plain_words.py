"""The English of the reporter's way can be read at three in the morning, by somebody who learned it late."""

from __future__ import annotations

import re

import pyphen
import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from nums_wagtail.reports.help_now import usual_words
from nums_wagtail.reports.help_words import HelpTopic

from .reporter import digits_in
from .test_steps import Walker

pytestmark = pytest.mark.django_db

#: What a text may need: words a sentence on average, and years at school (Flesch and Kincaid).
WORDS, GRADE = 12, 6


SYLLABLES = pyphen.Pyphen(lang="en_US", left=1, right=1)


def syllables(word):
    """By where the word may be hyphenated, at least one; what readability programs count, too."""
    return 1 + len(SYLLABLES.positions(word.lower()))


def prose(page):
    """Whole sentences of a page: paragraphs, list entries, hints."""
    soup = BeautifulSoup(page.content.decode(), "html.parser").main
    found = [" ".join(one.get_text(" ").split()) for one in soup.select("p, li, legend, .nums-field__label")]
    return [text for text in dict.fromkeys(found) if re.search(r"[.?]$", text)]


def is_plain(sentences):
    text = " ".join(sentences)
    count = len(re.findall(r"[.?!]+(?:\s|$)", text))
    words = re.findall(r"[\w’']+", text)
    mean = len(words) / count
    grade = 0.39 * mean + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    assert count >= 3
    assert mean <= WORDS, f"{mean:.1f} words a sentence: {text[:400]}"
    assert grade <= GRADE, f"grade {grade:.1f}: {text[:400]}"


def test_the_measure_notices_words_that_are_not_plain():
    with pytest.raises(AssertionError):
        is_plain(["Notwithstanding the aforementioned considerations, documentation is indispensable."] * 3)


def test_the_form_is_plain(reporter):
    is_plain(prose(reporter.opens_the_form()))


@pytest.mark.slow
def test_every_step_is_plain(reporter):
    walker = Walker(reporter)
    said = prose(walker.page)
    while walker.step != "check":
        walker.presses("next", **{"c-alert": "ask"})
        said += prose(walker.page)
    is_plain(list(dict.fromkeys(said)))
    is_plain(prose(walker.page))


def test_what_follows_sending_and_the_page_behind_the_receipt_are_plain(reporter):
    sent = reporter.reports(what_happened="He held my neck.", categories=["rape", "strangulation"], urgent="on")
    is_plain(prose(sent))
    is_plain(prose(reporter.comes_back_with(digits_in(sent))))


@pytest.mark.parametrize("topic", HelpTopic)
def test_each_help_text_is_plain(topic):
    words = usual_words(topic)
    is_plain([part for block in words.blocks for part in (block.words, *block.entries) if part])


@pytest.mark.parametrize("name", ["receipt", "card"])
def test_the_other_pages_are_plain(client, reporter, name):
    is_plain(prose(client.get(reverse(f"nums_wagtail:{name}"))))
