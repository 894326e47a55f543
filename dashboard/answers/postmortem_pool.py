"""Accounts of all finished projects together, and which early signs worked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analytics.postmortem.account import account_of
from analytics.postmortem.case import NoAccountError
from analytics.postmortem.knowable import first_rings, outcomes_of, record_of
from analytics.postmortem.pooling import pooled_accounts, team_size
from analytics.postmortem.result import Pool
from analytics.postmortem.signs import signs_by_week
from dashboard.answers.keeping import kept
from dashboard.answers.portfolio import histories_by, projects
from dashboard.answers.postmortem_cases import all_cases
from dashboard.answers.postmortem_frames import costs_of, frames_of
from dashboard.answers.postmortem_replays import all_forecasts

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from datetime import date
    from pathlib import Path

    from dashboard.answers.viewers import Viewer

#: By what accounts are pooled.
GROUPINGS: Final = ("client_name", "product", "team_size")


@kept(3)
def pool(
    file: Path, viewer: Viewer, as_of_date: date, _on_progress: Callable[[str, float], None] | None = None
) -> Pool:
    """Return the accounts of all projects that had finished by a day, pooled."""
    cases = [case for case in all_cases(file, viewer, as_of_date).values() if case.ending == "finished"]
    rows: list[dict[Hashable, Any]] = []
    lines: list[pd.DataFrame] = []
    refused: dict[str, int] = {}
    for place, case in enumerate(cases):
        if _on_progress is not None:
            _on_progress("accounts", 0.5 * place / len(cases))
        try:
            found = account_of(case)
        except NoAccountError as lacking:
            refused[lacking.gaps[0]] = refused.get(lacking.gaps[0], 0) + 1
            continue
        sums = found.lines.groupby("cause")["delay_weeks"].sum()
        figures: dict[Hashable, Any] = {"late_weeks": found.late_weeks, "replay_error_weeks": found.replay_error_weeks}
        rows.append({"project_id": case.project_id, **figures, **sums.to_dict()})
        lines.append(sums.reset_index().assign(project_id=case.project_id))
    accounts = pd.DataFrame(rows).fillna(0.0) if rows else pd.DataFrame(columns=["project_id", *_NUMBERS])
    groups = _groups(file, as_of_date)
    parts = [
        pooled_accounts(pd.concat(lines, ignore_index=True), groups, by).assign(by=by) for by in GROUPINGS if lines
    ]
    return Pool(
        accounts=accounts,
        pooled=pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["by", "cause", "group"]),
        signs=_signs(file, as_of_date, _on_progress),
        refused=refused,
    )


_NUMBERS: Final = ("late_weeks", "replay_error_weeks")


def _groups(file: Path, as_of_date: date) -> pd.DataFrame:
    costs = costs_of(file, as_of_date)[["project_id", "team_people"]]
    found = projects(file)[["project_id", "client_name", "product"]].merge(
        costs, on="project_id", how="left", validate="1:1"
    )
    sizes = [team_size(float(one)) for one in found["team_people"].astype("float64")]
    named = {name: found[name].astype("string").where(found[name].ne("")) for name in ("client_name", "product")}
    return found.assign(team_size=pd.Series(sizes, index=found.index).replace("", None), **named)


def _signs(file: Path, as_of_date: date, on_progress: Callable[[str, float], None] | None) -> pd.DataFrame:
    forecasts = all_forecasts(
        file, _on_progress=(lambda share: on_progress("forecasts", 0.5 + 0.5 * share)) if on_progress else None
    )
    ready = histories_by(file, "baseline")
    day = pd.Timestamp(as_of_date)
    done = ready.projects[ready.projects["is_finished"].astype(bool) & (ready.projects["end_date"] <= day)]
    wanted = set(done["project_id"].astype(str))
    hours = frames_of(file, as_of_date).known_hours
    signs = signs_by_week(
        ready.states[ready.states["project_id"].isin(wanted)],
        hours[hours["project_id"].isin(wanted)],
        forecasts[forecasts["project_id"].isin(wanted)],
    )
    return record_of(first_rings(signs), outcomes_of(done, signs), day)
