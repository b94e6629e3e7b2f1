"""What happens to cases, for later rooms."""

from django.dispatch import Signal

#: A case was closed. Sent on commit with ``case=`` and ``by=``.
case_closed = Signal()
