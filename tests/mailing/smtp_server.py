"""A real SMTP server on the loopback that keeps what it takes and misbehaves on request."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session


class Postbox:
    """Answers by recipient: a reply line, or "hang up" to drop the connection after the text arrived."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.answers: dict[str, str] = {}
        self.answer_everybody = ""
        self.sender_answer = ""
        self.sessions: set[int] = set()
        self.port = 0
        self.seconds_a_message = 0.0
        self._lock = threading.Lock()

    @property
    def recipients(self) -> list[str]:
        return [recipient for recipient, _data in self.taken]

    def messages(self) -> list[EmailMessage]:
        return [BytesParser(policy=default).parsebytes(data) for _recipient, data in self.taken]

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, _: Any) -> str:
        with self._lock:
            self.sessions.add(id(session))
        if self.sender_answer:
            return self.sender_answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, _: Any) -> str:
        answer = self.answer_everybody or self.answers.get(address, "")
        if answer and answer != "hang up":
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        recipient = envelope.rcpt_tos[0]
        await asyncio.sleep(self.seconds_a_message)
        with self._lock:
            self.taken.append((recipient, bytes(envelope.original_content or b"")))
        if self.answers.get(recipient) == "hang up":
            server.transport.close()
        return "250 OK"


@contextmanager
def running_server() -> Iterator[Postbox]:
    """A server on a free port for as long as the block runs."""
    postbox = Postbox()
    loop = asyncio.new_event_loop()
    made: list[SMTP] = []

    def protocol() -> SMTP:
        made.append(SMTP(postbox, hostname="mx.example.org", enable_SMTPUTF8=False, loop=loop))
        return made[-1]

    async def start() -> asyncio.Server:
        return await loop.create_server(protocol, "127.0.0.1", 0)

    server = loop.run_until_complete(start())
    postbox.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def stop() -> None:
        server.close()
        for each in made:
            if each.transport is not None:
                each.transport.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    try:
        yield postbox
    finally:
        asyncio.run_coroutine_threadsafe(stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
