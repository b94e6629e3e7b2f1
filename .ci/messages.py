"""Brings the catalogues into one shape after ``makemessages``, whichever gettext wrote them.

Lines are as wide as they always were, dates stay, and what gettext guessed from a similar sentence is left open: a
guess that nobody read must not stand in front of a reporter.
"""

from pathlib import Path

from babel.messages.pofile import read_po, write_po

WIDTH = 110

for path in sorted(Path("nums_wagtail/locale").glob("*/LC_MESSAGES/django.po")):
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parts[2])
    catalogue.creation_date = catalogue.revision_date
    for message in catalogue:
        message.user_comments = [line for line in message.user_comments if not line.startswith("| ")]
        if message.id and message.fuzzy:
            message.flags.discard("fuzzy")
            message.previous_id = []
            message.string = ("",) * catalogue.num_plurals if message.pluralizable else ""
    with path.open("wb") as file:
        write_po(file, catalogue, width=WIDTH, include_lineno=False, ignore_obsolete=True)
