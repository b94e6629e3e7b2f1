"""What ``layouts/site.html`` needs to stand inside the host's own pages."""

from __future__ import annotations

from ..conf import nums_settings


def site_context() -> dict[str, str]:
    """Context that a view adds when its template extends ``layouts/site.html``."""
    return {"host_base": nums_settings().foundation.HOST_BASE_TEMPLATE}
