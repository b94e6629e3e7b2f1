"""What every panel and every action of a case must do. Inherit beside ``TestCase``, or in a class of pytest's."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from nums_wagtail.casework.models import Case
from nums_wagtail.casework.registries import CaseAction, CaseLine, CasePanel
from nums_wagtail.foundation.actors import Actor

from .casework_factories import make_case
from .people_factories import make_account, make_staff, make_stock_staff, make_superuser
from .reports_factories import WHAT_HAPPENED


def _without_rights() -> list[Any]:
    """People whom the scheme gave nothing, however much they may do in Wagtail."""
    return [make_account(), make_stock_staff("Editors"), make_superuser()]


class CasePanelContract:
    """Lines about a case, for who may read them, without the reporter's words. Needs a database."""

    #: A group of the scheme whose people read the panel.
    reader_group = "caseworker"

    def make_panel(self) -> CasePanel:
        raise NotImplementedError

    def give_lines(self, case: Case) -> None:
        """Make something that the panel tells of."""
        raise NotImplementedError

    def test_a_case_without_anything_to_tell_has_no_lines(self) -> None:
        assert not list(self.make_panel().lines(make_case(), Actor.person(make_staff(self.reader_group))))

    def test_whoever_works_on_it_reads_lines_in_words(self) -> None:
        lines = self._lines_for(make_staff(self.reader_group))
        assert lines
        assert all(isinstance(line, CaseLine) and str(line.words).strip() for line in lines)
        assert all(line.url.startswith(("/", "http")) for line in lines if line.url)

    def test_no_line_repeats_the_reporters_words(self) -> None:
        for line in self._lines_for(make_staff(self.reader_group)):
            told = f"{line.words} {line.tag} {line.url}"
            assert not [words for words in WHAT_HAPPENED.split(". ") if words in told]

    def test_who_has_no_right_of_the_scheme_reads_none(self) -> None:
        for user in _without_rights():
            assert not self._lines_for(user)

    def test_another_case_has_none_of_them(self) -> None:
        self.give_lines(make_case())
        assert not list(self.make_panel().lines(make_case(), Actor.person(make_staff(self.reader_group))))

    def _lines_for(self, user: Any) -> list[CaseLine]:
        case = make_case()
        self.give_lines(case)
        return list(self.make_panel().lines(case, Actor.person(user)))


class CaseActionContract:
    """A button for who may press it, whose address asks again. Needs a database and the addresses."""

    #: A group of the scheme whose people may press it.
    actor_group = "caseworker"

    def make_action(self) -> CaseAction:
        raise NotImplementedError

    def has_happened(self, case: Case) -> bool:
        """Whether somebody's pressing the button came to anything."""
        raise NotImplementedError

    def make_case(self) -> Case:
        """A case on which the action may be taken."""
        return make_case()

    def test_the_button_is_there_for_who_may_press_it(self) -> None:
        action, case = self.make_action(), self.make_case()
        assert str(action.label).strip()
        assert action.allowed(Actor.person(make_staff(self.actor_group)), case)

    def test_who_has_no_right_of_the_scheme_gets_no_button(self) -> None:
        action, case = self.make_action(), self.make_case()
        assert not [user for user in _without_rights() if action.allowed(Actor.person(user), case)]

    def test_pressing_it_does_something(self) -> None:
        case = self.make_case()
        self._browser(make_staff(self.actor_group)).post(self.make_action().url_for(case))
        assert self.has_happened(case)

    def test_looking_at_its_address_does_nothing(self) -> None:
        case = self.make_case()
        self._browser(make_staff(self.actor_group)).get(self.make_action().url_for(case))
        assert not self.has_happened(case)

    def test_its_address_asks_the_right_again(self) -> None:
        case = self.make_case()
        url = self.make_action().url_for(case)
        outside = (reverse("wagtailadmin_home"), reverse("wagtailadmin_login"))
        for browser in (Client(), *map(self._browser, _without_rights())):
            answer = browser.post(url)
            assert answer.status_code in (302, 403, 404)
            assert answer.status_code != 302 or answer["Location"].startswith(outside)
        assert not self.has_happened(case)

    def _browser(self, user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client
