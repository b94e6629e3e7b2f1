"""The guided form on a project's page: the public one's ways, behind the door, for somebody else, nothing lost."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.members.models import Organisation
from nums_wagtail.reports import consent, project_words, slowing
from nums_wagtail.reports.access import open_report
from nums_wagtail.reports.consent import Answer, Purpose
from nums_wagtail.reports.models import EvidenceFile, Report, ReportDraft
from nums_wagtail.reports.project_words import asking_for_others
from nums_wagtail.reports.schema import SCHEMA
from nums_wagtail.test.evidence_factories import jpeg
from nums_wagtail.test.members_factories import make_member, make_organisation, sign_in
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.vault.holders import TeamHolder

from .reporter import digits_in, error_beside, state_in, typed_in, words_in
from .test_steps import Walker, kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("report_page")]

STEPS, LIST = reverse("nums_wagtail:project_steps"), reverse("nums_wagtail:project_reports")
OPENS_NOTHING = "abacus abdomen zookeeper yoyo gander"


@pytest.fixture
def project(region):
    return make_organisation(name="Harbour Outreach", region=region)


def worker_of(project, **fields) -> Client:
    client = Client()
    sign_in(client, make_member(organisation=project, **fields))
    return client


@pytest.fixture
def worker(project) -> Client:
    return worker_of(project, working_name="Wren Harbour")


class Walk:
    """A worker in the guided form; ``page`` is what stands in the browser."""

    def __init__(self, client, page=None):
        self.client = client
        self.page = page if page is not None else client.get(STEPS)

    @property
    def soup(self):
        return BeautifulSoup(self.page.content.decode(), "html.parser")

    @property
    def step(self):
        return self.soup.find("input", {"name": "step"})["value"]

    @property
    def reads(self):
        return " ".join(self.soup.main.get_text(" ").split())

    def data(self, go="next", **answers):
        own = {"tell": answers.pop("tell")} if "tell" in answers else {}
        files = {"files": answers.pop("files")} if "files" in answers else {}
        said = {name if name[:2] in ("c-", "n-") else f"q-{name}": value for name, value in answers.items()}
        return {
            "state": state_in(self.page),
            "step": self.step,
            **kept(self.page),
            **said,
            **own,
            **files,
            "go": go,
        }

    def presses(self, go, **answers):
        self.page = self.client.post(STEPS, self.data(go, **answers))
        return self

    def goes_to(self, step):
        for _turn in range(20):
            if self.step == step:
                return self
            self.presses("next")
        raise AssertionError(f"there is no step {step}")


def answers_of(report):
    return open_report(TeamHolder(), report, by=Actor.person(make_staff("caseworker")), why="case").answers


def to_the_end(walk, **consents):
    walk.presses("next", what_happened="He did not pay her.").goes_to("consent")
    return walk.presses("next", **{"c-alert": "yes", **consents})


def test_it_begins_with_the_project_filled_in_and_speaks_of_somebody_else(worker, project):
    walk = Walk(worker)
    assert f"This comes from {project.name}." in walk.reads
    assert "Step 1 of" in walk.reads
    assert typed_in(walk.goes_to("reporter").page)["who"] == "other"
    assert "About the person it happened to" in walk.reads
    assert "What may we call them?" in walk.reads


def test_the_page_that_checks_speaks_of_them_too(worker):
    walk = Walk(worker).presses("next", what_happened="He did not pay.").goes_to("reporter")
    walk.presses("check", reporter_name="Dove")
    assert "About the person it happened to" in walk.reads
    assert "What may we call them?" in walk.reads


def test_a_worker_walks_through_and_the_report_is_the_projects(worker, project):
    walk = to_the_end(Walk(worker), **{"c-police_anonymous": "no"})
    assert "He did not pay her." in walk.reads
    page = walk.presses("send").page
    report = Report.objects.get()
    assert (report.source, report.project, report.region) == (Report.Source.PROJECT, project, project.region)
    assert len(words_in(page)) == 5
    assert "belongs to the person it happened to" in page.content.decode()
    standing = consent.standing(report)
    assert standing[Purpose.ALERT].answer == Answer.YES
    assert standing[Purpose.ALERT].wording == consent.GUIDED_WORDING
    answers = answers_of(report)
    assert (answers.path, answers.value("who"), answers.own) == ("guided", "other", ())
    assert report.reference in worker.get(LIST).content.decode()


@pytest.mark.promise("P119")
def test_the_team_learns_who_it_was_only_by_the_tick_where_send_stands(worker):
    walk = to_the_end(Walk(worker))
    box = walk.soup.find("input", {"name": "tell"})
    assert "checked" not in box.attrs
    walk.presses("send", tell="Wren Harbour")
    assert [one.said for one in answers_of(Report.objects.get()).own] == ["Wren Harbour"]


@pytest.mark.promise("P119")
def test_the_tick_stays_while_somebody_goes_back_to_mend(worker):
    walk = to_the_end(Walk(worker)).presses("change.incident", tell="Wren Harbour")
    walk.presses("check", what_happened="He did not pay her at all.")
    assert "checked" in walk.soup.find("input", {"name": "tell"}).attrs
    walk.presses("send", tell="Wren Harbour")
    assert answers_of(Report.objects.get()).own


@pytest.mark.promise("P119")
def test_and_goes_when_it_is_taken_off(worker):
    walk = to_the_end(Walk(worker)).presses("change.incident", tell="Wren Harbour").presses("check").presses("send")
    assert answers_of(Report.objects.get()).own == ()
    assert len(words_in(walk.page)) == 5


def test_going_back_loses_nothing_not_even_what_cannot_be_read(worker):
    walk = Walk(worker).presses("next", what_happened="He did not pay.").presses("next", when_date="the 45th")
    assert walk.page.status_code == 400
    assert error_beside(walk.page, "when_date")
    walk.presses("back")
    assert typed_in(walk.page)["what_happened"] == "He did not pay."
    walk.presses("check")
    assert "the 45th" in walk.presses("change.place").page.content.decode()
    walk.presses("check").presses("send")
    assert walk.page.status_code == 400
    assert walk.soup.find("div", {"class": "nums-errors"}).find("button", {"value": "change.place"})
    assert not Report.objects.exists()


def test_what_the_page_filled_in_counts_as_left_out_until_somebody_was_there(worker):
    walk = Walk(worker).presses("check", what_happened="He did not pay.")
    left_out = walk.soup.find("details", {"class": "nums-details"})
    assert "About the person it happened to" in left_out.get_text()


def test_the_warn_question_must_be_answered(worker):
    walk = Walk(worker).presses("next", what_happened="He did not pay.").goes_to("consent").presses("next")
    assert walk.page.status_code == 400
    assert walk.step == "consent"
    assert not Report.objects.exists()


def test_a_file_is_taken_on_the_page_with_send(worker):
    walk = to_the_end(Walk(worker))
    walk.presses("send", files=[SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")])
    assert EvidenceFile.objects.get().report == Report.objects.get()


def test_saved_it_waits_for_its_receipt_and_is_finished_on_the_projects_page(worker, project):
    walk = Walk(worker).presses("next", what_happened="He did not pay her.").presses("save")
    assert LIST in walk.page.content.decode()
    assert ReportDraft.objects.exists()
    assert not Report.objects.exists()
    receipt = digits_in(walk.page)
    listed = BeautifulSoup(worker.get(LIST).content.decode(), "html.parser")
    assert listed.find("form", {"action": STEPS}).find("input", {"name": "finish"})
    again = Walk(worker, worker.post(STEPS, {"finish": "yes", "receipt": receipt}))
    again.presses("back")
    assert "He did not pay her." in again.page.content.decode()
    to_the_end(again).presses("send")
    assert Report.objects.get().project == project
    assert not ReportDraft.objects.exists()


def test_a_colleague_can_finish_it_too_and_the_project_is_that_of_who_does(worker, region):
    receipt = digits_in(Walk(worker).presses("next", what_happened="He did not pay her.").presses("save").page)
    elsewhere = make_organisation(name="Moorside Outreach", region=region)
    other = worker_of(elsewhere)
    to_the_end(Walk(other, other.post(STEPS, {"finish": "yes", "receipt": receipt}))).presses("send")
    assert Report.objects.get().project == elsewhere


def test_on_the_receipt_page_it_says_where_to_finish_it_and_can_be_finished_there_too(worker, reporter):
    receipt = digits_in(Walk(worker).presses("next", what_happened="He did not pay her.").presses("save").page)
    page = reporter.comes_back_with(receipt)
    soup = BeautifulSoup(page.content.decode(), "html.parser")
    assert "Harbour" not in soup.get_text(), "whoever finds the receipt learns no project"
    assert soup.find("a", href=LIST)
    button = soup.find("button", {"name": "go"})
    public = reporter.client.post(reverse("nums_wagtail:steps"), {"state": state_in(page), "go": button["value"]})
    done = to_the_end(PublicWalk(reporter.client, public)).presses("send")
    assert len(words_in(done.page)) == 5
    report = Report.objects.get()
    assert (report.source, report.project) == (Report.Source.PUBLIC, None)
    assert not ReportDraft.objects.exists()


class PublicWalk(Walk):
    def presses(self, go, **answers):
        self.page = self.client.post(reverse("nums_wagtail:steps"), self.data(go, **answers))
        return self


def test_a_walk_of_a_projects_page_is_nobodys_project_at_the_public_address(worker, reporter):
    walk = to_the_end(Walk(worker))
    PublicWalk(reporter.client, walk.page).presses("send", tell="Wren Harbour")
    report = Report.objects.get()
    assert (report.source, report.project, answers_of(report).own) == (Report.Source.PUBLIC, None, ())


def test_a_walk_of_another_projects_worker_is_the_project_of_who_sends(worker, region):
    walk = to_the_end(Walk(worker))
    elsewhere = make_organisation(name="Moorside Outreach", region=region)
    Walk(worker_of(elsewhere, working_name="Lark"), walk.page).presses("send", tell="Lark")
    report = Report.objects.get()
    assert report.project == elsewhere
    assert [one.said for one in answers_of(report).own] == ["Lark"]


@pytest.mark.promise("P119")
def test_the_tick_of_one_worker_names_no_other(worker, project):
    walk = to_the_end(Walk(worker)).presses("save", tell="Wren Harbour")
    colleague = worker_of(project, working_name="Lark")
    receipt = digits_in(walk.page)
    again = Walk(colleague, colleague.post(STEPS, {"finish": "yes", "receipt": receipt}))
    assert "checked" not in again.soup.find("input", {"name": "tell"}).attrs
    again.presses("send", tell="Wren Harbour")
    assert answers_of(Report.objects.get()).own == ()


@pytest.mark.promise("P119")
def test_the_same_worker_finds_the_tick_again_after_saving(worker):
    receipt = digits_in(to_the_end(Walk(worker)).presses("save", tell="Wren Harbour").page)
    again = Walk(worker, worker.post(STEPS, {"finish": "yes", "receipt": receipt}))
    assert "checked" in again.soup.find("input", {"name": "tell"}).attrs


@pytest.mark.parametrize("typed", ["", "abacus", OPENS_NOTHING, "1234 " * 5])
def test_a_receipt_that_opens_nothing_is_answered_beside_the_field(worker, typed):
    page = worker.post(STEPS, {"finish": "yes", "receipt": typed})
    assert page.status_code == 400
    field = BeautifulSoup(page.content.decode(), "html.parser").find("textarea", {"name": "receipt"})
    assert field["aria-invalid"] == "true"
    assert field.get_text().strip() == typed.strip()


def test_guessing_is_slowed_here_as_on_the_receipt_page(worker):
    tries_too_often(worker)
    page = worker.post(STEPS, {"finish": "yes", "receipt": OPENS_NOTHING})
    assert "Please wait 2 seconds." in page.content.decode()


def tries_too_often(worker):
    for _turn in range(slowing.FREE):
        worker.post(STEPS, {"finish": "yes", "receipt": OPENS_NOTHING})


def finish_form(page):
    fields = BeautifulSoup(page.content.decode(), "html.parser").main.form.find_all(["input", "textarea"])
    return {field["name"]: field.get("value", field.get_text().strip()) for field in fields if field.get("name")}


def test_who_waited_goes_on_by_the_same_button_and_waits_only_once(worker, time_machine):
    receipt = digits_in(to_the_end(Walk(worker)).presses("save").page)
    tries_too_often(worker)
    time_machine.move_to(timezone.now(), tick=False)
    waiting = finish_form(worker.post(STEPS, {"finish": "yes", "receipt": receipt}))
    time_machine.shift(1)
    early = worker.post(STEPS, waiting)
    assert "Please wait 1 second." in early.content.decode()
    time_machine.shift(1)
    assert Walk(worker, worker.post(STEPS, finish_form(early))).step == "check"


def test_a_wait_shows_no_receipt_to_a_log():
    wait = slowing.Wait.begin(OPENS_NOTHING, 2, {"kept_text": "secret words"})
    assert slowing.Wait.open(wait.seal()) == wait
    for told in (repr(wait), wait.seal()):
        assert "gander" not in told
        assert "secret" not in told


def test_a_wait_for_one_receipt_opens_no_other(worker, time_machine):
    tries_too_often(worker)
    time_machine.move_to(timezone.now(), tick=False)
    waiting = finish_form(worker.post(STEPS, {"finish": "yes", "receipt": OPENS_NOTHING}))
    time_machine.shift(10)
    other = worker.post(STEPS, waiting | {"receipt": "abacus abdomen zookeeper yoyo zebra"})
    assert "Please wait 2 seconds." in other.content.decode()


def test_what_was_saved_on_the_public_page_is_finished_there(worker, reporter):
    walker = Walker(reporter).presses("next", what_happened="He did not pay me.").presses("save")
    receipt = digits_in(walker.page)
    page = worker.post(STEPS, {"finish": "yes", "receipt": receipt})
    assert page.status_code == 400
    soup = BeautifulSoup(page.content.decode(), "html.parser")
    assert "saved on the public page" in soup.main.get_text()
    assert soup.main.find("a", href=reverse("nums_wagtail:receipt"))
    assert ReportDraft.objects.exists(), "it waits for its receipt there"


def test_a_receipt_of_a_report_that_was_sent_leads_to_the_receipt_page(worker):
    receipt = digits_in(to_the_end(Walk(worker)).presses("send").page)
    page = worker.post(STEPS, {"finish": "yes", "receipt": receipt})
    assert "This one was sent." in page.content.decode()
    assert reverse("nums_wagtail:receipt") in page.content.decode()


@pytest.mark.parametrize("kind", [None, *(kind for kind in Organisation.Kind if kind != "project")])
def test_who_works_for_no_project_finds_nothing_there(region, kind):
    client = worker_of(make_organisation(kind=kind, region=region) if kind else None)
    assert client.get(STEPS).status_code == 404
    assert client.post(STEPS, {"go": "next", "step": "incident"}).status_code == 404


def carried_by(page):
    """What the page holds out of sight and sends once more, with the button that was pressed."""
    soup = BeautifulSoup(page.content.decode(), "html.parser")
    found = {one["name"]: one.get("value", "") for one in soup.select("form input[type=hidden]")}
    found |= {one["name"]: one.text.removeprefix("\n") for one in soup.select("form textarea")}
    button = soup.select_one("form button")
    assert soup.find("form", {"action": STEPS})
    return {**found, button["name"]: button.get("value", "")}


def test_who_was_signed_out_meanwhile_gets_everything_back(worker):
    walk = Walk(worker).presses("next", what_happened="He did not pay her.")
    data = walk.data("next", town="By the canal")
    page = Client().post(STEPS, data)
    assert page.status_code == 403
    carried = carried_by(page)
    assert carried["q-town"] == "By the canal"
    assert (carried["state"], carried["step"], carried["go"]) == (data["state"], data["step"], "next")
    assert 'type="file"' not in page.content.decode(), "no file was chosen on this step"
    # Signed in again on another page, the button sends it all once more.
    again = Walk(worker, worker.post(STEPS, carried))
    again.goes_to("consent").presses("next", **{"c-alert": "no"})
    assert "By the canal" in again.reads
    assert "He did not pay her." in again.reads


def test_signed_out_on_the_last_page_the_files_are_asked_for_again(worker):
    data = to_the_end(Walk(worker)).data("send", tell="Wren Harbour")
    page = Client().post(STEPS, {**data, "files": [SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")]})
    soup = BeautifulSoup(page.content.decode(), "html.parser")
    assert [one["name"] for one in soup.select("input[type=file]")] == ["recording", "files"]
    assert "Please choose them again." in soup.get_text()
    again = SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")
    assert len(words_in(worker.post(STEPS, {**carried_by(page), "files": [again]}))) == 5
    assert EvidenceFile.objects.get().report == Report.objects.get()
    assert answers_of(Report.objects.get()).own


@pytest.mark.parametrize("token", [None, "", "x" * 64])
def test_a_missing_or_false_token_takes_nothing_and_loses_nothing(worker, token):
    client = Client(enforce_csrf_checks=True)
    client.cookies = worker.cookies
    walk = Walk(client)
    data = walk.data("next", what_happened="He did not pay.", categories=["threats"])
    page = client.post(STEPS, data if token is None else {**data, "csrfmiddlewaretoken": token})
    assert page.status_code == 403
    carried = carried_by(page)
    assert carried["q-what_happened"] == "He did not pay."
    assert carried["csrfmiddlewaretoken"] != token
    # The button of that page, with the token that it brought, goes on as if nothing had been.
    again = Walk(client, client.post(STEPS, carried))
    assert again.page.status_code == 200
    assert again.step == "place"


def test_a_page_without_its_cookie_takes_nothing_and_loses_nothing(worker):
    client = Client(enforce_csrf_checks=True)
    client.cookies = worker.cookies
    walk = Walk(client)
    token = walk.soup.find("input", {"name": "csrfmiddlewaretoken"})["value"]
    del client.cookies["csrftoken"]
    data = {**walk.data("next", what_happened="He did not pay."), "csrfmiddlewaretoken": token}
    carried = carried_by(client.post(STEPS, data))
    assert carried["q-what_happened"] == "He did not pay."
    assert Walk(client, client.post(STEPS, carried)).step == "place"


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_what_another_site_sent_is_not_put_in_front_of_a_worker(worker, is_signed_in):
    client = Client(enforce_csrf_checks=True)
    if is_signed_in:
        client.cookies = worker.cookies
    data = Walk(worker).data("next", what_happened="Words of a stranger.")
    page = client.post(STEPS, data, headers={"sec-fetch-site": "cross-site"})
    assert page.status_code == 403
    assert "Words of a stranger." not in page.content.decode()


def test_a_failure_gives_everything_back_and_no_value_to_the_log(worker, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise RuntimeError("secret words")

    walk = to_the_end(Walk(worker))
    monkeypatch.setattr("nums_wagtail.reports.steps_page.send", broken)
    page = worker.post(STEPS, walk.data("send"))
    assert page.status_code == 503
    assert "secret words" not in caplog.text
    monkeypatch.undo()
    assert len(words_in(worker.post(STEPS, carried_by(page)))) == 5


#: Asked of the worker, or the same of anybody.
OF_THE_WORKER = {"first_hand", "time", "person_marks"}


def test_no_question_takes_the_worker_for_the_person_it_happened_to():
    asking = asking_for_others()
    says_you = re.compile(r"\byou(rs?)?\b", re.IGNORECASE)
    assert {one.key for one in asking.questions if says_you.search(str(one.words))} == OF_THE_WORKER
    headings = (f"{group.label} {group.help}" for group in asking.groups)
    assert not any("yours" in text or "About you" in text for text in headings)


def test_every_question_in_other_words_is_a_question_of_the_schema():
    assert set(project_words.QUESTIONS) <= {question.key for question in SCHEMA.questions}
    assert set(project_words.GROUPS) <= {group.key for group in SCHEMA.groups}


def test_the_way_there_stands_on_the_projects_page(worker):
    page = worker.get(LIST).content.decode()
    assert STEPS in page
    assert page.index(reverse("nums_wagtail:project_send")) < page.index(STEPS)


def test_a_language_that_is_chosen_stays_on_every_step(worker):
    walk = Walk(worker, worker.get(STEPS, {"hl": "es"}))
    walk.presses("next", what_happened="No le pagó.")
    assert walk.soup.html["lang"] == "es"
