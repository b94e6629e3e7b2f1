"""System checks of the alerts room: E070 upward."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from nums_wagtail.conf import nums_settings


@register("nums_wagtail")
def check_release_eyes(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if nums_settings().alerts.RELEASE_EYES == 2:
        return []
    return [
        Error(
            "NUMS_WAGTAIL['RELEASE_EYES'] is not 2, but every release needs a second person: nobody could release "
            "what they edited themselves, and alerts would wait for ever.",
            hint="Set NUMS_WAGTAIL['RELEASE_EYES'] = 2, or leave it out.",
            id="nums_wagtail.E070",
        )
    ]
