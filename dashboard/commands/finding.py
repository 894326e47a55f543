"""``golive anomalies``: what in the imported rows is unlike its own past, and the answer that it is right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from dashboard.answers import everything as answers
from dashboard.commands.common import (
    AsOfOption,
    HomeOption,
    JsonOption,
    open_home,
    parse_as_of,
    parse_date,
    print_json,
    rows_of,
    table,
)
from dashboard.commands.console import output
from dashboard.i18n import _, ngettext
from dashboard.views import anomalies as views
from dashboard.views.reporting import reporting_plain, reporting_sentence
from data.problems import GoliveError
from data.warehouse import open_for_reading

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from data.home import Home
    from data.journal import Answer

_SHOWN_COUNT: Final = 40
_Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help=_("Only what ended on this day or later."))]
_Batch = Annotated[
    list[int] | None, typer.Option("--batch", metavar="BATCH", help=_("Only what rows of this batch touch."))
]
_CheckName = Annotated[list[str] | None, typer.Option("--check", metavar="NAME", help=_("Only what this check found."))]
_All = Annotated[bool, typer.Option("--all", help=_("Also what was said to be right."))]
_Right = Annotated[
    list[str] | None, typer.Option("--right", metavar="KEY", help=_("Remember that this anomaly is right."))
]
_NotRight = Annotated[
    list[str] | None, typer.Option("--not-right", metavar="KEY", help=_("Forget that this anomaly is right."))
]
_Note = Annotated[str, typer.Option("--note", metavar="TEXT", help=_("Why it is right; kept with the answer."))]


def anomalies_command(
    as_of: AsOfOption = None,
    since: _Since = None,
    batch: _Batch = None,
    check: _CheckName = None,
    is_all: _All = False,
    right: _Right = None,
    not_right: _NotRight = None,
    note: _Note = "",
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Show what in the imported rows is unlike its own past: what, where, how unusual, likely cause, what to do.

    Each is a question about rows. An answer "it is right" is remembered by the key of the anomaly.

    Examples
    --------

        golive anomalies

        golive anomalies --batch 12 --json

        golive anomalies --right "long_day|person:zhu.jie|2026-09-07" --note "go-live night"
    """  # noqa: D412 - the help page shows the lines as they stand
    as_of_day, since_day = parse_as_of(as_of), parse_date(since, "--since")
    where, file = open_home(home)
    from dashboard.answers import anomalies as loading  # noqa: PLC0415 - as above

    day = as_of_day or answers.as_of_date(file)
    found = loading.anomalies(file, answers.local_viewer(), day, since_day)
    rows = _chosen(file, found.anomalies, batch, check)
    _record(where, found.anomalies, right or [], not_right or [], note)
    given = _answers(where)
    is_right = rows["anomaly_key"].map(lambda key: key in given and given[key].is_right).astype(bool)
    shown = rows if is_all else rows[~is_right]
    if is_json:
        said = [_said(given.get(key)) for key in shown["anomaly_key"]]
        listed = [{**row, **answer} for row, answer in zip(rows_of(shown), said, strict=True)]
        print_json(
            {
                "as_of_date": day,
                "reporting_week": reporting_plain(answers.reporting(file, day)),
                "rows": listed,
                "rates": rows_of(found.rates),
            }
        )
        return
    output.print(reporting_sentence(answers.reporting(file, day)), markup=False, soft_wrap=True)
    _show(shown, int(is_right.sum()), loading.names(file, answers.local_viewer()))


def _chosen(file: Path, rows: pd.DataFrame, batches: list[int] | None, checks: list[str] | None) -> pd.DataFrame:
    from analytics.anomalies.checks import CHECKS  # noqa: PLC0415 - its libraries are slow to import
    from dashboard.finding import of_batches  # noqa: PLC0415 - as above

    known = [one.token for one in CHECKS]
    for name in checks or ():
        if name not in known:
            words = _("“{value}” is not one of {allowed}.").format(value=name, allowed=", ".join(known))
            raise typer.BadParameter(words, param_hint="--check")
    if checks:
        rows = rows[rows["check"].isin(checks)].reset_index(drop=True)
    if batches:
        with open_for_reading(file) as connection:
            rows = of_batches(connection, rows, batches)
    return rows


def _record(home: Home, rows: pd.DataFrame, right: list[str], not_right: list[str], note: str) -> None:
    """Keep the answers; a key that names no anomaly is a mistake, because the answer would never count."""
    if not right and not not_right:
        return
    from dashboard.answers.viewers import local_viewer  # noqa: PLC0415 - as above
    from data.journal import record_answer  # noqa: PLC0415 - its libraries take half a second to load

    known = set(rows["anomaly_key"])
    unknown = [key for key in (*right, *not_right) if key not in known]
    if unknown:
        raise GoliveError(
            _("No anomaly has the key {key}.").format(key=", ".join(unknown)),
            _("`golive anomalies --all --json` lists the keys. No answer was kept."),
        )
    for key in right:
        record_answer(home, local_viewer().name, key, is_right=True, note=note)
    for key in not_right:
        record_answer(home, local_viewer().name, key, is_right=False, note=note)


def _answers(home: Home) -> dict[str, Answer]:
    from data.journal import read_answers  # noqa: PLC0415 - its libraries take half a second to load

    return read_answers(home)


def _said(answer: Answer | None) -> dict[str, Any]:
    return {"is_right": bool(answer and answer.is_right), "note": answer.note if answer else ""}


def _show(rows: pd.DataFrame, right_count: int, names: tuple[dict[str, str], dict[str, str]]) -> None:
    output.print(views.summary_sentence(len(rows), right_count), markup=False)
    worded = views.anomalies_table(rows.head(_SHOWN_COUNT), *names)
    if worded.empty:
        return
    output.print(table("", [(name, "left") for name in worded.columns], worded.to_numpy().tolist()))
    if len(rows) > _SHOWN_COUNT:
        more = ngettext("{count} more", "{count} more", len(rows) - _SHOWN_COUNT)
        output.print(_("{more}; --json holds all.").format(more=more), markup=False)


def tell_anomalies(home: Home, batch_ids: list[int]) -> None:
    """Say after an import how many anomalies its rows touch, and how to see them."""
    if not batch_ids:
        return
    _where, file = open_home(home.path)
    from dashboard.answers.anomalies import anomalies  # noqa: PLC0415 - as above
    from dashboard.finding import of_batches  # noqa: PLC0415 - as above

    # They are on record since the import published its results.
    known = anomalies(file, answers.local_viewer(), answers.as_of_date(file)).anomalies
    answers.close_all()
    given = _answers(home)
    with open_for_reading(file) as connection:
        found = of_batches(connection, known, batch_ids)
    count = sum(1 for key in found["anomaly_key"] if not (key in given and given[key].is_right))
    if count:
        words = ngettext("{count} anomaly touches these rows", "{count} anomalies touch these rows", count)
        chosen = " ".join(f"--batch {number}" for number in batch_ids) if len(batch_ids) <= 5 else ""
        output.print(
            _("{anomalies}: see `{command}`.").format(anomalies=words, command=f"golive anomalies {chosen}".strip()),
            markup=False,
            soft_wrap=True,
        )
