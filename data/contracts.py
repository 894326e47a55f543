"""What Golive's tables look like: columns, types, units, keys and the stamp that tells when a row was known.

This is the one place where the vocabulary is written down. The import types and checks rows by it,
``docs/data-contracts.md`` is generated from it, and the made-up company writes files that follow it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final


class Kind(StrEnum):
    """How the text of a cell is read."""

    TEXT = "text"
    NUMBER = "number"
    DURATION = "duration"
    WHOLE = "whole number"
    FLAG = "yes/no"
    DATE = "date"
    MOMENT = "moment"
    CHOICE = "choice"


SQL_TYPES: Final = {
    Kind.TEXT: "varchar",
    Kind.NUMBER: "double",
    Kind.DURATION: "double",
    Kind.WHOLE: "bigint",
    Kind.FLAG: "boolean",
    Kind.DATE: "date",
    Kind.MOMENT: "timestamp",
    Kind.CHOICE: "varchar",
}


#: A date before this year, or further ahead than this many years, is a slip of the keyboard.
EARLIEST_YEAR: Final = 1990
LATEST_YEARS_AHEAD: Final = 2
#: Plans of hospital systems reach further than anything that has happened.
PLAN_YEARS_AHEAD: Final = 10


@dataclass(frozen=True)
class Column:
    """One column of a table.

    ``above`` and ``minimum``/``maximum`` bound a number (``above`` excludes the bound itself).
    ``choices`` are the allowed values, compared in lower case. Dates lie between ``earliest_year`` and
    ``latest_years_ahead`` years after the day of the import.
    """

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    is_required: bool = False
    choices: tuple[str, ...] = ()
    above: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    earliest_year: int = EARLIEST_YEAR
    latest_years_ahead: int = LATEST_YEARS_AHEAD

    @property
    def sql_type(self) -> str:
        """The DuckDB type that holds the typed value."""
        return SQL_TYPES[self.kind]


@dataclass(frozen=True)
class Order:
    """Two columns of a row of which the second must not come before the first."""

    first: str
    second: str
    reason: str


@dataclass(frozen=True)
class Table:
    """One table of the vocabulary.

    Parameters
    ----------
    key
        The natural key where the source numbers its rows (for timesheets ``entry_id``).
    unit
        What a newer file replaces as a whole when the source does not number its rows.
    known_at
        The source's own stamp that becomes ``known_at``; empty when only the arrival of the file is known.
    happened_at
        The column that says when it happened, used to assume ``known_at`` for history that arrives in one go.
    is_unit_unique
        Whether a unit is one row. A person's day is many entries; a request is one row.
    """

    name: str
    grain: str
    columns: tuple[Column, ...]
    unit: tuple[str, ...]
    key: tuple[str, ...] = ()
    known_at: str = ""
    happened_at: str = ""
    is_unit_unique: bool = True
    orders: tuple[Order, ...] = field(default=())

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns, found by name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def stored(self) -> tuple[Column, ...]:
        """The columns that the warehouse keeps: beside each moment the offset from UTC that the file told with it."""
        return tuple(kept for column in self.columns for kept in _with_offset(column))

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns without which a row is refused."""
        return tuple(column.name for column in self.columns if column.is_required)


def offset_name(moment_name: str) -> str:
    """Return the name of the column that keeps a moment's offset: ``started_at`` has ``started_offset_minutes``."""
    return f"{moment_name.removesuffix('_at')}_offset_minutes"


def _with_offset(column: Column) -> tuple[Column, ...]:
    if column.kind is not Kind.MOMENT:
        return (column,)
    meaning = "Offset from UTC that the file told; empty means that the moment is a local clock time without a zone"
    return (column, Column(offset_name(column.name), Kind.WHOLE, meaning, unit="minutes"))


ACTIVITIES: Final = (
    "configuration",
    "data_migration",
    "integration",
    "training",
    "workshop",
    "documentation",
    "testing",
    "rework",
    "support",
    "travel",
    "management",
    "other",
)
PROJECT_STATUSES: Final = ("planned", "active", "on_hold", "finished", "cancelled")
REPORT_STATUSES: Final = ("green", "amber", "red")
SENIORITIES: Final = ("junior", "mid", "senior", "consultant")
CAUSES: Final = ("expectation", "legacy_integration", "regulation", "defect", "new_need")


