"""A draft's faces for staff: list, page, mail and print, drawn with the very element that readers get."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from nums_wagtail.foundation.error_reports import NoValues

if TYPE_CHECKING:
    from .models import Alert


class DraftFaces(models.Model):
    """Joined by ``Alert`` before Wagtail's ``PreviewableMixin``."""

    class Meta:
        abstract = True

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("page", _("Page")), ("list", _("List")), ("mail", _("Mail")), ("print", _("Print"))]

    def make_preview_request(
        self,
        original_request: HttpRequest | None = None,
        preview_mode: str | None = None,
        extra_request_attrs: dict[str, Any] | None = None,
    ) -> Any:
        # Wagtail draws it for a request of its own, of which ours says nothing.
        attributes = {**(extra_request_attrs or {}), "exception_reporter_filter": NoValues()}
        return super().make_preview_request(  # type: ignore[misc]  # Wagtail's mixin stands behind it
            original_request, preview_mode, attributes
        )

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        known = {name for name, _words in self.preview_modes}
        return f"nums_wagtail/alerts/preview_{mode_name if mode_name in known else 'page'}.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from .cards import card
        from .content import content_of

        face = mode_name or "page"
        # Not ``object``: nothing of the draft but its card belongs in a face.
        return {
            "request": request,
            "face": face,
            "card": card(content_of(cast("Alert", self)), face=face),
        }
