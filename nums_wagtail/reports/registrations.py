"""What the reports room gives to others: the sweep that tags what no task reached, and how tags are rotated."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nums_wagtail.foundation.clocks import clocks
from nums_wagtail.mailing.schedules import Planned, schedules
from nums_wagtail.members.models import Member
from nums_wagtail.members.registries import ProjectPanel, project_panels
from nums_wagtail.vault.rotation import on_site_keys
from nums_wagtail.vault.sweeping import held_elsewhere

# Imported for their log actions, which must be declared in every process that may write them.
from . import access, consent, evidence, intake, leaving, messages, receipts  # noqa: F401
from .contact import OLD_CONTACTS, contact_keys_in_use
from .drafts import DRAFTS, OLD_DRAFTS
from .project_door import works_for_project
from .retagging import TAGS

OWNER = "nums_wagtail.reports"
TAG_MISSING = Planned("nums_wagtail.reports.tasks.tag_missing", minutes=5)


def _project_page(member: Member) -> str:
    return reverse("nums_wagtail:project_reports")


PROJECT_PANEL = ProjectPanel(_("Report for somebody, and what your project sent"), _project_page, works_for_project)


def register() -> None:
    project_panels.register("reports.project", PROJECT_PANEL, owner=OWNER)
    schedules.register("reports.tag_missing", TAG_MISSING, owner=OWNER)
    on_site_keys.register("reports.tags", TAGS, owner=OWNER)
    on_site_keys.register("reports.drafts", DRAFTS, owner=OWNER)
    clocks.register("reports.drafts", OLD_DRAFTS, owner=OWNER)
    clocks.register("reports.contacts", OLD_CONTACTS, owner=OWNER)
    held_elsewhere.register("reports.contacts", contact_keys_in_use, owner=OWNER)
