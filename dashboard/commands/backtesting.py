"""``golive backtest``: how right the forecasts were, on your own history or on files that are judged apart from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import typer

from analytics.delay.panel_backtest import (
    cross_validated_panel_scores,
    panel_against_plan,
    panel_scores,
    summarise_panel,
)
from analytics.delay.replay import summarise_replay
from dashboard.answers import everything as answers
from dashboard.commands.common import HomeOption, JsonOption, open_home, print_json, rows_of, table
from dashboard.commands.console import output
from dashboard.commands.firm_folder import held_out_tables
from dashboard.i18n import _
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

#: Without these a status point says nothing; the others of a panel are used where they are there.
_PANEL_COLUMNS: Final = ("source", "project_id", "as_of", "start_date", "planned_finish", "actual_finish")
#: What the table on the screen shows; JSON holds all.
_SHOWN: Final = (
    "source",
    "method",
    "stage",
    "n_projects",
    "n_unfinished",
    "n_forecasts",
    "crps_pct",
    "provisional_crps_pct",
    "ratio_to_plan",
    "skill",
    "mape_p50",
    "bias_pct",
    "coverage_p50",
    "coverage_p80",
    "coverage_p90",
    "brier_late",
    "auc_late",
)
#: Figures that are shown with their interval.
_WITH_INTERVAL: Final = ("ratio_to_plan", "skill", "coverage_p80")


class PanelError(GoliveError):
    """A table for the backtest can't be used."""


def backtest_command(
    train: Annotated[
        Path | None, typer.Option("--train", metavar="PANEL.parquet", help=_("Status points to learn from."))
    ] = None,
    test: Annotated[
        Path | None,
        typer.Option(
            "--test",
            metavar="PANEL.parquet",
            help=_("Status points to forecast; without it --train is cross-validated."),
        ),
    ] = None,
    mode_a: Annotated[
        Path | None,
        typer.Option(
            "--mode-a",
            metavar="FOLDER",
            help=_("A firm's files: half of its finished projects teach, the other half is forecast."),
        ),
    ] = None,
    is_replay: Annotated[
        bool, typer.Option("--replay", help=_("Replay every fourth week, and judge running projects too."))
    ] = False,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Score the forecasts: on your own finished projects, on a folder of a firm's files, or on tables of status points.

    CRPS is in percent of the first planned duration (lower is better); coverage says how often the finish came by P50,
    P80 and P90, skill how much lower the CRPS is than that of earned schedule with its own past errors. Ranges are
    90 % intervals.

    With --replay every fourth week is forecast again; projects that still run count as far as they have got.

    With --mode-a the folder is read as by `golive import --history`, apart from your own data. All finished
    projects, or those listed in test_projects.csv (column project_id), are forecast by what others teach.

    Examples
    --------

        golive backtest

        golive backtest --replay

        golive backtest --train panel_2024.parquet --test panel_2025.parquet --json

        golive backtest --mode-a exports/
    """  # noqa: D412 - the help page shows the lines as they stand
    _refuse_contradictions(train, test, mode_a, is_replay=is_replay)
    if mode_a is not None:
        found, against_best = held_out_tables(mode_a)
        _show(found, {"against_best": against_best}, is_json=is_json)
    elif train is not None:
        _score_panels(train, test, is_json=is_json)
    else:
        _score_own(home, is_replay=is_replay, is_json=is_json)


def _score_own(home: Path | None, *, is_replay: bool, is_json: bool) -> None:
    """Score the forecasts on the home's own history."""
    _where, file = open_home(home)
    viewer = answers.local_viewer()
    found = summarise_replay(answers.replay(file, viewer)) if is_replay else answers.backtest(file, viewer)
    _show(found, {}, is_json=is_json)


def _refuse_contradictions(train: Path | None, test: Path | None, mode_a: Path | None, *, is_replay: bool) -> None:
    """Refuse options that exclude each other."""
    if test is not None and train is None:
        raise typer.BadParameter(_("--test needs --train, the projects to learn from."), param_hint="--test")
    if is_replay and (mode_a is not None or train is not None):
        raise typer.BadParameter(_("--replay is for your own history."), param_hint="--replay")
    if mode_a is not None and train is not None:
        raise typer.BadParameter(_("Give either --mode-a or --train, not both."), param_hint="--mode-a")


def _score_panels(train: Path, test: Path | None, *, is_json: bool) -> None:
    """Score tables of status points: of a second table, or of the first one by cross-validation."""
    learned = read_panel(train)
    scores = cross_validated_panel_scores(learned) if test is None else panel_scores(learned, read_panel(test))
    _show(summarise_panel(scores), {"against_plan": panel_against_plan(scores)}, is_json=is_json)


def _show(found: pd.DataFrame, beside: Mapping[str, pd.DataFrame], *, is_json: bool) -> None:
    """Print the rows, and in JSON what stands beside them under its own name."""
    if is_json:
        print_json({"rows": rows_of(found), **{name: rows_of(frame) for name, frame in beside.items()}})
        return
    if found.empty:
        output.print(
            _("No project has finished yet, so no forecast can be scored. Import finished projects with --history."),
            markup=False,
            soft_wrap=True,
        )
        return
    if "against_plan" in beside:
        found = found.merge(beside["against_plan"], on=["source", "method", "stage"], how="left", validate="one_to_one")
    names = [name for name in _SHOWN if name in found.columns]
    rows = [[_cell(row, name) for name in names] for row in found.to_dict("records")]
    output.print(table(_("Backtest"), [(name, "left") for name in names], rows))
    if "against_best" in beside:
        _print_against_best(beside["against_best"])


def _print_against_best(against: pd.DataFrame) -> None:
    """Say how the forecast stands against the rival that did best, chosen after the fact."""
    for row in against.to_dict("records"):
        words = _(
            "Against the best rival at {stage}, {rival}: CRPS lower by {skill:.1f} % (90 % interval {low:.1f} to "
            "{high:.1f}; {count} projects)."
        ).format(
            stage=row["stage"],
            rival=row["rival"],
            skill=100 * row["skill"],
            low=100 * row["skill_low"],
            high=100 * row["skill_high"],
            count=row["n_projects"],
        )
        output.print(words, markup=False, soft_wrap=True)


def _cell(row: Mapping[Hashable, Any], name: str) -> str:
    value = row[name]
    if pd.isna(value):
        return ""
    if not isinstance(value, float):
        return str(value)
    low, high = row.get(f"{name}_low"), row.get(f"{name}_high")
    has_interval = name in _WITH_INTERVAL and not pd.isna(low) and not pd.isna(high)
    return f"{value:.3f} ({low:.2f}–{high:.2f})" if has_interval else f"{value:.3f}"


def read_panel(path: Path) -> pd.DataFrame:
    """Return a table of status points from a Parquet file."""
    try:
        panel: pd.DataFrame = pq.read_table(path).to_pandas()
    except FileNotFoundError:
        raise PanelError(_("{path} is not there.").format(path=path), _("Check the path.")) from None
    except (pa.ArrowException, OSError) as error:
        raise PanelError(
            _("{path} can't be read as Parquet ({error}).").format(path=path, error=str(error).splitlines()[0]),
            _("Give a Parquet file with the columns of docs/backtest.md."),
        ) from error
    missing = [name for name in _PANEL_COLUMNS if name not in panel.columns]
    if missing:
        raise PanelError(
            _("{path} lacks the columns {names}.").format(path=path, names=", ".join(missing)),
            _("Give one row for each status point, with the columns {names}.").format(names=", ".join(_PANEL_COLUMNS)),
        )
    return panel
