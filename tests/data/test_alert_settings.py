"""Rules and channels of alerts, and secrets: from the environment or a private file, never from the table itself."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from data.alert_settings import ChannelError, alerts_table, channels_of
from data.home import Home
from data.secret_values import SecretError, secret
from data.strain_method import MethodFileError

if TYPE_CHECKING:
    from pathlib import Path


def test_nothing_leaves_the_machine_unless_a_channel_is_written_down() -> None:
    assert channels_of(alerts_table()) == []


def test_a_home_changes_single_lines_and_keeps_the_others(tmp_path: Path) -> None:
    (tmp_path / "alerts.toml").write_text("[rules.late]\nraise_at = 0.9\n", encoding="utf-8")
    table = alerts_table(Home(tmp_path))
    assert table["rules"]["late"]["raise_at"] == 0.9
    assert table["rules"]["late"]["release_at"] == alerts_table()["rules"]["late"]["release_at"]
    (tmp_path / "alerts.toml").write_text("[rules", encoding="utf-8")
    with pytest.raises(MethodFileError, match=r"alerts\.toml"):
        alerts_table(Home(tmp_path))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('kind = "pager"', "kind is 'pager'"),
        ('kind = "slack"', "lacks url_env or url_file"),
        ('kind = "mail"\nserver = "x"', "lacks sender, recipients"),
        ('kind = "file"\npath = "a"\nport = 3', "has no port"),
        ('kind = "file"\npath = "a"\nevery_hours = -1', "every_hours is -1"),
    ],
)
def test_a_channel_that_can_not_work_is_refused_with_its_name(text: str, said: str) -> None:
    with pytest.raises(ChannelError, match=said) as problem:
        channels_of(tomllib.loads(f"[channels.chat]\n{text}\n"))
    assert "channels.chat" in str(problem.value)


def test_a_secret_comes_from_a_variable_or_a_private_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUR_URL", " https://chat.example/hook ")
    assert secret({"url_env": "OUR_URL"}, "url", "chat") == "https://chat.example/hook"
    file = tmp_path / "url"
    file.write_text("https://chat.example/file\n", encoding="utf-8")
    file.chmod(0o600)
    assert secret({"url_file": str(file)}, "url", "chat") == "https://chat.example/file"
    assert secret({}, "secret", "chat") == ""


def refused(section: dict[str, Any]) -> str:
    with pytest.raises(SecretError) as problem:
        secret(section, "url", "chat")
    return str(problem.value)


def test_a_secret_in_the_table_in_an_open_file_or_nowhere_is_refused_and_never_repeated(tmp_path: Path) -> None:
    assert "hush" not in refused({"url": "https://hush"})
    file = tmp_path / "url"
    file.write_text("https://hush", encoding="utf-8")
    file.chmod(0o644)
    said = refused({"url_file": str(file)})
    assert "chmod 600" in said
    assert "hush" not in said
    assert "is not set" in refused({"url_env": "NOBODY_SET_THIS"})
    file.chmod(0o600)
    file.write_text("", encoding="utf-8")
    assert "is empty" in refused({"url_file": str(file)})
    assert "can't be read" in refused({"url_file": str(tmp_path / "none")})
    assert "no file with one secret" in refused({"url_file": str(tmp_path)}) or "other users" in refused(
        {"url_file": str(tmp_path)}
    )
