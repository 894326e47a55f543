"""The document keeps room for the sidebar before Streamlit knows the pages."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import streamlit

from dashboard.first_paint import SIDEBAR_WIDTH, FirstPaint, with_first_paint

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

DOCUMENT = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


def test_the_document_of_todays_streamlit_is_one_that_can_be_added_to() -> None:
    changed = with_first_paint(DOCUMENT)
    assert changed.count(f"padding-left: {SIDEBAR_WIDTH}px") == 1
    assert "<title>Golive</title>" in changed


def test_the_document_says_the_language_of_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLIVE_LANGUAGE", "zh_CN")
    assert '<html lang="zh-CN">' in with_first_paint(DOCUMENT)


def test_only_documents_change_and_their_length_is_told_anew() -> None:
    head, body = _answered("text/html; charset=utf-8", b"<html><head></head></html>", accept=b"text/html")
    assert body.count(b"<style>") == 1
    assert head[b"content-length"] == str(len(body)).encode()
    assert b"etag" not in head


@pytest.mark.parametrize(
    ("kind", "accept"), [("text/javascript", b"text/html"), ("text/html", b"*/*"), ("application/json", b"*/*")]
)
def test_anything_else_passes_as_it_is(kind: str, accept: bytes) -> None:
    head, body = _answered(kind, b"</head>", accept=accept)
    assert body == b"</head>"
    assert head[b"etag"] == b"one"


def _answered(kind: str, body: bytes, *, accept: bytes) -> tuple[dict[bytes, bytes], bytes]:
    """Return the headers and the body of an answer that came in two pieces."""
    sent: list[Message] = []

    async def inner(_scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-type", kind.encode()), (b"etag", b"one"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body[:3], "more_body": True})
        await send({"type": "http.response.body", "body": body[3:]})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: dict[str, Any] = {"type": "http", "method": "GET", "headers": [(b"accept", accept)]}
    with ThreadPoolExecutor() as pool:  # the browser of another test may have a loop running in this thread
        pool.submit(lambda: asyncio.run(FirstPaint(inner)(scope, receive, send))).result()
    return dict(sent[0]["headers"]), b"".join(one.get("body", b"") for one in sent[1:])
