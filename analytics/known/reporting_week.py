"""The reporting week: the last full week that enough people have filed.

A weekly review is held on Monday morning, when last week's timesheets are hardly in. Speaking of that week would empty
the screen; so everything speaks of the last week that enough people have filed, and says of the weeks after it how many
have filed them. This module is the only place that decides which week that is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

import numpy as np
import pandas as pd

#: A week is told when at least this share of the people that a week usually has are filed (or off for good reason).
DEFAULT_FILED_SHARE: Final = 0.5

#: A person's week counts as filed from this share of its expected days on, as everywhere (see ``weeks_as_known``).
_FILED_DAYS_SHARE: Final = 0.6

#: How many people a week usually has is taken from so many weeks before that anybody filed at all ...
_USUAL_WEEKS: Final = 8
#: ... as their upper quartile: holidays and one thin week don't lower it, and people who come and go don't raise it.
_USUAL_QUANTILE: Final = 0.75

#: So long after its end nobody is waited for who usually files later than that (by the month, say) ...
_PROMPT_DAYS: Final = 7
#: ... if those who file sooner are at least this share of all; otherwise all are waited for.
_LEAST_PROMPT_SHARE: Final = 0.25
_PROMPT_QUANTILE: Final = 0.5

_WEEK: Final = timedelta(weeks=1)
_DAY_COLUMNS: Final = ["person_id", "week_start_date"]


class ReportingDay(date):
    """A day whose knowledge is asked for, which also knows the Sunday up to which weeks are told.

    It is a date in every other respect. Functions that lay out weeks ask ``last_complete_sunday``, which asks it: so no
    figure can forget the reporting week, and a plain date still means the last complete week.
    """

    reporting_sunday: date | None = None

    def __reduce__(self) -> tuple[object, tuple[date, date | None]]:
        """Keep the Sunday when the day is copied or sent to another process."""
        return reporting_day, (plain_day(self), self.reporting_sunday)


def reporting_day(as_of_date: date, reporting_sunday: date | None) -> ReportingDay:
    """Return ``as_of_date`` with the Sunday up to which weeks are told."""
    day = ReportingDay(as_of_date.year, as_of_date.month, as_of_date.day)
    day.reporting_sunday = reporting_sunday
    return day


def plain_day(day: date) -> date:
    """Return the day alone, for queries and sums of days."""
    return date(day.year, day.month, day.day)


@dataclass(frozen=True)
class FiledWeek:
    """A full week with how many people have filed it, of how many that usually do."""

    week_start_date: date
    filed_count: int
    expected_count: int


@dataclass(frozen=True)
class ReportingWeek:
    """The week that everything speaks of, and what is filed of the full weeks after it.

    Parameters
    ----------
    week
        The reporting week. Where nobody has ever filed, the last full week, with counts of 0.
    later
        The full weeks after it, in order: "not filed yet", never absence of people.
    """

    as_of_date: date
    week: FiledWeek
    later: tuple[FiledWeek, ...]

    @property
    def week_start_date(self) -> date:
        """The Monday of the reporting week."""
        return self.week.week_start_date

    @property
    def has_hours(self) -> bool:
        """Tell whether anybody has filed anything that a week could be told from."""
        return self.week.filed_count > 0

    @property
    def day(self) -> ReportingDay:
        """The day that is asked about, for functions that lay out weeks."""
        return reporting_day(self.as_of_date, self.week_start_date + timedelta(days=6))


def last_full_week(as_of_date: date) -> date:
    """Return the Monday of the last week that is over: its Sunday is ``as_of_date`` or earlier."""
    plain = plain_day(as_of_date)
    return plain - timedelta(days=(plain.weekday() + 1) % 7 + 6)


def filings_in(person_weeks: pd.DataFrame, as_of_date: date) -> pd.DataFrame:
    """Return the filings of ``reporting_week`` from the mart ``person_weeks``: knowledge by the week, for backtests."""
    monday = pd.Timestamp(as_of_date) - pd.Timedelta(days=as_of_date.weekday())
    known = person_weeks.loc[person_weeks["known_week_date"].le(monday) & person_weeks["state"].eq("filed")]
    sums = known.groupby(_DAY_COLUMNS, as_index=False).agg(
        days_count=("worked_days_count", "sum"), filed_date=("known_week_date", "min")
    )
    return sums.loc[sums["days_count"].gt(0)]


def reporting_week(
    filings: pd.DataFrame,
    weeks: pd.DataFrame,
    as_of_date: date,
    filed_share: float = DEFAULT_FILED_SHARE,
) -> ReportingWeek:
    """Return the last full week that enough people have filed, as known on ``as_of_date``.

    A week is told when the people who filed it, with those who were on leave or had no workday, are at least
    ``filed_share`` of the people that a week usually has: the upper quartile of the last eight weeks with any filing.
    Once a week is over for seven days, nobody is waited for who usually files later than that.

    Parameters
    ----------
    filings
        ``person_id``, ``week_start_date``, ``days_count`` (days with hours known on ``as_of_date``), ``filed_date``
        (the day on which they became known).
    weeks
        What was expected: ``person_id``, ``week_start_date``, ``state`` (``on_leave`` and ``no_workdays`` count),
        ``expected_days``. A week without a row expects as many days as the person usually files.
    """
    last = last_full_week(as_of_date)
    counted = _counted(filings, weeks, last)
    if not counted["is_filed"].any():
        return ReportingWeek(as_of_date, FiledWeek(last, 0, 0), ())
    counts = _counts(counted, as_of_date)
    own = counts["known_count"].to_numpy()
    enough = (counts["filed_count"].to_numpy() > 0) & (own >= filed_share * counts["wanted_count"].to_numpy())
    if not enough.any():
        # Only a single stray row can be here: the fullest week says the most.
        enough = own == own.max()
    place = int(np.flatnonzero(enough)[-1])
    told: date = pd.Timestamp(counts.index[place]).date()
    usual = int(counts["usual_count"].iloc[place])
    by_week = dict(zip(pd.DatetimeIndex(counts.index).date, counts["filed_count"].astype(int).tolist(), strict=True))
    filed = by_week[told]
    off = int(own[place]) - filed
    later = [
        FiledWeek(week, by_week.get(week, 0), max(usual, filed, by_week.get(week, 0)))
        for week in (told + _WEEK * step for step in range(1, (last - told).days // 7 + 1))
    ]
    return ReportingWeek(as_of_date, FiledWeek(told, filed, max(usual - off, filed)), tuple(later))


def _counted(filings: pd.DataFrame, weeks: pd.DataFrame, last: date) -> pd.DataFrame:
    """Return each person's week up to ``last`` with ``is_filed``, ``is_off`` and ``filed_date``."""
    newest = pd.Timestamp(last)
    own = filings.loc[filings["week_start_date"].le(newest), [*_DAY_COLUMNS, "days_count", "filed_date"]]
    plan = weeks.loc[weeks["week_start_date"].le(newest), [*_DAY_COLUMNS, "state", "expected_days"]]
    rows = own.merge(plan.drop_duplicates(_DAY_COLUMNS), on=_DAY_COLUMNS, how="outer").sort_values(
        _DAY_COLUMNS, ignore_index=True
    )
    days = rows["days_count"].astype("float64").fillna(0.0)
    usual = days.where(days > 0).groupby(rows["person_id"]).transform("median")
    # Who writes a week as one sum, or two days of five, has filed it with that.
    needed = rows["expected_days"].astype("float64").fillna(usual).clip(upper=usual)
    is_filed = (days > 0) & (days >= _FILED_DAYS_SHARE * needed)
    is_off = ~is_filed & rows["state"].isin(["on_leave", "no_workdays"]) & _has_filed_lately(rows, is_filed)
    return rows.assign(is_filed=is_filed, is_off=is_off)


