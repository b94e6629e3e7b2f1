"""Plays the invented story through the same verbs that people use, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any
from unittest.mock import patch

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Site

from nums_wagtail.alerts.clearance import clear_alert
from nums_wagtail.alerts.drafting import draft_alert
from nums_wagtail.alerts.models import Alert
from nums_wagtail.bulletins.compiling import compile_bulletin
from nums_wagtail.bulletins.deliver import OUTBOX_KEY as BULLETINS
from nums_wagtail.bulletins.models import Bulletin
from nums_wagtail.casework import access as case_access
from nums_wagtail.casework import cases, safeguarding
from nums_wagtail.casework.models import Case, Safeguarding
from nums_wagtail.foundation import policy
from nums_wagtail.foundation.actors import SETUP, WORKER, Actor
from nums_wagtail.foundation.models import Branding
from nums_wagtail.mailing.outbox import deliver_all
from nums_wagtail.members.joining import apply_to_join, approve_member
from nums_wagtail.members.models import Member, Organisation
from nums_wagtail.regions.models import Region, Service, StaffRegion
from nums_wagtail.reports import consent
from nums_wagtail.reports.intake import Submission, accept_report
from nums_wagtail.reports.tagging import tag_missing
from nums_wagtail.vault.holders import TeamHolder

from . import places, story

BANNER = "Everything here is invented"
DAYS = 30

#: What the caseworker writes above the facts, by category; the first that fits is taken.
LINES = {
    "strangulation": "Grips the throat without warning. Do not be alone with this man.",
    "imprisonment": "Locks the car doors and drives on past the agreed place.",
    "physical_assault": "Blocks the door and pushes when the time is over.",
    "robbery": "Shows a knife and takes phones and money.",
    "condom_removal": "Takes the condom off and becomes angry when told to stop.",
    "blackmail": "Threatens to tell families and asks for money.",
    "stalking": "Rings many times and waits near workplaces.",
    "sexual_assault": "Goes on after a no.",
    "non_payment": "Leaves without paying.",
    "counterfeit": "Pays with false notes.",
    "refund_fraud": "Sends false receipts for deposits.",
    "fake_police": "Says he is a police officer and asks for free services.",
    "fake_advert": "Puts other people's pictures on adverts of his own.",
    "image_abuse": "Films without asking.",
    "theft": "Takes the money back unseen.",
    "aggressive": "Shouts and throws things when the time is over.",
}


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let what happens inside have happened then, so that the story has its thirty days."""
    with patch("django.utils.timezone.now", return_value=moment):
        yield


def days_ago(days: int, hour: int = 12) -> datetime:
    """``hour`` o'clock that many days before today, never in the future."""
    today = timezone.localdate()
    moment = timezone.make_aware(datetime.combine(today - timedelta(days=days), time(hour, 20)))
    return min(moment, timezone.now())


def is_built() -> bool:
    return get_user_model().objects.filter(username=story.STAFF[0].username).exists()


def build() -> None:
    """Everything, in the order in which it would have happened. Call it once, on a site that is set up."""
    people = _staff()
    _branding()
    _safeguarding(people)
    _services()
    regions = {region.code: region for region in Region.objects.filter(code__in=story.REGIONS)}
    with at(days_ago(DAYS)):
        _members(regions)
    _reports(regions)
    cases.open_missing_cases(by=WORKER)
    safeguarding.open_missing_tasks(by=WORKER)
    tag_missing()
    _casework(people)
    _alerts(people)


def _staff() -> dict[str, Actor]:
    users = get_user_model()
    groups = {key: Group.objects.get(name=name) for key, (name, _rights) in policy.GROUPS.items()}
    people = {}
    for one in story.STAFF:
        address = f"{one.username}@example.org"
        user = users.objects.create_user(one.username, address, password=story.PASSWORD, first_name=one.name)
        user.groups.add(*(groups[key] for key in one.groups))
        for region in Region.objects.filter(code__in=one.regions):
            StaffRegion.objects.create(user=user, region=region)
        people[one.username] = Actor.person(user)
    users.objects.create_superuser("admin", password=story.PASSWORD, first_name="Admin")
    return people


def _branding() -> None:
    for site in Site.objects.all():
        branding = Branding.for_site(site)
        branding.scheme_name = story.SCHEME
        branding.banner = BANNER
        branding.contact_line = "020 7946 0123, weekdays 9 to 5"
        branding.save()


def _safeguarding(people: dict[str, Actor]) -> None:
    for site in Site.objects.all():
        Safeguarding.objects.create(site=site, lead=people["robin"].user, deputy=people["sky"].user)


