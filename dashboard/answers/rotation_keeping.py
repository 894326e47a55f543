"""Rosters that are kept, accepted, compared with what happened, and handed on as calendars and workbooks."""

from __future__ import annotations

import csv
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analytics.rotation.problem import NONE
from dashboard.answers.door import home_of, read
from dashboard.answers.rotation_json import answer_json
from dashboard.answers.rotation_plans import plan_rows
from dashboard.i18n import _
from data.import_reports import ImportOptions
from data.importing import import_files
from data.problems import GoliveError

if TYPE_CHECKING:
    from analytics.rotation.problem import Plan, Problem
    from dashboard.answers.rotation import Answer
    from dashboard.answers.viewers import Viewer
    from data.home import Home
    from data.journal.rotations import RotationPlan

#: A week of somebody whose contract is not known.
_USUAL_HOURS: Final = 40.0
_COLUMNS: Final = ("person_id", "project_id", "week_start_date", "planned_hours", "is_onsite", "is_tentative")
#: Parts of a proposal that are kept as what was predicted.
_PREDICTED: Final = (
    "total",
    "terms",
    "roster_total",
    "roster_terms",
    "needed_head_weeks",
    "covered_head_weeks",
    "people_moved",
    "kept_share",
    "bound",
    "gap_share",
    "seed",
    "weights_version",
)


def keep(home: Home, viewer: Viewer, found: Answer, title: str) -> int:
    """Keep a proposal in the journal; return its number."""
    from data.journal.rotations import keep_plan  # noqa: PLC0415 - its libraries take half a second to load

    problem, told = found.room.problem, answer_json(found)
    return keep_plan(
        home,
        viewer.name,
        title=title,
        as_of_date=found.room.horizon.as_of_date,
        first_week_date=problem.weeks[0],
        weeks_count=len(problem.weeks),
        rows=_plain(problem, found.proposal.plan),
        roster=_plain(problem, found.room.base),
        result={name: told[name] for name in _PREDICTED},
    )


def _plain(problem: Problem, plan: Plan) -> list[dict[str, Any]]:
    return [
        {str(name): str(value) for name, value in row.items()} for row in plan_rows(problem, plan).to_dict("records")
    ]


def kept_plans(home: Home) -> list[RotationPlan]:
    """Return kept rosters, the newest first."""
    from data.journal.rotations import read_plans  # noqa: PLC0415 - as above

    return read_plans(home)


def kept_plan(home: Home, plan_id: int) -> RotationPlan:
    """Return one kept roster by its number."""
    from data.journal.rotations import read_plan  # noqa: PLC0415 - as above

    return read_plan(home, plan_id)


def is_taken_back(home: Home, plan: RotationPlan) -> bool:
    """Tell whether an accepted roster was taken out of the assignments again (``golive undo``)."""
    from data.proving.keeping import UNDONE, read_record  # noqa: PLC0415 - as above

    return plan.batch_id is not None and read_record(home, plan.batch_id).state == UNDONE


def accept(
    file: Path, viewer: Viewer, plan_id: int, *, owner: str, note: str = "", is_tentative: bool = True
) -> tuple[int, int | None]:
    """Write a kept roster into the assignments and make it a decision; return decision and batch.

    What changes against the roster goes through the import like any file, as a correction of the source that planned
    it: it counts in forecasts and load at once, has a line to point at, and `golive undo` takes it back.

    Raises
    ------
    GoliveError
        It was accepted already, also where it was taken back since, or the import refused it.
    """
    from data.journal.rotations import decide_plan  # noqa: PLC0415 - as above

    home = home_of(file)
    plan = kept_plan(home, plan_id)
    if is_taken_back(home, plan):
        raise GoliveError(
            _("Roster {number} was accepted and taken back.").format(number=plan_id),
            _("`golive redo {batch}` puts it back as it was decided; or propose anew.").format(batch=plan.batch_id),
        )
    if plan.decision_id is not None:
        raise GoliveError(
            _("Roster {number} was accepted already: decision {decision}.").format(
                number=plan_id, decision=plan.decision_id
            ),
            _("Propose anew."),
        )
    changes = assignment_changes(file, viewer, plan, is_tentative=is_tentative)
    batch_id = _imported(home, plan_id, changes, _source(file, viewer)) if len(changes) else None
    return decide_plan(home, viewer.name, plan_id, owner_name=owner, note=note, batch_id=batch_id), batch_id


