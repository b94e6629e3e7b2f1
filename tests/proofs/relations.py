"""Finds what one room says of another without an import: relations, receivers, dotted paths, templates.

import-linter sees none of these. The table that decides is its own, ``.importlinter``.
"""

from __future__ import annotations

import ast
import configparser
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path
from typing import Any
from weakref import ReferenceType

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import ModelSignal
from django.dispatch import Signal

PACKAGE = "nums_wagtail"
#: Label.Model as relations, get_model and contexts of encryption write it.
_MODEL = re.compile(r"nums_(?:wagtail|vault|pages)\.[A-Z]\w*")
_CHECK_ID = re.compile(r"nums_wagtail\.[EWI]\d{3}")
_DOTTED = re.compile(r"nums_wagtail(?:\.\w+)+")
_TEMPLATE_TAG = re.compile(r"""\{%-?\s*(?:include|extends)\s+["']([^"']+)["']""")
_LOADED = re.compile(r"\{%\s*load\s+([^%]+?)\s*%\}")


@dataclass(frozen=True)
class Reference:
    """``source`` speaks of ``target``; both are dotted names. ``how`` says by what, for whoever reads the failure."""

    source: str
    target: str
    how: str


class Table:
    """Who may know whom, read from the contracts of import-linter."""

    def __init__(self, contracts: str) -> None:
        parser = configparser.ConfigParser()
        parser.read_string(contracts)
        self.rows: dict[str, int] = {}
        #: Rooms of one row that may not know each other.
        self.apart: set[str] = set()
        self.except_for: list[tuple[str, str]] = []
        self.forbidden: list[tuple[str, str]] = []
        for name in parser.sections():
            section = parser[name]
            for number, row in enumerate(section.get("layers", "").strip().splitlines()):
                rooms = [room.strip() for room in re.split(r"[|:]", row)]
                self.rows |= dict.fromkeys(rooms, number)
                self.apart |= set(rooms) if "|" in row else set()
            for line in section.get("ignore_imports", "").strip().splitlines():
                source, _arrow, target = line.partition("->")
                self.except_for.append((source.strip(), target.strip()))
            for source in section.get("source_modules", "").split():
                self.forbidden += [(source, target) for target in section.get("forbidden_modules", "").split()]

    def room_of(self, name: str) -> str:
        return ".".join(name.split(".")[:2])

    def allows(self, reference: Reference) -> bool:
        """Whether ``source`` may know ``target``. Raises KeyError for a room that stands in no row."""
        source, target = self.room_of(reference.source), self.room_of(reference.target)
        if source == target or PACKAGE in (source, target):
            return True
        if any(
            fnmatch(reference.source, one) and _within(reference.target, other) for one, other in self.except_for
        ):
            return True
        if any(_within(source, one) and _within(reference.target, other) for one, other in self.forbidden):
            return False
        above, below = self.rows[source], self.rows[target]
        return above < below or (above == below and source not in self.apart)


def _within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def of_models(models: Iterable[type[Model]]) -> Iterator[Reference]:
    """Every relation from one table of ours to another, whether it was given as a class or as a string."""
    for model in models:
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many, *model._meta.private_fields):
            remote = field.related_model
            if isinstance(remote, type) and _within(remote.__module__, PACKAGE):
                yield Reference(model.__module__, remote.__module__, f"{model.__name__}.{field.name}")


def of_receivers(signals: Iterable[tuple[str, Signal]], senders: Iterable[type[Model]]) -> Iterator[Reference]:
    """What listens: to a signal of ours (named by its module), or to Django's of a model of ours."""
    of_id = {id(model): model for model in senders}
    for module, signal in signals:
        for (_uid, sender_id), receiver, *_rest in signal.receivers:
            listener = receiver() if isinstance(receiver, ReferenceType) else receiver
            source = getattr(listener, "__module__", "")
            sender = of_id.get(sender_id)
            target = sender.__module__ if sender is not None else module
            if _within(source, PACKAGE) and _within(target, PACKAGE):
                yield Reference(source, target, f"receiver {getattr(listener, '__qualname__', listener)}")