def _services() -> None:
    for place in places.PLACES:
        service = Service.objects.create(
            name=place.name,
            kinds=[kind.value for kind in place.kinds],
            day_and_night=not place.hours,
            hours=place.hours,
            phone=place.phone,
            text_line=place.text_line,
            web=place.web,
            languages=place.languages,
            notes=place.notes,
            checked_on=timezone.localdate() - timedelta(days=place.days_ago),
        )
        service.regions.set(Region.objects.filter(code__in=place.regions))


def _members(regions: dict[str, Region]) -> None:
    homes = list(regions.values())
    organisations = [
        Organisation.objects.create(name=name, kind=kind, region=regions[code])
        for name, kind, code in (*story.PROJECTS, story.VENUE)
    ]
    for number, name in enumerate(story.WORKING_NAMES):
        organisation = organisations[number] if number < len(organisations) else None
        member = apply_to_join(
            email=f"{name.lower()}@example.org",
            working_name=name,
            kind=Member.Kind(organisation.kind) if organisation else Member.Kind.INDIVIDUAL,
            organisation=organisation,
            home_region=organisation.region if organisation else homes[number % len(homes)],
            by=SETUP,
        )
        if member is None or number >= len(story.WORKING_NAMES) - 2:
            continue
        approve_member(member, by=SETUP)
        member.rhythm = Member.Rhythm.ALL if number % 3 else Member.Rhythm.DANGEROUS
        member.format = Member.Format.PDF if organisation else Member.Format.SHORT
        member.save(update_fields=["rhythm", "format"])


def _reports(regions: dict[str, Region]) -> None:
    for number, told in enumerate(story.reports()):
        moment = days_ago(told.days_ago, hour=6 + number % 15)
        answers: dict[str, Any] = {
            "what_happened": told.words,
            "categories": list(told.event.categories),
            "when": "last_night",
            "region": told.region,
            **told.answers,
        }
        if told.urgent:
            answers["urgent"] = "yes"
        with at(moment):
            accept_report(
                Submission(
                    answers=answers,
                    region=regions[told.region],
                    consents=consent.by_button(warn=told.warn),
                    received_at=moment,
                    language="en",
                )
            )


def _told_by_case() -> list[tuple[Case, story.Told]]:
    """Cases in the order of their reports, each with what was told."""
    numbered = Case.objects.filter(received_on__gte=timezone.localdate() - timedelta(days=DAYS)).order_by("pk")
    return list(zip(numbered, story.reports(), strict=True))


def _casework(people: dict[str, Actor]) -> None:
    """What is older than two days has been opened and graded by one of the two caseworkers."""
    for number, (case, told) in enumerate(_told_by_case()):
        if told.days_ago <= 2:
            continue
        by = people["robin"] if number % 2 else people["sky"]
        with at(days_ago(max(told.days_ago - 1, 0))):
            cases.take_case(case, by=by)
            case_access.open_case(TeamHolder(), case.uuid, by=by)
            cases.grade_case(case, told.event.severity, by=by)
            if told.police != "not_asked":
                cases.set_police(case, told.police, by=by)
            if told.event.severity == "nuisance":
                cases.close_case(case, by=by, outcome="nothing")


def _alerts(people: dict[str, Actor]) -> None:
    """Eight warnings have gone out, one waits for release, one is a draft."""
    writers = [people["robin"], people["sky"]]
    chosen = [
        (case, told)
        for case, told in _told_by_case()
        if told.warn and told.days_ago > 2 and told.event.severity in ("dangerous", "risky")
    ]
    wanted = [pair for pair in chosen if "412" in str(pair[1].answers.get("phone", ""))] + chosen[3::5]
    for number, (case, told) in enumerate(wanted[:10]):
        by = writers[number % 2]
        with at(days_ago(max(told.days_ago - 1, 0))):
            alert = _written(case, told, by=by)
            if number == 9:
                continue
            clear_alert(alert, by=by, holder=TeamHolder())
            alert.get_workflow().start(alert, by.user)
            if number == 8:
                continue
            waiting = alert.current_workflow_task_state
            waiting.task.specific.on_action(waiting, people["ash"].user, "approve", weighed=True)
        with at(days_ago(max(told.days_ago - 1, 0)) + timedelta(minutes=6)):
            _bulletins()


def _bulletins() -> None:
    """What was released goes out, as the worker would have sent it."""
    for bulletin in Bulletin.objects.filter(state=Bulletin.State.COMPOSED):
        compile_bulletin(bulletin, by=WORKER)
    deliver_all(seconds=60, keys={BULLETINS})


def _written(case: Case, told: story.Told, *, by: Actor) -> Alert:
    alert = draft_alert(case, by=by).get_latest_revision_as_object()
    alert.line = next((words for key, words in LINES.items() if key in told.event.categories), "Be careful.")
    alert.severity = told.event.severity
    alert.advice = ["refuse", "tell_us"] if told.event.severity == "dangerous" else ["check_number", "tell_us"]
    alert.save_revision(user=by.user)
    return Alert.objects.get(pk=alert.pk)
