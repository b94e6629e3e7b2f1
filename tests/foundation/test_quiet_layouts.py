"""The four layouts and their elements: nothing foreign, nothing inline, words beside every shape and error."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django import forms
from django.template import engines
from django.template.loader import render_to_string

import nums_wagtail
from nums_wagtail.foundation.colours import DARK_PAPER, accent_on_dark
from nums_wagtail.foundation.mail_styles import inline
from nums_wagtail.foundation.models import Branding, contrast_with_white
from nums_wagtail.foundation.site_layout import site_context

pytestmark = pytest.mark.urls("tests.foundation.quiet_urls")

ROOT = Path(nums_wagtail.__file__).parent
SHARED = [*ROOT.glob("templates/nums_wagtail/layouts/*.html"), *ROOT.glob("templates/nums_wagtail/elements/*.html")]
STATIC = [path for path in ROOT.glob("static/nums_wagtail/**/*") if path.is_file()]
BRANDING = Branding(scheme_name="Lantern Network", contact_line="020 7946 0018")
CARD = {
    "severity": "dangerous",
    "severity_label": "Dangerous",
    "kind_label": "Robbery",
    "icon": "money",
    "regions": ["Leeds", "Bradford"],
    "week": "week of 3 March",
    "line": "Asks to meet at a car park, then takes the money back.",
    "facts": [("Car", "Small and silver")],
    "identifiers": [("Phone", "07700 900•••")],
    "certainty": "Two people told us the same.",
    "advice": "Do not get into the car.",
    "reference": "K4TQ",
    "withdrawn": False,
    "url": "/a/K4TQ/",
}


class Answers(forms.Form):
    when = forms.ChoiceField(
        label="When was it?",
        choices=[("now", "Tonight"), ("week", "This week")],
        widget=forms.RadioSelect,
        help_text="Roughly is fine.",
    )
    what = forms.CharField(label="What happened?", widget=forms.Textarea, help_text="In your own words.")
    warn = forms.BooleanField(label="Warn others", required=False)
    day = forms.DateField(label="Day", widget=forms.SelectDateWidget(years=[2030]), initial=date(2030, 1, 2))
    state = forms.CharField(widget=forms.HiddenInput, initial="sealed")


def render(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render({"branding": BRANDING, **context})


def card(face: str, **changes: object) -> str:
    return render_to_string("nums_wagtail/elements/alert_card.html", {"card": {**CARD, **changes}, "face": face})


def quiet_page() -> str:
    return render('{% extends "nums_wagtail/layouts/quiet.html" %}{% block main %}<h1>Words</h1>{% endblock %}')


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


@pytest.mark.parametrize("path", [*SHARED, *STATIC], ids=lambda path: path.name)
@pytest.mark.promise("P022")
def test_no_shared_file_names_a_foreign_address_or_carries_inline_code(path):
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|//[a-z]|@import|url\((?!\"nums:)", re.sub(r"^\s*//.*$", "", text, flags=re.M))
    if path.suffix == ".html":
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", text)


def test_the_way_out_is_the_first_thing_the_tab_key_finds():
    reachable = [attrs for tag, attrs in Tags(quiet_page()).seen if tag in {"a", "button", "input"}]
    assert reachable[0]["class"] == "nums-leave"
    assert "data-nums-leave" in reachable[0]
    assert reachable[0]["href"] == "/n/leave/"


def test_a_quiet_page_says_its_language_and_asks_not_to_be_listed():
    seen = Tags(quiet_page()).seen
    assert ("html", {"lang": "en-gb", "dir": "ltr", "class": "nums-root"}) in seen
    assert ("meta", {"name": "robots", "content": "noindex, noarchive"}) in seen


@pytest.mark.parametrize("block", ["title", "head_extra", "header", "banner", "main", "footer"])
def test_a_host_can_override_each_block_of_the_quiet_layout(block):
    page = render(f'{{% extends "nums_wagtail/layouts/quiet.html" %}}{{% block {block} %}}MINE{{% endblock %}}')
    assert page.count("MINE") == 1


def test_the_site_layout_stands_inside_the_hosts_own_template(settings, tmp_path):
    (tmp_path / "own.html").write_text(
        "<nav>host</nav>{% block title %}{% endblock %}{% block content %}{% endblock %}"
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "HOST_BASE_TEMPLATE": "own.html"}
    source = '{% extends "nums_wagtail/layouts/site.html" %}{% block content %}MINE{% endblock %}'
    assert render(source, **site_context()) == "<nav>host</nav>MINE"


def field(name: str, data: dict | None = None) -> str:
    return render_to_string("nums_wagtail/elements/field.html", {"field": Answers(data)[name]})


def test_a_field_reads_label_then_hint_then_error_then_box():
    shown = field("what", {})
    order = [shown.index(part) for part in ("<label", "In your own words", "Error:", "<textarea")]
    assert order == sorted(order)
    assert 'aria-describedby="id_what_helptext id_what_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert "placeholder" not in shown


def test_a_choice_is_a_group_with_its_question_as_legend_and_a_row_an_answer():
    shown = field("when", {})
    assert (
        '<fieldset class="nums-field nums-field--error" aria-describedby="id_when_helptext id_when_error">' in shown
    )
    assert '<legend class="nums-field__label">When was it?</legend>' in shown
    assert shown.count('class="nums-choice"') == 2
    assert 'for="id_when_0">Tonight</label>' in shown


def test_a_tick_box_a_group_and_a_hidden_field_have_their_own_shapes():
    assert '<label class="nums-choice__label" for="id_warn">Warn others</label>' in field("warn")
    assert field("day").count("<select") == 3
    assert "<fieldset" in field("day")
    assert field("state").strip().startswith('<input type="hidden"')


def test_the_error_summary_leads_to_each_field_and_is_absent_without_errors():
    shown = render_to_string("nums_wagtail/elements/error_summary.html", {"form": Answers({})})
    assert 'href="#id_when_0"' in shown
    assert 'href="#id_what"' in shown
    assert render_to_string("nums_wagtail/elements/error_summary.html", {"form": Answers()}).strip() == ""


@pytest.mark.parametrize("face", ["page", "list", "mail", "print"])
def test_every_face_of_an_alert_says_its_severity_in_a_word(face):
    shown = card(face)
    assert "Dangerous" in shown
    assert CARD["line"] in shown
    assert ("<svg" in shown) == (face in {"page", "list"})


def test_in_a_list_an_alert_shows_nothing_but_its_head_and_line():
    shown = card("list")
    assert 'href="/a/K4TQ/"' in shown
    for part in ("07700", "Small and silver", "Do not get", "K4TQ</p>"):
        assert part not in shown


@pytest.mark.parametrize("face", ["page", "list", "mail", "print"])
def test_a_withdrawn_alert_keeps_no_facts_numbers_or_advice(face):
    shown = card(face, withdrawn=True, withdrawn_on="4 March")
    assert "Withdrawn" in shown
    assert "4 March" in shown
    assert f"<s>{CARD['line']}</s>" in shown
    for part in ("07700", "Small and silver", "Do not get", "Dangerous", "Two people"):
        assert part not in shown


def test_a_mail_carries_its_styles_and_begins_with_neutral_words_and_spacing():
    button = '<a class="nums-button" href="#">Go</a>'
    source = f'{{% extends "nums_wagtail/layouts/mail.html" %}}{{% block body %}}{button}{{% endblock %}}'
    mail = inline(render(source), accent="#7a1f5c")
    assert "background-color: #7a1f5c" in mail
    assert "@media (prefers-color-scheme: dark)" in mail
    assert "#0b5c63" not in mail
    body = re.sub(r"<[^>]+>", "", mail[mail.index("<body") :]).strip()
    assert body.startswith("The update you asked for.")
    assert "Go" not in body[:200]


def test_a_mail_with_a_foreign_stylesheet_is_styled_without_asking_for_it():
    asked = ("https://cdn.example.org/x.css", "file:///etc/hosts", "/etc/hosts")
    mail = inline("".join(f'<link rel="stylesheet" href="{address}">' for address in asked) + "<p>words</p>")
    assert "<link" not in mail


@pytest.mark.parametrize("accent", ["#0b5c63", "#000000", "#7a1f5c", "#0000ff", "#606060"])
def test_every_accent_is_readable_on_dark_paper(accent):
    assert contrast_with_white(DARK_PAPER) / contrast_with_white(accent_on_dark(accent)) >= 7


def test_the_stylesheet_stays_small_enough_for_a_poor_line():
    assert (ROOT / "static/nums_wagtail/quiet.css").stat().st_size <= 14_000
