"""``golive status``: what is in the home, and how complete it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from dashboard.answers.data_state import data_state
from dashboard.answers.days import as_of_date
from dashboard.answers.reporting import reporting as reporting_on
from dashboard.answers.viewers import local_viewer
from dashboard.commands.common import HomeOption, JsonOption, home_of, open_home, print_json, table
from dashboard.commands.console import output
from dashboard.i18n import _
from dashboard.views.data_state import check_words, presence_sentence
from dashboard.views.reporting import reporting_plain, reporting_sentence
from dashboard.views.silences import asked_sentence
from dashboard.views.words import chance_text, date_text, moment_text, percent_text, plain_words
from data import clock
from data.publishing import published_file
from data.silences import silences_in
from data.warehouse import open_for_reading

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from data.home import Home


def status_command(home: HomeOption = None, is_json: JsonOption = False) -> None:
    """Show what was imported, how far the data reach, and what deserves a look.

    Examples
    --------

        golive status

        golive status --json --home ~/golive-2026
    """  # noqa: D412 - the help page shows the lines as they stand
    where = home_of(home)
    if published_file(where) is None and is_json:
        print_json({"home": str(where.path), "warehouse_file": None, "tables": [], "warnings": [], "imports_count": 0})
        return
    where, file = open_home(home)
    found = read_status(where, file)
    if is_json:
        print_json(found)
        return
    _show(found)


def read_status(home: Home, file: Path) -> dict[str, Any]:
    """Return the state of the home as plain values."""
    reporting = reporting_on(file, as_of_date(file))
    last = reporting.week_start_date
    with open_for_reading(file) as connection:
        return {
            "home": str(home.path),
            "warehouse_file": file.name,
            "imports_count": _one(connection, "select count(*) from raw.batches"),
            "newest_work_date": _one(connection, "select max(work_date) from staging.timesheets"),
            "reporting_week": reporting_plain(reporting),
            "reporting_sentence": reporting_sentence(reporting),
            "newest_import_at": _one(connection, "select max(arrived_at) from raw.batches"),
            "refused_rows_count": _one(connection, "select count(*) from raw.refused_rows"),
            # The same figure as below the portfolio: of the hours that count, not of every version of a row.
            "assumed_rows_share": data_state(file, local_viewer(), as_of_date(file)).assumed_ratio,
            "missing_weeks_share_last_8_weeks": _one(
                connection, _MISSING_SHARE, first=last - timedelta(weeks=7), last=last
            ),
            "people_asked_about_count": len(silences_in(connection, clock.today()).asked),
            "presence": next(iter(_rows(connection, _PRESENCE)), None),
            "tables": _rows(connection, _TABLES),
            "warnings": _rows(connection, _WARNINGS),
            "provisional_calendar_years": _rows(connection, _PROVISIONAL_YEARS),
        }


_MISSING_SHARE: Final = """
    select round(avg((not is_filed)::int), 4)
    from (
        select
            person_id,
            week_start_date,
            sum(entry_count) > 0 as is_filed,
            arg_max(
                case when state = 'filed' then workdays_count > leave_days_count else state = 'missing' end,
                plan_known_week_date
            ) as is_open
        from marts.person_weeks
        where week_start_date between $first and $last
        group by person_id, week_start_date
    )
    where is_filed or is_open
"""
_PRESENCE: Final = """
    select
        count(*) as days_count,
        count(distinct person_id) as people_count,
        count(worked_hours) as booked_days_count,
        round(sum(gap_hours), 2) as gap_hours
    from marts.attendance_days
    having count(*) > 0
"""
_TABLES: Final = """
    select
        table_name,
        count(*) as imports_count,
        sum(rows_accepted + rows_corrected)::bigint as rows_count,
        sum(rows_refused)::bigint as refused_count,
        max(arrived_at) as newest_import_at
    from raw.batches
    group by table_name
    order by table_name
"""
_WARNINGS: Final = """
    select check_name, count(*) as warnings_count from checks.warnings group by check_name order by check_name
"""
_PROVISIONAL_YEARS: Final = """
    select country, min(year(calendar_date))::int as first_provisional_year
    from marts.calendar_days
    where is_provisional
    group by country
    order by country
"""


def _one(connection: duckdb.DuckDBPyConnection, query: str, **values: object) -> Any:
    row = connection.execute(query, values or None).fetchone()
    return row[0] if row else None


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _show(found: dict[str, Any]) -> None:
    output.print(_("Home: {home}").format(home=found["home"]), markup=False, soft_wrap=True)
    output.print(
        _("Newest day of work: {day}. Newest import: {moment}.").format(
            day=date_text(found["newest_work_date"]), moment=moment_text(found["newest_import_at"])
        ),
        markup=False,
    )
    output.print(found["reporting_sentence"], markup=False)
    missing = found["missing_weeks_share_last_8_weeks"]
    if missing is not None:
        output.print(
            _("Timesheets missing in the last 8 weeks: {share}").format(share=percent_text(missing)), markup=False
        )
    if found["presence"]:
        output.print(presence_sentence(found["presence"]), markup=False, soft_wrap=True)
    if found["people_asked_about_count"]:
        output.print(
            f"{asked_sentence(found['people_asked_about_count'])} {_('`golive people` asks about them.')}", markup=False
        )
    if found["assumed_rows_share"]:
        output.print(
            _("For {share} of the hours it is assumed when they became known.").format(
                share=chance_text(found["assumed_rows_share"])
            ),
            markup=False,
        )
    rows_head = _("rows taken in, with corrections")
    output.print(
        table(
            _("Tables"),
            [(_("table"), "left"), (_("imports"), "right"), (rows_head, "right"), (_("refused"), "right")],
            [
                [
                    plain_words(row["table_name"]),
                    f"{row['imports_count']:,}",
                    f"{row['rows_count']:,}",
                    f"{row['refused_count']:,}",
                ]
                for row in found["tables"]
            ],
        )
    )
    if found["warnings"]:
        output.print(
            table(
                _("Warnings"),
                [(_("check"), "left"), (_("warnings"), "right")],
                [[check_words(row["check_name"]), f"{row['warnings_count']:,}"] for row in found["warnings"]],
            )
        )
    for row in found["provisional_calendar_years"]:
        output.print(
            _("Holidays of {country} are provisional from {year} on.").format(
                country=row["country"], year=row["first_provisional_year"]
            ),
            markup=False,
        )
