"""Live previews that leave nothing readable behind.

Wagtail keeps the form of a live preview in a row of its own, as typed. Ours keeps it sealed: the form that
Wagtail stores is asked for its data in one way only, so that is where it is sealed.
"""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from wagtail.snippets.views.snippets import PreviewOnCreateView, PreviewOnEditView

from nums_wagtail.foundation.errors import VaultError
from nums_wagtail.vault.sealed_state import open_state, seal_state

PURPOSE = "alert-preview"
FIELD = "sealed"
#: Longer than Wagtail keeps such a row.
MAX_AGE = 2 * 24 * 60 * 60


class SealedForm(QueryDict):
    """What was typed; written anywhere, it is sealed."""

    def urlencode(self, safe: str | None = None) -> str:
        stored = QueryDict(mutable=True)
        stored[FIELD] = seal_state(PURPOSE, {"form": super().urlencode(safe)})
        return stored.urlencode()


def _opened(stored: QueryDict) -> QueryDict:
    try:
        return QueryDict(open_state(PURPOSE, str(stored[FIELD]), MAX_AGE)["form"])
    except VaultError:
        return QueryDict()


class SealedPreview:
    """Joined before Wagtail's preview views."""

    def get_form(self, query_dict: QueryDict) -> Any:
        if FIELD in query_dict:
            query_dict = _opened(query_dict)
        if not query_dict:
            return super().get_form(query_dict)  # type: ignore[misc]  # Wagtail's view stands behind it
        return super().get_form(SealedForm(query_dict.urlencode()))  # type: ignore[misc]  # as above


class SealedPreviewOnEdit(SealedPreview, PreviewOnEditView):
    pass


class SealedPreviewOnCreate(SealedPreview, PreviewOnCreateView):
    pass
