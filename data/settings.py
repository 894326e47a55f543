"""What a firm decides once about how its figures are measured: ``settings.toml`` in the home."""

from __future__ import annotations

import os
import tomllib
from typing import TYPE_CHECKING, Any, Final

from data.problems import GoliveError

if TYPE_CHECKING:
    from data.home import Home

#: What lateness can be measured against; the first one counts where nobody chose.
COMMITTED_BY: Final = ("baseline", "current_plan")
_COMMITTED: Final = "committed_date"

#: A week is told when half of the people that it usually has have filed it.
DEFAULT_FILED_SHARE: Final = 0.5
_FILED_SHARE: Final = "reporting_week_filed_share"
_SHARE_HELP: Final = "Write a number above 0 and up to 1, such as 0.5."


class SettingsError(GoliveError):
    """The settings of a home can't be read or written."""


def committed_by(home: Home) -> str:
    """Return what lateness is measured against in this home: ``baseline`` or ``current_plan``."""
    found = _read(home).get(_COMMITTED, COMMITTED_BY[0])
    if found not in COMMITTED_BY:
        raise SettingsError(
            f"{home.settings_file}: {_COMMITTED} is “{found}”.", f"Write one of: {', '.join(COMMITTED_BY)}."
        )
    return str(found)


def set_committed_by(home: Home, value: str) -> None:
    """Decide what lateness is measured against; other settings of the file stay as they are.

    Raises
    ------
    SettingsError
        The value is none of ``COMMITTED_BY``, or the file can't be written.
    """
    if value not in COMMITTED_BY:
        raise SettingsError(f"“{value}” is no committed date.", f"Give one of: {', '.join(COMMITTED_BY)}.")
    _write(home, _COMMITTED, f'"{value}"')


def filed_share(home: Home) -> float:
    """Return the share of people who must have filed a week before figures speak of it: above 0, up to 1."""
    value = _read(home).get(_FILED_SHARE, DEFAULT_FILED_SHARE)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise SettingsError(f"{home.settings_file}: {_FILED_SHARE} is {value!r}.", _SHARE_HELP)
    return float(value)


def set_filed_share(home: Home, value: float) -> None:
    """Decide how many people must have filed a week before figures speak of it.

    Raises
    ------
    SettingsError
        The value is not above 0 and up to 1, or the file can't be written.
    """
    if not 0 < value <= 1:
        raise SettingsError(f"A share of {value:g} is not possible.", _SHARE_HELP)
    _write(home, _FILED_SHARE, repr(float(value)))


def _write(home: Home, key: str, value: str) -> None:
    """Write one key; other settings of the file stay as they are."""
    _read(home)
    lines = home.settings_file.read_text(encoding="utf-8").splitlines() if home.settings_file.is_file() else []
    line = f"{key} = {value}"
    # A key of the document itself stands before the first table.
    first_table = next((place for place, one in enumerate(lines) if one.lstrip().startswith("[")), len(lines))
    kept = [one for one in lines[:first_table] if one.partition("=")[0].strip() != key] + lines[first_table:]
    draft = home.settings_file.with_name(f"{home.settings_file.name}.{os.getpid()}.new")
    try:
        home.path.mkdir(parents=True, exist_ok=True)
        draft.write_text("\n".join([line, *kept]) + "\n", encoding="utf-8")
        draft.replace(home.settings_file)
    except OSError as error:
        raise SettingsError(f"{home.settings_file} can't be written ({error.strerror}).", "") from error
    finally:
        draft.unlink(missing_ok=True)


def _read(home: Home) -> dict[str, Any]:
    try:
        return tomllib.loads(home.settings_file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SettingsError(f"{home.settings_file} can't be read: {error}", "Mend the file, or remove it.") from error