def signals_of(modules: Iterable[str]) -> list[tuple[str, Signal]]:
    """Every signal at the top of these modules, and Django's own of models."""
    from django.db.models import signals as of_django

    ours = [
        (name, value)
        for name in modules
        for value in vars(import_module(name)).values()
        if isinstance(value, Signal)
    ]
    return ours + [("", value) for value in vars(of_django).values() if isinstance(value, ModelSignal)]


def of_strings(module: str, code: str) -> Iterator[Reference]:
    """Dotted paths, names of models and names of templates that stand as strings in a module."""
    tree = ast.parse(code)
    conf_rooms = _settings_by_room(tree) if module == f"{PACKAGE}.conf" else {}
    for node in ast.walk(tree):
        said = _model_asked_for(node) or (node.value if isinstance(node, ast.Constant) else None)
        target = _named(said) if isinstance(said, str) else None
        if target is not None:
            yield Reference(conf_rooms.get(id(node), module), target, f"{said!r}, line {node.lineno}")


def _settings_by_room(tree: ast.Module) -> dict[int, str]:
    """A default in ``MailingConf`` is the mailing room's, though it stands in ``conf``."""
    found: dict[int, str] = {}
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name.endswith("Conf"):
            room = f"{PACKAGE}.{node.name.removesuffix('Conf').lower()}"
            found |= {id(inner): room for inner in ast.walk(node)}
    return found


def _model_asked_for(node: ast.AST) -> str | None:
    """``apps.get_model("nums_wagtail", "Alert")``, whose one string names nothing yet."""
    if not isinstance(node, ast.Call) or not ast.unparse(node.func).endswith("get_model"):
        return None
    words = [word.value for word in node.args if isinstance(word, ast.Constant) and isinstance(word.value, str)]
    return ".".join(words) if len(words) == 2 else None


def _named(said: str) -> str | None:
    if said.startswith(f"{PACKAGE}/") and said.endswith((".html", ".txt")):
        return _template_room(said)
    if _CHECK_ID.fullmatch(said):
        return None
    if _MODEL.fullmatch(said):
        return apps.get_model(said).__module__
    return said if _DOTTED.fullmatch(said) and _leads_to_a_room(said) else None


def _leads_to_a_room(said: str) -> bool:
    root = Path(import_module(PACKAGE).__file__ or "").parent
    name = said.split(".")[1]
    return (root / name).is_dir() or (root / f"{name}.py").is_file()


def of_template(name: str, source: str, libraries: dict[str, str]) -> Iterator[Reference]:
    """What a template includes or extends, and the libraries of tags it loads, by what those import."""
    here = _template_room(name)
    for other in _TEMPLATE_TAG.findall(source):
        if other.startswith(f"{PACKAGE}/"):
            yield Reference(here, _template_room(other), f"{name} takes in {other}")
    for words in _LOADED.findall(source):
        for library in set(words.split()) & set(libraries):
            for room in re.findall(r"^from \.\.(\w+)", libraries[library], re.M):
                yield Reference(here, f"{PACKAGE}.{room}", f"{name} loads {library}")


def _template_room(name: str) -> str:
    """The room of ``nums_wagtail/<folder>/…``: layouts and elements belong to the foundation."""
    parts = name.split("/")
    if len(parts) < 3:
        return f"{PACKAGE}.templatetags"
    folder = "foundation" if parts[1] in ("layouts", "elements") else parts[1]
    return f"{PACKAGE}.{folder}.{Path(parts[-1]).stem}"


def dotted_paths(code: str) -> Iterator[str]:
    """Strings that name something inside a room: they must lead somewhere."""
    for node in ast.walk(ast.parse(code)):
        said: Any = node.value if isinstance(node, ast.Constant) else None
        if isinstance(said, str) and _DOTTED.fullmatch(said) and said.count(".") > 2 and not _MODEL.match(said):
            yield said


def leads_somewhere(said: str) -> bool:
    module, _dot, name = said.rpartition(".")
    try:
        return hasattr(import_module(module), name)
    except ImportError:
        return False
