"""A context processor as hosts have them: it knows a visitor again by the session, and so sets a cookie."""

from django.http import HttpRequest


def remember_the_visitor(request: HttpRequest) -> dict[str, int]:
    request.session["visits"] = request.session.get("visits", 0) + 1
    return {"visits": request.session["visits"]}
