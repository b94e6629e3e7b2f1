"""What the road needs: a site that is set up, a mail server, and a worker that works off the real queue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import phonenumbers
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils.module_loading import import_string
from django_q.models import OrmQ
from django_q.signing import SignedPackage
from wagtail.models import Locale, Page, Site

from nums_wagtail.regions.models import Region
from nums_wagtail.regions.packs import CountryPack, packs
from nums_wagtail.regions.tree import main_regions, national_region
from tests.mailing.smtp_server import Postbox, running_server


@pytest.fixture
def postbox(settings) -> Iterator[Postbox]:
    with running_server() as postbox:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = postbox.port
        settings.EMAIL_TIMEOUT = 5
        yield postbox


@dataclass(frozen=True)
class Country:
    """What the road needs to know of a country: two regions apart, the whole of it, and somebody's number."""

    pack: CountryPack
    home: Region
    elsewhere: Region
    whole: Region
    phone: str


def _quick(code: str) -> tuple[pytest.MarkDecorator, ...]:
    return () if code == "gb" else (pytest.mark.slow,)


@pytest.fixture(params=[pytest.param(code, marks=_quick(code)) for code, _pack in packs.items()])
def pack(request, settings) -> CountryPack:
    """The road is walked in each country that we ship."""
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "COUNTRY": request.param}
    return packs[request.param]


@pytest.fixture
def country(pack, scheme) -> Country:
    regions = list(main_regions())
    home, whole = regions[0], national_region()
    assert whole is not None
    beside = {home.pk, *home.neighbours.values_list("pk", flat=True)}
    elsewhere = next(region for region in regions if region.pk not in beside)
    return Country(pack, home, elsewhere, whole, _nobodys_number(pack.phone_region))


def _nobodys_number(phone_region: str) -> str:
    # Where a country keeps numbers for drama, one of those; elsewhere the example of the library, made when it runs.
    if phone_region == "GB":
        return "07700 900412"
    number = phonenumbers.example_number_for_type(phone_region, phonenumbers.PhoneNumberType.MOBILE)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


@pytest.fixture
def scheme(pack, transactional_db, settings) -> None:
    """A site on which ``nums_setup`` has run, also after a test that emptied every table."""
    # What an earlier walk asked for counts against the limits of this one.
    cache.clear()
    if not Site.objects.exists():
        Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
        root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
        home = root.add_child(title="Home", slug="home")
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    call_command("nums_setup", no_input=True, verbosity=0)


@pytest.fixture
def worker(transactional_db) -> Callable[[], list[str]]:
    """Runs what stands in the queue, as a worker would, until it is empty; returns what it ran."""

    def work() -> list[str]:
        done: list[str] = []
        while (row := OrmQ.objects.order_by("pk").first()) is not None:
            task = SignedPackage.loads(row.payload)
            row.delete()
            function = task["func"]
            function = import_string(function) if isinstance(function, str) else function
            function(*task["args"])
            done.append(str(task["args"][0] if task["args"] else function))
            assert len(done) < 500, "the queue never empties"
        return done

    return work
