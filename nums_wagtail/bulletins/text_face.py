"""The plain text of a bulletin: the card's order, 72 columns, a neutral beginning that fills a phone's preview."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

WIDTH = 72
#: Lines with nothing on them between the neutral words and the rest, for lists that show a mail's beginning.
SPACE = 12
SHAPES = {"dangerous": "▲", "risky": "◆", "nuisance": "●"}


def text_of(context: Mapping[str, Any]) -> str:
    """The whole text, from the same context as the HTML."""
    blocks = [wrapped(_opening()), "\n" * SPACE]
    if context["is_correction"]:
        blocks.append(wrapped(correction_words()))
    blocks += ["\n".join(_card(card)) for card in context["cards"]]
    blocks.append("\n".join(_foot(context)))
    return "\n\n".join(blocks) + "\n"


def _opening() -> str:
    return _(
        "This is the update you asked for. You can change how often you get one, or stop them, with the link at "
        "the end of this message. You do not need to answer it."
    )


def correction_words() -> str:
    return _(
        "We told you something that does not stand any more. Please do not use it, and take down what is on a wall."
    )


def wrapped(words: str, *, indent: str = "") -> str:
    return textwrap.fill(words, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _card(card: Mapping[str, Any]) -> Iterator[str]:
    if card["withdrawn"]:
        yield wrapped(f"{_('Withdrawn')} · {card['withdrawn_on']}")
        yield wrapped(card["line"])
        yield wrapped(card["reference"])
        return
    where = " · ".join(part for part in (", ".join(card["regions"]), card["week"]) if part)
    shape = SHAPES.get(card["severity"], "")
    yield wrapped(f"{shape} {card['severity_label']} · {card['kind_label']} · {where}".strip())
    yield ""
    yield wrapped(card["line"])
    yield ""
    for label, value in (*card["facts"], *card["identifiers"]):
        yield wrapped(f"{label}: {value}", indent="  ")
    for words in (card.get("certainty"), card.get("advice")):
        if words:
            yield ""
            yield wrapped(words)
    yield ""
    yield wrapped(card["reference"])


def _foot(context: Mapping[str, Any]) -> Iterator[str]:
    yield "-" * WIDTH
    for block in strip_tags(render_to_string("nums_wagtail/bulletins/foot.html", dict(context))).split("\n"):
        words = " ".join(block.split())
        if words:
            yield wrapped(words)
            yield ""
    if context["pdf_missing"]:
        yield wrapped(_("This time there is no PDF. Everything stands in this message."))
        yield ""
    if context["branding"].contact_line:
        yield wrapped(context["branding"].contact_line)
        yield ""
    yield _("Your pages:")
    yield context["home_url"]
    yield ""
    yield _("Fewer messages, or none:")
    yield context["stop_url"]
