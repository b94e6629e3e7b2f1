"""The second lock: an alert cannot be saved live unless exactly its content has a release.

It holds the editor, superusers, ``Revision.publish``, publish actions and scheduled publishing alike. The first
lock is ``release.release_alert``; what readers see starts from releases and never from ``live``.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.db import models
from wagtail.models import Revision

from .exceptions import NotReleased

logger = logging.getLogger(__name__)

#: A save of these columns alone neither publishes nor changes what is live.
BOOKKEEPING = frozenset({"latest_revision", "has_unpublished_changes", "locked", "locked_by", "locked_at"})


class GuardedByRelease(models.Model):
    """Joined by ``Alert`` before Wagtail's mixins, so that each of their ways to go live passes here."""

    if TYPE_CHECKING:
        live: bool
        uuid: Any
        data_key: Any
        reference: str

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises NotReleased for a live alert whose content has no standing release."""
        # Alerts have no dates of Wagtail's: a release says when it ends, and nothing goes live by a clock.
        self.go_live_at = self.expire_at = None
        changed = kwargs.get("update_fields")
        if self.live and (changed is None or not set(changed) <= BOOKKEEPING):
            refuse_unreleased(self)
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        dateless = {**content, "go_live_at": None, "expire_at": None}
        draft = super().with_content_json(dateless)  # type: ignore[misc]  # Wagtail's mixin stands behind it
        # What belongs to the alert as a whole and not to one version of its text.
        draft.uuid, draft.data_key, draft.reference = self.uuid, self.data_key, self.reference
        return draft

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        self.go_live_at = self.expire_at = None
        if len(args) > 1:
            args = (args[0], None, *args[2:])
        kwargs.pop("approved_go_live_at", None)
        return super().save_revision(*args, **kwargs)  # type: ignore[misc]  # Wagtail's mixin stands behind it

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Every ``Revision.publish`` comes through here.

        Raises NotReleased when the revision's content has no release. A scheduled one is dropped instead,
        because an error would keep the host's own pages from going live.
        """
        draft = revision.as_object()
        draft.live = True
        try:
            refuse_unreleased(draft)
        except NotReleased:
            if kwargs.get("log_action") != "wagtail.publish.scheduled":
                raise
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            logger.warning("A scheduled publication of %s was dropped: it has no release.", self)
            return None
        # Who may release was asked when the release was written; Wagtail's own permission says nothing here.
        kwargs["skip_permission_checks"] = True
        return super().publish(revision, *args, **kwargs)  # type: ignore[misc]  # Wagtail's mixin stands behind it


def refuse_unreleased(alert: Any) -> None:
    """Raises NotReleased unless exactly this content stands released."""
    from .content import content_of, digest
    from .models import AlertRelease

    if alert.pk is None:
        raise NotReleased()
    released = AlertRelease.objects.standing().filter(alert_id=alert.pk, digest=digest(content_of(alert)))
    if not released.exists():
        raise NotReleased()
