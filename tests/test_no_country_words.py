"""No country's word stands outside its pack: what people are shown is true wherever a scheme is.

Looked at are the templates and scripts, and every string of Python that is not a docstring: comments and
docstrings are read by nobody but developers. The demonstration tells a story that happens in one country.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from nums_wagtail.regions.packs import packs

PACKAGE = Path(__file__).resolve().parents[1] / "nums_wagtail"
ELSEWHERE = ("regions/packs/", "management/demo/", "migrations/", "locale/")
SHOWN = {".html", ".txt", ".js"}

#: What a pack does not list by itself: names of the country, of its bodies, its money, its numbers and its plates.
WORDS = r"""
    U\.?K\.? | United\ Kingdom | Great\ Britain | Brit(?:ain|ish) | English\ (?:law|police) | Scottish | Welsh | Cymru
  | Ireland | Irish | [Gg]arda[ií]? | Éire
  | NHS | HSE | Ofcom | ComReg | DVLA | ICO | CPS | Crown\ Court | Met\ Office | Met\ Éireann | Relay\ UK
  | Home\ Office | Office\ for\ National\ Statistics | Companies\ House | Charity\ Commission
  | [Pp]olice\ force\ areas? | [Cc]onstabular(?:y|ies) | Equality\ Act | Data\ Protection\ Act | Sexual\ Offences\ Act
  | UKNSWP | NUM | [Uu]gly\ [Mm]ugs? | [Bb]ad\ [Dd]ates? | SARCs? | ISVAs? | SATUs?
  | [Bb]ank\ holidays? | Eircodes? | Postcode\ Lottery
  | GBP | [Pp]ounds? | 18000 | 999 | 112 | 101
"""
FORMS = r"£ | \+44 | \+353 | (?<!\d)0?7700\s?900 | (?<!\d)020\s?7946 | en-gb | Europe/(?:London|Dublin)"


def _names() -> str:
    """Every name that a pack gives to a place or a force."""
    found = {one.name for _code, pack in packs.items() for one in (*pack.regions, *pack.forces)}
    return "|".join(re.escape(name) for name in sorted(found, key=len, reverse=True))


COUNTRY = re.compile(
    rf"(?<![\w#.])(?:{WORDS})(?![\w%])|(?<!\w)(?:{_names()})(?!\w)|(?:{FORMS})".replace("\\ ", r"\s+"), re.VERBOSE
)

#: Where such a word is right, with the reason.
ALLOWED = {
    # Nobody's number, from a range kept for drama; the kit for tests shows it to no reader.
    ("test/reports_factories.py", "07700 900"),
}


def _strings(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of every string literal that is no docstring, parts of f-strings among them."""
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    bodies = [node.body for node in nodes if isinstance(getattr(node, "body", None), list) and node.body]
    # A string that stands alone is a docstring, of a module, class, function or attribute.
    alone = {id(line.value) for body in bodies for line in body if isinstance(line, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.lineno, node.value


def _template(source: str) -> Iterator[tuple[int, str]]:
    """The whole text without its comments, each of which leaves its line ends, as a name may go over two lines."""
    comment = re.compile(r"\{% comment.*?endcomment %\}|\{#.*?#\}", re.DOTALL)
    yield 1, comment.sub(lambda match: "\n" * match.group().count("\n"), source)


def country_words(file: str, source: str) -> list[str]:
    """``file:line word`` for every word of one country in a file's text."""
    read = _strings if file.endswith(".py") else _template
    found = [
        (start + text[: match.start()].count("\n"), " ".join(match.group().split()))
        for start, text in read(source)
        for match in COUNTRY.finditer(text)
    ]
    return [f"{file}:{line} {word}" for line, word in found if (file, word) not in ALLOWED]


def _files() -> dict[str, Path]:
    named = {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*")}
    return {
        name: path
        for name, path in named.items()
        if path.suffix in SHOWN | {".py"}
        and "words.txt" not in name
        and not any(part in name for part in ELSEWHERE)
    }


@pytest.mark.slow
@pytest.mark.promise("P042")
def test_no_word_of_one_country_stands_outside_its_pack():
    files = _files()
    assert len(files) > 100
    found = [where for name, path in sorted(files.items()) for where in country_words(name, path.read_text())]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "words",
    [
        "In danger? Call 999.",
        "For everybody in the UK",
        "Reports from England and Wales",
        "Ask Merseyside Police",
        "Ring the Gardaí",
        "Scheme in Leinster outside Dublin",
        "It costs £20",
        "Text +44 20 7946 0000",
        "An ugly mug near you",
        "Choose your police force area",
        "A nurse at a SARC",
    ],
)
def test_a_word_of_one_country_is_found_in_a_string_and_in_a_template(words):
    assert country_words("reports/here.py", f"LABEL = _({words!r})")
    assert country_words("reports/here.py", f"def label(name):\n    return f'{{name}}: {words}'")
    assert country_words("templates/here.html", f"<h1>Hello</h1>\n<p>{words}</p>")[0].startswith(
        "templates/here.html:2 "
    )


@pytest.mark.parametrize(
    "words", ["Call the emergency number.", "A postcode", "Police force", "Error 9991", "Numbers"]
)
def test_a_word_of_every_country_is_left_alone(words):
    assert not country_words("reports/here.py", f"LABEL = _({words!r})")
    assert not country_words("templates/here.html", f"<p>{words}</p>")


def test_a_name_over_two_lines_is_found_on_the_first():
    assert country_words("templates/here.html", "{#\n#}\n<p>the United\n  Kingdom") == [
        "templates/here.html:3 United Kingdom"
    ]


def test_docstrings_and_comments_are_for_developers():
    source = '"""Found in the UK."""\n# 999\ndef ring():\n    """Rings 999."""\n    return 1\n'
    assert not country_words("reports/here.py", source)
    assert not country_words("templates/here.html", "{# 999 #}{% comment %}999{% endcomment %}")
