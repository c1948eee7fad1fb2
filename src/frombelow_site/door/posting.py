"""One request to a witness: by https, or by http on this machine; no redirect is followed, and neither a witness that
is slow nor one that sends without end costs more than ten seconds and four kilobytes."""

import http.client
import socket
import ssl
import threading
from contextlib import suppress
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from frombelow.record import MAX_ANSWER, Amiss

SECONDS = 10


class Posted(NamedTuple):
    """What came back: one byte more than may be read, where there was more; and whether it came from this machine."""

    status: int
    body: bytes
    near: bool


def post(address: str, body: bytes, seconds: float = SECONDS) -> Posted:
    """What the witness at this address answers to add-checkpoint. Raises Amiss where it does not in time."""
    request = _Request(address, body, seconds)
    request.start()
    request.join(seconds)
    request.wanted = False
    if request.posted is None:
        request.end()
        raise Amiss("down")
    return request.posted


class _Request(threading.Thread):
    """In a thread, because no timeout holds for who sends one byte after the other, or for a name that is looked up."""

    def __init__(self, address: str, body: bytes, seconds: float) -> None:
        super().__init__(name="witness", daemon=True)
        parts = urlsplit(address)
        self.path, self.body, self.wanted = f"{parts.path.rstrip('/')}/add-checkpoint", body, True
        self.posted: Posted | None = None
        self.connection: http.client.HTTPConnection
        if parts.scheme == "https":
            context = ssl.create_default_context()
            self.connection = http.client.HTTPSConnection(parts.netloc, timeout=seconds, context=context)
        else:
            self.connection = http.client.HTTPConnection(parts.netloc, timeout=seconds)

    def run(self) -> None:
        try:
            self.connection.connect()
            near = _near(self.connection.sock)
            if self.wanted:
                self.connection.request("POST", self.path, self.body, {"Content-Type": "text/plain; charset=utf-8"})
                answer = self.connection.getresponse()
                self.posted = Posted(answer.status, answer.read(MAX_ANSWER + 1), near)
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            pass  # one that is closed while it is read raises anything; what matters is that nothing came
        finally:
            self.connection.close()

    def end(self) -> None:
        """Nobody waits for it any more."""
        if (open_socket := self.connection.sock) is not None:
            with suppress(OSError):
                open_socket.shutdown(socket.SHUT_RDWR)


def _near(connected: socket.socket) -> bool:
    """Whether who answers is this very machine, whatever name led there: then both ends have one address."""
    peer: str = connected.getpeername()[0]
    return peer == connected.getsockname()[0] or ip_address(peer.partition("%")[0]).is_loopback
