"""System checks of the members' room, E050 onward: sessions that can be ended, a brake that holds."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register


@register("nums_wagtail")
def check_sessions_can_be_ended(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A signed cookie holds the whole session, so signing out ends nothing for who has copied it."""
    if not settings.SESSION_ENGINE.endswith("signed_cookies"):
        return []
    return [
        Error(
            "SESSION_ENGINE keeps sessions in the browser alone, so whoever copied a member's cookie stays signed "
            "in after she has signed out.",
            hint='Set SESSION_ENGINE = "django.contrib.sessions.backends.db".',
            id="nums_wagtail.E050",
        )
    ]


@register("nums_wagtail", deploy=True)
def check_cache_is_shared(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Who asks for links again and again is slowed down through the cache."""
    backend = settings.CACHES.get("default", {}).get("BACKEND", "")
    if not backend.endswith((".LocMemCache", ".DummyCache")):
        return []
    return [
        Warning(
            "The default cache is not shared between processes, so somebody can have many letters sent to one "
            "member's address within a minute.",
            hint=(
                'Set CACHES["default"] to a database, file or Redis cache, for example '
                '"django.core.cache.backends.db.DatabaseCache" with manage.py createcachetable.'
            ),
            id="nums_wagtail.W050",
        )
    ]
