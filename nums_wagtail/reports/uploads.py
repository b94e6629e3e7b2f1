"""Files that come with a report: read into memory under our limits, never onto a disk.

What is too large, too many or empty is remembered as refused, with a reason; the form itself is always read. What
is inside a file is looked at in ``evidence``, not here.
"""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import FIELD, FILE, ChunkIter, LazyStream, Parser
from django.utils.datastructures import MultiValueDict
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.debug import sensitive_variables

from nums_wagtail.conf import nums_settings
from nums_wagtail.foundation.errors import Words

MEGABYTE = 1_000_000
NAME_CHARACTERS = 100
#: Refused files that are named; of a hundred that are too many, the first say it for all.
REFUSALS_NAMED = 20

TOO_LARGE = "too_large"
TOO_MANY = "too_many"
TOO_MUCH = "too_much"
EMPTY = "empty"


@dataclass(frozen=True, repr=False)
class Offered:
    """A file as a browser sent it. Nothing about it is believed: neither its name nor its type."""

    name: str
    content: bytes
    said_type: str = ""
    #: Name of the form's field that it came in.
    field: str = ""


@dataclass(frozen=True, repr=False)
class RefusedFile:
    """A file that is not kept, by the name its sender knows it by, and a reason code of ``refusal_words``."""

    name: str
    reason: str

    @property
    def words(self) -> Words:
        return refusal_words(self.reason)


@dataclass(frozen=True, repr=False)
class Sent:
    """A form as it was sent: its words, the files to be looked at, and those that are refused unseen."""

    typed: QueryDict
    offered: tuple[Offered, ...] = ()
    refused: tuple[RefusedFile, ...] = ()


def read_sent(request: HttpRequest) -> Sent:
    """The words and files of a POST. Call it before anything else looks at ``request.POST``.

    Raises what Django raises for words that are too many or cannot be read (BadRequest, RequestDataTooBig,
    SuspiciousOperation, MultiPartParserError, UnreadablePostError), never for a file.
    """
    keeper = InMemory(request)
    try:
        request.upload_handlers = [keeper]
    except AttributeError:
        # A middleware of the host has read it all before us: its handlers decided where the files went.
        return _read_by_others(request)
    return Sent(request.POST, tuple(keeper.files.offered), tuple(keeper.files.refused))


@sensitive_variables()
def _read_by_others(request: HttpRequest) -> Sent:
    files = _Files()
    for field, several in request.FILES.lists():
        for upload in several:
            files.begin(field, str(upload.name), str(upload.content_type or ""))
            for chunk in upload.chunks():
                files.take(chunk)
            files.end()
            upload.close()  # a temporary file of the host's is deleted with it
    return Sent(request.POST, tuple(files.offered), tuple(files.refused))


class InMemory(FileUploadHandler):
    """Reads the whole form by itself, so that no number of files makes Django give up the words among them."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.files = _Files()

    @sensitive_variables()
    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: str | None = None
    ) -> tuple[QueryDict, MultiValueDict[str, UploadedFile[Any]]]:
        encoding = encoding or settings.DEFAULT_CHARSET
        words = _Words(encoding)
        stream = LazyStream(ChunkIter(input_data, self.chunk_size))
        for kind, headers, part in Parser(stream, boundary):
            try:
                disposition = headers["content-disposition"][1]
                field = force_str(disposition["name"].strip(), encoding, errors="replace")
            except (KeyError, IndexError, AttributeError):
                _read_away(part)
                continue
            if kind == FIELD:
                words.take(field, part)
            elif kind == FILE:
                name = force_str(disposition["filename"], encoding, errors="replace")
                self.files.begin(field, name, headers.get("content-type", ("", {}))[0].strip())
                for chunk in part:
                    self.files.take(chunk)
                self.files.end()
        _read_away(stream)
        return words.finished(), MultiValueDict()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise SkipFile()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        return None

    def file_complete(self, file_size: int) -> None:
        return None


def _read_away(part: Iterable[bytes]) -> None:
    deque(part, maxlen=0)


class _Words:
    """The typed fields, under Django's own limits."""

    def __init__(self, encoding: str) -> None:
        self._read = QueryDict(mutable=True, encoding=encoding)
        self._encoding = encoding
        self._fields = 0
        self._left: int | None = settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    def take(self, field: str, part: LazyStream) -> None:
        self._fields += 1
        most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        if most is not None and self._fields > most:
            raise TooManyFieldsSent("More fields than DATA_UPLOAD_MAX_NUMBER_FIELDS.")
        if self._left is None:
            value = part.read()
        else:
            # One byte more than there is room for shows that it was too much.
            value = part.read(size=max(self._left, 0) + 1)
            self._left -= len(value) + len(field) + 2
            if self._left < 0:
                raise RequestDataTooBig("More than DATA_UPLOAD_MAX_MEMORY_SIZE.")
        self._read.appendlist(field, force_str(value, self._encoding, errors="replace"))

    def finished(self) -> QueryDict:
        self._read._mutable = False  # as Django's own parser leaves it
        return self._read


