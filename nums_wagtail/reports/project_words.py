"""The words of the form on a project's page, where somebody reports for somebody else."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from .asking import Asking, everything
from .schema import Group, Question, Words

#: Key of a group → its heading and help.
GROUPS: dict[str, tuple[Words, Words]] = {
    "person": (_("The person who did it"), _("Tell what is remembered. Leave out the rest.")),
    "online": (_("Numbers and names online"), _("Of the person who did it, not of who it happened to.")),
    "reporter": (_("About the person it happened to"), _("They need not say who they are.")),
    "contact": (_("A safe way to reach them"), _("You can leave all of this out.")),
    "support": (_("Help for them"), ""),
}

#: Key of a question → what is asked, and the help beside it.
QUESTIONS: dict[str, tuple[Words, Words]] = {
    "what_happened": (_("What happened?"), _("Their own words, if you can. Any language is fine.")),
    "child_at_risk": (
        _("Somebody under 18 was hurt, or is at risk"),
        _("We may have to tell the people who protect children. If we can reach them, we tell them first."),
    ),
    "contact_way": (_("How did the person who did it first make contact?"), ""),
    "words_used": (_("Words they used"), _("Something that was said. It may be a name or a way to speak.")),
    "still": (_("Is the person it happened to still in danger?"), ""),
    "reporter_name": (_("What may we call them?"), _("A working name, or nothing.")),
    "reporter_gender": (_("Their gender"), ""),
    "reporter_age": (_("Their age"), ""),
    "reporter_work": (_("How do they work?"), ""),
    "reporter_language": (_("Which language do they like to speak?"), ""),
    "heard": (_("How did they hear of us?"), ""),
    "contact_channel": (_("How may we reach them?"), ""),
    "reporter_contact": (
        _("How can we reach them safely?"),
        _("For example a number, and when to call. Or through you. You can leave it out."),
    ),
    "not_to_publish": (
        _("Is there anything we must not publish?"),
        _("For example something only they could know."),
    ),
    "support": (_("What help would they like?"), _("Tick all that fit.")),
    "police_number": (_("A number the police gave"), ""),
    "recognised": (
        _("If the person who did it read a warning, would they know who told us?"),
        _("If so, we leave out the day and the place."),
    ),
}


def asking_for_others() -> Asking:
    """The whole schema in its own order, in the words of somebody who reports for somebody else."""
    asking = everything()
    return Asking(tuple(map(_group, asking.groups)), tuple(map(_question, asking.questions)))


def _group(group: Group) -> Group:
    label, help = GROUPS.get(group.key, (group.label, group.help))
    return replace(group, label=label, help=help)


def _question(question: Question) -> Question:
    asks, help = QUESTIONS.get(question.key, (question.asks, question.help))
    return replace(question, asks=asks, help=help)
