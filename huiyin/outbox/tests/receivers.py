"""A mail server and the other end of webhooks, on this machine: what reaches them is kept."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, TypeVar

Server = TypeVar("Server", bound=socketserver.BaseServer)


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP as a client needs. ``unknown`` are the mailboxes it refuses for good."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.arrived: list[EmailMessage] = []
        self.unknown: set[str] = set()
        self.is_busy = False

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def names(self) -> list[str]:
        """The Message-IDs of what has arrived, in order."""
        return [str(letter["Message-ID"]) for letter in self.arrived]


class _Session(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 here")
        refused = False
        while line := self.rfile.readline():
            said = line.decode().strip()
            verb = said[:4].upper()
            if verb == "DATA":
                self._say("354 go on")
                self._take()
            elif verb == "QUIT":
                self._say("221 bye")
                return
            elif verb == "RCPT":
                refused = any(f"<{each}>" in said for each in self.server.unknown)
                self._say("550 no such mailbox" if refused else "250 ok")
            elif verb == "MAIL" and self.server.is_busy:
                self._say("451 too busy")
            else:
                self._say("250 ok")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        read: Any = message_from_bytes(b"".join(lines), policy=policy.default)
        self.server.arrived.append(read)
        self._say("250 taken")

    def _say(self, line: str) -> None:
        # A client that was killed does not hear it.
        try:
            self.wfile.write(f"{line}\r\n".encode())
        except OSError:
            self.server.shutdown_request(self.request)


class WebhookServer(HTTPServer):
    """Takes JSON by POST; ``answer`` is what it says to it, ``status`` how."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Posted)
        self.arrived: list[tuple[str, dict[str, Any]]] = []
        self.heads: list[dict[str, str]] = []
        self.answer: dict[str, Any] = {"errcode": 0, "errmsg": "ok"}
        self.status = 200

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"


class _Posted(BaseHTTPRequestHandler):
    server: WebhookServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.arrived.append((self.path, json.loads(body)))
        self.server.heads.append(dict(self.headers))
        said = json.dumps(self.server.answer).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_said: object) -> None:
        pass


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """Let ``server`` serve in a thread of its own."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
