"""What the queue calls for reports. Arguments are opaque ids; results are not kept."""

from __future__ import annotations

import uuid

from . import tagging


def make_tags(report_uuid: str) -> None:
    """Make the slow tags of one report."""
    tagging.tag_report(uuid.UUID(report_uuid))


def tag_missing() -> None:
    """Every five minutes: tag reports whose task was lost."""
    tagging.tag_missing()
