"""What stands in an export, made from the question schema.

The table holds what is chosen from lists and nothing that tells who reported: no words, no numbers or names, no
contact, nothing that only caseworkers see, and not the language of the form, which in a small region is a name.
The document holds everything, codes beside the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from ..reports.access import OpenedReport
from ..reports.consent import Purpose, ledger, standing
from ..reports.read import Answers
from ..reports.schema import SCHEMA, Group, Question, numbered
from .access import OpenedCase


def listed_questions() -> tuple[Question, ...]:
    """The questions of the table: answered from a list, and saying nothing of who reported."""
    return tuple(
        question
        for question in SCHEMA.questions
        if question.vocabulary and not question.identifies_reporter and not question.restricted
    )


def _counted_groups() -> Iterator[Group]:
    """Persons and things that are described; of numbers and names each is counted by itself."""
    described = {question.group for question in SCHEMA.publishable_questions()}
    return (group for group in SCHEMA.groups if group.repeatable and group.key in described)


def columns() -> dict[str, str]:
    """Key of each column, and its heading."""
    facts = {
        "reference": _("Reference"),
        "received": _("Received"),
        "happened": _("Happened in"),
        "region": _("Region"),
        "source": _("Came by"),
        "status": _("Status"),
        "severity": _("Severity"),
        "urgent": _("Urgent"),
        "child": _("A child may be at risk"),
        "police": _("Police"),
        "outcome": _("How it ended"),
    }
    counted = {
        f"number_of_{group.key}": _("Number: %(what)s") % {"what": group.label} for group in _counted_groups()
    }
    counted["identifiers"] = _("Number: numbers and names given")
    asked = {f"q_{question.key}": str(question.label) for question in listed_questions()}
    allowed = {f"allows_{purpose}": str(purpose.label) for purpose in Purpose}
    return {**facts, **counted, **asked, **allowed}


def rows_of(opened: OpenedCase) -> list[dict[str, str]]:
    """A row of the table for each report of a case."""
    return [_row(opened, report) for report in opened.reports]


def _row(opened: OpenedCase, report: OpenedReport) -> dict[str, str]:
    case, row, answers = opened.case, report.report, report.answers
    allowed = standing(row)
    how_many = Counter(part.group.key for part in answers.lines())
    return {
        "reference": row.reference,
        "received": row.received_on.isoformat(),
        "happened": row.incident_on.strftime("%Y-%m") if row.incident_on else "",
        "region": row.region.name,
        "source": row.get_source_display(),
        "status": case.get_status_display(),
        "severity": case.get_severity_display() if case.severity else "",
        "urgent": _("Yes") if row.urgent else "",
        # Not the report's own mark, which also says that the reporter is a child.
        "child": _("Yes") if any(one.value("child_at_risk") for one in report.versions) else "",
        "police": case.get_police_display(),
        "outcome": case.get_outcome_display() if case.outcome else "",
        **{f"number_of_{group.key}": str(how_many[group.key]) for group in _counted_groups()},
        "identifiers": str(len(report.identifiers())),
        **{f"q_{question.key}": _chosen(answers, question) for question in listed_questions()},
        **{
            f"allows_{purpose}": str(allowed[purpose].get_answer_display()) if purpose in allowed else ""
            for purpose in Purpose
        },
    }


def _chosen(answers: Answers, question: Question) -> str:
    """The chosen labels; of several persons or things one after the other. What could not be read is words."""
    most = SCHEMA.group(question.group).most
    readable = (n for n in range(1, most + 1) if numbered(question.key, n) not in answers.marked)
    return "; ".join(text for n in readable if (text := answers.text(question.key, n)))


def document_of(opened: OpenedCase) -> dict[str, Any]:
    """A case with everything in it, as JSON can hold it. Codes stand beside the words that were asked and said."""
    case = opened.case
    return {
        "case": case.pk,
        "region": case.region.code,
        "status": case.status,
        "severity": case.severity,
        "police": case.police,
        "outcome": case.outcome,
        "notes": [{"on": note.written_on.isoformat(), "text": note.text} for note in opened.notes],
        "reports": [_report(report) for report in opened.reports],
    }


def _report(opened: OpenedReport) -> dict[str, Any]:
    row = opened.report
    return {
        "reference": row.reference,
        "received_on": row.received_on.isoformat(),
        "region": row.region.code,
        "source": row.source,
        "language": row.language,
        "urgent": row.urgent,
        "child": row.child,
        "versions": [_version(answers) for answers in opened.versions],
        "consents": [
            {
                **{name: getattr(entry, name) for name in ("purpose", "answer", "wording", "through")},
                "on": entry.on.isoformat(),
            }
            for entry in ledger(row)
        ],
        "messages": [
            {"by": str(one.author), "on": one.written_on.isoformat(), "text": one.text} for one in opened.messages
        ],
        "files": [
            {
                "kind": str(one.about.kind),
                "name": one.about.name,
                "sha256": one.about.sha256,
                "size": one.about.size,
            }
            for one in opened.files
        ],
    }


def _version(answers: Answers) -> dict[str, Any]:
    document = answers.as_document()
    words = [
        {"group": str(part.label), "number": part.number, "question": str(question.label), "said": said}
        for part in answers.lines()
        for question, said in part.lines
    ]
    own = [{"asked": one.asked, "said": one.said} for one in answers.own]
    return {**document, "own": own, "words": words}
