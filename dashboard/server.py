"""What ``golive dashboard`` serves: the pages behind headers that keep the browser at home.

A name that slipped through everything else could still ask another machine for a picture. The policy lets the browser
speak to this server alone, and no other page may show ours in a frame. ``streamlit run dashboard/app.py`` serves the
same pages without these headers.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st
from starlette.middleware import Middleware

from dashboard.first_paint import FirstPaint

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Streamlit needs styles and workers of its own making, Plotly and its grid evaluate code: ``unsafe-eval`` stays.
_POLICY: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; "
    "connect-src 'self' blob: data:; worker-src 'self' blob:; frame-src 'self'; "
    "frame-ancestors 'none'; form-action 'self'; base-uri 'self'; object-src 'none'"
)
HEADERS: Final = {
    "content-security-policy": _POLICY,
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}


class StayAtHome:
    """Adds the headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102 - says the protocol
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message = {**message, "headers": [*message.get("headers", ()), *own]}
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


app = st.App(Path(__file__).parent / "app.py", middleware=[Middleware(StayAtHome), Middleware(FirstPaint)])