def _text(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, Kind.TEXT, meaning, is_required=required)


def _choice(name: str, meaning: str, choices: tuple[str, ...]) -> Column:
    return Column(name, Kind.CHOICE, meaning, choices=choices)


def _date(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, Kind.DATE, meaning, is_required=required)


def _plan(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, Kind.DATE, meaning, is_required=required, latest_years_ahead=PLAN_YEARS_AHEAD)


def _moment(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, Kind.MOMENT, meaning, unit="UTC, or local without a zone", is_required=required)


def _flag(name: str, meaning: str) -> Column:
    return Column(name, Kind.FLAG, meaning)


def _hours(name: str, meaning: str, *, maximum: float | None = None, minimum: float | None = 0) -> Column:
    return Column(name, Kind.DURATION, meaning, unit="hours", minimum=minimum, maximum=maximum)


def _ratio(name: str, meaning: str) -> Column:
    return Column(name, Kind.NUMBER, meaning, unit="1.0 = all", minimum=0, maximum=1)


PROJECTS: Final = Table(
    name="projects",
    grain="project",
    key=("project_id",),
    unit=("project_id",),
    happened_at="start_date",
    columns=(
        _text("project_id", "Short name of the project, the same in every system", required=True),
        _text("project_name", "Name that people use"),
        _text("client_name", "The client"),
        _text("product", "What goes live: erp, crm, hospital, warehouse, …"),
        _text("industry", "The client's industry"),
        _text("site_city", "City of the client site"),
        _text("site_country", "Country of the client site, two letters (ISO 3166)"),
        _text("site_time_zone", "Time zone of the site, for example Asia/Shanghai"),
        _text("manager_person_id", "Who manages the project"),
        _text("contract_type", "For example fixed price or time and material"),
        _plan("start_date", "First planned day", required=True),
        _plan("baseline_finish_date", "Go-live of the first approved plan"),
        _plan("planned_finish_date", "Go-live of the plan as it stands"),
        Column("budget_hours", Kind.DURATION, "Hours of the first approved plan", unit="hours", above=0),
        _choice("status", "Where the project stands", PROJECT_STATUSES),
        _date("actual_finish_date", "Day on which it was finished"),
        _date("go_live_date", "Day on which the client began to use it"),
    ),
)

STATUS_REPORTS: Final = Table(
    name="status_reports",
    grain="project and report",
    key=("project_id", "as_of_date"),
    unit=("project_id", "as_of_date"),
    known_at="as_of_date",
    happened_at="as_of_date",
    columns=(
        _text("project_id", "The project", required=True),
        _date("as_of_date", "Day of the report", required=True),
        _plan("planned_finish_date", "Go-live of the plan on that day"),
        _ratio("progress_ratio", "Earned share of the scope as known on that day"),
        _choice("reported_status", "What the report says", REPORT_STATUSES),
        _text("phase", "Phase of the project on that day"),
        _text("note", "Remark of the reporter"),
    ),
)

WORK_PACKAGES: Final = Table(
    name="work_packages",
    grain="package",
    key=("package_id",),
    unit=("package_id",),
    happened_at="planned_finish_date",
    columns=(
        _text("package_id", "The package", required=True),
        _text("project_id", "The project", required=True),
        _text("phase", "Phase that the package belongs to"),
        Column("planned_hours", Kind.DURATION, "Hours of the plan", unit="hours", is_required=True, minimum=0),
        _plan("planned_start_date", "First planned day"),
        _plan("planned_finish_date", "Last planned day"),
        _ratio("progress_ratio", "Earned share"),
        _date("actual_finish_date", "Day on which it was done"),
    ),
)

