"""What goes out to members, and comes back to be read."""

from __future__ import annotations

from ..garden import Garden, Person

FIELDS = ("nums_wagtail.Edition.text", "nums_wagtail.Edition.html")


def plant(garden: Garden) -> None:
    """Nobody types here: the words of the release go out by themselves."""
    garden.mail(garden.things["address"], garden.things["line"])
    member: Person = garden.things["member"]
    assert garden.things["line"] in member.opens("/updates/north-west/").reads()
