"""Rules and channels of alerts: the file that comes with Golive, changed by the home's own ``alerts.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from data.problems import GoliveError
from data.strain_method import MethodFileError, method_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.home import Home

ALERTS_FILE: Final = Path(__file__).with_name("alerts.toml")
WEBHOOKS: Final = ("slack", "teams", "feishu", "dingtalk", "wecom")
KINDS: Final = (*WEBHOOKS, "mail", "file")
#: One digest a day at most; a little less, so that a timer that runs early is not a day late.
_EVERY_HOURS: Final = 20.0
_COMMON: Final = ("kind", "every_hours", "is_digest", "rules")
_ALLOWED: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(WEBHOOKS, ("url_env", "url_file", "secret_env", "secret_file")),
    "mail": ("server", "port", "security", "user", "password_env", "password_file", "sender", "recipients"),
    "file": ("path",),
}
_NEEDED: Final = {"mail": ("server", "sender", "recipients"), "file": ("path",)}


class ChannelError(GoliveError):
    """A channel in ``alerts.toml`` can't be used as it stands."""


@dataclass(frozen=True)
class Channel:
    """A way on which alerts leave: its name, kind, how often, which rules, and the rest of its section.

    Parameters
    ----------
    every_hours
        Between two messages; 0: one after each publication.
    is_digest
        Whether one message holds all that is new.
    rules
        Rules whose alerts it takes; empty: all.
    section
        What else stands there: names of variables and files, never a secret itself.
    """

    name: str
    kind: str
    every_hours: float = _EVERY_HOURS
    is_digest: bool = True
    rules: tuple[str, ...] = ()
    section: Mapping[str, Any] = field(default_factory=dict)


def alerts_table(home: Home | None = None) -> dict[str, Any]:
    """Return rules and channels: those that come with Golive, with the lines that the home's own file changes.

    Raises
    ------
    MethodFileError
        A file can't be read.
    """
    table = method_table(ALERTS_FILE, None)
    own = None if home is None else home.path / ALERTS_FILE.name
    if own is None or not own.is_file():
        return table
    try:
        changes = tomllib.loads(own.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise MethodFileError(f"{own} can't be read: {error}", "It is a TOML file like data/alerts.toml.") from error
    return _changed(table, changes)


def _changed(table: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table in which the lines of ``changes`` stand, section by section."""
    made = dict(table)
    for name, value in changes.items():
        before = made.get(name)
        made[name] = _changed(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return made


def channels_of(table: Mapping[str, Any]) -> list[Channel]:
    """Return the channels of a table; none where nothing is to leave this machine.

    Raises
    ------
    ChannelError
        It says which line of which channel is wrong.
    """
    listed = table.get("channels", {})
    if not isinstance(listed, dict):
        raise ChannelError("alerts.toml: channels is no table.", "Write [channels.NAME] above each channel.")
    return [_channel(str(name), section) for name, section in listed.items()]


def _channel(name: str, section: Any) -> Channel:
    where = f"alerts.toml, channels.{name}"
    kind = section.get("kind") if isinstance(section, dict) else None
    if kind not in KINDS:
        raise ChannelError(f"{where}: kind is {kind!r}.", f"Kinds: {', '.join(KINDS)}.")
    unknown = sorted(set(section) - {*_COMMON, *_ALLOWED[kind], *(("url", "secret", "password"))})
    if unknown:
        raise ChannelError(
            f"{where} has no {', '.join(unknown)}.", f"It takes {', '.join((*_COMMON, *_ALLOWED[kind]))}."
        )
    missing = [one for one in _NEEDED.get(kind, ()) if not section.get(one)]
    if kind in WEBHOOKS and not any(one in section for one in ("url_env", "url_file", "url")):
        missing.append("url_env or url_file")
    if missing:
        raise ChannelError(f"{where} lacks {', '.join(missing)}.", "Add the line, or take the channel out.")
    hours = section.get("every_hours", _EVERY_HOURS)
    if isinstance(hours, bool) or not isinstance(hours, int | float) or hours < 0:
        raise ChannelError(f"{where}: every_hours is {hours!r}.", "Write a number, 0 or more.")
    rest = {key: value for key, value in section.items() if key not in _COMMON}
    rules = tuple(str(one) for one in section.get("rules", ()))
    return Channel(name, kind, float(hours), bool(section.get("is_digest", True)), rules, rest)
