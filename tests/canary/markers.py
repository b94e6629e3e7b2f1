"""What was planted, and where each class of it may be found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from tests.proofs.fields import classed, our_models, own_fields

#: Beside the classes of the inventory: a password, a receipt, what was typed and never sent. Kept nowhere.
SECRET = "secret"

#: Wagtail's tables that may hold what may be read in ours: its versions, and the pages' own index.
VERSIONS = {"wagtailcore_revision.content"}
WORDING = VERSIONS | {
    "wagtailcore_page",
    "wagtailcore_pagelogentry.label",
    "wagtailcore_modellogentry.label",
    "wagtailsearch_indexentry",
}

#: Class of what was planted → classes of the columns that may hold it. Everything else holds none of it.
COLUMNS: dict[str, frozenset[str]] = {
    SECRET: frozenset(),
    "sealed": frozenset(),
    "encrypted": frozenset(),
    "draft": frozenset({"draft"}),
    "released": frozenset({"draft", "released"}),
    "plain": frozenset({"plain"}),
    "wording": frozenset({"wording", "released"}),
}
#: The same → columns of other people's tables.
ELSEWHERE: dict[str, set[str]] = {"draft": VERSIONS, "released": VERSIONS, "wording": WORDING}
#: Letters from which on a plain column could hold somebody's words.
SENTENCE = 80
#: Classes that may stand in the text of a mail.
MAILED = {"released", "wording"}
#: Classes that stand readable in tables, so in the database's own file, its journal and its dump.
READABLE = {kind for kind, columns in COLUMNS.items() if columns}


@dataclass(frozen=True)
class Marker:
    """Words that were typed. ``name`` says by whom and where, ``words`` are the ways to write it.

    ``field`` is the field of ours that holds it. ``kept``: whether it is still kept when the search begins, so
    that without encryption it must be found. ``envelope``: whether mails are addressed to it.
    """

    name: str
    kind: str
    words: tuple[str, ...]
    field: str = ""
    kept: bool = True
    envelope: bool = False


@dataclass(frozen=True)
class Place:
    """Bytes that were found somewhere. ``kind`` is one of PLACES, ``name`` the column, file or header."""

    kind: str
    name: str
    data: bytes


#: Kind of a place → whether a marker may stand in it.
PLACES = {
    "column": lambda marker, place: bool({place.name, place.name.partition(".")[0]} & may_stand_in(marker.kind)),
    "database": lambda marker, place: marker.kind in READABLE,
    "envelope": lambda marker, place: marker.envelope or marker.kind in MAILED,
    "mail": lambda marker, place: marker.kind in MAILED,
    "cache": lambda marker, place: marker.kind == "wording",
    "media": lambda marker, place: False,
    "log": lambda marker, place: False,
    # A charity's own question gives its field a name, and names of fields are what a report of an error tells.
    "error mail": lambda marker, place: marker.kind == "wording",
    "temp": lambda marker, place: False,
    "browser": lambda marker, place: False,
}


def may_stand_in(kind: str) -> set[str]:
    """``table.column``, or a whole table, of all that may hold markers of this class."""
    ours = {
        column
        for column, column_kind in classes_of_columns().items()
        if column_kind in COLUMNS.get(kind, frozenset())
    }
    return ours | ELSEWHERE.get(kind, set())


def classes_of_columns() -> dict[str, str]:
    """``table.column`` of every column of ours → its class in the inventory."""
    found = {}
    for model in our_models():
        fields = own_fields(model)
        for entry in classed(model._meta.label):
            field = fields.get(entry.name)
            if field is not None and field.column:
                found[f"{model._meta.db_table}.{field.column}"] = entry.kind
    return found


def fields_with_words() -> set[str]:
    """Every field of ours that holds what somebody typed, or may, and that is not for everybody to read anyway."""
    found = set()
    for model in our_models():
        fields = own_fields(model)
        for entry in classed(model._meta.label):
            if entry.name in fields and _holds_words(fields[entry.name], entry.kind):
                found.add(f"{model._meta.label}.{entry.name}")
    return found


def _holds_words(field: models.Field, kind: str) -> bool:
    if kind in ("sealed", "encrypted"):
        return True
    if isinstance(field, models.JSONField):
        return kind in ("draft", "released")
    text = isinstance(field, models.CharField | models.TextField) and not field.choices
    if kind == "plain":
        # Shorter ones are codes of ours.
        return text and (field.max_length is None or field.max_length >= SENTENCE)
    return kind in ("draft", "released") and (text or isinstance(field, models.BinaryField))


def misplaced(markers: Iterable[Marker], marker_words: dict[str, set[str]], place: Place) -> list[str]:
    """What stands in a place and must not, in words: which marker, where, written how."""
    wrong = []
    for marker in markers:
        ways = {way for words in marker.words for way in marker_words.get(words, ())}
        if ways and not PLACES[place.kind](marker, place):
            wrong.append(f"{marker.name} ({marker.kind}) stands in {place.kind} {place.name} as {sorted(ways)}")
    return wrong
