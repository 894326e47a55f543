"""Local servers that answer like chats and like a mail server, or hang."""

from __future__ import annotations

import json
import socketserver
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Chat:
    """What a chat answers, and what it got."""

    url: str = ""
    status: int = 200
    content: bytes = b"ok"
    hanging_seconds: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)
    got: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    #: Answers of the first requests; then those above.
    first: list[tuple[int, bytes]] = field(default_factory=list)


@contextmanager
def chat(**answers: Any) -> Iterator[Chat]:
    """Serve a chat on this machine."""
    found, ended = Chat(**answers), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.got.append((self.path, json.loads(body)))
            ended.wait(found.hanging_seconds)
            status, content = found.first.pop(0) if found.first else (found.status, found.content)
            with suppress(OSError):  # who asked may have gone
                self.send_response(status)
                for name, value in found.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

        def log_message(self, *_args: object) -> None:
            """Keep the test's output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found.url = f"http://127.0.0.1:{server.server_address[1]}/hook?token=hush"
    try:
        yield found
    finally:
        ended.set()
        server.shutdown()
        server.server_close()


@dataclass
class Mailbox:
    """What a mail server got, and whom it refuses."""

    port: int = 0
    refuses: str = ""
    mails: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)


@contextmanager
def mail_server(**how: Any) -> Iterator[Mailbox]:
    """Serve as much of SMTP as sending a mail needs."""
    box = Mailbox(**how)

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 hello")
            while line := self.rfile.readline().decode():
                word = line.strip().upper()
                if word.startswith("DATA"):
                    self.say("354 go on")
                    lines = []
                    while (got := self.rfile.readline().decode()) != ".\r\n":
                        lines.append(got)
                    box.mails.append("".join(lines))
                    self.say("250 taken")
                elif word.startswith("RCPT") and box.refuses and box.refuses.upper() in word:
                    self.say("550 unknown")
                elif word.startswith("QUIT"):
                    self.say("221 bye")
                    return
                else:
                    if word.startswith("RCPT"):
                        box.recipients.append(line.strip())
                    self.say("250 ok")

        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    box.port = server.server_address[1]
    try:
        yield box
    finally:
        server.shutdown()
        server.server_close()
