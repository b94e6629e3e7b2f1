"""Every text of ours for translators: found as makemessages finds it, without the tools of gettext.

Of Python it reads the calls, of templates the nodes that Django itself makes of them, so that what is found is
what is looked up when the page is shown.
"""

from __future__ import annotations

import ast
import gettext
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.template import Template, engines
from django.template.base import Node
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

#: Call → where its context, its text and its plural stand among the arguments.
_CALLS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
_GAP = re.compile(r"%\(\w+\)[sdf]|%%|\{\w+\}|<[^>]+>|&\w+;|https?://\S+")
#: A constant for translation among the arguments of a tag.
_IN_A_TAG = re.compile(r"""(?<!\w)_\(["'](.+?)["']\)""")
_ACCENTS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "àƀçđéƒĝħîĵķļɱñøþɋŕšţûṽŵẋýžÀƁÇĐÉƑĜĦÎĴĶĻṀÑØÞɊŔŠŢÛṼŴẊÝŽ",
)


@dataclass(frozen=True)
class Text:
    """``where`` names the file, for whoever reads a failure."""

    said: str
    plural: str = ""
    context: str = ""
    where: str = ""


def of_python(where: str, code: str) -> Iterator[Text]:
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        places = _CALLS.get(ast.unparse(node.func).rpartition(".")[2])
        if places is None:
            continue
        words = ["" if at is None else _constant(node.args, at) for at in places]
        if words[1]:
            yield Text(words[1], words[2], words[0], where)


def _constant(arguments: list[ast.expr], at: int) -> str:
    node = arguments[at] if at < len(arguments) else None
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def of_template(where: str, source: str) -> Iterator[Text]:
    for tag in re.findall(r"\{[%{].*?[%}]\}", source, re.S):
        for said in _IN_A_TAG.findall(tag):
            yield Text(said, where=where)
    template: Template = engines["django"].from_string(source).template
    for node in template.nodelist.get_nodes_by_type(Node):
        if isinstance(node, TranslateNode):
            said = node.filter_expression.var
            literal = said if isinstance(said, str) else getattr(said, "literal", None)
            if literal:
                yield Text(str(literal), "", _of_context(node), where)
        elif isinstance(node, BlockTranslateNode):
            said = _block(node, node.singular)
            yield Text(said, _block(node, node.plural) if node.plural else "", _of_context(node), where)


def _block(node: BlockTranslateNode, tokens: list) -> str:
    words = node.render_token_list(tokens)[0]
    if node.trimmed:
        words = " ".join(line.strip() for line in words.strip().splitlines())
    return words


def _of_context(node: Node) -> str:
    context = getattr(node, "message_context", None)
    return str(context.var) if context is not None else ""


def every_text(package: Path) -> list[Text]:
    found: list[Text] = []
    for file in sorted(package.rglob("*.py")):
        if "migrations" not in file.parts:
            found += of_python(str(file.relative_to(package)), file.read_text())
    for file in sorted((package / "templates").rglob("*.*")):
        found += of_template(str(file.relative_to(package / "templates")), file.read_text())
    return found


def pseudo(said: str) -> str:
    """Readable, and unlike anything that nobody translated: accents on every letter but the gaps', in brackets."""
    parts: list[str] = []
    end = 0
    for gap in _GAP.finditer(said):
        parts += [said[end : gap.start()].translate(_ACCENTS), gap[0]]
        end = gap.end()
    return f"⟦{''.join(parts)}{said[end:].translate(_ACCENTS)}⟧"


def of_others(packages: list[Path]) -> Iterator[Text]:
    """What Wagtail, Django and the like have translated into German: their words, which are not ours to translate."""
    for package in packages:
        for file in sorted(package.rglob("locale/de/LC_MESSAGES/*.mo")):
            with file.open("rb") as stream:
                catalogue = gettext.GNUTranslations(stream)._catalog  # type: ignore[attr-defined]  # no public way
            plurals = {key[0] for key in catalogue if isinstance(key, tuple)}
            for key in [key for key in catalogue if isinstance(key, str)] + sorted(plurals):
                context, _eot, said = key.rpartition("\x04")
                if said:
                    yield Text(said, said if key in plurals else "", context, str(file))


def write_catalogue(texts: list[Text], folder: Path) -> None:
    """A compiled catalogue in which every text is its pseudo translation."""
    entries = {b"": b"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"}
    for text in texts:
        key = (f"{text.context}\x04" if text.context else "") + text.said
        value = pseudo(text.said)
        if text.plural:
            key, value = f"{key}\x00{text.plural}", f"{value}\x00{pseudo(text.plural)}"
        entries[key.encode()] = value.encode()
    folder.mkdir(parents=True)
    (folder / "django.mo").write_bytes(_compiled(entries))


def _compiled(entries: dict[bytes, bytes]) -> bytes:
    """The format that gettext's own manual gives: two tables of lengths and places, then the strings."""
    keys = sorted(entries)
    start = 28 + 16 * len(keys)
    strings = b""
    tables: tuple[list[int], list[int]] = ([], [])
    for table, words in zip(tables, (keys, [entries[key] for key in keys]), strict=True):
        for word in words:
            table += [len(word), start + len(strings)]
            strings += word + b"\x00"
    count = len(keys)
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    return head + struct.pack(f"<{2 * count}I", *tables[0]) + struct.pack(f"<{2 * count}I", *tables[1]) + strings
