"""What must not stand in an alert's text, and who is told."""

from __future__ import annotations

import dataclasses

import pytest
from django.urls import reverse

from nums_wagtail.alerts.clearance import clear_alert
from nums_wagtail.alerts.content import AlertContent, MaskedIdentifier, content_of
from nums_wagtail.alerts.drafting import draft_alert
from nums_wagtail.alerts.exceptions import CannotRelease, LeaksFound
from nums_wagtail.alerts.leakcheck import FindingKind, plain_findings
from nums_wagtail.alerts.models import Clearance
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.errors import NotAllowed, NotThere
from nums_wagtail.reports.additions import add_words
from nums_wagtail.reports.messages import write_to_team
from nums_wagtail.test.alerts_factories import approve, edit, make_alert, submit
from nums_wagtail.test.casework_factories import make_case
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.vault.holders import TeamHolder

EMPTY = AlertContent("AB23CD", "person", "risky", (), "", "", (), (), (), "anonymous", (), "")
TOLD = "He said he would pay later and then he pushed me against the kitchen wall."


def kinds(line: str) -> set[str]:
    return {str(finding.kind) for finding in plain_findings(dataclasses.replace(EMPTY, line=line))}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Calls from 07700 900412.", "phone"),
        ("Calls from 0 7 7 0 0 9 0 0 4 1 2", "phone"),
        ("Drives AB12 CDE.", "plate"),
        ("Writes as someone@example.org", "email"),
        ("Near SW1A 1AA.", "postcode"),
        ("It was on 12 March.", "date"),
        ("It was on March 3rd.", "date"),
        ("It was on 12/03/2026.", "date"),
        ("Waits outside 14 Elm Tree Road.", "street"),
    ],
)
@pytest.mark.promise("P154")
def test_the_text_itself_is_searched(line, kind):
    assert kind in kinds(line)


@pytest.mark.parametrize(
    "line",
    [
        "Turns violent when asked to pay first.",
        "Two men in a white van, one about 40, refused a condom.",
        "Offers 200 for 3 hours and leaves after 20 minutes.",
        "Ran 200 metres down the road after her.",
    ],
)
def test_ordinary_warnings_pass(line):
    assert kinds(line) == set()


def test_masked_identifiers_pass():
    shown = tuple(
        MaskedIdentifier(kind, text)
        for kind, text in [("phone", "07••• •••412"), ("plate", "AB12 •••"), ("email", "an•••@example.org")]
    )
    assert plain_findings(dataclasses.replace(EMPTY, identifiers=shown)) == []


@pytest.fixture
def case(region):
    return make_case(
        what_happened=TOLD,
        region=region,
        answers={"reporter_name": "Marigold", "phone": "07700 900412", "username": "nightowl77"},
    )


@pytest.fixture
def draft(case, caseworker):
    return draft_alert(case, by=Actor.person(caseworker))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("He pays LATER, and then he pushed me against the kitchen wall!", FindingKind.NARRATIVE),
        ("Marigold warns of him.", FindingKind.REPORTER),
        ("Known as nightowl77 on several sites.", FindingKind.IDENTIFIER),
    ],
)
@pytest.mark.promise("P154")
def test_words_of_the_report_refuse_the_clearance(draft, caseworker, line, kind):
    alert = edit(draft, by=caseworker, line=line)
    with pytest.raises(LeaksFound) as refused:
        clear_alert(alert, by=Actor.person(caseworker), holder=TeamHolder())
    assert kind in {finding.kind for finding in refused.value.findings}
    assert not Clearance.objects.exists()
    assert "Marigold" not in repr(refused.value.findings)


@pytest.mark.promise("P154")
def test_so_do_words_that_the_reporter_wrote_or_added_later(draft, case, caseworker):
    report = case.case_reports.get().report
    write_to_team(report, "My flatmate saw him wait beside the launderette at noon.", holder=TeamHolder())
    add_words(report, "He also kept asking what my daughter is called.", holder=TeamHolder())
    for line in (
        "My flatmate saw him wait beside the launderette.",
        "He also kept asking what my daughter is called.",
    ):
        alert = edit(draft, by=caseworker, line=line)
        with pytest.raises(LeaksFound) as refused:
            clear_alert(alert, by=Actor.person(caseworker), holder=TeamHolder())
        assert FindingKind.NARRATIVE in {finding.kind for finding in refused.value.findings}


def test_own_words_are_cleared(draft, caseworker):
    alert = edit(draft, by=caseworker, line="Becomes violent instead of paying.")
    clearance = clear_alert(alert, by=Actor.person(caseworker), holder=TeamHolder())
    assert (clearance.by, clearance.findings) == (caseworker, [])


@pytest.mark.promise("P155")
def test_nobody_without_the_case_compares(draft):
    editor, approver = make_staff("regional_editor"), make_staff("approver")
    for user in (editor, approver):
        with pytest.raises((NotAllowed, NotThere)):
            clear_alert(draft, by=Actor.person(user), holder=TeamHolder())


@pytest.mark.promise("P154")
def test_a_release_needs_a_clearance_of_exactly_its_text(draft, caseworker, approver):
    alert = edit(draft, by=caseworker, line="Becomes violent instead of paying.")
    clear_alert(alert, by=Actor.person(caseworker), holder=TeamHolder())
    alert = edit(alert, by=caseworker, line="Becomes violent instead of paying first.")
    with pytest.raises(CannotRelease) as refused:
        approve(submit(alert), by=approver)
    assert refused.value.code == "not_cleared"


def test_submitting_a_leak_is_refused_in_words_and_saves_the_draft(region, caseworker, admin):
    alert = make_alert(by=caseworker, regions=[region], line="Calls from 07700 900412.")
    submit(alert).workflow_state.cancel(user=caseworker)
    from .test_only_the_release_publishes import form_of

    url = reverse("nums_alerts:edit", args=[alert.pk])
    answer = admin(caseworker).post(url, form_of(alert) | {"action-submit": "1"}, follow=True)
    words = answer.content.decode()
    assert "Warning line: a whole phone number" in words
    alert.refresh_from_db()
    assert not alert.workflow_in_progress


@pytest.mark.promise("P155")
def test_who_may_not_read_the_case_is_told_nothing_of_it(draft, region, admin):
    """The same pages for an editor whether the text matches a report or not."""
    editor = make_staff("regional_editor", regions=[region])
    url = reverse("nums_alerts:review", args=[draft.pk])
    pages = []
    for line in ("Marigold warns of him.", "Somebody warns of him."):
        edit(draft, by=editor, line=line)
        answer = admin(editor).get(url)
        assert answer.status_code == 200
        text = answer.content.decode()
        assert "Needs checking by a caseworker." in text
        assert "Compare with the reports" not in text
        pages.append(text.count("help-warning"))
    assert pages[0] == pages[1]
    assert content_of(draft).reference == draft.reference
