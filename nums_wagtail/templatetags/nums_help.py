"""Help texts for templates that stand on several pages and get no context for them."""

from __future__ import annotations

from django import template

from ..reports.help_now import HelpWords, help_text, usual_words
from ..reports.help_words import HelpTopic

register = template.Library()


@register.simple_tag
def under_18_words() -> HelpWords:
    """What follows when somebody is under 18 or a child is at risk, in the active language."""
    return help_text(HelpTopic.UNDER_18)


@register.simple_tag
def usual_help_words() -> list[HelpWords]:
    """The usual words about every topic, for whoever writes others."""
    return [usual_words(topic) for topic in HelpTopic]
