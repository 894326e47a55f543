"""What was known of each project on a day: nothing that was learnt later may change a forecast."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

import pandas as pd

from analytics.delay.committed import CommittedBy, with_committed_date
from analytics.delay.earned_schedule import weeks_between, with_earned_schedule, with_first_plan
from analytics.delay.effort import progress_is_effort
from analytics.delay.progress_model.capacity import prepare_capacity
from analytics.delay.progress_model.cases import Evidence
from analytics.delay.progress_model.fit_store import FitStore
from analytics.delay.progress_model.requests import prepare_requests
from analytics.delay.progress_model.work import prepare_work

#: A finish is never forecast for today: at least half a week ahead.
LEAST_REMAINING_WEEKS: Final = 0.5
#: Weeks over which the size of the team is taken from booked hours, and hours of one person in a week.
_TEAM_WEEKS: Final = 8
_HOURS_PER_PERSON_WEEK: Final = 40.0

_STATE_COLUMNS: Final = (
    "project_id",
    "week_start_date",
    "baseline_finish_date",
    "planned_finish_date",
    "progress_date",
    "progress_ratio",
    "planned_progress_ratio",
    "booked_hours",
    "budget_hours",
    "scope_hours",
    "is_assumed",
)


@dataclass(frozen=True, eq=False)
class Histories:
    """All weeks of all projects with what each week alone could say, prepared once for many forecasts.

    ``states`` is sorted by project and week; ``projects`` has start_date, end_date, is_finished and product, and
    planned_weeks with the week from which it was known.
    """

    states: pd.DataFrame
    projects: pd.DataFrame
    #: The same weeks and the change requests as arrays, for the model of the work.
    evidence: Evidence | None = None
    #: Against which date lateness is measured; ``states`` carry it as ``committed_date`` and ``committed_weeks``.
    committed_by: CommittedBy = "baseline"
    #: Where fits are looked up and kept. It belongs to the caller, so that two homes never share one.
    fits: FitStore = field(default_factory=FitStore)
    #: What was said of all running projects, by day and seed (``analytics.delay.spoken``); another history has its own.
    spoken: dict[tuple[pd.Timestamp, int], Any] = field(default_factory=dict, init=False, repr=False)

    @property
    def last_day(self) -> pd.Timestamp:
        """The last day of the last week that anything is known of."""
        last = self.states["week_start_date"].max()
        return pd.Timestamp(0) if pd.isna(last) else pd.Timestamp(last) + pd.Timedelta(days=6)

    def of_project(self, project_id: str) -> Histories:
        """Return the history of one project alone."""
        return replace(
            self,
            states=self.states[self.states["project_id"] == project_id],
            projects=self.projects[self.projects["project_id"] == project_id],
        )

    def measured_by(self, committed_by: CommittedBy) -> Histories:
        """Return the same histories with lateness measured against another date; forecasts stay the same."""
        if committed_by == self.committed_by:
            return self
        return replace(self, states=with_committed_date(self.states, committed_by), committed_by=committed_by)


def prepare_histories(
    states: pd.DataFrame,
    projects: pd.DataFrame,
    *,
    change_requests: pd.DataFrame | None = None,
    assignment_weeks: pd.DataFrame | None = None,
    person_project_weeks: pd.DataFrame | None = None,
    leave: pd.DataFrame | None = None,
    committed_by: CommittedBy = "baseline",
    fits: FitStore | None = None,
) -> Histories:
    """Join weeks and projects and compute every week's own figures.

    Each computed column of a week uses that week and earlier ones only, so cutting the result at a week gives the
    same as cutting the input there.

    Parameters
    ----------
    states
        marts.project_states.
    projects
        marts.projects. The end of a project is ``actual_finish_date``. A cancelled project ends there or with its
        last work, and so does a finished one without a date; neither teaches how long projects take.
    change_requests
        marts.change_requests. Without it, requests are read from the steps of the approved scope.
    assignment_weeks, person_project_weeks
        The marts, for the hours of the weeks ahead. Without them coming weeks are as recent ones were.
    leave
        ``person_id``, ``leave_date``, ``leave_hours``, ``known_date``.
    committed_by
        Against which date lateness is measured.
    fits
        What was learnt before. Without it, these histories learn for themselves.
    """
    ends = _with_ends(projects)
    ready = _own_figures(states, ends)
    first = _first_plans(ready)
    listed = ends.merge(
        first.rename(columns={"week_start_date": "plan_known_week"}),
        on="project_id",
        how="left",
        validate="one_to_one",
    )
    work = prepare_work(ready, listed)
    capacity = prepare_capacity(work, assignment_weeks, person_project_weeks, leave)
    evidence = Evidence(work, prepare_requests(work, change_requests), capacity)
    states = with_committed_date(ready, committed_by)
    return Histories(states, listed, evidence, committed_by, FitStore() if fits is None else fits)


def _own_figures(states: pd.DataFrame, ends: pd.DataFrame) -> pd.DataFrame:
    """Return the weeks of projects that are listed, typed, with what each of them says by itself."""
    kept = states.reindex(columns=list(_STATE_COLUMNS))
    dates = {name: pd.to_datetime(kept[name]).astype("datetime64[us]") for name in _STATE_COLUMNS if "date" in name}
    numbers = {name: pd.to_numeric(kept[name]).astype("float64") for name in _STATE_COLUMNS if "ratio" in name}
    hours = {name: pd.to_numeric(kept[name]).astype("float64") for name in _STATE_COLUMNS if "hours" in name}
    kept = with_first_plan(kept.assign(**dates, **numbers, **hours))
    kept = kept.merge(ends[["project_id", "start_date"]], on="project_id", how="inner", validate="many_to_one")
    rows = with_earned_schedule(kept)
    groups = rows.groupby("project_id", sort=False)
    booked_before = groups["booked_hours"].shift(_TEAM_WEEKS)
    people = (rows["booked_hours"] - booked_before) / (_TEAM_WEEKS * _HOURS_PER_PERSON_WEEK)
    is_assumed = rows["is_assumed"].astype("boolean").fillna(value=False).astype(bool)
    return rows.assign(
        team_people=people.where(people >= 0),
        is_assumed=is_assumed.groupby(rows["project_id"]).cummax(),
        plan_finish_weeks=weeks_between(rows["start_date"], rows["planned_finish_date"]),
        is_effort=progress_is_effort(rows),
    )


def _first_plans(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the first plan of each project and since when it was known; where a report corrected it, the report's."""
    known = rows.dropna(subset=["planned_weeks"])
    columns = ["project_id", "planned_weeks", "week_start_date"]
    first = known.drop_duplicates("project_id")[columns]
    reported = known[known["is_first_plan_reported"]].drop_duplicates("project_id").set_index("project_id")
    planned = first["project_id"].map(reported["planned_weeks"]).astype("float64")
    return first.assign(planned_weeks=planned.fillna(first["planned_weeks"]))


