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
    _read(home)
    lines = home.settings_file.read_text(encoding="utf-8").splitlines() if home.settings_file.is_file() else []
    line = f'{_COMMITTED} = "{value}"'
    # A key of the document itself stands before the first table.
    first_table = next((place for place, one in enumerate(lines) if one.lstrip().startswith("[")), len(lines))
    kept = [one for one in lines[:first_table] if one.partition("=")[0].strip() != _COMMITTED] + lines[first_table:]
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
