"""What the alerts room tells others, after commit: a release stands, or stands no longer."""

from django.dispatch import Signal

#: Sent on commit with ``release``: readers may read it from now on.
alert_released = Signal()
#: Sent on commit with ``release`` and ``reason``: it was withdrawn. Not sent when a newer version replaces it.
alert_retracted = Signal()
