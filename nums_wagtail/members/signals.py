"""What happens to members, for later rooms.

Both are sent inside the verb's transaction with ``member=`` and ``by=``, so that a subscription starts and ends
together with the membership it rests on. What leaves the machine waits for ``transaction.on_commit``.
"""

from django.dispatch import Signal

#: A person has approved the member, for the first time or again after a suspension.
member_approved = Signal()

#: The member was suspended or has left. After leaving, the address is already gone.
member_access_ended = Signal()
