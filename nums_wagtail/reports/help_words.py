"""What is time-critical after an attack: the topics, what brings each up, and the usual words.

A charity may put its own words in their place, for each language. What things are called in a country comes
from its pack. Sources of the medical rules: BASHH guidelines on PEP and after sexual assault, FSRH guideline on
emergency contraception, and the Institute for Addressing Strangulation's guidance on danger signs.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nums_wagtail.regions.service_kinds import ServiceKind

Words = str | Promise


class HelpTopic(TextChoices):
    """In the order in which they are shown: what may kill within hours stands first."""

    STRANGULATION = "strangulation", _("If somebody squeezed your neck")
    PEP = "pep", _("Medicine against HIV (PEP)")
    CONTRACEPTION = "contraception", _("If you could get pregnant")
    EXAMINATION = "examination", _("Care after a sexual attack")
    UNDER_18 = "under_18", _("If you are under 18, or a child is at risk")


#: Codes of the vocabulary "categories" that bring a topic up.
SEXUAL = frozenset({"rape", "sexual_assault", "condom_removal"})
STRANGLED = frozenset({"strangulation"})

#: Topics that come up by what happened, or all at once when it is urgent and nobody has said what it was.
BY_CATEGORY: dict[HelpTopic, frozenset[str]] = {
    HelpTopic.STRANGULATION: STRANGLED,
    HelpTopic.PEP: SEXUAL,
    HelpTopic.CONTRACEPTION: SEXUAL,
    HelpTopic.EXAMINATION: SEXUAL,
}
#: Topics that come up by what somebody asked for: codes of the vocabulary "support".
BY_SUPPORT: dict[HelpTopic, frozenset[str]] = {
    HelpTopic.PEP: frozenset({"medical"}),
    HelpTopic.CONTRACEPTION: frozenset({"medical"}),
    HelpTopic.EXAMINATION: frozenset({"examination"}),
}

#: Which services stand beside a topic, and which answer what somebody asked for.
SERVICES_OF_TOPIC: dict[HelpTopic, tuple[ServiceKind, ...]] = {
    HelpTopic.STRANGULATION: (ServiceKind.HOSPITAL,),
    HelpTopic.PEP: (ServiceKind.SEXUAL_HEALTH, ServiceKind.HOSPITAL),
    HelpTopic.CONTRACEPTION: (ServiceKind.CONTRACEPTION, ServiceKind.SEXUAL_HEALTH),
    HelpTopic.EXAMINATION: (ServiceKind.ASSAULT_CENTRE,),
}
SERVICES_OF_SUPPORT: dict[str, tuple[ServiceKind, ...]] = {
    "medical": (ServiceKind.SEXUAL_HEALTH, ServiceKind.CONTRACEPTION, ServiceKind.HOSPITAL),
    "examination": (ServiceKind.ASSAULT_CENTRE,),
    "counselling": (ServiceKind.COUNSELLING, ServiceKind.HELPLINE),
    "adviser": (ServiceKind.ADVISER,),
    "legal": (ServiceKind.LEGAL,),
    "housing": (ServiceKind.HOUSING,),
    "safety": (ServiceKind.OUTREACH, ServiceKind.ADVISER, ServiceKind.HELPLINE),
    "translation": (ServiceKind.TRANSLATION,),
}

#: The usual words, a line a paragraph, "- " for an entry of a list. Named values come from the country pack.
USUAL: dict[HelpTopic, tuple[Words, ...]] = {
    HelpTopic.STRANGULATION: (
        _("Have a doctor look at you today, even if there is no mark. Harm can show hours or days later."),
        _("Call %(number)s at once if one of these is so:"),
        _("- It is hard to breathe, to swallow or to speak."),
        _("- Your voice has changed."),
        _("- You fainted, or you cannot remember part of it."),
        _("- You see badly, or your head hurts a lot."),
        _("- Your neck hurts a lot or is swollen."),
        _("- Your face, arm or leg is weak or numb, or you feel confused."),
        _("Are you pregnant? Go to a hospital today, even if you feel well."),
        _("Ask somebody to stay with you for the next day and night."),
    ),
    HelpTopic.PEP: (
        _("PEP can stop HIV. It must start within 72 hours. Sooner works better, best within a day."),
        _("Ask a sexual health clinic. Is it closed? Ask %(emergency_department)s."),
        _("They tell you whether you need it. Ask them about other infections too."),
    ),
    HelpTopic.CONTRACEPTION: (
        _("Emergency pills work for three days, some for five. Sooner works better."),
        _("A copper coil works best, for up to five days. A clinic puts it in."),
        _("Ask a pharmacy, a doctor or a sexual health clinic."),
    ),
    HelpTopic.EXAMINATION: (
        _("A doctor or nurse can care for you. They can also keep traces, in case you want them one day."),
        "%(examination)s",
        _("Go soon if you can. Days later it can still help."),
        _("Try not to wash first. Keep your clothes in a paper bag. Have you washed? Go all the same."),
        _("You decide about each step. You can stop at any time."),
    ),
    HelpTopic.UNDER_18: (
        _("You can tell us. We never send you away."),
        _("One person in our team looks after this. They read it first."),
        _("We may have to tell the people who protect children. If we can reach you, we tell you first."),
        _("We warn nobody about it before that person has agreed."),
        _("Are you in danger now? Call %(number)s."),
    ),
}


def topics_for(categories: Collection[str], *, urgent: bool, support: Collection[str] = ()) -> list[HelpTopic]:
    """The topics to show, in their order. What happened decides; if it says nothing and it is urgent: all."""
    told, asked = set(categories), set(support)
    found = [
        topic for topic, codes in BY_CATEGORY.items() if codes & told or BY_SUPPORT.get(topic, frozenset()) & asked
    ]
    return found or (list(BY_CATEGORY) if urgent else [])


def lasting(support: Collection[str]) -> list[str]:
    """What somebody asked for that does not go out of date within days."""
    return [code for code in support if not any(code in codes for codes in BY_SUPPORT.values())]
