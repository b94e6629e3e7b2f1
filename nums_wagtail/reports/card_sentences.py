"""The sentences of the support card, which somebody shows to a doctor, a nurse or an officer.

They are fixed: whoever reads one beside its English must be able to rely on both saying the same. Codes travel
in the page only and are stored nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from .languages import ENGLISH


@dataclass(frozen=True)
class Sentence:
    code: str
    words: Promise


@dataclass(frozen=True)
class Section:
    """Sentences that belong together on the page where they are chosen."""

    heading: Promise
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Line:
    """One sentence as it is shown: in the language of the page, and in English where that is another one."""

    code: str
    own: str
    english: str


SECTIONS = (
    Section(
        _("What happened"),
        (
            Sentence("danger", _("I am in danger. Please help me.")),
            Sentence("hurt", _("I was hurt. I need a doctor.")),
            Sentence("attacked", _("Somebody attacked me.")),
            Sentence("sexual", _("I was sexually assaulted.")),
            Sentence("neck", _("Somebody squeezed my neck.")),
            Sentence("robbed", _("I was robbed.")),
            Sentence("pregnant", _("I am pregnant.")),
        ),
    ),
    Section(
        _("What I need"),
        (
            Sentence("pep", _("I may need PEP, the medicine against HIV. It must start within 72 hours.")),
            Sentence("contraception", _("I need emergency contraception.")),
            Sentence("examination", _("I want to be examined. Please explain each step first.")),
            Sentence("interpreter", _("I need an interpreter.")),
            Sentence("with_me", _("I want somebody I trust to be with me.")),
            Sentence("call", _("I need to make a phone call.")),
            Sentence("safe_place", _("I need a safe place to wait.")),
        ),
    ),
    Section(
        _("How to treat me"),
        (
            Sentence("slowly", _("Please speak slowly.")),
            Sentence("write", _("Please write it down for me.")),
            Sentence("woman", _("I want to speak to a woman.")),
            Sentence("alone", _("I want to talk where nobody else can hear us.")),
            Sentence("touch", _("Please ask before you touch me.")),
            Sentence("no_work", _("I do not want to talk about my work.")),
            Sentence("no_family", _("Please do not call my family or my partner.")),
            Sentence("no_police", _("Please do not call the police.")),
            Sentence("police", _("Please call the police.")),
        ),
    ),
)

#: Two sentences that cannot both be meant.
OPPOSITES = (("no_police", "police"),)

#: What fits on one page that is held up. More would not be read.
MOST = 8


def lines(codes: list[str] | None = None) -> list[Line]:
    """The chosen sentences, or all, in the order of the list, in the active language and English."""
    chosen = [one for section in SECTIONS for one in section.sentences if codes is None or one.code in codes]
    with override(ENGLISH):
        english = [str(one.words) for one in chosen]
    own = [str(one.words) for one in chosen]
    return [
        Line(one.code, said, meant if meant != said else "")
        for one, said, meant in zip(chosen, own, english, strict=True)
    ]
