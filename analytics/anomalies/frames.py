"""The marts that the checks read, and what of them was known on the day that is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.anomalies import keys
from analytics.workload.grid import day_number, day_numbers, flags_of, floats_of, last_complete_sunday, monday_number

if TYPE_CHECKING:
    from datetime import date

    from analytics.workload.grid import Flags, Whole

#: A filing lag beyond this is no habit but an import of old files; in weeks after the week's end.
LONGEST_LAG_WEEKS: Final = 8
#: Nine of ten weeks were filed by then.
LAG_QUANTILE: Final = 0.9
_PEOPLE = ["person_id", "team_name", "home_city", "home_country", "weekly_hours"]


@dataclass(frozen=True)
class AnomalyFrames:
    """The marts of the same names; a mart without rows still has its columns."""

    person_days: pd.DataFrame
    person_project_weeks: pd.DataFrame
    person_weeks: pd.DataFrame
    people: pd.DataFrame
    projects: pd.DataFrame
    trips: pd.DataFrame
    change_requests: pd.DataFrame
    leave_days: pd.DataFrame
    calendar_days: pd.DataFrame


@dataclass(frozen=True)
class Known:
    """What was known on a day. ``person`` and ``project`` are places in the sorted ids, days are day numbers.

    Every table is sorted by its ``key`` (see ``keys``).

    Parameters
    ----------
    days
        ``key``, ``person``, ``day``, ``hours``, ``onsite_hours``, ``entry_count``, ``is_assumed``.
    project_weeks
        ``key``, ``person``, ``project``, ``week``, ``hours``, ``onsite_hours``, ``is_assumed``.
    """

    frames: AnomalyFrames
    as_of_day: int
    #: The Monday after the reporting week: later weeks are not filed yet, so nobody is missing in them.
    first_open_day: int
    person_ids: pd.Index
    project_ids: pd.Index
    days: pd.DataFrame
    project_weeks: pd.DataFrame

    @property
    def this_monday(self) -> int:
        """The Monday of the week of the day that is asked about."""
        return monday_number(self.as_of_day)

    @cached_property
    def people(self) -> pd.DataFrame:
        """One row per place in ``person_ids``: team, home and contract hours; texts unknown are empty."""
        rows = self.frames.people.reindex(columns=_PEOPLE).drop_duplicates("person_id").set_index("person_id")
        rows = rows.reindex(self.person_ids).reset_index(drop=True)
        return rows.assign(**{name: text_of(rows[name]) for name in ("team_name", "home_city", "home_country")})

    @cached_property
    def weeks(self) -> pd.DataFrame:
        """Each person's complete weeks, see ``weeks_known``."""
        from analytics.anomalies.known_weeks import weeks_known  # noqa: PLC0415 - it needs Known itself

        return weeks_known(self)

    @cached_property
    def lag_days(self) -> Whole:
        """For each person the days after a week's end by which nine of ten of its weeks were filed."""
        filed = self.weeks.loc[self.weeks["is_filed"], ["person", "lag_weeks"]]
        by_person = filed.groupby("person")["lag_weeks"].quantile(LAG_QUANTILE).reindex(range(len(self.person_ids)))
        usual = filed["lag_weeks"].quantile(LAG_QUANTILE) if len(filed) else 0.0
        lag: Whole = (np.ceil(by_person.fillna(usual).to_numpy()).clip(0, LONGEST_LAG_WEEKS) * 7).astype(np.int64)
        return lag


def known_on(frames: AnomalyFrames, as_of_date: date) -> Known:
    """Return what was known on ``as_of_date`` of days up to it."""
    as_of_day = day_number(as_of_date)
    person_ids = _ids("person_id", frames.people, frames.person_days, frames.person_weeks, frames.trips)
    project_ids = _ids("project_id", frames.projects, frames.person_project_weeks)
    return Known(
        frames=frames,
        as_of_day=as_of_day,
        first_open_day=day_number(last_complete_sunday(as_of_date)) + 1,
        person_ids=person_ids,
        project_ids=project_ids,
        days=_days(frames.person_days, person_ids, as_of_day),
        project_weeks=_project_weeks(frames.person_project_weeks, person_ids, project_ids, as_of_day),
    )


def text_of(values: pd.Series) -> pd.Series:
    """Texts without null; unknown is empty."""
    return values.astype("str").fillna("").str.strip()


def places(ids: pd.Index, values: pd.Series) -> Whole:
    """Return the place of each value in sorted ``ids``, −1 for one that is unknown."""
    # Text is looked up once for each distinct value: millions of rows name a few thousand people.
    codes, distinct = pd.factorize(values)
    if not len(distinct):
        return np.full(len(values), -1, dtype=np.int64)
    found: Whole = np.append(ids.get_indexer(pd.Index(distinct)), -1)[codes].astype(np.int64)
    return found


def _ids(name: str, *frames: pd.DataFrame) -> pd.Index:
    distinct = [pd.Series(pd.unique(frame[name])).dropna().astype("str") for frame in frames]
    return pd.Index(sorted(set(pd.concat(distinct))), dtype="str")


def _is_known(rows: pd.DataFrame, as_of_day: int, date_name: str) -> Flags:
    is_known = day_numbers(rows["known_week_date"]) <= monday_number(as_of_day)
    day = day_numbers(rows[date_name])
    flags: Flags = is_known & (day <= as_of_day) & rows[date_name].notna().to_numpy()
    return flags


def _days(rows: pd.DataFrame, person_ids: pd.Index, as_of_day: int) -> pd.DataFrame:
    person = places(person_ids, rows["person_id"])
    kept = _is_known(rows, as_of_day, "work_date") & (person >= 0)
    key = keys.day_key(person, day_numbers(rows["work_date"]))[kept]
    unique, sums = keys.sums_by(key, {name: floats_of(rows[name])[kept] for name in _measures(rows)})
    person, day = keys.day_key_parts(unique)
    return _entries(pd.DataFrame({"key": unique, "person": person, "day": day, **sums}))


def _project_weeks(rows: pd.DataFrame, person_ids: pd.Index, project_ids: pd.Index, as_of_day: int) -> pd.DataFrame:
    person, project = places(person_ids, rows["person_id"]), places(project_ids, rows["project_id"])
    kept = _is_known(rows, as_of_day, "week_start_date") & (person >= 0) & (project >= 0)
    key = keys.project_key(person, project, day_numbers(rows["week_start_date"]))[kept]
    unique, sums = keys.sums_by(key, {name: floats_of(rows[name])[kept] for name in _measures(rows)})
    person, project, week = keys.project_key_parts(unique)
    columns = {"key": unique, "person": person, "project": project, "week": week}
    return _entries(pd.DataFrame({**columns, **sums}))


def _measures(rows: pd.DataFrame) -> list[str]:
    wanted = ("worked_hours", "onsite_hours", "entry_count", "is_assumed")
    return [name for name in wanted if name in rows.columns]


def _entries(sums: pd.DataFrame) -> pd.DataFrame:
    """Keep what still has entries; rows that were all taken back are gone."""
    kept = sums.loc[sums["entry_count"].gt(0)].reset_index(drop=True)
    return kept.rename(columns={"worked_hours": "hours"}).assign(is_assumed=flags_of(kept["is_assumed"]))
