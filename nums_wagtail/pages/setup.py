"""Puts the scheme's pages into a site: a report page, one for professionals, a list of regions, one for each."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission, Page, Site

from nums_wagtail.foundation import policy
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.transactions import verb_transaction
from nums_wagtail.regions.models import Region
from nums_wagtail.regions.tree import main_regions

from .models import AlertIndexPage, ProfessionalsPage, RegionalPage, ReportPage

#: Site settings that the administrators' group may change.
SETTINGS_RIGHTS = (
    *("change_branding", "change_staffedhours", "change_receiptwords"),
    *("change_bulletinsettings", "change_safeguarding"),
)


def planned_pages(parent: Page) -> list[str]:
    """What ``ensure_pages`` would add below ``parent``, as words."""
    plan = []
    if not ReportPage.objects.descendant_of(parent).exists():
        plan.append(_("a report page"))
    if not ProfessionalsPage.objects.descendant_of(parent).exists():
        plan.append(_("a page for nurses, doctors and advisers"))
    if not AlertIndexPage.objects.descendant_of(parent).exists():
        plan.append(_("a list of regions for members"))
    missing = _regions_without_page(parent)
    if missing:
        plan.append(_("%(count)d regional pages") % {"count": len(missing)})
    return plan


def ensure_pages(parent: Page, *, by: Actor) -> int:
    """Add what is missing below ``parent`` and return how many pages that were.

    Nothing that is there is changed, moved or renamed. Raises NotAllowed without the right to manage the scheme.
    """
    policy.require(by, "manage_scheme")
    added = 0
    with verb_transaction(joins="setup"):
        if not ReportPage.objects.descendant_of(parent).exists():
            page = parent.add_child(instance=ReportPage(title=_("Tell us"), slug="form", show_in_menus=True))
            _let_administrators_edit(page)
            added += 1
        if not ProfessionalsPage.objects.descendant_of(parent).exists():
            title = _("For nurses, doctors and advisers")
            page = parent.add_child(instance=ProfessionalsPage(title=title, slug="professionals"))
            _let_administrators_edit(page)
            added += 1
        index = AlertIndexPage.objects.descendant_of(parent).first()
        if index is None:
            index = parent.add_child(
                instance=AlertIndexPage(title=_("Updates"), slug="updates", show_in_menus=True)
            )
            _let_administrators_edit(index)
            added += 1
        for region in _regions_without_page(parent):
            index.add_child(instance=RegionalPage(title=region.name, slug=region.code, region=region))
            added += 1
        _let_administrators_change_settings()
    return added


def default_parent(site: Site | None = None) -> Page:
    """The root page of the given or the default site. Raises LookupError when there is no site."""
    site = site or Site.objects.filter(is_default_site=True).first()
    if site is None:
        raise LookupError("no site")
    return site.root_page


def _regions_without_page(parent: Page) -> list[Region]:
    there = RegionalPage.objects.descendant_of(parent).values("region_id")
    return list(main_regions().exclude(pk__in=there).order_by("path"))


def _administrators() -> Group:
    return Group.objects.get(name=policy.GROUPS["administrator"][0])


def _let_administrators_edit(page: Page) -> None:
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=_administrators(), page=page, permission=permission)


def _let_administrators_change_settings() -> None:
    rights = Permission.objects.filter(content_type__app_label=policy.APP_LABEL, codename__in=SETTINGS_RIGHTS)
    _administrators().permissions.add(*rights)
