"""The page before its first word: room for the sidebar, narrow margins, and nothing that jumps later.

Streamlit draws an empty page over the whole width, and moves all of it to the right as soon as it knows the
navigation. One rule of style in the document keeps that room from the first moment; it says nothing once the
sidebar is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.i18n import language

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Pixels; the rest of the screen carries content.
SIDEBAR_WIDTH: Final = 204

#: Pixels left and right of the page, where Streamlit leaves 75.
_MARGIN: Final = 36
#: Below this width Streamlit lays the sidebar over the page, which keeps its place.
_SIDEBAR_BESIDE: Final = 768
#: Pixels that Streamlit keeps for a widget whose code is on its way; a row of buttons would be lower.
_WIDGET_HEIGHT: Final = 38
_STYLE: Final = f"""<style>
[data-testid=stMainBlockContainer] {{ max-width: none !important; }}
[data-testid=stMain] [data-testid=stButtonGroup] {{ min-height: {_WIDGET_HEIGHT}px; }}
@media (min-width: {_SIDEBAR_BESIDE}px) {{
  [data-testid=stMainBlockContainer] {{ padding-left: {_MARGIN}px !important; padding-right: {_MARGIN}px !important; }}
  [data-testid=stAppViewContainer]:not(:has(> [data-testid=stSidebar])) {{
    box-sizing: border-box; padding-left: {SIDEBAR_WIDTH}px;
  }}
}}
</style>
</head>"""


class FirstPaint:
    """Adds the style to each document, and says in which language it is written."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102 - says the protocol
        if scope["type"] != "http" or scope["method"] != "GET" or not _asks_for_a_document(scope):
            await self._app(scope, receive, send)
            return
        # A packed document, or a browser's copy of it, could not be added to.
        kept = [
            pair
            for pair in scope["headers"]
            if pair[0] not in {b"accept-encoding", b"range", b"if-none-match", b"if-modified-since"}
        ]
        await self._app({**scope, "headers": kept}, receive, _Document(send))


def _asks_for_a_document(scope: Scope) -> bool:
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


class _Document:
    """Holds an answer back until it is whole, if it is a document, and changes it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_document(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_changed(self._start)

    async def _send_changed(self, start: Message) -> None:
        body = with_first_paint(self._body.decode()).encode()
        # The tag of the file says nothing of what became of it.
        dropped = {b"content-length", b"etag", b"last-modified", b"accept-ranges"}
        headers = [pair for pair in start["headers"] if pair[0] not in dropped]
        await self._send({**start, "headers": [*headers, (b"content-length", str(len(body)).encode())]})
        await self._send({"type": "http.response.body", "body": body})


def _is_document(start: Message) -> bool:
    return start["status"] == 200 and any(
        name == b"content-type" and value.startswith(b"text/html") for name, value in start["headers"]
    )


def with_first_paint(document: str) -> str:
    """Return Streamlit's document with our style, title and language; one that is made otherwise stays as it is."""
    changed = document.replace("</head>", _STYLE, 1)
    changed = changed.replace("<title>Streamlit</title>", "<title>Golive</title>", 1)
    return changed.replace('<html lang="en">', f'<html lang="{language().replace("_", "-")}">', 1)
