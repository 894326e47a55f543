"""The one shape in which every check tells what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analytics.anomalies.checks import Check
    from analytics.anomalies.frames import Known
    from analytics.workload.grid import Whole

COLUMN_TYPES: Final = {
    "anomaly_key": "str",
    "check": "str",
    "person_id": "str",
    "project_id": "str",
    "team_name": "str",
    "change_request_id": "str",
    "country": "str",
    "first_date": "datetime64[us]",
    "last_date": "datetime64[us]",
    "value": "float64",
    "usual_low": "float64",
    "usual_high": "float64",
    "unit": "str",
    "unusual_score": "float64",
    "score_kind": "str",
    "likely_cause": "str",
    "remedy": "str",
    "person_weeks_count": "int64",
    "is_assumed": "bool",
}
_TEXTS: Final = ("person_id", "project_id", "team_name", "change_request_id", "country")
_SUBJECTS: Final = {
    "person_id": "person",
    "project_id": "project",
    "team_name": "team",
    "change_request_id": "request",
    "country": "country",
}
#: ``unusual_score`` is how many robust deviations off, or the share of its own other occasions that were like this.
ROBUST_Z: Final = "robust_z"
PAST_SHARE: Final = "past_share"

_EMPTY: Final = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in COLUMN_TYPES.items()})


def no_anomalies() -> pd.DataFrame:
    """Return a frame of the right shape without rows."""
    return _EMPTY.copy()


def anomalies(check: Check, days: tuple[Whole, Whole], columns: Mapping[str, object]) -> pd.DataFrame:
    """Build the rows of one check.

    The key is made of the check, the subject that is named (person, project, team, request; else the firm) and the
    first day: never of a count or a value, so that a later run finds the same key.

    Parameters
    ----------
    days
        First and last day of each anomaly, as day numbers.
    columns
        The other columns by name; texts that are left out are null.
    """
    first, last = days
    if not len(first):
        return no_anomalies()
    given = dict.fromkeys(_TEXTS) | {"person_weeks_count": 1, "is_assumed": False, "unit": check.unit} | dict(columns)
    frame = pd.DataFrame(given, index=pd.RangeIndex(len(first))).assign(
        check=check.token, first_date=_dates(first), last_date=_dates(last)
    )
    typed = frame.assign(**{name: frame[name].astype("str") for name in _TEXTS})
    typed = typed.assign(anomaly_key=_keys(typed))
    return typed[list(COLUMN_TYPES)].astype(COLUMN_TYPES)


def person_names(known: Known, person: Whole) -> dict[str, object]:
    """Return the columns that name a person and the team."""
    team = known.people["team_name"].to_numpy(dtype=object)[person]
    return {
        "person_id": known.person_ids.to_numpy(dtype=object)[person],
        "team_name": np.where(team == "", np.nan, team),
    }


def _dates(day: Whole) -> pd.Series:
    return pd.Series(np.asarray(day, dtype=np.int64).astype("datetime64[D]")).astype("datetime64[us]")


def _keys(frame: pd.DataFrame) -> pd.Series:
    """Check, subject and period. A person stands without the team: who changes teams keeps what was remembered."""
    subject = pd.Series("", index=frame.index, dtype="str")
    for name in _TEXTS:
        is_part = frame[name].notna() & (frame["person_id"].isna() if name == "team_name" else True)
        part = "/" + _SUBJECTS[name] + ":" + frame[name].fillna("").map(_plain)
        subject = subject + part.where(is_part, "")
    period = frame["first_date"].dt.strftime("%Y-%m-%d")
    keys: pd.Series = frame["check"] + "|" + subject.str.removeprefix("/").replace("", "firm") + "|" + period
    return keys


def _plain(text: str) -> str:
    """Escape the signs that part a key, so that two subjects never share one."""
    for sign in "%|/:":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
