"""Tags of suspects' identifiers move to the first site key: each report is opened and tagged again.

Until the last one has its new tags every report keeps its old ones beside them, so that at any moment, also
after a rotation that was cut off, two reports with the same identifier find each other.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from nums_wagtail.foundation.errors import VaultError
from nums_wagtail.vault.indexes import tagged_by_first_key, tagged_by_other_keys, tags_by_key
from nums_wagtail.vault.rotation import Resting

from .models import Report, SuspectTag
from .tagging import tag_report

BATCH = 500


def tags_by_site_key() -> dict[str, int]:
    return tags_by_key(SuspectTag.objects.all(), "tag")


def move_tags() -> Iterator[int]:
    """Tag reports again that have no tag under the first key, then take the older tags out; yields how many.

    A report that cannot be opened keeps its tags.
    """
    yield _beside_new_ones().count()
    reports = list(_without_new_ones().order_by("pk").values_list("pk", "uuid"))
    for report_id, report_uuid in reports:
        older = tagged_by_other_keys(SuspectTag.objects.filter(report=report_id), "tag").count()
        try:
            tag_report(report_uuid, again=True)
        except VaultError:
            continue
        yield older
    while older_tags := list(_beside_new_ones().values_list("pk", flat=True)[:BATCH]):
        SuspectTag.objects.filter(pk__in=older_tags).delete()


def _without_new_ones() -> QuerySet[Report]:
    tags = SuspectTag.objects.filter(report=OuterRef("pk"))
    older, new = tagged_by_other_keys(tags, "tag"), tagged_by_first_key(tags, "tag")
    return Report.objects.filter(Exists(older), ~Exists(new))


def _beside_new_ones() -> QuerySet[SuspectTag]:
    """Older tags of reports that have been tagged under the first key."""
    moved = tagged_by_first_key(SuspectTag.objects.all(), "tag").values("report")
    return tagged_by_other_keys(SuspectTag.objects.filter(report__in=moved), "tag")


TAGS = Resting(_("Tags of suspects' identifiers"), tags_by_site_key, move_tags)