PEOPLE: Final = Table(
    name="people",
    grain="person",
    key=("person_id",),
    unit=("person_id",),
    happened_at="hired_date",
    columns=(
        _text("person_id", "Short name of the person, the same in every system", required=True),
        _text("person_name", "Name that people use"),
        _text("team_name", "Home team"),
        _text("lead_person_id", "Who leads the person"),
        _choice("seniority", "Step on the ladder", SENIORITIES),
        _text("home_city", "City of home"),
        _text("home_country", "Country of home, two letters (ISO 3166)"),
        _text("time_zone", "Time zone of home, for example Asia/Shanghai"),
        Column(
            "weekly_hours",
            Kind.DURATION,
            "Hours of the contract in a week without holidays",
            unit="hours",
            above=0,
            maximum=80,
        ),
        _text("working_days", "Weekdays of who works part of the week: Mon, Tue; Mo–Mi; 周一至周三; else learned"),
        *(
            _hours(f"{day}_hours", f"Hours of the contract on a {day.capitalize()}", maximum=24)
            for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        ),
        Column("hired_date", Kind.DATE, "First day in the firm", earliest_year=1950),
        _date("left_date", "Last day in the firm; after it no timesheet is expected"),
        _text("email", "Address that joins systems; never shown"),
        _flag("has_opted_out", "Has signed the 48-hour opt-out where the law knows one"),
    ),
)

SKILLS: Final = Table(
    name="skills",
    grain="person and skill",
    key=("person_id", "skill"),
    unit=("person_id", "skill"),
    columns=(
        _text("person_id", "The person", required=True),
        _text("skill", "Product module, language or method", required=True),
        Column("level", Kind.WHOLE, "1 learns, 2 works, 3 leads, 4 teaches", minimum=1, maximum=4),
    ),
)

TIMESHEETS: Final = Table(
    name="timesheets",
    grain="entry",
    key=("entry_id",),
    unit=("person_id", "work_date"),
    is_unit_unique=False,
    known_at="submitted_at",
    happened_at="work_date",
    orders=(Order("started_at", "ended_at", "the entry ends before it starts"),),
    columns=(
        _text("entry_id", "Number of the entry in its source"),
        _text("person_id", "Who worked", required=True),
        _text("project_id", "For which project", required=True),
        _date("work_date", "Day of the work", required=True),
        Column(
            "worked_hours",
            Kind.DURATION,
            "Time worked",
            unit="hours",
            is_required=True,
            above=0,
            maximum=24,
        ),
        _choice("activity", "What was done", ACTIVITIES),
        _flag("is_onsite", "Done at the client site"),
        _moment("started_at", "Begin of the work"),
        _moment("ended_at", "End of the work"),
        _text("time_zone", "Zone of the clock times where they carry none; else the person's or the site's is taken"),
        _text("change_request_id", "Change request that the work was for"),
        _text("package_id", "Work package that the work was for"),
        _moment("submitted_at", "When the entry was filed"),
    ),
)

TRIPS: Final = Table(
    name="trips",
    grain="trip",
    key=("trip_id",),
    unit=("person_id", "departed_at"),
    happened_at="returned_at",
    orders=(Order("departed_at", "returned_at", "the trip returns before it departs"),),
    columns=(
        _text("trip_id", "Number of the trip in its source"),
        _text("person_id", "Who travelled", required=True),
        _text("project_id", "For which project"),
        _moment("departed_at", "Leaves home", required=True),
        _moment("returned_at", "Is home again", required=True),
        _text("time_zone", "Zone of home, where departure and return are in UTC; else the person's is taken"),
        _text("origin_city", "From"),
        _text("destination_city", "To"),
        _text("destination_country", "Country of the destination, two letters (ISO 3166)"),
        _text("transport", "For example train, plane, car"),
        Column("nights_count", Kind.WHOLE, "Nights away as the source counts them", minimum=0, maximum=400),
        Column("cost_amount", Kind.NUMBER, "Cost in the currency beside it", minimum=0),
        _text("currency_code", "Currency, three letters (ISO 4217)"),
    ),
)

