"""What happens to reports, told to later rooms. Each is sent with ``report``; none carries its words."""

from django.dispatch import Signal

#: After the commit of a new report. Receivers may fail: a schedule of theirs must find what they missed.
report_received = Signal()

#: Inside the transaction in which a reporter's answer changed. Also carries ``purpose`` and ``allowed``.
consent_changed = Signal()

#: Inside the transaction that removes a report, while its rows are still there.
report_deleted = Signal()

#: Inside the transaction in which a reporter added something to a report. Also carries ``what``: a short code such
#: as ``message``, ``words`` or ``files``.
reporter_came_back = Signal()

#: Inside the transaction in which a reporter said how it went with the police. Also carries ``answer``: no,
#: anonymous, named or went.
police_answered = Signal()
