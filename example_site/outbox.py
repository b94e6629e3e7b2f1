"""The demo's post box: what the scheme has mailed, to look at. Never part of a real site."""

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)


def _read(name: str) -> EmailMessage:
    file = _folder() / f"{name}.eml"
    if file.parent != _folder() or not file.is_file():
        raise Http404
    return email.message_from_bytes(file.read_bytes(), policy=email.policy.default)  # type: ignore[return-value]  # stubs know one policy


def index(request: HttpRequest) -> HttpResponse:
    """The newest hundred messages, by subject and addressee."""
    wanted = request.GET.get("to", "").strip().lower()
    rows = []
    for file in sorted(_folder().glob("*.eml"), reverse=True):
        message = _read(file.stem)
        if wanted and wanted not in str(message["To"]).lower():
            continue
        rows.append(
            {"name": file.stem, "subject": message["Subject"], "to": message["To"], "date": message["Date"]}
        )
        if len(rows) == 100:
            break
    return render(request, "outbox/index.html", {"rows": rows, "wanted": wanted})


def show(request: HttpRequest, name: str) -> HttpResponse:
    """One message: headers, its text face, its HTML face in a frame, its attachments."""
    message = _read(name)
    text = message.get_body(("plain",))
    return render(
        request,
        "outbox/show.html",
        {
            "name": name,
            "headers": [(key, value) for key, value in message.items()],
            "text": text.get_content() if text else "",
            "has_html": message.get_body(("html",)) is not None,
            "attachments": [part.get_filename() for part in message.iter_attachments()],
        },
    )


def html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML face alone, with everything outside itself refused."""
    body = _read(name).get_body(("html",))
    if body is None:
        raise Http404
    response = HttpResponse(body.get_content())
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def attachment(request: HttpRequest, name: str, number: int) -> HttpResponse:
    parts = list(_read(name).iter_attachments())
    if number >= len(parts):
        raise Http404
    part = parts[number]
    response = HttpResponse(part.get_payload(decode=True), content_type=part.get_content_type())
    response["Content-Disposition"] = "inline"
    return response


urlpatterns = [
    path("", index, name="outbox"),
    path("<slug:name>/", show, name="outbox_message"),
    path("<slug:name>/html/", html, name="outbox_html"),
    path("<slug:name>/<int:number>/", attachment, name="outbox_attachment"),
]
