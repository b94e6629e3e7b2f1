"""The house rules: each tried on what it must find and on what it must leave alone, and then on the whole house."""

from pathlib import Path

import pytest

from . import rules

PACKAGE = Path(__file__).resolve().parents[2] / "nums_wagtail"
CODE = {str(file.relative_to(PACKAGE)): file.read_text() for file in sorted(PACKAGE.rglob("*.py"))}
TEMPLATES = {
    str(file.relative_to(PACKAGE)): file.read_text() for file in sorted((PACKAGE / "templates").rglob("*.html"))
}

#: Rule → (name of the file, its text) that must be found.
BAD = {
    rules.published_behind_the_gate: [
        ("alerts/x.py", "Alert.objects.filter(pk=1).update(live=True)"),
        ("alerts/x.py", "Alert.objects.update(title='x', live=False)"),
        ("alerts/x.py", "Alert.objects.bulk_update(rows, ['live'])"),
        ("management/demo/x.py", "Alert.objects.update_or_create(pk=1, live=True)"),
    ],
    rules.sealed_rows_past_their_door: [
        ("alerts/drafting.py", "Report.objects.all()"),
        ("members/views.py", "models.Case._default_manager.get(pk=1)"),
        ("casework/views.py", "Case.objects.get(uuid=uuid)"),
        ("casework/access.py", "Report._base_manager.first()"),
        ("reports/receipt_view.py", "ConsentEvent.objects.create()"),
    ],
    rules.requests_in_verbs: [
        ("x.py", "def take_case(case, request, *, by: Actor): ..."),
        ("x.py", "def take_case(case, *, by: Actor): ...\ndef _say(request: HttpRequest): ..."),
    ],
    rules.printing: [("x.py", "def show():\n    print('07700 900123')"), ("x.py", "pprint(answers)")],
    rules.ignored_without_a_reason: [
        ("x.py", "a = 1  # type: ignore"),
        ("x.py", "a = 1  # type: ignore[misc]"),
        ("x.py", "# mypy: ignore-errors\na = 1"),
    ],
    rules.names_that_say_nothing: [("reports/utils.py", ""), ("alerts/helpers/masks.py", ""), ("common.py", "")],
    rules.words_that_cannot_be_translated: [
        ("x.py", "_(f'Hello {name}')"),
        ("x.py", "_('Hello %s') % name"),
        ("x.py", "_('Hello {}').format(name)"),
        ("x.py", "_('Hello {0}').format(name)"),
        ("x.py", "gettext('a' + name)"),
        ("x.py", "ngettext('%d mail', '%(n)d mails', n)"),
    ],
    rules.project_in_a_migration: [
        ("0002.py", "from nums_wagtail.alerts.models import Alert"),
        ("0002.py", "from ..models import Alert"),
        (
            "0002.py",
            "import nums_wagtail.alerts.models\ndef fill(apps, editor):\n    nums_wagtail.alerts.models.x()",
        ),
    ],
    rules.foreign_addresses: [
        ("x.html", '<img src="https://pixel.example.org/1.gif">'),
        ("x.html", "<link href='//fonts.example.org/a.css'>"),
        ("x.html", '<form action="http://example.org/">'),
        ("x.html", "<p>@import 'x.css'</p>"),
    ],
    rules.inline_code: [
        ("x.html", "<script>a()</script>"),
        ("x.html", '<script type="module">a()</script>'),
        ("x.html", '<a onclick="a()">'),
        ("x.html", '<a href="javascript:a()">'),
        ("x.html", '<p style="color: red">'),
        ("x.html", "<style>p {}</style>"),
    ],
}
#: Rule → what is right, and near to what is not.
GOOD = {
    rules.published_behind_the_gate: [
        ("alerts/x.py", "alert.live = False\nalert.save()"),
        ("alerts/x.py", "Alert.objects.filter(live=True).update(locked=False)"),
        ("alerts/x.py", "context.update(title='live')"),
    ],
    rules.sealed_rows_past_their_door: [
        ("reports/access.py", "Report.objects.all()"),
        ("alerts/drafting.py", "Alert.objects.all()\nopen_case(holder, uuid, by=by)"),
        ("test/reports_factories.py", "Report.objects.get(pk=1)"),
    ],
    rules.requests_in_verbs: [
        ("x.py", "def take_case(case, *, by: Actor): ..."),
        ("x.py", "def view(request): take_case(case, by=Actor.person(request.user))"),
    ],
    rules.printing: [("x.py", "self.stdout.write('Done.')"), ("x.py", "printing.pdf(html)")],
    rules.ignored_without_a_reason: [("x.py", "a = 1  # type: ignore[misc]  # Wagtail's view stands behind it")],
    rules.names_that_say_nothing: [("reports/utilities_paid.py", ""), ("regions/commonwealth.py", "")],
    rules.words_that_cannot_be_translated: [
        ("x.py", "_('Hello %(name)s') % {'name': name}"),
        ("x.py", "_('100%% sure')"),
        ("x.py", "format_html(_('Page {page}'), page=page)"),
        ("x.py", "ngettext('%(n)d mail', '%(n)d mails', n)"),
        ("x.py", "render(f'{name}')"),
    ],
    rules.project_in_a_migration: [
        ("0002.py", "def fill(apps, editor):\n    apps.get_model('nums_wagtail', 'Alert')"),
        (
            "0001.py",
            "import nums_wagtail.a.models\nclass Migration:\n    default = nums_wagtail.a.models.new_reference",
        ),
    ],
    rules.foreign_addresses: [
        ("x.html", '<img src="{% static "nums_wagtail/a.svg" %}"> <a href="/a//b/">https://example.org</a>'),
    ],
    rules.inline_code: [
        ("x.html", '<script src="{% static "a.js" %}" defer></script><p data-nums-on="x" class="style">one = 1</p>')
    ],
}
EVERY = (*rules.RULES_OF_CODE, *rules.RULES_OF_TEMPLATES, rules.project_in_a_migration)


