"""What is taken back: an alert is withdrawn, and its readers are told."""

from __future__ import annotations

from ..garden import Garden, Person

FIELDS = ()


def plant(garden: Garden) -> None:
    ash: Person = garden.things["ash"]
    ash.opens(garden.things["review"]).opens(ash.link("/admin/alerts/unpublish/")).presses(
        "Withdraw", reason="other"
    )
    assert "Withdrawn." in ash.reads()
    member: Person = garden.things["member"]
    assert member.opens("/updates/north-west/").status == 200
