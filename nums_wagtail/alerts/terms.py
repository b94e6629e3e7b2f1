"""How long a released alert stands: fixed, reviewed terms by severity."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from nums_wagtail.regions.packs import country_pack

from .models import Alert

#: Longest that a release stands: a year for dangerous, half a year for risky, a month for nuisance.
STANDS: dict[str, timedelta] = {
    Alert.Severity.DANGEROUS: timedelta(days=365),
    Alert.Severity.RISKY: timedelta(days=183),
    Alert.Severity.NUISANCE: timedelta(days=30),
}
#: How long a withdrawn one is listed, struck, so that who read it sees that it is gone.
STRUCK = timedelta(days=30)


def ends_at(severity: str, ends_on: date | None, released_at: datetime) -> datetime:
    """End of the chosen day in the country's time, never later than the severity's own term."""
    latest = released_at + STANDS[severity]
    if ends_on is None:
        return latest
    midnight = datetime.combine(ends_on + timedelta(days=1), time.min, tzinfo=country_pack().zone)
    return min(latest, midnight)


def is_over(ends_on: date | None, now: datetime | None = None) -> bool:
    """Whether the chosen day has passed, in the country's time."""
    at = now or timezone.now()
    return ends_on is not None and ends_on < at.astimezone(country_pack().zone).date()
