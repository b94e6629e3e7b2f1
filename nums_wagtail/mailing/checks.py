"""System checks of the mailing room, E040 onward: the queue's settings and what mail needs to arrive."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from ..conf import nums_settings


@register("nums_wagtail")
def check_queue(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """django-q2's defaults suit no bulk mail: no timeout, retry after 60 seconds, no end of attempts."""
    cluster = getattr(settings, "Q_CLUSTER", {})
    timeout, retry = cluster.get("timeout"), cluster.get("retry", 60)
    found: list[CheckMessage] = []
    if not timeout or retry <= timeout:
        found.append(
            Error(
                "Q_CLUSTER gives a task to a second worker while the first may still be at it, or lets a stuck "
                "task hold its worker for ever.",
                hint="Set Q_CLUSTER['timeout'] = 600 and Q_CLUSTER['retry'] = 900: retry must be the larger.",
                id="nums_wagtail.E040",
            )
        )
    if not cluster.get("max_attempts") and not cluster.get("ack_failures"):
        found.append(
            Warning(
                "Q_CLUSTER tries a failing task again for ever.",
                hint="Set Q_CLUSTER['max_attempts'] = 5, or Q_CLUSTER['ack_failures'] = True.",
                id="nums_wagtail.W042",
            )
        )
    return found


@register("nums_wagtail")
def check_base_url(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    base = nums_settings().mailing.BASE_URL
    if settings.DEBUG or base.startswith(("https://", "http://")):
        return []
    return [
        Error(
            "NUMS_WAGTAIL['BASE_URL'] is missing, so mails cannot hold a link for signing in or for stopping them.",
            hint="Set NUMS_WAGTAIL['BASE_URL'] = 'https://www.example.org', the address of your site.",
            id="nums_wagtail.E041",
        )
    ]


@register("nums_wagtail")
def check_webhook_secret(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """anymail only warns; anybody could post made-up bounces and so silence a member's alerts."""
    anymail = getattr(settings, "ANYMAIL", {})
    secret = anymail.get("WEBHOOK_SECRET") or getattr(settings, "ANYMAIL_WEBHOOK_SECRET", None)
    if secret or not _backend_path().startswith("anymail."):
        return []
    return [
        Error(
            "ANYMAIL['WEBHOOK_SECRET'] is not set, so anybody can report bounces and stop somebody's alerts.",
            hint="Set ANYMAIL['WEBHOOK_SECRET'] = 'user:a-long-random-password' and use it in the webhook's URL.",
            id="nums_wagtail.E042",
        )
    ]


@register("nums_wagtail", deploy=True)
def check_mail_domain(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if not nums_settings().mailing.MAIL_DOMAIN.endswith(".invalid"):
        return []
    return [
        Warning(
            "NUMS_WAGTAIL['MAIL_DOMAIN'] is not set: Message-IDs end in a domain that does not exist, and many "
            "servers count that as a sign of spam.",
            hint="Set it to a domain of yours that does not name the scheme, such as 'mail.example.org'.",
            id="nums_wagtail.W043",
        )
    ]


def _backend_path() -> str:
    """The dotted path of the host's mail backend, in either of Django's two ways."""
    mailers = getattr(settings, "MAILERS", None)
    if mailers:
        return str(mailers.get("default", {}).get("BACKEND", ""))
    return str(settings.EMAIL_BACKEND)
