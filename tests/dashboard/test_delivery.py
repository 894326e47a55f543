"""Messages reach chats in their formats, mail and files; what fails is told in words without addresses and secrets."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import time
from email import message_from_string, policy
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.delivery.messages import Message, harmless
from dashboard.delivery.problems import DeliveryError
from dashboard.delivery.sending import Limits, send, send_all
from data import clock
from data.alert_settings import Channel
from data.home import Home
from tests.dashboard.chats import chat, mail_server
from tests.dashboard.hostile import HOSTILE_NAMES

if TYPE_CHECKING:
    from pathlib import Path

MESSAGE = Message("Golive: 2 new alerts, 29 Nov 2026", ("Lotus & Söhne · likely late: 84 %", "北 · 缺填"))
SIGNED: Any = {"secret_env": "KEY"}
OK = {"slack": b"ok", "teams": b"", "feishu": b'{"code":0}', "dingtalk": b'{"errcode":0}', "wecom": b'{"errcode":0}'}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Limits, "pause_seconds", 0.01)
    monkeypatch.setattr(Limits, "timeout_seconds", 20.0)
    monkeypatch.setattr(Limits, "whole_seconds", 50.0)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def channel(kind: str, monkeypatch: pytest.MonkeyPatch, url: str, **section: Any) -> Channel:
    monkeypatch.setenv("CHAT_URL", url)
    return Channel("chat", kind, section={"url_env": "CHAT_URL", **section})


def failed(home: Home, one: Channel, message: Message = MESSAGE) -> str:
    with pytest.raises(DeliveryError) as problem:
        send(home, one, message)
    assert "hush" not in str(problem.value)
    assert problem.value.__cause__ is None
    return problem.value.why


def body(kind: str, home: Home, monkeypatch: pytest.MonkeyPatch, message: Message = MESSAGE, **section: str) -> Any:
    with chat(content=OK[kind]) as server:
        send(home, channel(kind, monkeypatch, server.url, **section), message)
    ((path, got),) = server.got
    return path, got


def test_slack_gets_text_with_its_three_signs_escaped(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    _path, got = body("slack", home, monkeypatch)
    assert got == {"text": MESSAGE.text().replace("&", "&amp;")}


def test_teams_gets_an_adaptive_card_with_a_block_for_each_line(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    _path, got = body("teams", home, monkeypatch)
    (attachment,) = got["attachments"]
    assert (got["type"], attachment["contentType"]) == ("message", "application/vnd.microsoft.card.adaptive")
    assert [block["text"] for block in attachment["content"]["body"]] == MESSAGE.text().split("\n")
    assert all(block["wrap"] for block in attachment["content"]["body"])


def test_wecom_and_dingtalk_get_text(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("wecom", "dingtalk"):
        _path, got = body(kind, home, monkeypatch)
        assert got == {"msgtype": "text", "text": {"content": MESSAGE.text()}}


def signature(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def test_feishu_is_signed_in_the_body_and_dingtalk_in_the_address(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEY", "SEC+/=")
    monkeypatch.setenv(clock.NOW_VARIABLE, "2026-11-30T08:00+00:00")
    seconds = int(clock.now().timestamp())
    path, got = body("feishu", home, monkeypatch, **SIGNED)
    assert got["timestamp"] == str(seconds)
    assert got["sign"] == signature(f"{seconds}\nSEC+/=", "")
    assert (got["msg_type"], got["content"]) == ("text", {"text": MESSAGE.text()})
    path, got = body("dingtalk", home, monkeypatch, **SIGNED)
    asked = parse_qs(urlsplit(path).query)
    stamp = f"{seconds}000"
    assert asked == {"token": ["hush"], "timestamp": [stamp], "sign": [signature("SEC+/=", f"{stamp}\nSEC+/=")]}


def test_wecom_gets_no_more_bytes_than_it_takes_and_is_told_how_many_are_left(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    _path, got = body(
        "wecom", home, monkeypatch, Message("Golive", tuple(f"项目 {n} · " + "延" * 90 for n in range(40)))
    )
    text = got["text"]["content"]
    assert len(text.encode()) <= 2_048
    shown = text.count("•")
    assert 1 <= shown < 40
    assert f"{40 - shown} more" in text


@pytest.mark.parametrize(
    "name", [*HOSTILE_NAMES, '<at user_id="all"></at>', "<!channel>", "<@U1>", "@all", "[x](http://evil)"]
)
def test_a_hostile_name_calls_nobody_and_opens_nothing(name: str) -> None:
    text = harmless(name)
    assert not set("<>@[]\n\r") & set(text)


@pytest.mark.parametrize("kind", ["feishu", "dingtalk", "wecom"])
def test_a_refusal_in_the_answer_is_a_failure_and_one_for_haste_is_tried_again(
    kind: str, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    word = "code" if kind == "feishu" else "errcode"
    with chat(content=f'{{"{word}": 310000, "errmsg": "hush"}}'.encode()) as server:
        assert "310000" in failed(home, channel(kind, monkeypatch, server.url))
        assert len(server.got) == 1
    with chat(content=OK[kind], first=[(200, f'{{"{word}": 45009}}'.encode())]) as server:
        send(home, channel(kind, monkeypatch, server.url), MESSAGE)
        assert len(server.got) == 2
    with chat(content=b"<html>proxy</html>") as server:
        assert "something else" in failed(home, channel(kind, monkeypatch, server.url))


def test_a_server_in_trouble_is_tried_again_and_a_wrong_address_is_not(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with chat(first=[(503, b"")]) as server:
        send(home, channel("slack", monkeypatch, server.url), MESSAGE)
        assert len(server.got) == 2
    with chat(status=404) as server:
        assert "404" in failed(home, channel("slack", monkeypatch, server.url))
        assert len(server.got) == 1
    with chat(status=500) as server:
        assert "500" in failed(home, channel("slack", monkeypatch, server.url))
        assert len(server.got) == Limits.attempts_count


def test_a_webhook_that_hangs_is_left_after_its_time(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Limits, "timeout_seconds", 0.5)
    with chat(hanging_seconds=20) as server:
        begun = time.monotonic()
        assert "No answer within 0.5 s" in failed(home, channel("slack", monkeypatch, server.url))
        assert time.monotonic() - begun < 10


def test_one_that_hangs_beyond_all_limits_keeps_no_other_from_sending(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Limits, "whole_seconds", 2.0)
    with chat(hanging_seconds=20) as slow, chat() as quick:
        monkeypatch.setenv("SLOW_URL", slow.url)
        monkeypatch.setenv("QUICK_URL", quick.url)
        channels = [Channel(name, "slack", section={"url_env": f"{name}_URL"}) for name in ("SLOW", "QUICK")]
        begun = time.monotonic()
        said = send_all(home, [(one, MESSAGE) for one in channels])
        assert time.monotonic() - begun < 10
    assert said == ["No answer within 2 s.", ""]


def test_nothing_is_sent_unencrypted_or_after_a_redirect(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for url in ("http://chat.example/hush", "ftp://hush", "hush", "https://", "file:///etc/hush"):
        assert "https" in failed(home, channel("slack", monkeypatch, url))
    with chat() as other, chat(status=302, headers={"Location": other.url}) as server:
        assert "302" in failed(home, channel("slack", monkeypatch, server.url))
        assert other.got == []


def test_a_missing_secret_is_said_by_its_name(home: Home) -> None:
    assert "NOT_SET is not set" in failed(home, Channel("chat", "slack", section={"url_env": "NOT_SET"}))


def mail(port: int, **more: Any) -> Channel:
    section = {"server": "127.0.0.1", "port": port, "security": "none", "sender": "golive@example.com"}
    return Channel("office", "mail", section={**section, "recipients": ["pmo@example.com", "bo@example.com"], **more})


def test_a_mail_arrives_with_its_title_and_lines(home: Home) -> None:
    with mail_server() as box:
        send(home, mail(box.port), MESSAGE)
    (text,) = box.mails
    got = message_from_string(text, policy=policy.default)
    assert got["Subject"] == MESSAGE.title
    assert got["To"] == "pmo@example.com, bo@example.com"
    assert "北 · 缺填" in got.get_body().get_content()  # type: ignore[union-attr]
    assert len(box.recipients) == 2


def test_a_mail_server_that_is_down_refuses_or_lacks_encryption_is_told(home: Home) -> None:
    with mail_server() as box:
        pass
    assert "not reached" in failed(home, mail(box.port))
    with mail_server(refuses="bo@") as box:
        assert "1 recipient was refused" in failed(home, mail(box.port))
        assert len(box.mails) == 1
    with mail_server(refuses="example.com") as box:
        assert "refused" in failed(home, mail(box.port))
    with mail_server() as box:
        assert "encrypted" in failed(home, mail(box.port, security="starttls"))
        assert box.mails == []
    assert "security is" in failed(home, mail(25, server="mail.example.com"))


def test_a_file_grows_by_whole_messages(home: Home) -> None:
    one = Channel("folder", "file", section={"path": "reports/alerts.md"})
    send(home, one, MESSAGE)
    send(home, one, MESSAGE)
    text = (home.path / "reports" / "alerts.md").read_text(encoding="utf-8")
    assert text.count(MESSAGE.title) == 2


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")  # noqa: PTH110
def test_a_full_disk_is_said_and_leaves_no_half_message(home: Home) -> None:
    assert "can't be written" in failed(home, Channel("folder", "file", section={"path": "/dev/full"}))
