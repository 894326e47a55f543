"""What all commands share: options, tables, JSON and progress."""

from __future__ import annotations

import contextlib
import json
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import pandas as pd
import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from dashboard.answers.writing import bring_up_to_date
from dashboard.commands.console import errors
from dashboard.i18n import _, ngettext
from dashboard.shown import in_json, in_terminal
from dashboard.views.words import step_words
from data import clock
from data.contracts import EARLIEST_YEAR
from data.home import Home, find_home
from data.home_rights import close_to_others
from data.problems import WarehouseError
from data.publishing import published_file

if TYPE_CHECKING:
    from collections.abc import Iterator

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", help=_("Folder that holds everything; else GOLIVE_HOME, else your user data folder.")),
]
JsonOption = Annotated[bool, typer.Option("--json", help=_("Print JSON instead of a table."))]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help=_("Show what was known on this day (2026-11-22); default: the newest.")
    ),
]

#: Nobody plans beyond it, and reckoning weeks from it stays inside the calendar.
_LATEST_YEAR: Final = 2200


def parse_date(text: str | None, option: str) -> date | None:
    """Return the date that an option names; a wrong one is an error of usage."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            _("“{text}” is not a date. Write it as year-month-day, for example 2026-11-22.").format(text=text),
            param_hint=option,
        ) from None
    if not EARLIEST_YEAR <= day.year <= _LATEST_YEAR:
        raise typer.BadParameter(
            _("{text} is too far away: give a day of the years {first} to {last}.").format(
                text=text, first=EARLIEST_YEAR, last=_LATEST_YEAR
            ),
            param_hint=option,
        )
    return day


def parse_as_of(text: str | None) -> date | None:
    """Return the day that ``--as-of`` names; nothing is known yet on a day to come."""
    day = parse_date(text, "--as-of")
    # It may be tomorrow already where the files come from.
    if day is not None and day > clock.today() + timedelta(days=1):
        raise typer.BadParameter(
            _("{text} is still to come. Give a day up to today, {today}.").format(text=text, today=clock.today()),
            param_hint="--as-of",
        )
    return day


def warehouse_in(home: Home) -> Path:
    """Return the warehouse in force, or say how to get one."""
    file = published_file(home)
    if file is None:
        raise WarehouseError(
            _("Nothing was imported into {home} yet.").format(home=home.path),
            _("Run `golive import FOLDER`, or `golive demo` to see a made-up company."),
        )
    return file


def home_of(option: Path | None) -> Home:
    """Return the home that a command works in; where it stood open to other users, close it and say so."""
    home = find_home(option)
    opened = close_to_others(home)
    if opened:
        errors.print(
            ngettext(
                "{count} file or folder of {{home}} could be read by other users of this machine. It is closed now.",
                "{count} files and folders of {{home}} could be read by other users of this machine. Closed now.",
                opened,
            ).format(home=home.path),
            soft_wrap=True,
        )
    return home


def open_home(option: Path | None) -> tuple[Home, Path]:
    """Return the home and the warehouse in force in it."""
    home = home_of(option)
    warehouse_in(home)
    make_current(home)
    return home, warehouse_in(home)


def make_current(home: Home) -> None:
    """Build the figures anew where another version of Golive built them, and say so."""
    with progress(is_quiet=False) as show:
        is_new = bring_up_to_date(home, on_progress=show)
    if is_new:
        errors.print(_("The figures were built by another version of Golive and have been built again."), markup=False)


def print_json(value: object) -> None:
    """Print ``value`` as JSON on standard output."""
    sys.stdout.write(in_json(json.dumps(value, ensure_ascii=False, indent=2, default=_plain)) + "\n")


def _plain(value: object) -> object:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value)


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame as rows for JSON: dates as ISO dates, what is unknown as null."""
    plain = frame.copy()
    for name in plain.columns:
        if pd.api.types.is_datetime64_any_dtype(plain[name]):
            plain = plain.assign(**{str(name): plain[name].dt.strftime("%Y-%m-%d")})
    cleaned = plain.astype(object).where(plain.notna(), None)
    return [{str(key): _number(value) for key, value in row.items()} for row in cleaned.to_dict("records")]


def _number(value: object) -> object:
    return value.item() if hasattr(value, "item") else value


def table(title: str, columns: list[tuple[str, str]], rows: list[list[str]]) -> Table:
    """Return a table; ``columns`` are (heading, 'left' or 'right')."""
    made = Table(title=title, title_justify="left", header_style="bold", show_edge=False, pad_edge=False)
    for heading, justify in columns:
        made.add_column(heading, justify="right" if justify == "right" else "left", overflow="fold")
    for row in rows:
        made.add_row(*(in_terminal(cell) for cell in row))
    return made


class Bar:
    """A bar of progress; it steps aside while a person is asked."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=1.0)

    def __call__(self, words: str, share: float) -> None:
        """Show what is done, and how much of it."""
        self._bar.update(self._task, description=step_words(words), completed=min(max(share, 0.0), 1.0))

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """Leave the terminal to a question."""
        self._bar.stop()
        try:
            yield
        finally:
            self._bar.start()


@contextlib.contextmanager
def progress(*, is_quiet: bool) -> Iterator[Bar | None]:
    """Show a bar on standard error while something long runs; nothing when output is for a machine."""
    if is_quiet or not errors.is_terminal:
        yield None
        return
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
        console=errors,
        transient=True,
    ) as bar:
        yield Bar(bar)
