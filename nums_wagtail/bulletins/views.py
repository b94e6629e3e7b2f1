"""The page behind the link in every bulletin. It needs no cookie and reads no session.

Looking at it changes nothing, because mail scanners look; a mail program's own button posts here in one click
(RFC 8058).
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from nums_wagtail.foundation.errors import NotThere, Words
from nums_wagtail.foundation.quiet import quiet_page, quiet_render

from .models import Subscription
from .stop_links import subscription_behind
from .unsubscribing import only_dangerous, pause_mails, stop_mails

#: What is pressed → what it does and what the page says then.
CHOICES: dict[str, tuple[Callable[[Subscription], None], Words]] = {
    "stop": (stop_mails, _("You get no more messages. You can turn them on again on your pages.")),
    "less": (only_dangerous, _("From now on you only get what is dangerous.")),
    "pause": (pause_mails, _("You get no messages for 30 days. Then they start again.")),
}


@csrf_exempt
@quiet_page
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the link may make the mails stop, and learns nothing from it."""
    subscription = subscription_behind(token)
    if subscription is None:
        raise NotThere("not_there", _("This link does not work any more. Please use one of a newer message."))
    said: Words = ""
    if request.method == "POST":
        # What a mail program posts by itself names none of our buttons, and means stop.
        act, said = CHOICES.get(request.POST.get("do", "stop"), CHOICES["stop"])
        act(subscription)
    return quiet_render(request, "nums_wagtail/bulletins/stop.html", {"said": said})
