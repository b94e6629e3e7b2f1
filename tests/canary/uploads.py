"""Somebody sends three megabytes to every address that is open to strangers."""

from __future__ import annotations

from playwright.sync_api import APIRequestContext

from tests.proofs.addresses import our_addresses

from .site import Site

SIZE = 3_000_000
#: Where a stranger's browser may come: everything of ours but Wagtail's admin.
INSIDE = "admin/"
#: Field names that somebody tries, the report form's own among them.
FIELDS = ("files", "recording", "q-evidence")


def public_paths() -> list[str]:
    """The pages of ours, too: each sits somewhere in the tree, and these are where set-up puts them."""
    table = [one.sample for one in our_addresses() if one.pattern and not one.pattern.startswith(INSIDE)]
    return sorted(
        {*(path for path in table if path.startswith("/n/")), "/form/", "/updates/", "/updates/north-west/"}
    )


def send_everywhere(site: Site, request: APIRequestContext, words: str) -> dict[str, int]:
    """Path → status. ``words`` stand in each file and are its name."""
    body = (words.encode() + b" ") * (SIZE // (len(words) + 1))
    answers = {}
    for path in public_paths():
        for field in FIELDS:
            file = {"name": f"{words}.bin", "mimeType": "application/octet-stream", "buffer": body}
            form = {field: file, "state": ""}
            answer = request.post(site.address + path, multipart=form)
            answers[f"{path} {field}"] = answer.status
    return answers
