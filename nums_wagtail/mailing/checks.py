"""System checks of the mailing room, E040 onward: the queue's settings and what mail needs to arrive."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from ..conf import nums_settings

#: Keys of Q_CLUSTER of which one says where tasks wait.
BROKERS = ("orm", "redis", "django_redis", "broker_class", "sqs", "mongo", "iron_mq")


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
def check_where_tasks_wait(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A task that cannot be queued is not lost, but waits for a schedule, and the schedules wait in the same place."""
    cluster = getattr(settings, "Q_CLUSTER", {})
    alias = cluster.get("orm")
    if alias and alias not in settings.DATABASES:
        return [
            Error(
                f"Q_CLUSTER keeps its queue in the database {alias!r}, which is not in DATABASES, so no task runs "
                "and no mail is sent.",
                hint="Set Q_CLUSTER['orm'] = 'default'.",
                id="nums_wagtail.E043",
            )
        ]
    if not any(cluster.get(broker) for broker in BROKERS):
        return [
            Error(
                "Q_CLUSTER does not say where tasks wait. The worker then looks for Redis on its own machine; where "
                "there is none, no task runs and no mail is sent.",
                hint="Set Q_CLUSTER['orm'] = 'default', or Q_CLUSTER['redis'] with the address of your Redis.",
                id="nums_wagtail.E043",
            )
        ]
    return []


@register("nums_wagtail")
def check_tasks_run_in_a_worker(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.DEBUG or not getattr(settings, "Q_CLUSTER", {}).get("sync"):
        return []
    return [
        Error(
            "Q_CLUSTER['sync'] runs every task inside the request that asks for it: reporters wait for matching and "
            "mail, and may give up before their report is answered.",
            hint="Leave 'sync' out of Q_CLUSTER and start a worker: manage.py qcluster.",
            id="nums_wagtail.E044",
        )
    ]


@register("nums_wagtail")
def check_what_the_queue_keeps(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What becomes of finished tasks, and of those that nobody was there to run."""
    cluster = getattr(settings, "Q_CLUSTER", {})
    found: list[CheckMessage] = []
    if cluster.get("save_limit", 250) == 0:
        found.append(
            Warning(
                "Q_CLUSTER['save_limit'] = 0 keeps a row of every task that ever ran, with its time: a diary of when "
                "things were reported and read, which nobody needs.",
                hint="Set Q_CLUSTER['save_limit'] = 50.",
                id="nums_wagtail.W044",
            )
        )
    if cluster.get("catch_up", True):
        found.append(
            Warning(
                "After a night without a worker Q_CLUSTER runs what was due each minute once for every minute missed, "
                "and today's mail waits behind it.",
                hint="Set Q_CLUSTER['catch_up'] = False.",
                id="nums_wagtail.W045",
            )
        )
    if cluster.get("scheduler", True) is False:
        found.append(
            Warning(
                "Q_CLUSTER['scheduler'] = False: mail that waits is not swept up and nothing is deleted when its "
                "time is over, unless another cluster runs the schedules.",
                hint="Leave 'scheduler' out of Q_CLUSTER for at least one cluster.",
                id="nums_wagtail.W046",
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


@register("nums_wagtail", deploy=True)
def check_base_url_is_the_sites(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What is left over from trying out on one's own machine."""
    base = urlsplit(nums_settings().mailing.BASE_URL)
    if base.scheme != "http" and base.hostname not in ("localhost", "127.0.0.1", "::1"):
        return []
    return [
        Warning(
            "NUMS_WAGTAIL['BASE_URL'] begins with http:// or names your own machine: sign-in links in mails lead "
            "nowhere, or can be read on the way.",
            hint="Set NUMS_WAGTAIL['BASE_URL'] = 'https://www.example.org', the address of your site.",
            id="nums_wagtail.W047",
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
