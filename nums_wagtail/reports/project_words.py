"""The words of the form on a project's page, where somebody reports for somebody else."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from .asking import Asking, everything
from .schema import Group, Question, Words

#: Key of a group → its heading and help.
GROUPS: dict[str, tuple[Words, Words]] = {
    "reporter": (_("About the person it happened to"), _("They need not say who they are.")),
    "contact": (_("A safe way to reach them"), _("You can leave all of this out.")),
    "support": (_("Help for them"), ""),
}

#: Key of a question → what is asked, and the help beside it.
QUESTIONS: dict[str, tuple[Words, Words]] = {
    "what_happened": (_("What happened?"), _("Their own words, if you can. Any language is fine.")),
    "reporter_name": (_("What may we call them?"), _("A working name, or nothing.")),
    "reporter_contact": (
        _("How can we reach them safely?"),
        _("For example a number, and when to call. Or through you. You can leave it out."),
    ),
    "not_to_publish": (
        _("Is there anything we must not publish?"),
        _("For example something only they could know."),
    ),
    "support": (_("What help would they like?"), _("Tick all that fit.")),
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
