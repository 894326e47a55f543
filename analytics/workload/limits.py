"""Limit facts: where working time went over a law or over what the WHO and the ILO warn of. Complete, never capped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.workload.clocks import Rests, clock_times_of_days
from analytics.workload.days import day_states
from analytics.workload.grid import flags_of
from analytics.workload.limit_rules import LIMIT_RULES, Window, jurisdiction_of
from analytics.workload.limits_clock import DayMeasures, day_facts, day_measures
from analytics.workload.limits_daily import month_facts, run_facts
from analytics.workload.limits_weekly import week_facts
from analytics.workload.place import places
from analytics.workload.weeks import weeks_as_known
from analytics.workload.zones import local_clock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from analytics.workload.days import DayStates
    from analytics.workload.grid import Flags
    from analytics.workload.limit_rules import LimitRule

#: Jurisdictions whose rules hold for everybody.
_EVERYWHERE = frozenset({"none", "policy"})

FACT_COLUMNS = (
    "person_id",
    "rule",
    "jurisdiction",
    "window_start_date",
    "window_end_date",
    "value",
    "limit",
    "unit",
    "source",
    "grade",
    "is_law",
    "has_opted_out",
    "is_certain",
    "days_known_share",
    "is_assumed",
)


def limit_facts(
    person_days: pd.DataFrame,
    person_weeks: pd.DataFrame,
    people: pd.DataFrame,
    trips: pd.DataFrame,
    calendar_days: pd.DataFrame,
    as_of_date: date,
    leave_days: pd.DataFrame | None = None,
    rules: Sequence[LimitRule] = LIMIT_RULES,
    zones: tuple[pd.DataFrame, pd.DataFrame] | None = None,
    clock_times: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return one row for each person, rule and window in which the limit was exceeded, as known on ``as_of_date``.

    All frames but ``as_of_date`` are marts of the same name. Which law holds is decided by the home country.

    Parameters
    ----------
    zones
        ``country_zones`` and ``zone_offsets`` (see ``analytics.workload.place``): they tell the local clock. Without
        them, and where a zone is not known, work at night is not assessed. Rest between days needs no zone.
    clock_times
        The mart of that name; without it the first begin and the last end that ``person_days`` may tell.

    Returns
    -------
    DataFrame
        ``person_id``, ``rule``, ``jurisdiction``, ``window_start_date``, ``window_end_date`` (both included),
        ``value``, ``limit``, ``unit``, ``source``, ``grade``, ``is_law``, ``has_opted_out`` (the fact stands, the
        person has signed the opt-out that the law knows), ``is_certain`` (holds whatever the missing days were;
        otherwise unknown days are taken to be like the known ones), ``days_known_share`` (expected days of the window
        that are filed), ``is_assumed``. Oldest window first within a person and rule.
    """
    weeks = weeks_as_known(person_weeks, as_of_date)
    states = day_states(weeks, person_days, people, calendar_days, as_of_date=as_of_date, leave_days=leave_days)
    clocks = clock_times_of_days(person_days) if clock_times is None else clock_times
    measures = measures_of(states, clocks, people, (trips, calendar_days), as_of_date, zones)
    return facts_from(weeks, states, people, rules, measures)


def measures_of(
    states: DayStates,
    clock_times: pd.DataFrame,
    people: pd.DataFrame,
    where: tuple[pd.DataFrame, pd.DataFrame],
    as_of_date: date,
    zones: tuple[pd.DataFrame, pd.DataFrame] | None,
) -> DayMeasures:
    """Measure single days at the place where they were spent; ``where`` are trips and calendars."""
    trips, calendar_days = where
    clock = None
    if zones is not None:
        is_known = trips["known_date"].le(pd.Timestamp(as_of_date))
        known = trips.loc[is_known & trips["person_id"].isin(states.grid.person_ids)]
        clock = local_clock(places(states.grid, people, known, zones[0]), states.grid, zones[1])
    return day_measures(states, clock_times, people, calendar_days, as_of_date, clock)


def facts_from(
    weeks: pd.DataFrame,
    states: DayStates,
    people: pd.DataFrame,
    rules: Sequence[LimitRule] = LIMIT_RULES,
    measures: DayMeasures | None = None,
) -> pd.DataFrame:
    """Return the limit facts of weeks and days that are already laid out (see ``limit_facts``).

    Limits on single days are left out without ``measures``.
    """
    if weeks.empty:
        return pd.DataFrame(columns=list(FACT_COLUMNS)).astype(
            {"person_id": "str", "window_end_date": "datetime64[us]"}
        )
    listed = people.drop_duplicates("person_id").set_index("person_id").reindex(states.grid.person_ids)
    homes = [country if isinstance(country, str) else None for country in listed["home_country"]]
    jurisdictions = np.array([jurisdiction_of(home) for home in homes])
    has_opted_out = flags_of(listed["has_opted_out"])
    parts = []
    for rule in rules:
        concerns: Flags = (jurisdictions == rule.jurisdiction) | (rule.jurisdiction in _EVERYWHERE)
        found = _facts_of(rule, weeks, states, concerns, measures)
        person = found["person"].to_numpy()
        parts.append(
            found.drop(columns="person").assign(
                person_id=pd.Series(states.grid.person_ids[person], index=found.index, dtype="str"),
                rule=rule.rule,
                jurisdiction=rule.jurisdiction,
                limit=rule.limit,
                unit=rule.unit,
                source=rule.source,
                grade=rule.grade,
                is_law=rule.is_law,
                has_opted_out=has_opted_out[person] & rule.knows_opt_out,
            )
        )
    facts = pd.concat([part for part in parts if not part.empty] or parts[:1], ignore_index=True)
    return facts.loc[:, list(FACT_COLUMNS)].sort_values(["person_id", "rule", "window_end_date"], ignore_index=True)


def _facts_of(
    rule: LimitRule, weeks: pd.DataFrame, states: DayStates, concerns: Flags, measures: DayMeasures | None
) -> pd.DataFrame:
    if rule.window is Window.WEEKS:
        return week_facts(rule, weeks, concerns)
    if rule.window is Window.RUN:
        return run_facts(rule, states, concerns)
    if rule.window in {Window.MONTH, Window.MONTHS}:
        return month_facts(rule, states, concerns)
    if measures is None:
        return day_facts(rule, states, _nothing(states), concerns)
    return day_facts(rule, states, measures, concerns)


def _nothing(states: DayStates) -> DayMeasures:
    unknown, never = np.full(states.grid.shape, np.nan), np.zeros(0, dtype=np.int64)
    return DayMeasures(Rests(never, never, never, np.zeros(0)), unknown, np.zeros(states.grid.shape, dtype=bool))
