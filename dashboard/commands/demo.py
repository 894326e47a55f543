"""``golive demo``: a made-up company to look at."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Final

import typer

from dashboard.answers.tour import write_tour
from dashboard.answers.writing import import_files
from dashboard.commands.common import HomeOption, JsonOption, home_of, parse_date, print_json, progress
from dashboard.commands.console import output
from dashboard.commands.import_words import show_reports
from dashboard.commands.serving import PortOption, serve
from dashboard.i18n import _
from dashboard.views.tour import Stop
from data import clock
from data.demo import write_company
from data.home import Home, demo_home
from data.import_reports import FileReport, ImportOptions
from data.problems import WarehouseError
from data.publishing import published_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_MARKER: Final = "demo.json"
#: The roster of a made-up company came in so long ago: before the Sunday that a Monday's review looks back to.
_ROSTER_AGE: Final = timedelta(days=10)


@dataclass(frozen=True)
class _Company:
    """What decides the files of a made-up company."""

    people: int
    years: int
    seed: int
    today: str


def demo_command(
    is_served: Annotated[bool, typer.Option("--serve/--no-serve", help=_("Serve the dashboard afterwards."))] = True,
    people: Annotated[int, typer.Option("--people", min=24, max=10_000, help=_("How many engineers."))] = 80,
    years: Annotated[int, typer.Option("--years", min=1, max=10, help=_("How many years of work."))] = 3,
    seed: Annotated[int, typer.Option("--seed", min=0, help=_("Another seed makes another company."))] = 7,
    today: Annotated[
        str | None, typer.Option("--today", metavar="DATE", help=_("The day on which the company's data ends."))
    ] = None,
    port: PortOption = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Write the files of a made-up company, import them, and show them.

    It has a home of its own and never touches your data. Its README lists the stories that are planted in it.

    Examples
    --------

        golive demo

        golive demo --no-serve --people 2000 --years 5 --home big
    """  # noqa: D412 - the help page shows the lines as they stand
    where = home_of(home) if home else demo_home()
    day = parse_date(today, "--today") or clock.today()
    company = _Company(people, years, seed, day.isoformat())
    reports = prepare_demo(where, company, is_quiet=is_json)
    files = where.path / "demo-files"
    if is_json:
        print_json({"home": str(where.path), "files_folder": str(files), "files": [r.as_json() for r in reports]})
    else:
        if reports:
            show_reports(reports, is_dry_run=False)
        output.print(_("The files and the list of planted stories: {folder}").format(folder=files), markup=False)
    if is_served:
        raise typer.Exit(serve(where, port))


def prepare_demo(home: Home, company: _Company, *, is_quiet: bool) -> list[FileReport]:
    """Write and import the company, unless just this one is there already."""
    marker = home.path / _MARKER
    if _is_foreign(home, marker):
        raise WarehouseError(
            _("{home} holds data that is not the demo's.").format(home=home.path),
            _("Give the demo a folder of its own with --home."),
        )
    if _is_same(marker, company) and published_file(home) is not None:
        return []
    folder = home.path / "demo-files"
    _clear(home, folder)
    home.prepare()
    marker.write_text(json.dumps({"is_complete": False}), encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    with progress(is_quiet=is_quiet) as show:
        made = write_company(
            folder,
            people=company.people,
            years=company.years,
            seed=company.seed,
            today=date.fromisoformat(company.today),
            on_progress=show,
        )
        _plan_ahead(home, made.files, date.fromisoformat(company.today))
        reports = import_files(home, made.files, ImportOptions(is_history=True), on_progress=show)
    stops = [Stop(one.key, one.project_id, one.person_id) for one in made.stories]
    write_tour(home, stops)
    marker.write_text(json.dumps({"is_complete": True, **asdict(company)}), encoding="utf-8")
    return reports


def _plan_ahead(home: Home, files: Sequence[Path], today: date) -> None:
    """Import the roster as if it had come before the last review: it would move every forecast of this one."""
    from data.importing import import_files as take_in  # noqa: PLC0415 - only the demo imports without results

    roster = [file for file in files if file.stem == "assignments"]
    moment = datetime.combine(today - _ROSTER_AGE, time(20), tzinfo=UTC)
    take_in(home, roster, ImportOptions(is_history=True), now=moment)


def _is_foreign(home: Home, marker: Path) -> bool:
    """Return whether the folder holds anything that the demo did not make."""
    return home.path.exists() and any(home.path.iterdir()) and not marker.is_file()


def _is_same(marker: Path, company: _Company) -> bool:
    try:
        found = json.loads(marker.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(found == {"is_complete": True, **asdict(company)})


def _clear(home: Home, folder: Path) -> None:
    """Remove an older demo; only a folder with the demo's marker gets here."""
    for old in (home.inbox, home.warehouse, home.scratch, folder):
        shutil.rmtree(old, ignore_errors=True)
    for old_file in home.path.glob("journal.sqlite*") if home.path.exists() else ():
        old_file.unlink(missing_ok=True)
