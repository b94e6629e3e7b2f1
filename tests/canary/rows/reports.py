"""Every question of the form that takes words, in a report that stays with the team and in one that becomes a
warning; and all that is typed but never becomes a report."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable

from nums_wagtail.reports.schema import SCHEMA, IdentifierKind, Question, QuestionKind, split_number
from nums_wagtail.vault.receipts import parse_receipt

from ..garden import Garden, Person
from ..markers import SECRET, Marker

FIELDS = (
    "nums_wagtail.ReportVersion.envelope",
    "nums_wagtail.EvidenceFile.envelope",
    "nums_wagtail.EvidenceFile.content",
    "nums_wagtail.ReportMessage.envelope",
    "nums_wagtail.ReportDraft.box",
    "nums_wagtail.ReportVersion.contact",
)

WORDS = {QuestionKind.TEXT, QuestionKind.LONG_TEXT, QuestionKind.LINES}
WARN, TEAM = "Send and warn others", "Send, only tell the team"

#: Numbers that belong to nobody end in three digits, each given once.
_ENDINGS = list(range(999, 500, -1))


def phone(word: str) -> str:
    return f"07700 900{_ENDINGS.pop()}"


def phone_ways(typed: str) -> tuple[str, ...]:
    return typed, typed.replace(" ", ""), f"44{typed.replace(' ', '')[1:]}", f"+44 {typed[1:]}"


def _plate(word: str) -> str:
    letters = word[-5:].upper()
    return f"{letters[:2]}{10 + len(_ENDINGS) % 90} {letters[2:]}"


def _plate_ways(typed: str) -> tuple[str, ...]:
    return typed, typed.replace(" ", "")


#: How a suspect's number or name looks, so that it is read as one, and the other ways to write it.
SHAPES: dict[IdentifierKind, Callable[[str], str]] = {
    IdentifierKind.PHONE: phone,
    IdentifierKind.PLATE: _plate,
    IdentifierKind.EMAIL: lambda word: f"{word}@example.com",
    IdentifierKind.WEB: lambda word: f"https://example.com/{word}",
    # What a client calls himself is his first name, and readers get that.
    IdentifierKind.NAME: lambda word: f"Robert {word}",
}
WAYS = {IdentifierKind.PHONE: phone_ways, IdentifierKind.PLATE: _plate_ways}


def words_for(garden: Garden, whose: str, question: Question, *, kind: str = "sealed") -> str:
    identifier = question.identifier or ""
    shape, also = SHAPES.get(identifier, str), WAYS.get(identifier, lambda typed: ())
    field = FIELDS[5] if question.group == "contact" else FIELDS[0]
    return garden.plant(f"{whose}: {question.key}", kind, field, shape=shape, also=also)


def short_answers(garden: Garden, whose: str, *, kind: str = "sealed") -> dict[str, str]:
    """A marker for every question of the short form that takes words."""
    asked = [question for question in SCHEMA.questions if question.kind in WORDS and question.short]
    return {f"q-{question.key}": words_for(garden, whose, question, kind=kind) for question in asked}


def plant(garden: Garden) -> None:
    reporter = garden.person("reporter")
    _is_not_sent(garden, reporter)
    _stays_with_the_team(garden, reporter)
    _becomes_a_warning(garden, reporter)
    _is_saved_for_later(garden, reporter)
    assert reporter.window.cookies() == []


def _is_not_sent(garden: Garden, reporter: Person) -> None:
    typed = short_answers(garden, "not sent", kind=SECRET)
    missing = {**typed, "q-what_happened": ""}
    reporter.opens("/form/").presses(WARN, **missing)
    assert reporter.has_typed("q-reporter_contact") == typed["q-reporter_contact"]
    with reporter.while_the_database_refuses():
        _attaches_files(garden, reporter.opens("/form/"), "not sent", kind=SECRET)
        reporter.presses(WARN, **typed)
    assert reporter.status == 503
    assert reporter.has_typed("q-what_happened") == typed["q-what_happened"]
    reporter.opens("/n/r/").presses("Show me", receipt=garden.plant("receipt that is none", SECRET))
    assert reporter.status == 400


def _stays_with_the_team(garden: Garden, reporter: Person) -> None:
    typed = short_answers(garden, "report for the team")
    typed["q-region"] = "north-west"
    # The same showing of the form, sent again with other words, is another version.
    typed["state"] = reporter.opens("/form/").has_typed("state")
    _attaches_files(garden, reporter, "report for the team")
    reporter.presses(TEAM, **typed)
    receipt = _receipt(garden, reporter)
    second = garden.plant("second version", "sealed", FIELDS[0])
    reporter.opens("/form/").presses(TEAM, **{**typed, "q-what_happened": second})
    assert _receipt(garden, reporter) == receipt
    reporter.opens("/n/r/").presses("Show me", receipt=receipt)
    assert reporter.status == 200
    message = garden.plant("message to the team", "sealed", FIELDS[3])
    reporter.presses("Leave the message", text=message)
    assert message in reporter.reads()
    reporter.presses("Add it", text=garden.plant("words added to a report", "sealed", FIELDS[0]))
    with reporter.while_the_database_refuses():
        reporter.presses("Leave the message", text=garden.plant("message when the database refused", SECRET))
    assert reporter.status == 503
    garden.things["told the team"] = second


def _attaches_files(garden: Garden, reporter: Person, whose: str, *, kind: str = "sealed") -> None:
    """A recording whose very sound is a marker, one that its device wrote into it, and a file that is refused."""
    name = garden.plant(f"{whose}: name of a recording", kind, FIELDS[1])
    sound = garden.plant(f"{whose}: sound of a recording", kind, FIELDS[2])
    tags = garden.plant(f"{whose}: what the device wrote into it", SECRET)
    reporter.attaches("recording", (f"{name}.wav", _recording(sound, tags)))
    refused = garden.plant(f"{whose}: name of a file that is refused", kind, FIELDS[1])
    content = garden.plant(f"{whose}: content of a file that is refused", SECRET)
    reporter.attaches("files", (f"{refused}.txt", content.encode() * 100))


def _recording(sound: str, tags: str) -> bytes:
    form = struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)
    parts = {b"fmt ": form, b"LIST": b"INFOINAM" + _sized(tags.encode() + b"\0"), b"data": sound.encode() * 200}
    inside = b"WAVE" + b"".join(name + _sized(content) for name, content in parts.items())
    return b"RIFF" + _sized(inside)


def _sized(content: bytes) -> bytes:
    return struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def _becomes_a_warning(garden: Garden, reporter: Person) -> None:
    """Step by step, with a second person, vehicle and number: every question that is asked."""
    reporter.opens("/form/?way=steps")
    planted: dict[str, str] = {}
    while reporter.page.locator("[name=step]").input_value() != "check":
        planted |= _fills_in_the_step(garden, reporter, planted)
        groups = reporter.page.locator("button[name=more]").evaluate_all("all => all.map((one) => one.value)")
        if groups:
            reporter.presses(f"more={groups[0]}")
            planted |= _fills_in_the_step(garden, reporter, planted)
        reporter.presses("go=next")
        assert reporter.status == 200, reporter.reads()[:600]
    with reporter.while_the_database_refuses():
        reporter.presses("go=send")
    assert reporter.status == 503
    reporter.presses("go=send")
    _receipt(garden, reporter)
    asked = {question.key for question in SCHEMA.questions if question.kind in WORDS}
    missing = asked - {split_number(name.removeprefix("q-"))[0] for name in planted}
    assert not missing, "the guided form did not ask these"
    garden.things["told others"] = planted["q-what_happened"]


def _is_saved_for_later(garden: Garden, reporter: Person) -> None:
    typed = garden.plant("report that was saved for later", "sealed", FIELDS[4])
    reporter.opens("/form/?way=steps").presses("go=save", **{"q-what_happened": typed})
    _receipt(garden, reporter)
    assert reporter.status == 200


def _fills_in_the_step(garden: Garden, reporter: Person, before: dict[str, str]) -> dict[str, str]:
    """Words into every field that takes them, and the answers on which some of them depend. Sends nothing yet."""
    names = reporter.page.locator("form [name^='q-'], form [name^='c-']").evaluate_all(
        "all => all.map((one) => one.name)"
    )
    typed: dict[str, str] = {}
    for name in dict.fromkeys(names):
        if name.startswith("c-"):
            typed[name] = "yes"
        elif name.startswith("q-own-"):
            if reporter.page.locator(f"input[type=text][name='{name}']").count():
                typed[name] = garden.plant(f"report for others: {name}", "sealed", FIELDS[0])
        elif name not in before:
            question = SCHEMA.question(split_number(name.removeprefix("q-"))[0])
            if question.kind in WORDS:
                typed[name] = words_for(garden, f"report for others, {name}", question)
                if question.shown_if:
                    typed[f"q-{question.shown_if.question}"] = question.shown_if.answers[0]
    reporter.fills_in(**typed, **{"q-region": "north-west"} if "q-region" in names else {})
    return {name: words for name, words in typed.items() if name.startswith("q-")}


def _receipt(garden: Garden, reporter: Person) -> str:
    """Its digits; a secret, as words and as digits."""
    found = re.search(r"\d{4} \d{4} \d{4} \d{4} \d{4}", reporter.reads())
    assert found, reporter.reads()[:600]
    receipt = parse_receipt(found.group(0))
    assert receipt
    digits = found.group(0)
    ways = (
        digits,
        digits.replace(" ", ""),
        digits.replace(" ", "-"),
        " ".join(receipt.words),
        "-".join(receipt.words),
    )
    garden.markers.append(Marker("receipt", SECRET, ways, kept=False))
    return digits