def examples(of: dict) -> list:
    return [
        pytest.param(rule, *example, id=f"{rule.__name__}-{number}")
        for rule, some in of.items()
        for number, example in enumerate(some)
    ]


@pytest.mark.parametrize(("rule", "name", "text"), examples(BAD))
def test_a_rule_finds_what_is_wrong(rule, name, text):
    assert list(rule(name, text))


@pytest.mark.parametrize(("rule", "name", "text"), examples(GOOD))
def test_a_rule_leaves_alone_what_is_right(rule, name, text):
    assert list(rule(name, text)) == []


def test_every_rule_has_examples_of_both_kinds():
    assert set(EVERY) == set(BAD) == set(GOOD)


@pytest.mark.parametrize("rule", rules.RULES_OF_CODE, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rules_of_code(rule):
    written = {name: text for name, text in CODE.items() if "migrations/" not in name}
    assert [found for name, text in written.items() for found in rule(name, text)] == []


def test_no_migration_rests_on_the_project_as_it_is_today():
    migrations = {name: text for name, text in CODE.items() if "migrations/0" in name}
    assert len(migrations) >= 3
    assert [found for name, text in migrations.items() for found in rules.project_in_a_migration(name, text)] == []


@pytest.mark.promise("P022")
def test_no_template_of_ours_asks_anybody_else():
    assert len(TEMPLATES) > 70
    assert [found for name, text in TEMPLATES.items() for found in rules.foreign_addresses(name, text)] == []


@pytest.mark.promise("P022")
def test_no_template_of_ours_carries_a_script_or_a_style():
    """A mail's and a PDF's styles are put in when they are made, so their templates carry none either."""
    assert [found for name, text in TEMPLATES.items() for found in rules.inline_code(name, text)] == []


def test_the_doors_that_the_rule_names_are_there():
    assert [door for doors in rules.SEALED.values() for door in doors if door not in CODE] == []
