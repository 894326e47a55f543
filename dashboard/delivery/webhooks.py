"""How the five chats want a message, how a request is signed, and how they answer.

Formats: Slack incoming webhooks (``text``); Microsoft Teams Workflows (an adaptive card, about 28 KB); 飞书 and 钉钉
custom robots (``text``, 20 KB, optional signature); 企业微信 group robots (``text``, 2,048 bytes).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote_plus

from dashboard.delivery.problems import DeliveryError
from dashboard.i18n import _

if TYPE_CHECKING:
    from dashboard.delivery.messages import Message

_MOST_BYTES: Final = {"slack": 30_000, "teams": 20_000, "feishu": 15_000, "dingtalk": 15_000, "wecom": 2_000}
#: Codes with which a chat says that it is asked too often.
_TOO_OFTEN: Final = frozenset({9499, 11232, 45009, 130101, 410100})
_CARD: Final = "application/vnd.microsoft.card.adaptive"


def payload(kind: str, message: Message, secret: str, unix_seconds: float) -> dict[str, Any]:
    """Return the body of a request to a chat."""
    text = message.text(_MOST_BYTES[kind])
    if kind == "slack":
        return {"text": text.replace("&", "&amp;")}
    if kind == "teams":
        blocks = [{"type": "TextBlock", "text": line, "wrap": True} for line in text.split("\n")]
        blocks[0] |= {"weight": "Bolder"}
        card = {
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard",
            "version": "1.4",
            "body": blocks,
        }
        return {"type": "message", "attachments": [{"contentType": _CARD, "contentUrl": None, "content": card}]}
    if kind == "feishu":
        stamp = str(int(unix_seconds))
        signed = {"timestamp": stamp, "sign": _signature(f"{stamp}\n{secret}", "")} if secret else {}
        return {**signed, "msg_type": "text", "content": {"text": text}}
    return {"msgtype": "text", "text": {"content": text}}


def address(kind: str, url: str, secret: str, unix_seconds: float) -> str:
    """Return the address of a request: 钉钉 wants its signature there."""
    if kind != "dingtalk" or not secret:
        return url
    stamp = str(round(unix_seconds * 1000))
    sign = quote_plus(_signature(secret, f"{stamp}\n{secret}"))
    return f"{url}{'&' if '?' in url else '?'}timestamp={stamp}&sign={sign}"


def check_answer(kind: str, content: bytes) -> None:
    """Read what a chat answered with success as its status.

    Raises
    ------
    DeliveryError
        It says in its answer that it did not take the message.
    """
    if kind == "teams":
        return
    if kind == "slack":
        if content.strip() != b"ok":
            raise DeliveryError(_("The chat did not answer “ok”."), is_passing=False)
        return
    try:
        told = json.loads(content)
        code = int(next(told[name] for name in ("code", "errcode", "StatusCode") if name in told))
    except (ValueError, TypeError, StopIteration):
        raise DeliveryError(_("The chat answered something else than its status."), is_passing=False) from None
    if code:
        raise DeliveryError(_("The chat refused it with code {code}.").format(code=code), is_passing=code in _TOO_OFTEN)


def _signature(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()
