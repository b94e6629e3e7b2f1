"""What no translator is asked for: names, the charity's own words, what people wrote, and what is Wagtail's."""

from __future__ import annotations

import re

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.translation import get_language_info, override

from nums_wagtail.reports.card_sentences import SECTIONS
from nums_wagtail.reports.languages import offered
from nums_wagtail.reports.schema import SCHEMA
from tests.proofs.rows import alerts, casework, reports

#: Table → column that holds a name or words of the charity's.
_COLUMNS = {
    "nums_wagtail.Region": "name",
    "nums_wagtail.PoliceForce": "name",
    "nums_wagtail.Organisation": "name",
    "nums_wagtail.Service": "name",
    "nums_wagtail.HelpText": "text",
    "nums_wagtail.Alert": "line",
    "nums_wagtail.ExportRecord": "what",
    "nums_wagtail.Branding": "scheme_name",
    "wagtailcore.Page": "title",
    "wagtailcore.Workflow": "name",
    "wagtailcore.Task": "name",
    "auth.Group": "name",
}
#: Planted in the world, or said on the walk.
_PLANTED = (
    *(reports.NARRATIVE, reports.REPORTER, reports.PHONE, casework.NOTE, alerts.DRAFT_LINE, alerts.RELEASED_LINE),
    *("Said.", "Ask the nurse.", "Teal Applicant", "Lark", "Pseudo", "Lantern Network"),
    "He locked the van doors and drove on. I jumped out at a red light.",
    # The example site's own templates.
    "Everything here is invented: the charity, the people, what happened to them.",
    *("Main", "Home", "Home page"),
    # What a scheme is called until the charity says its name, and a code that stands for itself.
    *("Safety scheme", "en"),
)
#: Wagtail and modeladmin say these without asking for a translation.
_WAGTAILS = ("Wagtail", "Actions", "True", "False", "None", "Search", "Updated", "ID", "method", "Release", "Home")
#: Opaque references, addresses, file names, and the mark in whose place each reader's own link is put.
PATTERNS = (
    r"https?://\S+|\S+@\S+|\S*•+\S*|localhost/\S+|manage\.py \w+|NumsPlace\w+",
    r"\b(?:alert|member|bulletin|delivery|subscription|edition|export|staff region|report|case|organisation) [\w-]+",
    r"\b[\w ]+\.(?:png|jpg|pdf)\b",
    r"\bhelp text \w+ \w+",
    r"\b[a-z_]+-\d+\b|\b[A-Z0-9]{5,7}\b",
)


def names() -> set[str]:
    found = {*_PLANTED, *_WAGTAILS, *(str(name) for _code, name in settings.LANGUAGES)}
    for label, column in _COLUMNS.items():
        found |= set(apps.get_model(label)._default_manager.values_list(column, flat=True))
    found |= set(get_user_model()._default_manager.values_list("username", flat=True))
    # Makes of cars and the like: a label that is no translation is a name.
    found |= {
        term.label for vocabulary in SCHEMA.vocabularies for term in vocabulary.terms if isinstance(term.label, str)
    }
    with override("en"):
        # The card says everything in English, too.
        found |= {str(sentence.words) for section in SECTIONS for sentence in section.sentences}
    # Languages stand by their own names.
    found |= {get_language_info(code)["name_local"] for code in offered()}
    found |= {f"Wren {role}" for role in ("pending", "approved", "suspended", "left", "elsewhere", "project")}
    return {name for name in found if name}


def allowed(names: set[str]) -> re.Pattern[str]:
    """Longest first, so that no name hides behind a shorter one."""
    words = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(f"{'|'.join(PATTERNS)}|(?<![A-Za-z])(?:{words})(?![A-Za-z])")
