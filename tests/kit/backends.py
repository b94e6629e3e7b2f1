"""A mail backend of a host's own, for the tests of channels."""

from __future__ import annotations

from django.core.mail.backends.smtp import EmailBackend


class OwnBackend(EmailBackend):
    """Not Django's own class, so the scheme hands it whole messages, as it does with an email service's."""