def _with_ends(projects: pd.DataFrame) -> pd.DataFrame:
    """Return one row per project with its start and its end, if it has come to one."""
    columns = ["project_id", "product", "start_date", "first_work_date", "last_work_date", "status"]
    kept = projects.reindex(columns=[*columns, "actual_finish_date"])
    names = ["start_date", "first_work_date", "last_work_date", "actual_finish_date"]
    kept = kept.assign(**{name: pd.to_datetime(kept[name]).astype("datetime64[us]") for name in names})
    is_cancelled = kept["status"].eq("cancelled").fillna(value=False).astype(bool)
    has_ended = kept["status"].isin(["cancelled", "finished"])
    end_date = kept["actual_finish_date"].fillna(kept["last_work_date"].where(has_ended))
    start_date = kept["start_date"].fillna(kept["first_work_date"])
    table = kept.assign(
        start_date=start_date,
        end_date=end_date,
        is_cancelled=is_cancelled,
        is_finished=kept["actual_finish_date"].notna() & ~is_cancelled & (end_date > start_date),
        is_on_hold=kept["status"].eq("on_hold").fillna(value=False).astype(bool),
        product=kept["product"].astype("string").fillna(""),
    )
    columns = ["project_id", "product", "start_date", "end_date", "is_finished", "is_on_hold"]
    return table.drop_duplicates("project_id")[columns]


def monday_of(day: pd.Timestamp) -> pd.Timestamp:
    """Return the Monday of the week of ``day``."""
    return day.normalize() - pd.Timedelta(days=day.weekday())


def running_on(histories: Histories, day: pd.Timestamp) -> pd.DataFrame:
    """Return the latest known week of each project that had started and not yet ended on ``day``."""
    known = histories.states[histories.states["week_start_date"] <= monday_of(day)]
    latest = known.drop_duplicates("project_id", keep="last")
    ended = histories.projects["end_date"] <= day
    alive = histories.projects[~ended & (histories.projects["start_date"] <= day)]
    # The list says what is on hold today; when that began is not known, so earlier days know nothing of it.
    is_today = day >= monday_of(histories.last_day)
    rows = alive.assign(is_on_hold=alive["is_on_hold"] & is_today)[["project_id", "product", "end_date", "is_on_hold"]]
    rows = rows.merge(latest, on="project_id", how="inner", validate="one_to_one")
    return _on_day(rows.assign(as_of_date=day)).sort_values("project_id", ignore_index=True)


def running_on_days(histories: Histories, days: list[pd.Timestamp], last_day: pd.Timestamp) -> pd.DataFrame:
    """Return what ``running_on`` gives for each day, for histories of a single project.

    Parameters
    ----------
    last_day
        The last day of which the whole firm knows anything.
    """
    asked = pd.DataFrame({"as_of_date": pd.Series(days, dtype="datetime64[us]")})
    rows = pd.merge_asof(
        asked.sort_values("as_of_date"), histories.states, left_on="as_of_date", right_on="week_start_date"
    ).dropna(subset=["week_start_date"])
    rows = rows.merge(
        histories.projects[["project_id", "product", "end_date", "is_on_hold"]],
        on="project_id",
        how="inner",
        validate="many_to_one",
    )
    rows = rows.assign(is_on_hold=rows["is_on_hold"] & (rows["as_of_date"] >= monday_of(last_day)))
    is_running = ~(rows["end_date"] <= rows["as_of_date"]) & (rows["start_date"] <= rows["as_of_date"])
    return _on_day(rows[is_running]).reset_index(drop=True)


def _on_day(rows: pd.DataFrame) -> pd.DataFrame:
    return with_points(rows.assign(elapsed_weeks=(rows["as_of_date"] - rows["start_date"]).dt.days / 7.0))


def with_points(rows: pd.DataFrame) -> pd.DataFrame:
    """Add each method's single forecast in weeks since the start, at least half a week after ``elapsed_weeks``."""
    earliest = rows["elapsed_weeks"] + LEAST_REMAINING_WEEKS
    return rows.assign(
        stage=rows["elapsed_weeks"] / rows["planned_weeks"],
        plan_point=rows["plan_finish_weeks"].clip(lower=earliest),
        earned_point=rows["earned_finish_weeks"].clip(lower=earliest),
        burn_point=rows["burn_finish_weeks"].clip(lower=earliest),
    )
