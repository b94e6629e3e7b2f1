"""Which other cases speak of the same person or thing: they share an identifier of a suspect.

Compared are slow keyed tags, so this opens nothing and says only of which kind the shared identifier is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from ..foundation import policy
from ..foundation.actors import Actor
from ..reports.access import sharing_identifier
from ..reports.schema import IdentifierKind
from .access import queue
from .cases import case_reports
from .models import Case


@dataclass(frozen=True)
class RelatedReport:
    """Another case, and the kinds of identifier that its reports share with this one."""

    case: Case
    kinds: tuple[IdentifierKind, ...]


def related(case: Case, *, by: Actor) -> list[RelatedReport]:
    """Other cases that share an identifier, newest first; only those that the actor may open.

    Raises NotAllowed without the right to open cases.
    """
    policy.require(by, "open_case")
    kinds: dict[int, set[str]] = defaultdict(set)
    for report in case_reports(case):
        for report_id, shared in sharing_identifier(report):
            kinds[report_id].update(shared)
    if not kinds:
        return []
    others = (
        queue(by)
        .filter(case_reports__report__in=list(kinds))
        .exclude(pk=case.pk)
        .select_related("region", "assignee")
        .prefetch_related("case_reports")
        .order_by("-received_on", "-pk")
        .distinct()
    )
    return [RelatedReport(other, _kinds_of(other, kinds)) for other in others]


def _kinds_of(case: Case, kinds: dict[int, set[str]]) -> tuple[IdentifierKind, ...]:
    shared = {kind for link in case.case_reports.all() for kind in kinds.get(link.report_id, ())}
    return tuple(kind for kind in IdentifierKind if kind.value in shared)
