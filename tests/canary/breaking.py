"""A database that refuses what a request wants to write, and says with all values why, as PostgreSQL does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, connection
from django.http import HttpRequest, HttpResponse

HEADER = "X-Canary-Break"
#: Tables that are refused: ours, and where Wagtail keeps versions. Not sessions: they belong to no view.
TABLES = ('"nums_', '"wagtailcore_revision"', '"wagtailadmin_formstate"')


class RefusingDatabase:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if HEADER not in request.headers:
            return self.get_response(request)
        with connection.execute_wrapper(_refuse):
            return self.get_response(request)


def _refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if sql.startswith(("INSERT", "UPDATE")) and any(table in sql for table in TABLES):
        raise IntegrityError(f"Failing row contains {params!r}")
    return execute(sql, params, many, context)
