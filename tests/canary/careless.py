"""What a careless host does with what somebody typed: keeps it everywhere. Each place must be found by the search."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import Any, NoReturn

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django_q.models import OrmQ
from django_q.signing import SignedPackage
from django_q.tasks import async_task

#: Each is planted with words of its own.
PLACES = (
    "cache",
    "session",
    "cookie",
    "waiting task",
    "result of a task",
    "failure of a task",
    "media",
    "temp",
    "mail",
    "log",
    "error mail",
)


def echo(words: str) -> str:
    return words


def fail(words: str) -> NoReturn:
    raise ValueError(words)


@csrf_exempt
def careless(request: HttpRequest) -> HttpResponse:
    typed: dict[str, Any] = request.POST
    if "error mail" in typed:
        return _loses_it(typed["error mail"])
    cache.set("careless", {"typed": typed["cache"] * 20}, None)
    request.session["typed"] = typed["session"]
    async_task("tests.canary.careless.echo", typed["result of a task"])
    async_task("tests.canary.careless.fail", typed["failure of a task"])
    # Of another cluster, so that it goes on waiting.
    OrmQ.objects.create(key="another", payload=SignedPackage.dumps({"args": (typed["waiting task"],)}))
    default_storage.save("careless.txt", ContentFile(typed["media"].encode("utf-16")))
    with tempfile.NamedTemporaryFile(delete=False) as file:
        Path(file.name).write_text(typed["temp"])
    send_mail("Careless", f"Zwölf: {typed['mail']}", None, ["somebody@example.org"])
    logging.getLogger(__name__).info("typed: %s", typed["log"])
    response = HttpResponse("kept")
    response.set_cookie("typed", typed["cookie"])
    return response


def _loses_it(secret: str) -> HttpResponse:
    """In a variable of a frame, where Django's fullest report looks."""
    words = secret[::-1]
    typed = words[::-1]
    if typed:
        raise LookupError("for no reason")
    return HttpResponse()
