"""System checks of the package as a whole; a room's own stand in its ``checks`` module.

Ids are ``nums_wagtail.E001`` upward for what must be mended and ``W001`` upward for what should be; none is
ever used again for something else.
"""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from .conf import unknown_keys


@register("nums_wagtail")
def check_settings_dict(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    given = getattr(settings, "NUMS_WAGTAIL", {})
    found: list[CheckMessage] = []
    for key, near in unknown_keys(given).items():
        hint = f"Did you mean {near!r}?" if near else "See docs/reference/settings.md for every key."
        found.append(
            Error(
                f"NUMS_WAGTAIL has a key {key!r} that nobody reads, so the default stays in force.",
                hint=hint,
                id="nums_wagtail.E001",
            )
        )
    return found


@register("nums_wagtail", deploy=True)
def check_admin_calls_nobody(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Wagtail's admin asks gravatar and its release server unless told not to."""
    wanted: dict[str, Any] = {
        "WAGTAIL_GRAVATAR_PROVIDER_URL": None,
        "WAGTAIL_ENABLE_UPDATE_CHECK": False,
        "WAGTAIL_ENABLE_WHATS_NEW_BANNER": False,
    }
    return [
        Warning(
            f"{name} is not set, so the admin may tell another company when and where your staff work.",
            hint=f"Set {name} = {value!r}.",
            id="nums_wagtail.W001",
        )
        for name, value in wanted.items()
        if getattr(settings, name, True) != value
    ]
