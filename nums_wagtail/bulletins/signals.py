"""What the bulletins room tells others, on commit."""

from django.dispatch import Signal

#: Sent on commit with ``bulletin``: nothing of it waits any more, and its counts are final.
bulletin_sent = Signal()
