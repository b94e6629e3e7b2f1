"""A telephone line of 50 kbit/s that loses a fifth of its connections, between a browser and the site."""

from __future__ import annotations

import random
import socket
import threading
import time

#: Bytes a second of 50 kbit/s, and how many go at once.
SPEED = 6250
PIECE = 625
#: Every how-manieth connection breaks before its answer is through.
LOST = 5


class SlowLine:
    """Stands on a port of its own and hands everything on, slowly. ``with SlowLine(port) as line: line.address``."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._random = random.Random(20)  # noqa: S311 - which connections break, not a secret
        self._free_at = 0.0
        self._lock = threading.Lock()
        self.broken = 0

    def __enter__(self) -> SlowLine:
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._listening.close()

    def _listen(self) -> None:
        while True:
            try:
                near, _address = self._listening.accept()
            except OSError:
                return
            breaks = self._random.randrange(LOST) == 0
            self.broken += breaks
            threading.Thread(target=self._carry, args=(near, breaks), daemon=True).start()

    def _carry(self, near: socket.socket, breaks: bool) -> None:
        with near, socket.create_connection(("127.0.0.1", self._to)) as far:
            up = threading.Thread(target=self._pump, args=(near, far, None), daemon=True)
            up.start()
            self._pump(far, near, 900 if breaks else None)

    def _pump(self, source: socket.socket, sink: socket.socket, most: int | None) -> None:
        """Hand on in small pieces, all connections sharing one line; ``most``: break after so many bytes."""
        passed = 0
        try:
            while piece := source.recv(PIECE):
                with self._lock:
                    begin = max(time.monotonic(), self._free_at)
                    self._free_at = begin + len(piece) / SPEED
                time.sleep(max(0.0, self._free_at - time.monotonic()))
                sink.sendall(piece)
                passed += len(piece)
                if most is not None and passed > most:
                    break
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            return
