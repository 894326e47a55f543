"""Whether this machine has what Golive needs: rights, room, fonts, a journal, channels that work."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.i18n import _
from data.alert_settings import alerts_table, channels_of
from data.problems import GoliveError
from data.publishing import published_file
from data.secret_values import secret

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.home import Home

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
#: A publication writes the warehouse anew beside the old one; less room than this is told in any case.
_LEAST_FREE_BYTES: Final = 1_000_000_000
_FACTOR: Final = 4
_MEGABYTE: Final = 1_000_000
_SECRETS: Final = ("url", "secret", "password")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is well, what was seen, and what to do where it is not."""

    name: str
    is_well: bool
    seen: str
    advice: str = ""


def _todo(name: str, seen: str, advice: str) -> Finding:
    return Finding(name, is_well=False, seen=seen, advice=advice)


def findings(home: Home) -> list[Finding]:
    """Look at everything; a fault of one look is a finding, too."""
    looks: tuple[tuple[str, Callable[[Home], Finding]], ...] = (
        ("python", _python),
        ("home", _rights),
        ("disk", _disk),
        ("warehouse", _warehouse),
        ("journal", _journal),
        ("fonts", _fonts),
        ("alerts", _channels),
    )
    return [_looked(name, look, home) for name, look in looks]


def _looked(name: str, look: Callable[[Home], Finding], home: Home) -> Finding:
    try:
        return look(home)
    except GoliveError as problem:
        return Finding(name, is_well=False, seen=problem.what, advice=problem.advice)
    except OSError as error:
        return Finding(
            name, is_well=False, seen=str(error.strerror), advice=_("Check the folder's rights and the disk.")
        )


def _python(_home: Home) -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Finding(
        "python", is_well=True, seen=_("Python {version}; no browser is needed here.").format(version=version)
    )


def _rights(home: Home) -> Finding:
    if not home.path.is_dir():
        return _todo(
            "home",
            _("{path} is not there yet.").format(path=home.path),
            _("Import files, or run `golive demo`."),
        )
    if not os.access(home.path, os.W_OK):
        return _todo(
            "home", _("{path} can't be written.").format(path=home.path), _("Give another folder with --home.")
        )
    if os.name == "posix" and home.path.stat().st_mode & _OTHERS:
        advice = _("Run: chmod 700 {path}").format(path=home.path)
        return _todo("home", _("{path} can be read by other users.").format(path=home.path), advice)
    return Finding("home", is_well=True, seen=_("{path} is yours alone.").format(path=home.path))


def _disk(home: Home) -> Finding:
    place = home.path if home.path.is_dir() else home.path.parent
    free = shutil.disk_usage(place).free
    used = sum(file.stat().st_size for file in home.warehouse.glob("*")) if home.warehouse.is_dir() else 0
    needed = max(_LEAST_FREE_BYTES, _FACTOR * used)
    seen = _("{free:,.0f} MB free, {used:,.0f} MB of warehouse files.").format(
        free=free / _MEGABYTE, used=used / _MEGABYTE
    )
    advice = (
        "" if free >= needed else _("Make room: {needed:,.0f} MB should be free.").format(needed=needed / _MEGABYTE)
    )
    return Finding("disk", free >= needed, seen, advice)


def _warehouse(home: Home) -> Finding:
    file = published_file(home)
    if file is None:
        return _todo("warehouse", _("Nothing was imported yet."), _("Run `golive import FOLDER`."))
    return Finding("warehouse", is_well=True, seen=file.name)


def _journal(home: Home) -> Finding:
    from data.journal import read_reviews  # noqa: PLC0415 - its libraries are slow to load

    count = len(read_reviews(home)) if home.path.is_dir() else 0
    return Finding("journal", is_well=True, seen=_("It can be read; {count} reviews are in it.").format(count=count))


def _fonts(_home: Home) -> Finding:
    from dashboard.packs.document import has_asian_font  # noqa: PLC0415 - as above

    if has_asian_font():
        return Finding("fonts", is_well=True, seen=_("A font for Chinese is there."))
    advice = _("Install Noto Sans CJK (Debian: fonts-noto-cjk); until then packs with Chinese names have no PDF.")
    return _todo("fonts", _("No font for Chinese."), advice)


def _channels(home: Home) -> Finding:
    channels = channels_of(alerts_table(home))
    for one in channels:
        for name in _SECRETS:
            secret(one.section, name, f"alerts.toml, channels.{one.name}")
    if not channels:
        return Finding("alerts", is_well=True, seen=_("No channel is set up: nothing leaves this machine."))
    seen = _("Channels: {names}. `golive alerts test-delivery` tries them.").format(
        names=", ".join(one.name for one in channels)
    )
    return Finding("alerts", is_well=True, seen=seen)
