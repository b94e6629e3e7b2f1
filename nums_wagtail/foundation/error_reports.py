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
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.views.debug import SafeExceptionReporterFilter

View = Callable[..., HttpResponseBase]

#: What of a request's environment helps to find a mistake and says nothing of who made it.
TOLD = frozenset({"REQUEST_METHOD", "CONTENT_TYPE", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "SCRIPT_NAME"})


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
            return view(request, *args, **kwargs)
        except DatabaseError as error:
            refused = DatabaseRefused(type(error).__name__).with_traceback(error.__traceback__)
        # Raised out here, where the former error does not hang on to it with its text.
        raise refused

    return quoting_nothing
