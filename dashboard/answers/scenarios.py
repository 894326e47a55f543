"""What-ifs: reckoned from the forecast's own paths, kept in the journal, adopted as decisions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analytics.delay.explaining import Movement, drivers_on, moved_between, movements_between, new_rows
from analytics.delay.scenario_steps import Step, scenario_of, step_of
from analytics.delay.scenarios import ScenarioError, compare_scenarios
from dashboard.answers.door import home, read
from dashboard.answers.keeping import kept
from dashboard.answers.portfolio import SEED, committed_by, histories, histories_by
from dashboard.answers.scenario_problems import problem_text
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from analytics.delay.committed import CommittedBy
    from dashboard.answers.viewers import Viewer
    from data.home import Home
    from data.journal import Decision, Scenario

_DATES: Final = ("finish_p10_date", "finish_p50_date", "finish_p80_date", "finish_p90_date")


@kept(12, on_record=())
def _drivers(
    file: Path,
    viewer: Viewer,  # noqa: ARG001 - cache key
    as_of_date: date,
    measured_by: CommittedBy,
) -> pd.DataFrame:
    return drivers_on(histories_by(file, measured_by), pd.Timestamp(as_of_date), seed=SEED)


def drivers(file: Path, viewer: Viewer, as_of_date: date, project_ids: tuple[str, ...]) -> pd.DataFrame:
    """Return how many weeks each cause adds to the committed date of each project."""
    found = _drivers(file, viewer, as_of_date, committed_by(file))
    return found[found["project_id"].isin(project_ids)].reset_index(drop=True)


@kept(60)
def movement(
    file: Path,
    viewer: Viewer,  # noqa: ARG001 - cache key
    before: date,
    as_of_date: date,
    project_id: str,
) -> tuple[Movement | None, pd.DataFrame]:
    """Return what moved the forecast of a project since ``before``, and the rows that became known meanwhile."""
    ready, days = histories(file), (pd.Timestamp(before), pd.Timestamp(as_of_date))
    return moved_between(ready, project_id, *days, seed=SEED), new_rows(ready, project_id, *days)


@kept(12, on_record=(Movement,))
def movements(
    file: Path,
    viewer: Viewer,  # noqa: ARG001 - cache key
    before: date,
    as_of_date: date,
    project_ids: tuple[str, ...],
) -> dict[str, Movement | None]:
    """Return what moved the forecast of some projects since ``before``, by project."""
    ready, days = histories(file), (pd.Timestamp(before), pd.Timestamp(as_of_date))
    return movements_between(ready, project_ids, *days, seed=SEED)


def pending_requests(file: Path, viewer: Viewer, as_of_date: date, project_id: str) -> pd.DataFrame:
    """Return the requests of a project that were known and undecided on a day."""
    return read(
        file,
        viewer,
        """
        select change_request_id, raised_at, requested_by, estimated_hours
        from marts.change_request_versions
        where
            project_id = $project_id
            and raised_at < $after
            and known_at < $after
            and (superseded_at is null or superseded_at >= $after)
            and (decided_at is null or decided_at >= $after)
            and (is_pending or decided_at is not null)
        order by raised_at
        """,
        project_id=project_id,
        after=as_of_date + timedelta(days=1),
    )


@kept(60)
def _compared(
    file: Path,
    viewer: Viewer,  # noqa: ARG001 - cache key
    as_of_date: date,
    project_id: str,
    named: tuple[tuple[str, tuple[Step, ...]], ...],
    measured_by: CommittedBy,
) -> pd.DataFrame:
    scenarios = [scenario_of(name, steps) for name, steps in named]
    return compare_scenarios(
        histories_by(file, measured_by), project_id, pd.Timestamp(as_of_date), scenarios, seed=SEED
    )


def compared(
    file: Path, viewer: Viewer, as_of_date: date, project_id: str, named: Mapping[str, Sequence[Step]]
) -> pd.DataFrame:
    """Return the forecast as it is and under each scenario, on the same random numbers.

    Raises
    ------
    GoliveError
        The project can't be asked this; it says why.
    """
    asked = tuple((name, tuple(steps)) for name, steps in named.items())
    try:
        return _compared(file, viewer, as_of_date, project_id, asked, committed_by(file))
    except ScenarioError as problem:
        raise GoliveError(problem_text(problem.reason, problem.detail), "") from problem


def keep_scenario(
    viewer: Viewer,
    project_id: str,
    as_of_date: date,
    title: str,
    steps: Sequence[Step],
    result: Mapping[str, Any],
    where: Home | None = None,
) -> int:
    """Keep a scenario in the journal; return its number. Without a home it is that of the pages, here and below."""
    from data.journal import save_scenario  # noqa: PLC0415 - its libraries take half a second to load

    plain = {name: _plain(name, value) for name, value in result.items()}
    for one in kept_scenarios(project_id, where):  # a second press keeps nothing twice
        same_steps = list(one.steps) == [step.as_plain() for step in steps]
        if same_steps and (one.title, one.as_of_date, dict(one.result)) == (title.strip(), as_of_date, plain):
            return one.scenario_id
    return save_scenario(
        where or home(),
        viewer.name,
        project_id,
        as_of_date,
        title=title,
        steps=[step.as_plain() for step in steps],
        result=plain,
    )


def _plain(name: str, value: Any) -> Any:
    return f"{pd.Timestamp(value):%Y-%m-%d}" if name in _DATES else value


def kept_scenarios(project_id: str, where: Home | None = None) -> list[Scenario]:
    """Return the kept scenarios of a project, the newest first."""
    from data.journal import read_scenarios  # noqa: PLC0415 - as above

    return read_scenarios(where or home(), project_id)


def kept_scenario(scenario_id: int, where: Home | None = None) -> Scenario:
    """Return one kept scenario by its number."""
    from data.journal import read_scenario  # noqa: PLC0415 - as above

    return read_scenario(where or home(), scenario_id)


def steps_of(scenario: Scenario) -> list[Step]:
    """Return the steps of a kept scenario.

    Raises
    ------
    GoliveError
        They were written by a newer version.
    """
    try:
        return [step_of(plain) for plain in scenario.steps]
    except ScenarioError as problem:
        raise GoliveError(
            f"Scenario {scenario.scenario_id} has a step that this version does not know.", ""
        ) from problem


def adopt_scenario(
    viewer: Viewer, scenario_id: int, owner: str, due_date: date | None, note: str, where: Home | None = None
) -> int:
    """Make a kept scenario a decision; return its number."""
    from data.journal import adopt  # noqa: PLC0415 - as above

    return adopt(where or home(), viewer.name, scenario_id, owner_name=owner, due_date=due_date, note=note)


def decision_of(scenario_id: int, where: Home | None = None) -> Decision | None:
    """Return the decision in force that came of a kept scenario."""
    from data import journal  # noqa: PLC0415 - as above

    return journal.decision_of(where or home(), scenario_id)


def rename_scenario(viewer: Viewer, scenario_id: int, title: str, where: Home | None = None) -> None:
    """Give a kept scenario another name."""
    from data import journal  # noqa: PLC0415 - as above

    journal.rename_scenario(where or home(), viewer.name, scenario_id, title)


def delete_scenario(viewer: Viewer, scenario_id: int, where: Home | None = None) -> None:
    """Take a kept scenario out of every list."""
    from data import journal  # noqa: PLC0415 - as above

    journal.delete_scenario(where or home(), viewer.name, scenario_id)


def withdraw_decision(viewer: Viewer, decision_id: int, where: Home | None = None) -> None:
    """Take a decision back."""
    from data import journal  # noqa: PLC0415 - as above

    journal.withdraw_decision(where or home(), viewer.name, decision_id)


def decisions(project_id: str, where: Home | None = None) -> list[Decision]:
    """Return the decisions about a project, the newest first."""
    from data.journal import read_decisions  # noqa: PLC0415 - as above

    return read_decisions(where or home(), project_id)
