"""What clients ask of people: late change requests, weeks of go-live, difficult clients, escalations.

Requests and reports belong to projects. A person carries the share of a project that is the person's share of its
hours in that week: two people on a project with six late requests carry three each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.workload.grid import DAYS_A_WEEK, Grid, day_numbers, floats_of, monday_of, streaks, window_sum

if TYPE_CHECKING:
    from datetime import date

    from analytics.workload.grid import Flags, Floats, Whole
    from analytics.workload.strain.settings import StrainSettings

#: Over so many weeks late requests make a client difficult.
_DIFFICULT_WEEKS = 8

#: A gap of so many weeks (leave, another project) does not end the weeks at a difficult client.
_BRIDGED_WEEKS = 1


@dataclass(frozen=True)
class ProjectWeeks:
    """Projects × weeks: what happened to each project, as known."""

    project_ids: pd.Index
    clients: pd.Index
    client: Whole
    late_requests: Floats
    is_go_live: Flags
    is_difficult: Flags
    escalations: Floats


@dataclass(frozen=True)
class ClientLoad:
    """People × weeks."""

    late_requests: Floats
    is_go_live: Flags
    difficult_weeks: Floats
    escalations: Floats


def project_weeks(
    grid: Grid,
    projects: pd.DataFrame,
    change_requests: pd.DataFrame,
    status_reports: pd.DataFrame,
    settings: StrainSettings,
    as_of_date: date,
) -> ProjectWeeks:
    """Lay out what clients asked of each project in the weeks of ``grid``.

    Parameters
    ----------
    projects
        ``project_id``, ``client_name``, ``baseline_finish_date``, ``go_live_date``.
    change_requests
        ``project_id``, ``raised_at``, ``known_date``.
    status_reports
        ``project_id``, ``as_of_date``, ``planned_finish_date``, ``reported_status``, ``known_date``.
    """
    ids = pd.Index(sorted(set(projects["project_id"].dropna())))
    own = Grid(ids, grid.first_day, DAYS_A_WEEK, grid.step_count)
    listed = projects.drop_duplicates("project_id").set_index("project_id").reindex(ids)
    reports = status_reports.loc[_known(status_reports, as_of_date)].sort_values("as_of_date")
    cells = own.cells(reports["project_id"], reports["as_of_date"])
    plan = _carried(own.place(cells, _days_or_nan(reports["planned_finish_date"])))
    plan = np.where(np.isnan(plan), _days_or_nan(listed["baseline_finish_date"])[:, None], plan)
    red = _carried(own.place(cells, floats_of(reports["reported_status"].eq("red")))) > 0
    week_begin = (own.first_day + DAYS_A_WEEK * np.arange(own.step_count))[None, :]
    went_live = _went_live(listed, as_of_date)
    due = np.where(np.isnan(went_live)[:, None], plan, went_live[:, None])
    requests = change_requests.loc[_known(change_requests, as_of_date)]
    raised = own.total(own.cells(requests["project_id"], requests["raised_at"]), np.ones(len(requests)))
    is_late = week_begin >= due - DAYS_A_WEEK * settings["late_before_go_live_weeks"]
    late = np.where(is_late, raised, 0.0)
    clients = listed["client_name"].where(listed["client_name"].notna(), listed.index.to_series())
    return ProjectWeeks(
        project_ids=ids,
        clients=pd.Index(clients.unique()),
        client=pd.Index(clients.unique()).get_indexer(pd.Index(clients)).astype(np.int64),
        late_requests=late,
        is_go_live=np.abs(week_begin + 3 - due) <= DAYS_A_WEEK * settings["go_live_window_weeks"] + 3,
        is_difficult=red | (window_sum(late, _DIFFICULT_WEEKS) >= settings["difficult_requests"]),
        escalations=(red & ~np.pad(red, ((0, 0), (1, 0)))[:, :-1]).astype(np.float64),
    )


def client_load(
    grid: Grid, booked: pd.DataFrame, projects: ProjectWeeks, everybody: Floats, settings: StrainSettings
) -> ClientLoad:
    """Return what each person carries.

    Parameters
    ----------
    booked
        ``person_id``, ``project_id``, ``week_start_date``, ``worked_hours`` as known, summed up.
    everybody
        Hours of each project and week by everybody, people outside ``grid`` included.
    """
    project = projects.project_ids.get_indexer(pd.Index(booked["project_id"]))
    where, is_inside = grid.cells(booked["person_id"], booked["week_start_date"])
    is_used = is_inside & (project >= 0)
    where, project = where[is_used], project[is_used]
    hours = booked["worked_hours"].to_numpy(dtype=np.float64)[is_used]
    step = where % max(grid.step_count, 1)
    size = grid.shape[0] * grid.shape[1]
    own = np.bincount(where, weights=hours, minlength=size)
    counts = hours >= settings["project_hours_share"] * own[where]
    share = hours / np.maximum(everybody[project, step], hours + 1e-9)

    def carried(values: Floats, weights: Floats) -> Floats:
        sums = np.bincount(where, weights=values[project, step] * weights, minlength=size)
        return sums.astype(np.float64).reshape(grid.shape)

    return ClientLoad(
        late_requests=carried(projects.late_requests, share),
        is_go_live=carried(projects.is_go_live.astype(np.float64), counts.astype(np.float64)) > 0,
        difficult_weeks=_difficult_weeks(grid, projects, (where, project, step), counts),
        escalations=carried(projects.escalations, counts.astype(np.float64)),
    )


def hours_of_everybody(grid: Grid, booked: pd.DataFrame, projects: ProjectWeeks) -> Floats:
    """Return the hours of each project and week."""
    own = Grid(projects.project_ids, grid.first_day, DAYS_A_WEEK, grid.step_count)
    cells = own.cells(booked["project_id"], booked["week_start_date"])
    return own.total(cells, booked["worked_hours"].to_numpy(dtype=np.float64))


def _difficult_weeks(grid: Grid, projects: ProjectWeeks, rows: tuple[Whole, Whole, Whole], counts: Flags) -> Floats:
    """Return how many weeks in a row the person has been at the same difficult client; short gaps are bridged."""
    where, project, step = rows
    is_hard = counts & projects.is_difficult[project, step]
    pair = (where[is_hard] // grid.step_count) * len(projects.clients) + projects.client[project[is_hard]]
    pairs, row = np.unique(pair, return_inverse=True)
    at_client = np.zeros((len(pairs), grid.step_count), dtype=bool)
    at_client[row, step[is_hard]] = True
    bridged = at_client.copy()
    for gap in range(1, _BRIDGED_WEEKS + 1):
        before, after = np.zeros_like(at_client), np.zeros_like(at_client)
        before[:, gap:], after[:, :-gap] = at_client[:, :-gap], at_client[:, gap:]
        bridged |= before & after
    weeks = np.zeros(grid.shape)
    np.maximum.at(weeks, pairs // max(len(projects.clients), 1), streaks(bridged).astype(np.float64))
    return weeks


def _known(rows: pd.DataFrame, as_of_date: date) -> pd.Series:
    stamp = "known_date" if "known_date" in rows.columns else "as_of_date"
    return rows[stamp].le(pd.Timestamp(as_of_date)) & rows[stamp].notna()


def _went_live(listed: pd.DataFrame, as_of_date: date) -> Floats:
    """Return the day of go-live where it had happened by then: what is listed later must not be known before."""
    day = _days_or_nan(listed["go_live_date"])
    past = day <= float(day_numbers(pd.Series([pd.Timestamp(as_of_date)]))[0])
    return np.where(past, day, np.nan)


def _days_or_nan(dates: pd.Series) -> Floats:
    numbers = day_numbers(pd.to_datetime(dates)).astype(np.float64)
    return np.where(pd.isna(dates).to_numpy(), np.nan, numbers)


def _carried(values: Floats) -> Floats:
    """Carry the last known value of each row forward."""
    steps = np.where(np.isnan(values), 0, np.arange(values.shape[1])[None, :])
    last = np.maximum.accumulate(steps, axis=1)
    return np.take_along_axis(values, last, axis=1)


def weeks_booked(person_project_weeks: pd.DataFrame, as_of_date: date) -> pd.DataFrame:
    """Return hours per person, project and week as known on ``as_of_date``; taken-back hours are gone."""
    known = person_project_weeks.loc[person_project_weeks["known_week_date"].le(monday_of(as_of_date))]
    keys = ["person_id", "project_id", "week_start_date"]
    if known.duplicated(keys).any():
        sums = known.groupby(keys, sort=False)["worked_hours"].sum()
        known = sums.reset_index()
    return known.loc[known["worked_hours"].gt(0), [*keys, "worked_hours"]].reset_index(drop=True)