def assignment_changes(file: Path, viewer: Viewer, plan: RotationPlan, *, is_tentative: bool) -> pd.DataFrame:
    """Return the rows of assignments that make the roster the plan: new weeks, and 0 hours for what is given up."""
    after = {(row["person_id"], row["week_start_date"]): row for row in plan.rows}
    before = {(row["person_id"], row["week_start_date"]): row for row in plan.roster}
    changed = sorted(key for key in {*after, *before} if _spot(after.get(key)) != _spot(before.get(key)))
    end = plan.first_week_date + timedelta(weeks=plan.weeks_count)
    present = read(
        file,
        viewer,
        """
        select person_id, project_id, week_start_date::date::varchar as week_start_date
        from staging.assignments
        where week_start_date >= $first and week_start_date < $end and coalesce(planned_hours, 1) > 0
        """,
        first=plan.first_week_date,
        end=end,
    )
    planned: dict[tuple[str, str], set[str]] = {}
    for person, project, week in present.itertuples(index=False, name=None):
        planned.setdefault((person, week), set()).add(project)
    people = read(file, viewer, "select person_id, weekly_hours from marts.people")
    hours = {
        person: _USUAL_HOURS if pd.isna(value) else float(value)
        for person, value in people.itertuples(index=False, name=None)
    }
    rows: list[tuple[Any, ...]] = []
    for person, week in changed:
        now = after.get((person, week))
        rows += [
            (person, project, week, 0.0, False, is_tentative)
            for project in sorted(planned.get((person, week), set()))
            if now is None or project != now["project_id"]
        ]
        if now is not None:
            own = hours.get(person, _USUAL_HOURS)
            rows.append((person, now["project_id"], week, own, now["mode"] == "onsite", is_tentative))
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _spot(row: Any) -> tuple[str, str] | None:
    return None if row is None else (row["project_id"], row["mode"])


def _source(file: Path, viewer: Viewer) -> str:
    """Return the source that plans: the one with most assignments."""
    found = read(
        file,
        viewer,
        "select source_name from staging.assignments group by source_name order by count(*) desc, source_name limit 1",
    )
    return str(found["source_name"].iloc[0]) if len(found) else ImportOptions().source_name


def _imported(home: Home, plan_id: int, changes: pd.DataFrame, source: str) -> int | None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"assignments_roster_{plan_id}.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(_COLUMNS)
            writer.writerows(changes.itertuples(index=False, name=None))
        (report,) = import_files(home, [path], ImportOptions(table_name="assignments", source_name=source))
    if report.problem:
        raise GoliveError(str(report.problem), _("Nothing was changed."))
    return report.batch_id


def planned_and_actual(file: Path, viewer: Viewer, plan: RotationPlan, as_of_date: date) -> pd.DataFrame:
    """Return for each week of a kept roster that is past where people were: by trips and hours, not by plans.

    Columns: ``person_id``, ``week_start_date``, ``planned_project_id``, ``planned_mode``, ``actual_project_id``,
    ``was_away``, ``is_as_planned``. A week of which nothing is filed is left out.
    """
    last = min(as_of_date, plan.first_week_date + timedelta(weeks=plan.weeks_count) - timedelta(days=1))
    worked = read(
        file,
        viewer,
        """
        select
            person_id,
            week_start_date::date::varchar as week_start_date,
            arg_max(project_id, worked_hours) as project_id,
            sum(onsite_hours) as onsite_hours,
            sum(worked_hours) as worked_hours
        from (
            select person_id, project_id, week_start_date, sum(worked_hours) as worked_hours,
                sum(onsite_hours) as onsite_hours
            from marts.person_project_weeks
            where week_start_date >= $first and week_start_date <= $last
            group by person_id, project_id, week_start_date
        )
        group by person_id, week_start_date
        having sum(worked_hours) > 0
        """,
        first=plan.first_week_date,
        last=last,
    )
    planned = {(row["person_id"], row["week_start_date"]): row for row in plan.rows}
    rows = []
    for person, week, project, onsite, hours in worked.itertuples(index=False, name=None):
        row = planned.get((person, week))
        was_onsite = float(onsite or 0) > float(hours) / 2
        mode = ("onsite" if was_onsite else "remote") if row is not None else ""
        is_same = row is not None and row["project_id"] == project and row["mode"] == mode
        is_home = row is None and not was_onsite
        rows.append(
            (
                person,
                week,
                row["project_id"] if row is not None else "",
                row["mode"] if row is not None else "home",
                project,
                was_onsite,
                is_same or is_home,
            )
        )
    names = [
        *("person_id", "week_start_date", "planned_project_id", "planned_mode"),
        *("actual_project_id", "was_away", "is_as_planned"),
    ]
    return pd.DataFrame(rows, columns=names).sort_values(["person_id", "week_start_date"], ignore_index=True)


def stints(problem: Problem, plan: Plan, person: int) -> list[tuple[int, int, int, bool]]:
    """Return the stints of a person: first week, last week, project, whether from home."""
    project = plan.project(problem)[person].tolist()
    remote = plan.is_remote[person].tolist()
    found, start = [], 0
    for week in range(1, len(project) + 1):
        if week < len(project) and (project[week], remote[week]) == (project[start], remote[start]):
            continue
        if project[start] != NONE:
            found.append((start, week - 1, project[start], remote[start]))
        start = week
    return found
