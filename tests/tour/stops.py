"""Where the walk looks beside the addresses: home pages, previews, pages that say what went wrong, mails, paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase, override_settings
from django.urls import reverse

from nums_wagtail.alerts.drafting import draft_alert
from nums_wagtail.alerts.models import Alert, AlertRelease, AlertWithdrawal
from nums_wagtail.alerts.release import withdraw_release
from nums_wagtail.bulletins.compiling import compile_bulletin
from nums_wagtail.bulletins.models import Bulletin, Delivery, Edition
from nums_wagtail.casework.safeguarding import open_missing_tasks
from nums_wagtail.foundation import policy
from nums_wagtail.foundation.actors import WORKER, Actor
from nums_wagtail.foundation.errors import CannotSeal
from nums_wagtail.foundation.models import Branding
from nums_wagtail.mailing.models import Letter, RowState
from nums_wagtail.members import joining
from nums_wagtail.members.models import Member
from nums_wagtail.members.tasks import answer_waiting_knocks
from nums_wagtail.reports import drafts, follow_up, slowing, support_card
from nums_wagtail.reports import papers as papers_of_reports
from nums_wagtail.reports.form_state import Showing
from nums_wagtail.reports.receipt_buttons import BUTTONS
from nums_wagtail.reports.sheet_print import sheet_html
from nums_wagtail.reports.steps import Walk as Steps
from nums_wagtail.test.alerts_factories import make_released_alert
from nums_wagtail.test.bulletins_factories import composed_of
from nums_wagtail.test.casework_factories import case_of
from nums_wagtail.test.members_factories import make_member
from nums_wagtail.test.reports_factories import accept, make_report
from nums_wagtail.vault.models import DataKey
from tests.proofs.world import World

from .walk import Seen


def stops(world: World, papers: list[str], language: str) -> Iterator[Seen]:
    yield from home_pages(world)
    yield from previews(world)
    yield from cases(world)
    yield from reporters_pages(world)
    yield from project_pages(world)
    yield from printed(world)
    yield from members_pages(world)
    yield from mails(world, papers, language)


def browser(world: World, role: str) -> Client:
    client = Client(raise_request_exception=False)
    for name, value in world.cookies[role].items():
        client.cookies[name] = value
    return client


def shown(where: str, response: object, *, inside: bool = False) -> Seen:
    return Seen(where, response.content.decode(), inside)


def home_pages(world: World) -> Iterator[Seen]:
    for role in policy.GROUPS:
        yield shown(f"home page of {role}", browser(world, role).get(reverse("wagtailadmin_home")), inside=True)


def previews(world: World) -> Iterator[Seen]:
    alert = Alert.objects.get(pk=world.things["draft alert"]["pk"])
    for mode, _label in alert.preview_modes:
        yield shown(f"preview {mode}", alert.make_preview_request(preview_mode=mode))


def cases(world: World) -> Iterator[Seen]:
    caseworker = browser(world, "caseworker")
    case = case_of(make_report(region=world.region))
    draft_alert(case, by=Actor.person(world.staff["caseworker"]))
    yield shown("a case with an alert", caseworker.get(reverse("nums_cases:case", args=[case.uuid])), inside=True)
    told = {"child_at_risk": "yes", "reporter_contact": "07700 900461"}
    child = case_of(make_report(region=world.region, answers=told))
    open_missing_tasks(by=WORKER)
    yield shown("a case of a child", caseworker.get(reverse("nums_cases:case", args=[child.uuid])), inside=True)
    take = reverse("nums_cases:export_case", args=[child.uuid])
    yield shown("an export", caseworker.get(take), inside=True)
    yield shown("an export without a reason", caseworker.post(take, {"what": "whole.json"}), inside=True)
    lost = make_report(region=world.region)
    case = case_of(lost)
    DataKey.objects.filter(pk=lost.data_key).delete()
    yield shown("a case without its key", caseworker.get(reverse("nums_cases:case", args=[case.uuid])), inside=True)


def reporters_pages(world: World) -> Iterator[Seen]:
    client, page = Client(raise_request_exception=False), world.pages["ReportPage"]
    answer, steps = (reverse(f"nums_wagtail:{name}") for name in ("answer", "steps"))
    report = {"q-what_happened": "Said.", "state": Showing(page.pk).seal(), "send": "warn"}
    yield shown("the form to send", client.get(page.get_url()))
    yield shown("the guided form", client.get(page.get_url() + "?way=steps"))
    yield shown("an empty report", client.post(answer, {"state": report["state"], "send": "warn"}))
    yield shown("a report of a broken page", client.post(answer, {**report, "state": "broken"}))
    with broken("nums_wagtail.reports.sending.accept_report"):
        yield shown("a report that was not stored", client.post(answer, report))
    with broken("nums_wagtail.reports.views.read_state"), broken("nums_wagtail.reports.form_page.show_form"):
        yield shown("a report that nothing could be made of", client.post(answer, report))
    with patch.object(Showing, "seal", side_effect=CannotSeal("no_key")):
        yield shown("the closed form", client.get(page.get_url()))
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10):
        yield shown("a report that is too long", client.post(answer, report))
    walked = {"q-what_happened": "Said.", "state": Steps().seal(), "step": "incident"}
    for go in ("check", "next", "save"):
        yield shown(f"the guided form, {go}", client.post(steps, {**walked, "go": go}))
    yield from behind_a_receipt(world, client)


def project_pages(world: World) -> Iterator[Seen]:
    """What a project and staff see after they sent something, and when it was not sent; the paper form."""
    worker, caseworker = browser(world, "project"), browser(world, "caseworker")
    send, key, new = (
        reverse(name) for name in ("nums_wagtail:project_send", "nums_wagtail:project_key", "nums_cases:key_new")
    )
    said = {"q-what_happened": "Said.", "send": "warn"}
    sheet = {**said, "send": "sheet", "sheet-consent": "yes"}
    yield shown("a project's report", worker.post(send, {**said, "state": Showing().seal()}))
    yield shown("a project's list", worker.get(reverse("nums_wagtail:project_reports")))
    yield shown("a project's empty report", worker.post(send, {"state": Showing().seal(), "send": "warn"}))
    yield shown("a project's sheet without consent", worker.post(key, {**said, "state": Showing().seal()}))
    signed_out = {**said, "state": Showing().seal(), "files": [SimpleUploadedFile("a.jpg", b"", "image/jpeg")]}
    yield shown("a report of whoever was signed out", Client().post(send, signed_out))
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = worker.cookies
    yield shown("a project's report without the token", strict.post(send, {**said, "state": Showing().seal()}))
    with broken("nums_wagtail.reports.trying.send"):
        yield shown("a project's report that failed", worker.post(send, {**said, "state": Showing().seal()}))
    yield from a_projects_steps(world, worker)
    yield shown("a keyed sheet", caseworker.post(new, {**sheet, "state": Showing().seal()}))
    yield Seen("the paper form", sheet_html(Branding()))


def a_projects_steps(world: World, worker: Client) -> Iterator[Seen]:
    """The guided form of a project, saved and finished; and what the receipt page says of what was saved there."""
    steps = reverse("nums_wagtail:project_steps")
    first = worker.get(steps)
    yield shown("a project's first step", first)
    walked = {"state": hidden(first, "state"), "step": "incident", "q-what_happened": "Said."}
    for go in ("check", "next", "change.consent", "save"):
        page = worker.post(steps, {**walked, "go": go})
        yield shown(f"a project's guided form, {go}", page)
    draft = drafts.Draft(Steps(Showing(), {"q-what_happened": ["Said."]}, for_project=True), "incident")
    drafts.save(draft.walk, draft.step)
    typed = {"receipt": draft.walk.showing.receipt.digits}
    yield shown("a saved report of a project, finished", worker.post(steps, {**typed, "finish": "yes"}))
    yield shown("a receipt that opens nothing there", worker.post(steps, {"receipt": "wrong", "finish": "yes"}))
    public = Steps(Showing(), {"q-what_happened": ["Said."]})
    drafts.save(public, "incident")
    sent = accept(region=world.region).receipt
    for receipt in (public.showing.receipt, sent):
        page = worker.post(steps, {"receipt": receipt.digits, "finish": "yes"})
        yield shown("a receipt that opens something elsewhere", page)
    with_file = {**walked, "step": "check", "files": [SimpleUploadedFile("a.jpg", b"x", "image/jpeg")]}
    yield shown("a project's file that is not sent yet", worker.post(steps, {**with_file, "go": "save"}))
    yield shown("a saved report of a project", Client().post(reverse("nums_wagtail:receipt"), typed))


def behind_a_receipt(world: World, client: Client) -> Iterator[Seen]:
    receipt, card = reverse("nums_wagtail:receipt"), reverse("nums_wagtail:receipt_card")
    report = {"q-what_happened": "Said.", "state": Showing(None).seal(), "send": "warn"}
    sent = client.post(reverse("nums_wagtail:answer"), report)
    words = {"card": hidden(sent, "card")}
    for more in ({}, {"do": "check", "receipt": "wrong words"}, {"do": "show"}, {"card": "broken"}):
        yield shown(f"typing a receipt {more}", client.post(card, {**words, **more}))
    typed = {"receipt": accept(region=world.region).receipt.digits}
    with patch.object(slowing, "seconds_to_wait", return_value=5):
        yield shown("a receipt that waits", client.post(receipt, typed))
    with broken("nums_wagtail.reports.access.find_by_receipt"):
        yield shown("a receipt that was not answered", client.post(receipt, typed))
    unread = accept(region=world.region, marked={"when_date": "Said."}).receipt.digits
    yield shown("a receipt with an answer to mend", client.post(receipt, {"receipt": unread}))
    opened = client.post(receipt, typed)
    yield shown("an opened receipt", opened)
    visit = {"open": hidden(opened, "open")}
    with patch.object(follow_up, "due", return_value=follow_up.Due(max(follow_up.ROUNDS), otherwise=True)):
        yield shown("a receipt after some days", client.post(receipt, visit))
    for button in (*(name for name in BUTTONS if name != "delete-now"), "delete-now"):
        for text in ("", "Said."):
            answered = client.post(receipt, {**visit, "do": button, "text": text})
            yield shown(f"button {button} {text}", answered)


def hidden(response: object, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, f"no hidden field {name}"
    return found[1]


def printed(world: World) -> Iterator[Seen]:
    """The support card and the papers as they are handed to the printer."""
    pages: list[str] = []

    def keep(html: str, **kwargs: object) -> bytes:
        pages.append(html)
        return b"%PDF-1.7"

    client, professionals = Client(), world.pages["ProfessionalsPage"].get_url()
    with patch.object(support_card, "print_in_turn", keep), patch.object(papers_of_reports, "print_in_turn", keep):
        client.post(reverse("nums_wagtail:card"), {"say": "hurt", "do": support_card.TAKE})
        for paper in papers_of_reports.Paper:
            client.get(f"{professionals}print/{paper}/")
    yield from (Seen(f"printed {number}", page) for number, page in enumerate(pages))


@contextmanager
def broken(path: str) -> Iterator[None]:
    """Whatever is called there fails, as on a bad day; the line in the log is expected."""
    with patch(path, side_effect=RuntimeError), patch("logging.Logger.error"):
        yield


def members_pages(world: World) -> Iterator[Seen]:
    client = Client(raise_request_exception=False)
    region = world.pages["RegionalPage"].get_url()
    yield shown("a region of others", browser(world, "elsewhere").get(region))
    applying = {"email": "new@example.org", "kind": "individual", "home_region": world.region.code}
    yield shown("somebody joins", client.post(reverse("nums_wagtail:join"), applying))
    yield shown("nobody joins without an address", client.post(reverse("nums_wagtail:join"), {}))
    over = reverse("nums_wagtail:sign_in_link", kwargs={"token": "made-up"})
    yield shown("a link that is over", client.post(over))


def mails(world: World, papers: list[str], language: str) -> Iterator[Seen]:
    """Every kind of letter, and a bulletin and its correction in every face, in the reader's language."""
    mail.outbox = []
    Letter.objects.all().delete()
    Edition.objects.all().delete()
    reader = make_member(
        home_region=world.region, email="rita@example.org", language=language, format=Member.Format.PDF
    )
    waiting = make_member(
        home_region=world.region, email="will@example.org", language=language, status=Member.Status.APPLIED
    )
    joining.approve_member(waiting, by=Actor.person(world.staff["membership"]))
    Client().post(reverse("nums_wagtail:sign_in"), {"email": "rita@example.org"})
    Client().post(
        reverse("nums_wagtail:join"),
        {"email": "june@example.org", "kind": "individual", "home_region": world.region.code},
    )
    answer_waiting_knocks()
    assert reader.language == language
    release = make_released_alert(regions=[world.region], severity="dangerous")
    compile_bulletin(composed_of(release), by=WORKER)
    Delivery.objects.filter(bulletin__releases=release).update(state=RowState.SENT)
    yield from _correction(world, release)
    for letter in Letter.objects.order_by("pk"):
        yield Seen(f"letter {letter.kind}", f"{letter.subject}\n{letter.body}")
    for edition in Edition.objects.filter(language=language):
        yield Seen(f"edition {edition.pk}, text", f"{edition.subject}\n{edition.text}")
        yield Seen(f"edition {edition.pk}, html", edition.html)
    for number, page in enumerate(papers):
        yield Seen(f"paper {number}", page)


def _correction(world: World, release: AlertRelease) -> Iterator[Seen]:
    with TestCase.captureOnCommitCallbacks(execute=True):
        withdraw_release(release, AlertWithdrawal.Reason.WRONG, by=Actor.person(world.staff["approver"]))
    for bulletin in Bulletin.objects.filter(state=Bulletin.State.COMPOSED):
        compile_bulletin(bulletin, by=WORKER)
    region = world.pages["RegionalPage"].get_url()
    yield shown("a region with what was withdrawn", browser(world, "approved").get(region))
