"""House rules that no linter knows. Each takes a file's name below the package and its text, and says what is wrong."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

#: Tables of what was reported, and the modules that may start from their managers. Everybody else asks ``access``.
SEALED = {
    "Report": {
        *("reports/access.py", "reports/intake.py", "reports/additions.py", "reports/evidence.py"),
        *("reports/messages.py", "reports/follow_up.py", "reports/tagging.py", "reports/retagging.py"),
        *("reports/contact.py", "reports/documents.py"),
    },
    "ReportMessage": {"reports/messages.py"},
    "EvidenceFile": {"reports/evidence.py"},
    "ReportVersion": {"reports/documents.py", "reports/tagging.py", "reports/contact.py"},
    "SuspectTag": {"reports/access.py", "reports/tagging.py", "reports/retagging.py"},
    "ConsentEvent": {"reports/consent.py"},
    "Case": {"casework/access.py", "casework/cases.py", "casework/retention.py", "casework/safeguarding.py"},
    "CaseReport": {"casework/cases.py", "casework/retention.py", "casework/safeguarding.py"},
    "CaseNote": {"casework/notes.py"},
    "SafeguardingTask": {"casework/safeguarding.py"},
}
#: What goes round the door on purpose: the invented story, and what tests are made with.
ROUND_THE_DOOR = ("management/demo/", "management/commands/nums_demo.py", "test/")
_MANAGERS = {"objects", "_default_manager", "_base_manager"}
_GETTEXT = re.compile(r"_|n?p?gettext(_lazy|_noop)?|ngettext(_lazy)?|npgettext(_lazy)?")
_UNNAMED = re.compile(r"%[sdrfi]|\{\d*\}")


def published_behind_the_gate(name: str, text: str) -> Iterator[str]:
    """``live`` is set by saving, where the gate stands, and by no query."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        sets = {word.arg for word in node.keywords}
        listed = {one.value for part in node.args for one in ast.walk(part) if isinstance(one, ast.Constant)}
        by_query = node.func.attr in ("update", "update_or_create", "aupdate") and "live" in sets
        if by_query or (node.func.attr in ("bulk_update", "abulk_update") and "live" in listed):
            yield f"{name}:{node.lineno} sets live by a query, past the gate of the release"


def sealed_rows_past_their_door(name: str, text: str) -> Iterator[str]:
    if name.startswith(ROUND_THE_DOOR):
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and node.attr in _MANAGERS:
            model = ast.unparse(node.value).rpartition(".")[2]
            if name not in SEALED.get(model, {name}):
                yield f"{name}:{node.lineno} reaches for {model} past the room's access"


def requests_in_verbs(name: str, text: str) -> Iterator[str]:
    """A module with a verb (a function that takes ``by: Actor``) has no function that takes a request."""
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    if not any(_takes(function, "by", "Actor") and _is_public(function) for function in functions):
        return
    for function in functions:
        if _takes(function, "request"):
            yield f"{name}:{function.lineno} {function.name} takes a request in a module of verbs"


def _is_public(function: ast.FunctionDef) -> bool:
    return not function.name.startswith("_")


def _takes(function: ast.FunctionDef, wanted: str, kind: str = "") -> bool:
    every = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
    return any(
        one.arg == wanted and kind in (ast.unparse(one.annotation) if one.annotation else kind) for one in every
    )


def printing(name: str, text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "pprint"):
            yield f"{name}:{node.lineno} prints"


def project_in_a_migration(name: str, text: str) -> Iterator[str]:
    """Only what Django itself writes, inside the operations: code that changes rows takes models from ``apps``."""
    tree = ast.parse(text)
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.level or (node.module or "").startswith("nums_wagtail")):
            yield f"{name}:{node.lineno} takes from the project what may be gone when it runs"
        if isinstance(node, ast.FunctionDef) and "nums_wagtail." in ast.unparse(node).replace("'nums_wagtail.", ""):
            yield f"{name}:{node.lineno} {node.name} uses the project as it is today"


def ignored_without_a_reason(name: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        if "type: ignore" in line and not re.search(r"# type: ignore\[[a-z-]+\]  # \w", line):
            yield f"{name}:{number} ignores a type without code and reason"
        if re.search(r"#\s*mypy:|no_type_check", line):
            yield f"{name}:{number} leaves types out wholesale"


def names_that_say_nothing(name: str, text: str) -> Iterator[str]:
    if re.search(r"(^|/)(utils?|helpers?|misc|common)(/|\.py$)", name):
        yield f"{name} does not say what it does"


def words_that_cannot_be_translated(name: str, text: str) -> Iterator[str]:
    """What a translator gets is a plain text, and its gaps have names."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func).rpartition(".")[2]
        if _GETTEXT.fullmatch(called):
            for said in node.args[: 2 if called.startswith("n") else 1]:
                if not isinstance(said, ast.Constant) or not isinstance(said.value, str):
                    yield f"{name}:{node.lineno} hands {called} something else than a plain text"
                elif _UNNAMED.search(said.value.replace("%%", "")):
                    yield f"{name}:{node.lineno} has a gap without a name"


RULES_OF_CODE = (
    published_behind_the_gate,
    sealed_rows_past_their_door,
    requests_in_verbs,
    printing,
    ignored_without_a_reason,
    names_that_say_nothing,
    words_that_cannot_be_translated,
)


def foreign_addresses(name: str, text: str) -> Iterator[str]:
    """A template names no other server: not for a picture, not for a script, not for a form."""
    if re.search(
        r"""(?:src|srcset|href|action|formaction|poster|data|content)\s*=\s*["']?\s*(?:https?:)?//""", text
    ):
        yield f"{name} names another server"
    if re.search(r"@import|url\(\s*[\"']?(?:https?:)?//", text):
        yield f"{name} has a style that asks another server"


def inline_code(name: str, text: str) -> Iterator[str]:
    """No inline script anywhere; no inline style where a policy of ours would drop it."""
    if re.search(r"<script(?![^>]*\ssrc=)|\son[a-z]+\s*=|javascript:", text):
        yield f"{name} carries a script"
    if re.search(r"\sstyle\s*=|<style", text):
        yield f"{name} carries a style"


RULES_OF_TEMPLATES = (foreign_addresses, inline_code)
