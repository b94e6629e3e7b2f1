"""Slow tags of suspects' identifiers: how two reports are found to share one without storing what it is."""

from __future__ import annotations

import uuid

from nums_wagtail.foundation.errors import NumsError
from nums_wagtail.foundation.transactions import verb_transaction
from nums_wagtail.vault.holders import KeyHolder, TeamHolder
from nums_wagtail.vault.indexes import kids_in_use, slow_tags

from . import documents
from .models import Report, ReportVersion, SuspectTag

#: Reports that one sweep takes on; each identifier costs a slow derivation.
SWEEP = 200


def tag_report(report_uuid: uuid.UUID, *, holder: KeyHolder | None = None, again: bool = False) -> int:
    """Make the tags of one report from all its versions; returns how many it has now.

    Does nothing to a report that is gone, nor to one that is tagged already unless ``again``. While reports
    tagged under an older site key are left, an identifier has a tag under each key in use, so that they still
    find each other. Raises VaultError when it cannot be opened.
    """
    wanted = Report.objects.filter(uuid=report_uuid)
    report = wanted.first() if again else wanted.filter(tagged=False).first()
    if report is None:
        return 0
    kids = kids_in_use(SuspectTag.objects.all(), "tag")
    versions = documents.open_versions(report, holder or TeamHolder())
    found = {
        (str(one.kind), one.normal): one
        for answers in versions
        for one in answers.identifiers()
        if one.is_worth_a_tag
    }
    # The slow part stands outside the transaction.
    tags = [
        SuspectTag(report=report, kind=str(one.kind), tag=tag)
        for one in found.values()
        for tag in slow_tags(f"suspect-{one.kind}", one.normal, kids)
    ]
    with verb_transaction():
        still = Report.objects.select_for_update().filter(pk=report.pk).exists()
        if not still or ReportVersion.objects.filter(report=report).count() != len(versions):
            # Deleted meanwhile, or sent again with other words: the next run sees those.
            return 0
        SuspectTag.objects.filter(report=report).delete()
        SuspectTag.objects.bulk_create(tags)
        Report.objects.filter(pk=report.pk).update(tagged=True)
    return len(tags)


def tag_missing() -> int:
    """Tag reports that no task has reached, oldest first; one that cannot be opened stops none of the others.

    Returns how many were tagged. Raises the first VaultError at the end, so that the queue shows a failure.
    """
    done = 0
    first: NumsError | None = None
    for report_uuid in Report.objects.filter(tagged=False).order_by("pk").values_list("uuid", flat=True)[:SWEEP]:
        try:
            tag_report(report_uuid)
            done += 1
        except NumsError as error:
            first = first or error
    if first is not None:
        raise first
    return done
