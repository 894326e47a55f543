"""How many people must have filed a week before figures speak of it: a line of ``settings.toml`` in the home."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Final

from data.problems import GoliveError

if TYPE_CHECKING:
    from data.home import Home

#: Half of the people that a week usually has.
DEFAULT_FILED_SHARE: Final = 0.5
_FILED_SHARE: Final = "reporting_week_filed_share"


class ReportingSettingsError(GoliveError):
    """The share of people who must have filed can't be read."""


def filed_share(home: Home) -> float:
    """Return ``reporting_week_filed_share`` of the home's settings: above 0, up to 1; half where nobody chose."""
    try:
        table = tomllib.loads(home.settings_file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return DEFAULT_FILED_SHARE
    except (OSError, ValueError) as error:
        raise ReportingSettingsError(
            f"{home.settings_file} can't be read: {error}", "Mend the file, or remove it."
        ) from error
    value = table.get(_FILED_SHARE, DEFAULT_FILED_SHARE)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise ReportingSettingsError(
            f"{home.settings_file}: {_FILED_SHARE} is {value!r}.", "Write a number above 0 and up to 1, such as 0.5."
        )
    return float(value)
