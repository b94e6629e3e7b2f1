"""Every clock runs, whatever happens to another."""

from datetime import UTC, datetime

import pytest

from nums_wagtail.foundation import clocks

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.mark.promise("P026")
def test_every_clock_runs_and_says_how_many_it_ended():
    with clocks.clocks.emptied() as registry:
        registry.register("drafts", clocks.Clock("Drafts", lambda now: 3), owner="test")
        assert clocks.run_all(NOON) == {"drafts": 3}


@pytest.mark.promise("P026")
def test_a_failing_clock_stops_none_of_the_others_and_is_not_hidden():
    ran = []

    def fails(now: datetime) -> int:
        raise RuntimeError("broken")

    with clocks.clocks.emptied() as registry:
        registry.register("a", clocks.Clock("Breaks", fails), owner="test")
        registry.register("b", clocks.Clock("Works", lambda now: ran.append(now) or 0), owner="test")
        with pytest.raises(RuntimeError, match="broken"):
            clocks.run_all(NOON)
    assert ran == [NOON]
