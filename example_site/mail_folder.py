"""A mail backend for trying things out: every message becomes one file in EMAIL_FILE_PATH."""

import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            handle, name = tempfile.mkstemp(prefix=f"{time.time_ns()}-", suffix=".part", dir=folder)
            with os.fdopen(handle, "wb") as file:
                file.write(message.message().as_bytes())
            os.rename(name, name.removesuffix(".part") + ".eml")
        return len(email_messages)
