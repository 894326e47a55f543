"""``golive evaluate absences``: the index before recorded absences, against the same person four weeks earlier."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import pandas as pd
import typer

from dashboard.answers import everything as answers
from dashboard.commands.common import HomeOption, JsonOption, open_home, print_json, rows_of
from dashboard.commands.console import output
from dashboard.commands.evaluating import evaluate_app
from dashboard.i18n import _
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Hashable

_COLUMNS: Final = ("person_id", "start_date")
_LONGEST_BYTES: Final = 20_000_000


class AbsencesError(GoliveError):
    """A list of absences can't be used."""


@evaluate_app.command("absences")
def evaluate_absences_command(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help=_("First days of absences: person_id, start_date."))],
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Compare the strain index before absences began with that of four weeks earlier, in the same person.

    The list is read for this one reckoning and never stored, and reasons are not asked for. Between people long hours
    go with fewer absences, because those who are well work more: so everybody is compared with nobody but themselves.

    Examples
    --------

        golive evaluate absences absences.csv

        golive evaluate absences absences.csv --json
    """  # noqa: D412 - the help page shows the lines as they stand
    starts = read_absences(file)
    _where, warehouse = open_home(home)
    # Slow to import; other commands do without them.
    from analytics.workload.strain.history import MIN_ABSENCES, case_crossover  # noqa: PLC0415

    view = answers.strain(warehouse, answers.local_viewer(), answers.as_of_date(warehouse))
    found = case_crossover(view.weeks, starts)
    if is_json:
        print_json({"read": len(starts), "least": MIN_ABSENCES, "rows": rows_of(found)})
        return
    output.print(absences_text(len(starts), MIN_ABSENCES, found.to_dict("records")), markup=False, soft_wrap=True)
    limits = _("Nothing here measures burn-out: the index says what work asks of people, as far as it is filed.")
    output.print(f"{limits} {_('A relation is no cause.')}", markup=False, soft_wrap=True)


def absences_text(read_count: int, least_count: int, rows: list[dict[Hashable, object]]) -> str:
    """Say what the comparison gave, or that there is too little to compare."""
    if not rows:
        return _(
            "{count} absences were read; fewer than {least} of them have a level both in the week before and four "
            "weeks earlier, so nothing can be said."
        ).format(count=read_count, least=least_count)
    row = rows[0]
    return _(
        "In {count} absences, ten points more of the index went with {odds} times the odds that an absence began in "
        "the next week (95 % interval {low} to {high}), compared within the same person."
    ).format(
        count=int(str(row["absences"]).removesuffix(".0")),
        odds=f"{row['odds_ratio']:.2f}",
        low=f"{row['low']:.2f}",
        high=f"{row['high']:.2f}",
    )


def read_absences(path: Path) -> pd.DataFrame:
    """Return ``person_id`` and ``start_date`` of each absence.

    Raises
    ------
    AbsencesError
        The file is not there, is no such list, or a day can't be read: it says which line.
    """
    if not path.is_file():
        raise AbsencesError(_("{path} is not there.").format(path=path), _("Check the path."))
    if path.stat().st_size > _LONGEST_BYTES:
        raise AbsencesError(_("{path} is too large for a list of absences.").format(path=path), _("Check the path."))
    try:
        table = pd.read_csv(path, dtype="str", encoding="utf-8-sig")
    except (ValueError, UnicodeDecodeError) as error:
        raise AbsencesError(
            _("{path} can't be read ({error}).").format(path=path, error=str(error).splitlines()[0]),
            _("Write a CSV file in UTF-8 with the columns {names}.").format(names=", ".join(_COLUMNS)),
        ) from error
    missing = [name for name in _COLUMNS if name not in table.columns]
    if missing:
        raise AbsencesError(
            _("{path} lacks the columns {names}.").format(path=path, names=", ".join(missing)),
            _("Write one line for each absence, with the columns {names}.").format(names=", ".join(_COLUMNS)),
        )
    days = pd.to_datetime(table["start_date"], format="%Y-%m-%d", errors="coerce")
    wrong = table.index[days.isna() | table["person_id"].isna()]
    if len(wrong):
        line = int(wrong[0]) + 2
        raise AbsencesError(
            _("{path}, line {line}: “{value}” is no day, or nobody is named.").format(
                path=path, line=line, value=table["start_date"].iloc[int(wrong[0])]
            ),
            _("Write days as 2026-11-22."),
        )
    return pd.DataFrame({"person_id": table["person_id"].str.strip(), "start_date": days.astype("datetime64[us]")})