class _Files:
    """Files as they come in, each within the limits or refused; at no time more than the limits in memory."""

    def __init__(self) -> None:
        conf = nums_settings().reports
        self._most = conf.EVIDENCE_FILES
        self._most_each = conf.EVIDENCE_FILE_MB * MEGABYTE
        self._left = conf.EVIDENCE_ALL_MB * MEGABYTE
        self.offered: list[Offered] = []
        self.refused: list[RefusedFile] = []
        self._current: tuple[str, str, str] = ("", "", "")
        self._chunks: list[bytes] = []
        self._size = 0
        self._reason = ""

    def begin(self, field: str, name: str, said_type: str) -> None:
        self._current = (field, shown_name(name), said_type[:NAME_CHARACTERS])
        self._chunks, self._size = [], 0
        self._reason = TOO_MANY if len(self.offered) >= self._most else ""

    def take(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if not self._reason and self._size > self._most_each:
            self._refuse(TOO_LARGE)
        elif not self._reason and self._size > self._left:
            self._refuse(TOO_MUCH)
        if not self._reason:
            self._chunks.append(chunk)

    def _refuse(self, reason: str) -> None:
        self._reason = reason
        self._chunks = []

    def end(self) -> None:
        field, name, said_type = self._current
        reason = self._reason or ("" if self._size else EMPTY)
        if not reason:
            self._left -= self._size
            self.offered.append(Offered(name, b"".join(self._chunks), said_type, field))
        elif len(self.refused) < REFUSALS_NAMED:
            self.refused.append(RefusedFile(name, reason))
        self._chunks = []


def shown_name(name: str) -> str:
    """A file's name fit to be shown to its sender: no folders, no control or direction characters, cut."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    plain = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in "\u2028\u2029")
    plain = " ".join(plain.split())
    if len(plain) <= NAME_CHARACTERS:
        return plain or str(_("File without a name"))
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 8:
        return plain[:NAME_CHARACTERS]
    return f"{stem[: NAME_CHARACTERS - len(ending) - 2]}….{ending}"


#: What we take, said wherever a file of another kind is refused.
WE_TAKE = _("We take photos and screenshots (JPEG, PNG, WebP, GIF), PDF files and sound recordings.")

_REFUSALS: dict[str, Words] = {
    EMPTY: _("This file is empty. Maybe it is still on its way to your phone. Please try again."),
    TOO_MUCH: _("Together the files were too large to send at once. Send this one later, with your receipt."),
    "drawing": _("We cannot open drawings of this kind (SVG). Take a screenshot of it and send that."),
    "video": _("We cannot open videos yet. Send screenshots of it, or tell us what it shows."),
    "heic": _("We cannot open photos of this kind (HEIC). Take a screenshot of it and send that."),
    "broken": _("This file is damaged, or not what its name says. Please try to send it again."),
    "picture_too_big": _("This picture is too big for us to open. Take a screenshot of it and send that."),
    "locked": _("This PDF has a password. Send it without one, or send screenshots of its pages."),
    "too_many_pages": _("This PDF has too many pages. Send the pages that matter."),
    "too_hard": _("This file was too hard for us to open. Send screenshots of it."),
    "not_now": _("We could not look at this file just now. Please send it again later, with your receipt."),
    "exact_only": _("We keep this file as it is, but our team cannot open it. Tell us in words what it shows."),
    "full": _("We already have many files with this report. Tell us in words what this one shows."),
}


def refusal_words(reason: str) -> Words:
    """Words for a worried person: why a file was not kept, and what helps. An unknown reason reads as not now."""
    conf = nums_settings().reports
    if reason == TOO_LARGE:
        large = _(
            "This file is too large. We can take up to %(size)s MB a file. Send a smaller one, or a screenshot."
        )
        return large % {"size": conf.EVIDENCE_FILE_MB}
    if reason == TOO_MANY:
        many = ngettext_lazy(
            "We can take %(count)d file at once. Send this one later, with your receipt.",
            "We can take %(count)d files at once. Send this one later, with your receipt.",
            conf.EVIDENCE_FILES,
        )
        return many % {"count": conf.EVIDENCE_FILES}
    if reason == "unknown":
        return _("We cannot open this kind of file. %(what)s") % {"what": WE_TAKE}
    return _REFUSALS.get(reason) or _REFUSALS["not_now"]
