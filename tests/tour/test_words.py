"""Every text of ours can be translated: seen in a made-up language, no page, mail or paper shows English of ours.

The made-up language translates every text that translators are given, with accents and in brackets. What is left
in plain letters is a name, somebody's own words, or was never given to a translator.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import nums_wagtail

from . import msgids
from .names import allowed
from .reading import pieces, untranslated

PACKAGE = Path(nums_wagtail.__file__).parent
TEXTS = msgids.every_text(PACKAGE)

#: Seen by nobody yet: the pages that include them are still to come.
NOT_WALKED = {
    "nums_wagtail/reports/honeypot.html",
    "nums_wagtail/reports/services.html",
    "nums_wagtail/reports/under_18.html",
}


@pytest.mark.slow
@pytest.mark.django_db
def test_nothing_of_ours_is_left_untranslated(walk):
    names = allowed(walk.names)
    assert len(walk.seen) > 150
    left = {
        f"{seen.where}: {words} (in {piece[:80]!r})"
        for seen in walk.seen
        for piece in pieces(seen.text)
        if (words := untranslated(piece, names))
    }
    assert not left, "\n".join(sorted(left))


@pytest.mark.slow
@pytest.mark.django_db
def test_no_gap_is_left_open_in_a_translation(walk):
    gap = re.compile(r"%\(\w+\)[sd]|\{\w*\}|\{\{|\{%|%%")
    left = {f"{seen.where}: {piece[:80]}" for seen in walk.seen for piece in pieces(seen.text) if gap.search(piece)}
    assert not left, "\n".join(sorted(left))


@pytest.mark.slow
@pytest.mark.django_db
def test_the_walk_passes_every_template(walk):
    folder = PACKAGE / "templates"
    there = {str(file.relative_to(folder)) for file in folder.rglob("*.*")}
    assert there - walk.templates_of_ours() <= NOT_WALKED


def test_every_gap_of_a_text_has_a_name():
    assert len(TEXTS) > 600
    unnamed = re.compile(r"%[sdrfi]|\{\d*\}")
    assert [text for text in TEXTS if unnamed.search((text.said + text.plural).replace("%%", ""))] == []


def test_a_plural_has_the_gaps_of_its_singular():
    gaps = re.compile(r"%\((\w+)\)|\{(\w+)\}")
    plurals = [text for text in TEXTS if text.plural]
    assert len(plurals) > 10
    assert [text for text in plurals if not set(gaps.findall(text.said)) <= set(gaps.findall(text.plural))] == []


# The instruments.


def test_texts_are_found_in_code_and_templates():
    code = '_("a"); ngettext("%(n)d b", "%(n)d bs", n); pgettext("month", "May"); gettext_lazy("c" "d"); _(name)'
    assert [(text.context, text.said, text.plural) for text in msgids.of_python("x.py", code)] == [
        ("", "a", ""),
        ("", "%(n)d b", "%(n)d bs"),
        ("month", "May", ""),
        ("", "cd", ""),
    ]
    source = (
        '{% load i18n %}{% if x %}{% translate "a" %}{% endif %}{% include "x.html" with label=_("b") %}'
        "{% blocktranslate count n=n trimmed %}\n one {{ w }}\n{% plural %}\n {{ n }} of {{ w }}{% endblocktranslate %}"
    )
    assert {(text.said, text.plural) for text in msgids.of_template("x.html", source)} == {
        ("a", ""),
        ("b", ""),
        ("one %(w)s", "%(n)s of %(w)s"),
    }


def test_the_made_up_language_keeps_gaps_and_marks():
    assert msgids.pseudo("Hello %(name)s, <b>go</b> {page}&nbsp;x") == "⟦Ħéļļø %(name)s, <b>ĝø</b> {page}&nbsp;ẋ⟧"


def test_a_catalogue_is_read_by_gettext_and_a_plain_text_is_seen(tmp_path):
    import gettext

    msgids.write_catalogue(
        [msgids.Text("Yes"), msgids.Text("a", "as"), msgids.Text("May", "", "month")], tmp_path / "x"
    )
    with (tmp_path / "x" / "django.mo").open("rb") as stream:
        read = gettext.GNUTranslations(stream)
    assert read.gettext("Yes") == "⟦Ýéš⟧"
    assert read.ngettext("a", "as", 2) == "⟦àš⟧"
    assert read.pgettext("month", "May") == "⟦Ṁàý⟧"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<p>⟦Ýéš⟧ 12</p>", []),
        ("<p>⟦Ýéš⟧ no</p>", ["no"]),
        ('<a title="Go on">⟦ĝø⟧</a>', ["Go on"]),
        ('<input type="submit" value="Send">', ["Send"]),
        ("<script>var a</script><p>⟦à ⟦ƀ⟧ ç⟧ London</p>", []),
        ("Plain\n⟦à⟧", ["Plain"]),
        ('<ol><li translate="no">tassel</li><li>words</li></ol>', ["words"]),
    ],
)
def test_the_reader_sees_what_nobody_translated(text, left):
    names = allowed({"London"})
    assert [words for piece in pieces(text) if (words := untranslated(piece, names))] == left
