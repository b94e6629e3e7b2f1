"""What happens to cases, for later rooms."""

from django.dispatch import Signal

#: A case was closed. Sent on commit with ``case=`` and ``by=``.
case_closed = Signal()

#: The safeguarding lead said that no warning may come of a case. Sent inside the transaction with ``case=``.
warning_held = Signal()
