"""What can go wrong, as one tree.

    NumsError
    ├── NotAllowed        the actor lacks the right
    ├── NotThere          not there, or not yours: both look the same
    ├── Conflict          the thing has moved on since it was read
    ├── Refused           a rule says no; its code and words say which
    ├── BadInput          what was typed needs mending; words by field
    └── VaultError        keys or sealed data
        ├── KeyMissing        no such key, or it was shredded
        ├── CannotOpen        wrong key, moved or changed ciphertext
        └── CannotSeal        nothing may be stored

An error carries a code for programs and words fit for its reader. It never carries data: what was typed, an
identifier, an address or a key would end in a log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class NumsError(Exception):
    """Base of every error of ours. ``code`` is stable, ``words`` may be shown."""

    code: str = "error"
    words: Words = _("Something went wrong.")

    def __init__(self, code: str | None = None, words: Words | None = None) -> None:
        self.code = code or self.code
        self.words = words or self.words
        super().__init__(self.code)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.code!r})"


class NotAllowed(NumsError):
    code = "not_allowed"
    words = _("You do not have the right to do this.")


class NotThere(NumsError):
    code = "not_there"
    words = _("There is nothing here.")


class Conflict(NumsError):
    code = "conflict"
    words = _("This has changed since you opened it. Please look again.")


class Refused(NumsError):
    code = "refused"
    words = _("This is not possible now.")


class BadInput(NumsError):
    """What was typed needs mending. ``fields`` maps a field's name to words shown beside it."""

    code = "bad_input"
    words = _("Please look at the marked answers.")

    def __init__(self, fields: Mapping[str, Sequence[Words]], code: str | None = None) -> None:
        self.fields = {name: list(words) for name, words in fields.items()}
        super().__init__(code)


class VaultError(NumsError):
    code = "vault"
    words = _("This could not be opened or stored safely.")


class KeyMissing(VaultError):
    code = "key_missing"


class CannotOpen(VaultError):
    code = "cannot_open"


class CannotSeal(VaultError):
    code = "cannot_seal"
