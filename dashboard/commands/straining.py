"""``golive strain``: levels of working patterns with what made them, and what would bring relief."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from dashboard.answers import everything as answers
from dashboard.commands.common import (
    AsOfOption,
    HomeOption,
    JsonOption,
    open_home,
    parse_as_of,
    print_json,
    rows_of,
    table,
)
from dashboard.commands.console import output
from dashboard.i18n import _
from dashboard.views.overload import travel_sentence
from dashboard.views.reporting import reporting_plain, reporting_sentence
from dashboard.views.strain import (
    filled_sentence,
    level_text,
    lever_text,
    levers_heading,
    limits_sentence,
    reasons_text,
    unit_sentences,
)
from dashboard.views.strain_words import HAIR, interval_text, level_words
from dashboard.views.words import count_text, date_text

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd
    from rich.table import Table

    from dashboard.answers.strain import StrainView


def strain_command(as_of: AsOfOption = None, home: HomeOption = None, is_json: JsonOption = False) -> None:
    """Show signs of overload: the level of each person's working pattern, why, and what would bring relief.

    OK, WATCH, HIGH or NO DATA, from an index of 0 to 100. It describes a working pattern, not how a person feels.

    Examples
    --------

        golive strain

        golive strain --as-of 2026-06-30 --json
    """  # noqa: D412 - the help page shows the lines as they stand
    said = parse_as_of(as_of)
    _where, file = open_home(home)
    day = said or answers.as_of_date(file)
    viewer = answers.local_viewer()
    found, reporting = answers.strain(file, viewer, day), answers.reporting(file, day)
    if is_json:
        ids = tuple(found.levels["person_id"])
        facts = answers.facts(file, viewer, day, ids)
        print_json(
            {
                "reporting_week": reporting_plain(reporting),
                **strain_json(found, facts, day),
                "travel": rows_of(answers.travel(file, viewer, day, ids)),
            }
        )
        return
    if found.levels.empty:
        output.print(
            _("Nobody is known on {day}. Import people or timesheets.").format(day=date_text(day)),
            markup=False,
            soft_wrap=True,
        )
        return
    names = answers.people(file, viewer, day).set_index("person_id")
    output.print(_levels_table(found, names, day))
    without = tuple(found.levels.loc[found.levels["reason"].astype("str").eq("no_hours"), "person_id"])
    if without:
        output.print(_travel_table(answers.travel(file, viewer, day, without), names["person_name"].to_dict()))
    travel_told = travel_sentence(answers.trips_told(file, day), reporting.week_start_date)
    sentences = [
        reporting_sentence(reporting),
        *unit_sentences(found.units),
        travel_told,
        filled_sentence(),
        limits_sentence(),
    ]
    for sentence in filter(None, sentences):
        output.print(sentence, markup=False, soft_wrap=True)


def _levels_table(found: StrainView, names: pd.DataFrame, day: date) -> Table:
    """Return everybody's level with what makes it and what would help, sorted by name."""
    headings = [
        (_("person"), "left"),
        (_("team"), "left"),
        (_("level"), "left"),
        (_("index and range"), "left"),
        (_("filed"), "right"),
        (_("level and index"), "left"),
        (_("why"), "left"),
        (levers_heading(), "left"),
    ]
    listed = found.levels.assign(
        name=found.levels["person_id"].map(names["person_name"]).fillna(found.levels["person_id"]),
        team=found.levels["person_id"].map(names["team_name"]).fillna(""),
    ).sort_values(["name", "person_id"])
    rows = [
        [
            str(row["name"]),
            str(row["team"]),
            level_words(row["level"]),
            interval_text(row),
            f"{row['data_share']:.0%}",
            level_text(row, found.settings),
            *_why_and_levers(found, row),
        ]
        for row in listed.to_dict("records")
    ]
    return table(_("Signs of overload as known on {day}").format(day=date_text(day)), headings, rows)


def _travel_table(travel: pd.DataFrame, names: dict[Any, Any]) -> Table:
    """Return what trips tell of people of whom no timesheets are."""
    headings = [
        (_("person"), "left"),
        (_("nights away (28 days)"), "right"),
        (_("weekends away (28 days)"), "right"),
        (_("weeks in a row on site"), "right"),
    ]
    rows = [
        [
            str(names.get(row["person_id"], row["person_id"])),
            *(
                count_text(row[name])
                for name in ("nights_28_days_count", "weekends_away_28_days_count", "weeks_on_site_count")
            ),
        ]
        for row in travel.to_dict("records")
    ]
    return table(_("Travel of people without timesheets"), headings, rows)


def _why_and_levers(found: StrainView, row: dict[Any, Any]) -> tuple[str, str]:
    """Return what makes the index of one person, and what would help."""
    own = found.indicators.loc[found.indicators["person_id"].eq(row["person_id"])]
    relief = found.levers.loc[found.levers["person_id"].eq(row["person_id"])].head(1)
    return reasons_text(own, row), lever_text(relief)


def strain_json(found: StrainView, facts: pd.DataFrame, day: date) -> dict[str, Any]:
    """Return everybody's level, bounds, shares, limit facts and levers as plain values."""
    shares = _by_person(found.indicators, ["indicator", "domain", "value", "score", "share"])
    limits = _by_person(facts, [str(name) for name in facts.columns if name != "person_id"])
    relief = _by_person(found.levers, [str(name) for name in found.levers.columns if name != "person_id"])
    ahead = _by_person(found.outlook, [str(name) for name in found.outlook.columns if name != "person_id"])
    rows = []
    for row in rows_of(found.levels):
        person = row["person_id"]
        rows.append(
            {
                "person_id": person,
                "week_start_date": row["week_start_date"],
                "level": row["level"],
                "reason": row["reason"],
                "index": _rounded(row["index"]),
                "low": _rounded(row["index_low"]),
                "high": _rounded(row["index_high"]),
                "data_share": row["data_share"],
                "is_red_line": row["is_red_line"],
                "version": row["version"],
                "shares": {part["indicator"]: part["share"] for part in shares.get(person, [])},
                "indicators": shares.get(person, []),
                "limit_facts": limits.get(person, []),
                "levers": relief.get(person, []),
                "outlook": ahead.get(person, []),
            }
        )
    return {
        "as_of_date": day,
        "version": found.settings.version,
        "rows": rows,
        "units": rows_of(found.units),
        "outlook_backtest": rows_of(found.backtest),
    }


def _by_person(frame: pd.DataFrame, columns: list[str]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows_of(frame[["person_id", *columns]]) if len(frame) else []:
        found.setdefault(row.pop("person_id"), []).append(row)
    return found


def _rounded(value: Any) -> Any:
    """Return an index with a decimal, rounded down as on the pages: levels begin and end at whole numbers."""
    return None if value is None else math.floor(10 * float(value) + HAIR) / 10
