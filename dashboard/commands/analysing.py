"""``golive forecast`` and ``golive workload``: the figures of the pages, on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analytics.delay.view import LIKELY_LATE_PROBABILITY
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
from dashboard.views.columns import named
from dashboard.views.forecast import DOUBTS, basis_words, reason_words, rest_text
from dashboard.views.overload import travel_sentence
from dashboard.views.portfolio import named_forecast, portfolio_view
from dashboard.views.reporting import reporting_plain, reporting_sentence
from dashboard.views.words import count_text, date_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    from rich.table import Table


def forecast_command(as_of: AsOfOption = None, home: HomeOption = None, is_json: JsonOption = False) -> None:
    """Forecast when each running project finishes: a range, never one date.

    Examples
    --------

        golive forecast

        golive forecast --as-of 2026-06-30 --json
    """  # noqa: D412 - the help page shows the lines as they stand
    said = parse_as_of(as_of)
    _where, file = open_home(home)
    day = said or answers.as_of_date(file)
    viewer = answers.local_viewer()
    found = named_forecast(
        answers.forecast(file, viewer, day), answers.forecast_week_ago(file, viewer, day), answers.projects(file)
    )
    committed_by = answers.committed_by(file)
    view = portfolio_view(found, committed_by)
    if is_json:
        print_json(
            {
                "as_of_date": day,
                "reporting_week": reporting_plain(answers.reporting(file, day)),
                "committed_by": committed_by,
                "likely_late_from": LIKELY_LATE_PROBABILITY,
                "likely_late_count": view.likely_late_count,
                "running_count": view.running_count,
                "rows": rows_of(found),
            }
        )
        return
    if found.empty:
        output.print(
            _(
                "No project runs on {day}. Import projects with a start date, and what is known of their progress."
            ).format(day=date_text(day)),
            markup=False,
            soft_wrap=True,
        )
        return
    _print_forecast(found, view.headline, day)
    output.print(reporting_sentence(answers.reporting(file, day)), markup=False, soft_wrap=True)


def _print_forecast(found: pd.DataFrame, headline: str, day: date) -> None:
    headings = [
        (_("project"), "left"),
        (_("committed date"), "left"),
        (_("current plan"), "left"),
        (_("median finish (P50)"), "left"),
        (_("safe finish (P80)"), "left"),
        (_("slip in weeks (P50)"), "right"),
        (_("chance of being late"), "right"),
        (_("expected person-weeks of delay"), "right"),
        (_("based on"), "left"),
    ]
    names = dict(zip(found["project_id"].astype(str), found["project_name"].astype(str), strict=True))
    rows = [
        [
            named(row["project_id"], names),
            _day(row["committed_date"]),
            _day(row["planned_finish_date"]),
            _day(row["finish_p50_date"]),
            _day(row["finish_p80_date"]),
            _number(row["slip_weeks_p50"], "+.1f"),
            _number(row["late_probability"], ".0%"),
            _number(row["expected_delay_person_weeks"], ".1f"),
            _basis(row),
        ]
        for row in found.to_dict("records")
    ]
    output.print(headline, markup=False, soft_wrap=True)
    output.print(table(_("Forecast as known on {day}").format(day=date_text(day)), headings, rows))
    _print_doubts(found, names)


def _basis(row: Mapping[Any, Any]) -> str:
    if row["mode"] == "none":
        return reason_words(row["reason"]) or basis_words(None)
    return rest_text(basis_words(row["mode"]), row["reason"])


def _print_doubts(found: pd.DataFrame, names: dict[str, str]) -> None:
    """Say which facts of a project that has a date can't be true; who has none says why in the table."""
    for row in found[found["mode"].ne("none") & found["reason"].isin(DOUBTS)].to_dict("records"):
        output.print(f"{named(row['project_id'], names)}: {reason_words(row['reason'])}", markup=False, soft_wrap=True)


def workload_command(as_of: AsOfOption = None, home: HomeOption = None, is_json: JsonOption = False) -> None:
    """Show each person's load, nights away and facts about working-time limits.

    These figures describe a pattern of work, not how a person feels.

    Examples
    --------

        golive workload

        golive workload --as-of 2026-06-30 --json
    """  # noqa: D412 - the help page shows the lines as they stand
    said = parse_as_of(as_of)
    _where, file = open_home(home)
    day = said or answers.as_of_date(file)
    viewer = answers.local_viewer()
    people = answers.people(file, viewer, day)
    ids = tuple(people["person_id"])
    found = people[["person_id", "person_name", "team_name"]].merge(
        answers.overview(file, viewer, day, ids), on="person_id", validate="one_to_one"
    )
    if is_json:
        facts = answers.facts(file, viewer, day, ids)
        print_json(
            {
                "as_of_date": day,
                "reporting_week": reporting_plain(answers.reporting(file, day)),
                "rows": rows_of(found),
                "limit_facts": rows_of(facts),
            }
        )
        return
    if found.empty:
        output.print(
            _("Nobody is known on {day}. Import people or timesheets.").format(day=date_text(day)),
            markup=False,
            soft_wrap=True,
        )
        return
    reporting = answers.reporting(file, day)
    output.print(_load_table(found, day))
    travel_told = travel_sentence(answers.trips_told(file, day), reporting.week_start_date)
    for sentence in filter(None, [reporting_sentence(reporting), travel_told]):
        output.print(sentence, markup=False, soft_wrap=True)


def _load_table(found: pd.DataFrame, day: date) -> Table:
    """Return everybody's load, travel and rest, sorted by name."""
    headings = [
        (_("person"), "left"),
        (_("team"), "left"),
        (_("hours a week (4 weeks)"), "right"),
        (_("of capacity"), "right"),
        (_("nights away (28 days)"), "right"),
        (_("days in a row"), "right"),
        (_("limit facts"), "right"),
        (_("weeks missing (8)"), "right"),
    ]
    rows = [
        [
            str(row["person_name"]),
            str(row["team_name"]),
            _number(row["load_hours_4_weeks"], ".1f"),
            _number(row["load_ratio_4_weeks"], ".0%"),
            count_text(row["nights_28_days_count"]),
            _number(row["days_in_a_row_count"], ".0f"),
            _number(row["limit_fact_count"], ".0f"),
            _number(row["missing_weeks_count"], ".0f"),
        ]
        for row in found.to_dict("records")
    ]
    return table(_("Load as known on {day}").format(day=date_text(day)), headings, rows)


def _day(value: object) -> str:
    return "" if pd.isna(value) else date_text(value)  # type: ignore[call-overload]


def _number(value: object, form: str) -> str:
    return "" if pd.isna(value) else format(value, form)  # type: ignore[call-overload]
