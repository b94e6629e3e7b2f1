"""What can go wrong here beyond the shared errors.

NumsError
└── NotSent       a report could not be stored; nothing of it was kept
"""

from django.utils.translation import gettext_lazy as _

from nums_wagtail.foundation.errors import NumsError


class NotSent(NumsError):
    """The one error of intake. It never carries what was typed, nor a cause that would."""

    code = "not_sent"
    words = _("This was not sent. Your words are still in the form below.")
