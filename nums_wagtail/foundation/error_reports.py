"""What an error report may hold of a request to a page of ours: where it happened, and no value of anything.

Django mails and logs more than a view knows of: what was posted, every variable of every function on the way, and
the database's own words, which quote the row that it refused.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView
from functools import wraps
from types import FrameType
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseForbidden, QueryDict
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.decorators import decorator_from_middleware
from django.views.debug import SafeExceptionReporterFilter

View = Callable[..., HttpResponseBase]

#: What of a request's environment helps to find a mistake and says nothing of who made it.
TOLD = frozenset({"REQUEST_METHOD", "CONTENT_TYPE", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "SCRIPT_NAME"})


#: What a part of an address is called that opens something for whoever has it.
OPENS = "token"
#: Django writes a line into the log about answers from here on, with their address.
LOGGED_FROM = 400
#: Django answers these with a page of their own.
ANSWERED = (Http404, PermissionDenied, SuspiciousOperation, BadRequest)


class DatabaseRefused(Exception):
    """The database raised an error. Its text is the error's class and nothing more."""


class NoValues(SafeExceptionReporterFilter):
    """Names stay, so that a report can be read; each value is stars. Under DEBUG everything is shown, as ever."""

    def get_post_parameters(self, request: HttpRequest | None) -> Any:
        if request is None or not self.is_active(request):
            return super().get_post_parameters(request)
        starred = QueryDict(mutable=True)
        for name in request.POST:
            starred[name] = self.cleansed_substitute
        return starred

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        told = super().get_safe_request_meta(request)
        if not self.is_active(request):
            return told
        return {name: value if name in TOLD else self.cleansed_substitute for name, value in told.items()}

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        cookies = super().get_safe_cookies(request)
        return dict.fromkeys(cookies, self.cleansed_substitute) if self.is_active(request) else cookies

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType
    ) -> ItemsView[str, Any]:
        if not self.is_active(request):
            return super().get_traceback_frame_variables(request, tb_frame)
        return dict.fromkeys(tb_frame.f_locals, self.cleansed_substitute).items()


def look_at_nobody(request: HttpRequest) -> None:
    """From here on the request is nobody's: a report of an error would name who is signed in."""
    request.user = AnonymousUser()


def without_values(view: View) -> View:
    """Whatever goes wrong in the view, or while its answer is drawn, is reported without a value.

    Raises DatabaseRefused in place of the database's error, with its traceback.
    """

    @wraps(view)
    def quoting_nothing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.exception_reporter_filter = NoValues()  # Django asks for it by that name
        try:
            response = view(request, *args, **kwargs)
        except ANSWERED:
            # No report is made of these, and a host's redirects look at the address.
            raise
        except DatabaseError as error:
            refused = DatabaseRefused(type(error).__name__).with_traceback(error.__traceback__)
        except Exception:
            _forget_token(request)
            raise
        else:
            if response.status_code >= LOGGED_FROM:
                _forget_token(request)
            return response
        # Raised out here, where the former error does not hang on to it with its text.
        _forget_token(request)
        raise refused

    return quoting_nothing


class _CheckForgettingToken(CsrfViewMiddleware):
    """Django writes a refusal into the log, with the address, before any view is asked."""

    def process_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseForbidden | None:
        path, path_info = request.path, request.path_info
        _forget_token(request)
        refusal = super().process_view(request, *args, **kwargs)
        if refusal is None:
            request.path, request.path_info = path, path_info
        return refusal


#: Beside ``csrf_exempt``, for a view whose address is a key: the same check, and a refusal's line holds the route.
csrf_protect_forgetting_token = decorator_from_middleware(_CheckForgettingToken)


def _forget_token(request: HttpRequest) -> None:
    """The address of a report and of its line in the log is the route, where the address itself is a key."""
    match = request.resolver_match
    if match is not None and OPENS in match.kwargs:
        request.path = request.path_info = f"/{match.route}"
