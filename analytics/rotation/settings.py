"""The weights and rules of a roster as data: every number that a manager may argue about."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Characters of the content's SHA-256 that name a version.
_VERSION_LENGTH = 12
#: What would make a rule impossible to count.
_AT_LEAST_ONE = (
    ("rules", "max_weeks"),
    ("rules", "window_weeks"),
    ("rules", "watch_max_weeks"),
    ("rules", "high_max_weeks"),
    ("nights", "window_weeks"),
    ("candidates", "projects"),
    ("travel", "km_per_point"),
)
#: The search counts weeks between stints up to two.
_MOST_HOME_WEEKS = 2


class RotationSettingsError(ValueError):
    """The weights can't be used; the message says which line is wrong."""


@dataclass(frozen=True)
class RotationSettings:
    """Weights and rules by section and name, as in ``rotation.toml``."""

    version: str
    values: Mapping[str, Mapping[str, float]]

    def __call__(self, section: str, name: str) -> float:
        """Return one number."""
        return self.values[section][name]

    def whole(self, section: str, name: str) -> int:
        """Return one number of weeks."""
        return int(self.values[section][name])

    @property
    def stability(self) -> tuple[float, float, float]:
        """Points for a week of the present roster that is given up: weeks 0–1, weeks 2–3, later."""
        part = self.values["stability"]
        factor = part["factor"]
        return part["weeks_0_1"] * factor, part["weeks_2_3"] * factor, part["later"] * factor


def rotation_settings(table: Mapping[str, Any], changes: Mapping[str, Any] | None = None) -> RotationSettings:
    """Return settings from the content of the file, with the lines of another laid over it.

    Raises
    ------
    RotationSettingsError
        A section or line is not known, a number is missing, no number or negative.
    """
    merged: dict[str, dict[str, float]] = {str(name): dict(part) for name, part in table.items()}
    for section, part in (changes or {}).items():
        if section not in merged or not isinstance(part, dict):
            raise RotationSettingsError(f"[{section}] is no section of the weights; they are {', '.join(merged)}.")
        for name, value in part.items():
            if name not in merged[section]:
                raise RotationSettingsError(
                    f"{section}.{name} is no weight; [{section}] has {', '.join(merged[section])}."
                )
            merged[section][name] = value
    _check(merged)
    content = json.dumps(merged, sort_keys=True, ensure_ascii=True, default=str)
    return RotationSettings(hashlib.sha256(content.encode("ascii")).hexdigest()[:_VERSION_LENGTH], merged)


def _check(merged: Mapping[str, Mapping[str, Any]]) -> None:
    for section, part in merged.items():
        for name, value in part.items():
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            if not is_number or not 0 <= value < 1e9:
                raise RotationSettingsError(f"{section}.{name} must be a number from 0 on, not {value!r}.")
    for section, name in _AT_LEAST_ONE:
        if section in merged and merged[section][name] < 1:
            raise RotationSettingsError(f"{section}.{name} must be at least 1.")
    if merged.get("rules", {}).get("min_home_weeks", _MOST_HOME_WEEKS) > _MOST_HOME_WEEKS:
        raise RotationSettingsError(f"rules.min_home_weeks can be at most {_MOST_HOME_WEEKS}.")