CHANGE_REQUESTS: Final = Table(
    name="change_requests",
    grain="request",
    key=("change_request_id",),
    unit=("change_request_id",),
    known_at="raised_at",
    happened_at="raised_at",
    columns=(
        _text("change_request_id", "Number of the request in its source", required=True),
        _text("project_id", "The project", required=True),
        _moment("raised_at", "When the client asked", required=True),
        _text("requested_by", "Department or role that asked"),
        _text("kind", "For example report, interface, workflow, field"),
        _text("phase_at_arrival", "Phase of the project when it arrived"),
        _text("status", "State in its source, for example raised, approved, rejected, done"),
        _moment("decided_at", "When it was approved or rejected"),
        _moment("completed_at", "When it was done"),
        _hours("estimated_hours", "Estimated effort; negative when scope is taken out", minimum=None),
        _hours("actual_hours", "Effort that it took"),
        _flag("is_confirmed_by_prototype", "The client saw a prototype and confirmed it"),
        _choice("cause", "Why it was asked", CAUSES),
    ),
)

LEAVE: Final = Table(
    name="leave",
    grain="person and day",
    key=("person_id", "leave_date"),
    unit=("person_id", "leave_date"),
    happened_at="leave_date",
    columns=(
        _text("person_id", "Who is away", required=True),
        _date("leave_date", "Day of leave; the reason is never stored", required=True),
        _hours("leave_hours", "Hours of leave on that day; empty means the whole day", maximum=24),
    ),
)

ASSIGNMENTS: Final = Table(
    name="assignments",
    grain="person, project and week",
    key=("person_id", "project_id", "week_start_date"),
    unit=("person_id", "project_id", "week_start_date"),
    happened_at="week_start_date",
    columns=(
        _text("person_id", "Who is planned", required=True),
        _text("project_id", "For which project", required=True),
        _plan("week_start_date", "Monday of the week", required=True),
        _hours("planned_hours", "Planned hours in the week", maximum=168),
        _flag("is_onsite", "Planned at the client site"),
        _flag("is_tentative", "Not yet agreed"),
    ),
)

SITE_DEMAND: Final = Table(
    name="site_demand",
    grain="project, role and week",
    key=("project_id", "skill", "week_start_date"),
    unit=("project_id", "skill", "week_start_date"),
    happened_at="week_start_date",
    columns=(
        _text("project_id", "The project", required=True),
        _plan("week_start_date", "Monday of the week", required=True),
        _text("skill", "Skill that is needed", required=True),
        Column("headcount", Kind.NUMBER, "People needed", unit="people", minimum=0),
        _choice("min_seniority", "Least seniority that will do", SENIORITIES),
        _flag("is_onsite", "Needed at the client site"),
        _text("named_person_id", "The client asked for this person"),
    ),
)

OUTCOMES: Final = Table(
    name="outcomes",
    grain="project, measure and date",
    key=("project_id", "measure_name", "measured_date"),
    unit=("project_id", "measure_name", "measured_date"),
    known_at="measured_date",
    happened_at="measured_date",
    columns=(
        _text("project_id", "The project", required=True),
        _text("measure_name", "What is measured after go-live", required=True),
        _date("measured_date", "Day of the measurement", required=True),
        Column("target_value", Kind.NUMBER, "Value that was promised"),
        Column("actual_value", Kind.NUMBER, "Value that was found"),
    ),
)

PULSE: Final = Table(
    name="pulse",
    grain="person and date",
    key=("person_id", "answered_date"),
    unit=("person_id", "answered_date"),
    known_at="answered_date",
    happened_at="answered_date",
    columns=(
        _text("person_id", "Who answered", required=True),
        _date("answered_date", "Day of the answer", required=True),
        Column("score", Kind.NUMBER, "Self-report, optional"),
    ),
)

TABLES: Final = {
    table.name: table
    for table in (
        PROJECTS,
        STATUS_REPORTS,
        WORK_PACKAGES,
        PEOPLE,
        SKILLS,
        TIMESHEETS,
        TRIPS,
        CHANGE_REQUESTS,
        LEAVE,
        ASSIGNMENTS,
        SITE_DEMAND,
        OUTCOMES,
        PULSE,
    )
}
