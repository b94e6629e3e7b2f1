"""How plain English is: words in a sentence, and the school year in which it is read (Flesch-Kincaid)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup

#: What ends a piece of text on a page; inside other elements a sentence goes on.
_BLOCKS = (
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "legend",
    "label",
    "summary",
    "button",
    "dt",
    "dd",
    "figcaption",
    "th",
    "td",
)


@dataclass(frozen=True)
class Reading:
    """Of some text: mean words in a sentence, the longest sentence, and the grade."""

    mean: float
    longest: str
    grade: float


def sentences_of(page: str) -> list[str]:
    """The sentences of a page's main part, as a reader meets them. Buttons and labels count as sentences."""
    main = BeautifulSoup(page, "html.parser").find("main")
    for unread in main.select("script, style, template, [hidden], [aria-hidden=true], [translate=no], option"):
        unread.decompose()
    blocks = [one for one in main.find_all(_BLOCKS) if not one.find(_BLOCKS)]
    texts = (" ".join(one.get_text(" ").split()) for one in blocks)
    return [sentence for text in texts for sentence in re.split(r"(?<=[.?:!])\s+", text) if _words(sentence)]


def reading_of(sentences: list[str]) -> Reading:
    words = [word for sentence in sentences for word in _words(sentence)]
    mean = len(words) / len(sentences)
    syllables = sum(map(_syllables, words)) / len(words)
    longest = max(sentences, key=lambda sentence: len(_words(sentence)))
    return Reading(mean, longest, 0.39 * mean + 11.8 * syllables - 15.59)


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z][A-Za-z’']*", text)


def _syllables(word: str) -> int:
    plain = re.sub(r"[^a-z]", "", word.lower())
    plain = re.sub(r"(?<=[^aeiouy])(e|es|ed)$", "", plain) if not re.search(r"[td]ed$|le$", plain) else plain
    return max(1, len(re.findall(r"[aeiouy]+", plain)))
