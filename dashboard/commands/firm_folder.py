"""A firm's files, read by the real import into a home that is thrown away, and what the forecast makes of them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from analytics.delay.forecast_scores import against_best, summarise
from analytics.delay.held_out_backtest import (
    FEWEST_PROJECTS_COUNT,
    TooFewProjectsError,
    all_held_out_scores,
    finished_ids,
    held_out_scores,
)
from dashboard.commands.console import errors
from dashboard.i18n import _
from data.home import Home
from data.import_reports import ImportOptions
from data.importing import import_files
from data.problems import GoliveError
from data.publishing import published_file

if TYPE_CHECKING:
    from collections.abc import Collection

    from analytics.delay.known import Histories

TEST_PROJECTS_FILE: Final = "test_projects.csv"
_NAMED_AT_MOST: Final = 5


class FolderError(GoliveError):
    """A folder of a firm's files can't be judged."""


def held_out_tables(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the backtest of a folder, and how the forecast stands against the best rival.

    All finished projects are forecast by what others teach, or those that the folder lists.
    """
    histories = read_firm(folder)
    finished = finished_ids(histories)
    if not finished:
        raise FolderError(
            _("{folder} holds no finished project, so no forecast can be scored.").format(folder=folder),
            _("Finished projects need start_date, baseline_finish_date or a plan, and actual_finish_date."),
        )
    listed = _listed_ids(folder / TEST_PROJECTS_FILE)
    test_ids = None if listed is None else _known_ids(listed, histories, folder)
    try:
        scores = all_held_out_scores(histories) if test_ids is None else held_out_scores(histories, test_ids)
    except TooFewProjectsError as error:
        raise FolderError(
            _(
                "{folder} has too few finished projects: {taught} to learn from and {judged} to forecast. At least "
                "{fewest} must teach and one be forecast."
            ).format(folder=folder, taught=error.taught_count, judged=error.judged_count, fewest=FEWEST_PROJECTS_COUNT),
            _("Add finished projects, or say in {file} which ones to forecast.").format(file=TEST_PROJECTS_FILE),
        ) from error
    name = folder.resolve().name
    tables = [frame.assign(source=name) for frame in (summarise(scores), against_best(scores))]
    found, against = (frame[["source", *frame.columns.drop("source")]] for frame in tables)
    return found, against


def read_firm(folder: Path) -> Histories:
    """Import a folder into a temporary home, as history, and return what the forecast reads of it."""
    if not folder.is_dir():
        raise FolderError(
            _("{folder} is no folder.").format(folder=folder),
            _("Give the folder with a firm's files: projects, status_reports or work_packages, timesheets, …"),
        )
    paths = sorted(path for path in folder.iterdir() if _is_a_table(path))
    from dashboard.answers.door import close_all  # noqa: PLC0415
    from dashboard.answers.portfolio import histories  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="golive-backtest-") as place:
        home = Home(Path(place) / "home")
        home.prepare()
        reports = import_files(home, paths, ImportOptions(is_history=True))
        file = published_file(home)
        problems = [f"{report.file}: {report.problem}" for report in reports if report.problem]
        if file is None:
            raise FolderError(
                _("{folder} can't be read as a firm's files.").format(folder=folder),
                " ".join(problems) or _("It holds no file that Golive understands; see `golive inspect`."),
            )
        for problem in problems:
            errors.print(_("Left out: {problem}").format(problem=problem), markup=False, soft_wrap=True)
        try:
            return histories(file)
        finally:
            close_all()


def _is_a_table(path: Path) -> bool:
    return path.is_file() and path.name != TEST_PROJECTS_FILE and not path.name.startswith(".")


def _listed_ids(path: Path) -> list[str] | None:
    """Return the projects that the folder itself wants to be forecast, or nothing if it doesn't say."""
    if not path.is_file():
        return None
    try:
        table = pd.read_csv(path, dtype="str")
    except (ValueError, UnicodeDecodeError) as error:
        raise FolderError(
            _("{path} can't be read ({error}).").format(path=path, error=str(error).splitlines()[0]),
            _("Write one project_id on each line, below the heading project_id."),
        ) from error
    if "project_id" not in table.columns:
        raise FolderError(
            _("{path} lacks the column project_id.").format(path=path),
            _("Write one project_id on each line, below the heading project_id."),
        )
    return sorted(set(table["project_id"].dropna().str.strip()) - {""})


def _known_ids(listed: Collection[str], histories: Histories, folder: Path) -> set[str]:
    """Return the listed projects, after a check that each is known and has finished."""
    known, finished = set(histories.projects["project_id"].astype(str)), set(finished_ids(histories))
    unknown = sorted(set(listed) - known)
    if unknown:
        raise FolderError(
            _("{file} names projects that {folder} does not hold: {names}.").format(
                file=TEST_PROJECTS_FILE, folder=folder, names=_names(unknown)
            ),
            _("Check the ids, or add the projects to the folder's projects file."),
        )
    if not set(listed) & finished:
        raise FolderError(
            _("None of the projects in {file} has finished.").format(file=TEST_PROJECTS_FILE),
            _("Only finished projects can show how right a forecast was."),
        )
    return set(listed)


def _names(names: list[str]) -> str:
    more = len(names) - _NAMED_AT_MOST
    return ", ".join(names[:_NAMED_AT_MOST]) + (_(" and {count} more").format(count=more) if more > 0 else "")
