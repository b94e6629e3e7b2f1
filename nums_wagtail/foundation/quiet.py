"""The quiet pages' promises to the browser: their headers, the page left at once, the charity's colour.

What the pages look like is in ``layouts/quiet.html`` and ``quiet.css``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.handlers.exception import response_for_exception
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe
from wagtail.models import Site

from .colours import accent_on_dark, safe_accent
from .error_reports import without_values
from .errors import BadInput, Conflict, NotAllowed, NotThere, NumsError, Refused
from .models import Branding

View = Callable[..., HttpResponseBase]

#: Features of the browser that no quiet page uses. A recording is made by the phone's own recorder.
_FEATURES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "script-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

#: Header → value of every quiet page. ``same-origin`` and not ``no-referrer``: Django's POST forms need the origin.
QUIET_HEADERS: dict[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, noarchive",
}

#: Status of an error that a verb raised on purpose. Any other one is ours to mend and answers 500.
_STATUS: dict[type[NumsError], int] = {
    NotThere: 404,
    NotAllowed: 403,
    Conflict: 409,
    Refused: 409,
    BadInput: 400,
}


def quiet_headers(response: HttpResponseBase) -> HttpResponseBase:
    """Add every header of a quiet page that the view has not set itself."""
    for name, value in QUIET_HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def quiet_render(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A quiet page without the host's context processors, some of which read the session.

    For the reporter's way, which reads no session and sets no cookie; ``{% csrf_token %}`` is empty in it.
    """
    words = render_to_string(template, {**(context or {}), "request": request})
    response = HttpResponse(words, status=status)
    quiet_headers(response)
    return response


def quiet_page(view: View) -> View:
    """Give a function view the quiet headers, and its errors a quiet page that quotes nothing, nor does its report.

    Under DEBUG an error that no verb raised on purpose goes on to Django's own page. Middleware that answers
    before the view, and a template response rendered after it, are out of reach.
    """

    inner = without_values(view)

    @wraps(view)
    def quietly(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = inner(request, *args, **kwargs)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is answered by _answer_error or raised again
            response = _answer_error(request, error)
        return quiet_headers(response)

    quietly.nums_quiet = True  # type: ignore[attr-defined]  # lets a test list the quiet views
    return quietly


def _answer_error(request: HttpRequest, error: Exception) -> HttpResponse:
    if isinstance(error, Http404):
        error = NotThere()
    elif isinstance(error, PermissionDenied):
        error = NotAllowed()
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), None)
    if status is not None:
        words = error.words  # type: ignore[attr-defined]  # every key of _STATUS is a NumsError
        branding = branding_for(request)  # before the rollback, after which nothing can be asked
    elif settings.DEBUG:
        raise error
    else:
        words = NumsError.words
        branding = Branding()  # the database may be what failed
        status = response_for_exception(request, error).status_code  # logs it and tells Django's signal
    _take_back()
    context = {"words": words, "branding": branding}
    return quiet_render(request, "nums_wagtail/layouts/quiet_error.html", context, status=status)


def _take_back() -> None:
    """Under ATOMIC_REQUESTS an answered error would commit what the view did before it failed."""
    for connection in connections.all(initialized_only=True):
        if connection.settings_dict["ATOMIC_REQUESTS"] and connection.in_atomic_block:
            connection.set_rollback(True)


@quiet_page
@require_safe
def leave(request: HttpRequest, address: str | Callable[[], str]) -> HttpResponse:
    """Send somebody who must be gone to an everyday page, and have the browser forget what it kept of ours.

    ``address`` comes from the address table, never from the request. Cookies are not cleared: that would sign
    people out of the host's other services. Nothing changes on our side.
    """
    response = HttpResponseRedirect(address() if callable(address) else address)
    response["Clear-Site-Data"] = '"cache", "storage"'
    response["Referrer-Policy"] = "no-referrer"
    return response


def branding_for(request: HttpRequest | None) -> Branding:
    """The branding of the request's site, of the default site without a request, or the unsaved default."""
    site = Site.find_for_request(request) if request else Site.objects.filter(is_default_site=True).first()
    # Not ``for_site``, which writes a row where there is none: looking at a page changes nothing.
    return (Branding.objects.filter(site=site).first() if site else None) or Branding()


@require_safe
def branding_css(request: HttpRequest) -> HttpResponse:
    """The charity's colour as a stylesheet, because no quiet page may carry an inline style."""
    accent = safe_accent(branding_for(request).accent)
    css = (
        f":root{{--nums-accent:{accent}}}"
        f"@media (prefers-color-scheme:dark){{:root{{--nums-accent:{accent_on_dark(accent)}}}}}\n"
    )
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=600"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
