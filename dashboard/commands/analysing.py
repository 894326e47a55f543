"""``golive forecast`` and ``golive workload``: the figures of the pages, on the command line."""

from __future__ import annotations

import pandas as pd

from dashboard.commands.common import (
    AsOfOption,
    HomeOption,
    JsonOption,
    open_home,
    output,
    parse_date,
    print_json,
    quiet_streamlit,
    rows_of,
    table,
)
from dashboard.i18n import _
from dashboard.views.columns import named
from dashboard.views.forecast import basis_words, reason_words
from dashboard.views.reporting import reporting_plain, reporting_sentence


def forecast_command(as_of: AsOfOption = None, home: HomeOption = None, is_json: JsonOption = False) -> None:
    """Forecast when each running project finishes: a range, never one date.

    Examples
    --------

        golive forecast

        golive forecast --as-of 2026-06-30 --json
    """  # noqa: D412 - the help page shows the lines as they stand
    quiet_streamlit()
    from dashboard import load  # noqa: PLC0415 - Streamlit is slow to import; other commands do without it

    said = parse_date(as_of, "--as-of")
    _where, file = open_home(home)
    day = said or load.as_of_date(file)
    found = load.forecast(file, load.local_viewer(), day).sort_values("harm_weeks", ascending=False)
    if said is None:
        load.keep_forecast(file, load.local_viewer(), day)
    if is_json:
        print_json(
            {
                "as_of_date": day,
                "reporting_week": reporting_plain(load.reporting(file, day)),
                "rows": rows_of(found),
            }
        )
        return
    if found.empty:
        output.print(
            _(
                "No project runs on {day}. Import projects with a start date, and what is known of their progress."
            ).format(day=day),
            markup=False,
            soft_wrap=True,
        )
        return
    headings = [
        (_("project"), "left"),
        (_("plan"), "left"),
        (_("P50"), "left"),
        (_("P80"), "left"),
        (_("weeks late (P50)"), "right"),
        (_("late > 2 weeks"), "right"),
        (_("by"), "left"),
    ]
    projects = load.projects(file)
    names = dict(zip(projects["project_id"].astype(str), projects["project_name"].fillna("").astype(str), strict=True))
    rows = [
        [
            named(row["project_id"], names),
            _day(row["planned_finish_date"]),
            _day(row["finish_p50_date"]),
            _day(row["finish_p80_date"]),
            _number(row["delay_weeks_p50"], "+.1f"),
            _number(row["late_probability"], ".0%"),
            basis_words(row["mode"]) if row["mode"] != "none" else reason_words(row["reason"]) or basis_words(None),
        ]
        for row in found.to_dict("records")
    ]
    output.print(table(_("Forecast as known on {day}").format(day=day), headings, rows))
    output.print(reporting_sentence(load.reporting(file, day)), markup=False, soft_wrap=True)


def workload_command(as_of: AsOfOption = None, home: HomeOption = None, is_json: JsonOption = False) -> None:
    """Show each person's load, nights away and facts about working-time limits.

    These figures describe a pattern of work, not how a person feels.

    Examples
    --------

        golive workload

        golive workload --as-of 2026-06-30 --json
    """  # noqa: D412 - the help page shows the lines as they stand
    quiet_streamlit()
    from dashboard import load  # noqa: PLC0415 - Streamlit is slow to import; other commands do without it

    said = parse_date(as_of, "--as-of")
    _where, file = open_home(home)
    day = said or load.as_of_date(file)
    viewer = load.local_viewer()
    people = load.people(file, viewer, day)
    ids = tuple(people["person_id"])
    found = people[["person_id", "person_name", "team_name"]].merge(
        load.overview(file, viewer, day, ids), on="person_id", validate="one_to_one"
    )
    if is_json:
        facts = load.facts(file, viewer, day, ids)
        print_json(
            {
                "as_of_date": day,
                "reporting_week": reporting_plain(load.reporting(file, day)),
                "rows": rows_of(found),
                "limit_facts": rows_of(facts),
            }
        )
        return
    if found.empty:
        output.print(
            _("Nobody is known on {day}. Import people or timesheets.").format(day=day), markup=False, soft_wrap=True
        )
        return
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
            _number(row["nights_28_days_count"], ".0f"),
            _number(row["days_in_a_row_count"], ".0f"),
            _number(row["limit_fact_count"], ".0f"),
            _number(row["missing_weeks_count"], ".0f"),
        ]
        for row in found.to_dict("records")
    ]
    output.print(table(_("Load as known on {day}").format(day=day), headings, rows))
    output.print(reporting_sentence(load.reporting(file, day)), markup=False, soft_wrap=True)


def _day(value: object) -> str:
    return "" if pd.isna(value) else f"{value:%Y-%m-%d}"  # type: ignore[call-overload]


def _number(value: object, form: str) -> str:
    return "" if pd.isna(value) else format(value, form)  # type: ignore[call-overload]
