"""Help that cannot wait: what somebody who was just hurt is shown at once, with the services of the region.

``help_now`` gathers it, ``nums_wagtail/reports/help_now.html`` shows it (context ``help``). What is said and when
stands in ``help_words``. Nothing here is stored, and nothing says that somebody is reading.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import Error as AnyDatabaseError
from django.utils.translation import get_language

from nums_wagtail.regions.models import Region, Service
from nums_wagtail.regions.packs import Emergency, country_pack
from nums_wagtail.regions.service_kinds import ServiceKind
from nums_wagtail.regions.services import services_for

from .help_words import SERVICES_OF_SUPPORT, SERVICES_OF_TOPIC, USUAL, HelpTopic, topics_for
from .models import HelpText

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Block:
    """A paragraph, or the entries of a list."""

    words: str = ""
    entries: tuple[str, ...] = ()


@dataclass(frozen=True)
class HelpWords:
    """One topic as it is shown."""

    topic: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class HelpNow:
    """What the page shows; false when there is nothing to show."""

    emergency: Emergency
    urgent: bool
    texts: tuple[HelpWords, ...]
    #: Services open day and night, then the others, each nearest first.
    day_and_night: tuple[Service, ...]
    others: tuple[Service, ...]

    def __bool__(self) -> bool:
        return bool(self.urgent or self.texts or self.day_and_night or self.others)


def help_now(
    region: Region | None,
    categories: Collection[str],
    urgent: bool,
    support: Collection[str] = (),
    *,
    child: bool = False,
) -> HelpNow:
    """Texts and services for what was told and asked for: codes of the vocabularies "categories" and "support".

    With ``child`` also the services for children and young people; what follows is said by ``under_18.html``.

    Asks the database for the charity's texts and the region's services. A report must never fail over it, so
    without a database the usual words come without services.
    """
    topics = topics_for(categories, urgent=urgent, support=support)
    kinds = _kinds(topics, urgent=urgent, support=support)
    if child:
        kinds.add(ServiceKind.YOUNG_PEOPLE.value)
    own: Mapping[str, str] = {}
    services: list[Service] = []
    try:
        own = _own_texts(topics)
        services = services_for(region, kinds) if kinds else []
    except AnyDatabaseError as error:
        logger.error("Help texts and services were not read: %s", type(error).__name__)
    return HelpNow(
        emergency=country_pack().emergency,
        urgent=urgent,
        texts=tuple(_shown(topic, own.get(topic.value, "")) for topic in topics),
        day_and_night=tuple(one for one in services if one.day_and_night),
        others=tuple(one for one in services if not one.day_and_night),
    )


def help_text(topic: HelpTopic) -> HelpWords:
    """One topic in the active language: the charity's words, else the usual ones."""
    return _shown(topic, _own_texts([topic]).get(topic.value, ""))


def usual_words(topic: HelpTopic) -> HelpWords:
    """One topic in the usual words, whatever the charity says."""
    return _shown(topic, "")


def usual_text(topic: HelpTopic) -> str:
    """The usual words of a topic in the active language, a line a paragraph."""
    terms = country_pack().help_terms
    values = {
        "number": country_pack().emergency.number,
        "emergency_department": terms.emergency_department,
        "examination": terms.examination,
    }
    return "\n".join(str(line) % values for line in USUAL[topic])


def _kinds(topics: Collection[HelpTopic], *, urgent: bool, support: Collection[str]) -> set[str]:
    kinds = {kind.value for topic in topics for kind in SERVICES_OF_TOPIC[topic]}
    kinds |= {kind.value for code in support for kind in SERVICES_OF_SUPPORT.get(code, ())}
    if topics or urgent:
        kinds.add(ServiceKind.HELPLINE.value)
    return kinds


def _own_texts(topics: Collection[HelpTopic]) -> dict[str, str]:
    """Topic → the charity's words in the active language, or in that language as spoken elsewhere."""
    if not topics:
        return {}
    active = (get_language() or "en").lower()
    found = {}
    for text in HelpText.objects.filter(topic__in=[topic.value for topic in topics]):
        language = text.language.lower()
        if language == active or (language.split("-")[0] == active.split("-")[0] and text.topic not in found):
            found[text.topic] = text.text
    return found


def _shown(topic: HelpTopic, own: str) -> HelpWords:
    return HelpWords(topic.value, str(topic.label), blocks_of(own.strip() or usual_text(topic)))


def blocks_of(text: str) -> tuple[Block, ...]:
    """Lines as paragraphs; neighbouring lines that begin with a hyphen as one list."""
    blocks: list[Block] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if not line.startswith("- "):
            blocks.append(Block(words=line))
        elif blocks and blocks[-1].entries:
            blocks[-1] = Block(entries=(*blocks[-1].entries, line[2:].strip()))
        else:
            blocks.append(Block(entries=(line[2:].strip(),)))
    return tuple(blocks)