def _has_filed_lately(rows: pd.DataFrame, is_filed: pd.Series) -> pd.Series:
    """Tell whether the person filed in the last weeks before: whoever has stopped long ago is not off now."""
    filed = rows["week_start_date"].where(is_filed)
    newest = filed.groupby(rows["person_id"]).ffill()
    return newest.ge(rows["week_start_date"] - pd.Timedelta(weeks=_USUAL_WEEKS))


def _counts(counted: pd.DataFrame, as_of_date: date) -> pd.DataFrame:
    """Return one row per week that anybody filed or was off: people known, and people that are wanted.

    ``filed_count``, ``known_count`` (filed or off), ``usual_count``, ``wanted_count`` (usual, or the usual prompt
    ones).
    """
    end = counted["week_start_date"] + pd.Timedelta(days=7)
    is_prompt = counted["is_filed"] & (counted["filed_date"] <= end + pd.Timedelta(days=_PROMPT_DAYS))
    rows = counted.assign(is_prompt=is_prompt | counted["is_off"], is_known=counted["is_filed"] | counted["is_off"])
    counts = rows.groupby("week_start_date")[["is_filed", "is_known", "is_prompt"]].sum().sort_index()
    counts = counts.rename(columns={"is_filed": "filed_count", "is_known": "known_count"})
    usual = _usual(counts["known_count"].where(counts["filed_count"] > 0), _USUAL_QUANTILE, "higher")
    # At the end of a month those who file by the month are prompt, too: that is no habit.
    prompt = _usual(counts["is_prompt"].where(counts["filed_count"] > 0), _PROMPT_QUANTILE, "lower")
    age = pd.DatetimeIndex(counts.index).map(lambda monday: (pd.Timestamp(as_of_date) - monday).days - 6)
    is_prompt_enough = (prompt >= _LEAST_PROMPT_SHARE * usual) & (age > _PROMPT_DAYS)
    usual = usual.fillna(counts["known_count"])
    return counts.assign(usual_count=usual, wanted_count=np.where(is_prompt_enough, prompt, usual))


def _usual(counts: pd.Series, quantile: float, interpolation: Literal["lower", "higher"]) -> pd.Series:
    """Return for each week a quantile of the last weeks before it that have a count."""
    before = counts.dropna().rolling(_USUAL_WEEKS, min_periods=1).quantile(quantile, interpolation=interpolation)
    return before.reindex(counts.index).ffill().shift(1)
