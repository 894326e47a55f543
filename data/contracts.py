"""What Golive's tables look like: columns, types, units, keys and the stamp that tells when a row was known.

This is the one place where the vocabulary is written down. The import types and checks rows by it,
``docs/data-contracts.md`` is generated from it, and the made-up company writes files that follow it.
"""

from __future__ import annotations

from typing import Final

from data.contract_shapes import (
    EARLIEST_YEAR,
    LATEST_YEARS_AHEAD,
    PLAN_YEARS_AHEAD,
    SQL_TYPES,
    Column,
    Kind,
    Order,
    Table,
    choice_column,
    date_column,
    flag_column,
    hours_column,
    moment_column,
    offset_name,
    plan_column,
    ratio_column,
    text_column,
)
from data.rotation_contracts import PREFERENCES, STAY_LIMITS, UNAVAILABILITY

__all__ = [
    "EARLIEST_YEAR",
    "LATEST_YEARS_AHEAD",
    "PLAN_YEARS_AHEAD",
    "SQL_TYPES",
    "TABLES",
    "Column",
    "Kind",
    "Order",
    "Table",
    "offset_name",
]

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


PROJECTS: Final = Table(
    name="projects",
    grain="project",
    key=("project_id",),
    unit=("project_id",),
    happened_at="start_date",
    columns=(
        text_column("project_id", "Short name of the project, the same in every system", required=True),
        text_column("project_name", "Name that people use"),
        text_column("client_name", "The client"),
        text_column("product", "What goes live: erp, crm, hospital, warehouse, …"),
        text_column("industry", "The client's industry"),
        text_column("site_city", "City of the client site"),
        text_column("site_country", "Country of the client site, two letters (ISO 3166)"),
        text_column("site_time_zone", "Time zone of the site, for example Asia/Shanghai"),
        text_column("manager_person_id", "Who manages the project"),
        text_column("contract_type", "For example fixed price or time and material"),
        plan_column("start_date", "First planned day", required=True),
        plan_column("baseline_finish_date", "Go-live of the first approved plan"),
        plan_column("planned_finish_date", "Go-live of the plan as it stands"),
        Column("budget_hours", Kind.DURATION, "Hours of the first approved plan", unit="hours", above=0),
        choice_column("status", "Where the project stands", PROJECT_STATUSES),
        date_column("actual_finish_date", "Day on which it was finished"),
        date_column("go_live_date", "Day on which the client began to use it"),
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
        text_column("project_id", "The project", required=True),
        date_column("as_of_date", "Day of the report", required=True),
        plan_column("planned_finish_date", "Go-live of the plan on that day"),
        ratio_column("progress_ratio", "Earned share of the scope as known on that day"),
        choice_column("reported_status", "What the report says", REPORT_STATUSES),
        text_column("phase", "Phase of the project on that day"),
        text_column("note", "Remark of the reporter"),
    ),
)

WORK_PACKAGES: Final = Table(
    name="work_packages",
    grain="package",
    key=("package_id",),
    unit=("package_id",),
    happened_at="planned_finish_date",
    columns=(
        text_column("package_id", "The package", required=True),
        text_column("project_id", "The project", required=True),
        text_column("phase", "Phase that the package belongs to"),
        Column("planned_hours", Kind.DURATION, "Hours of the plan", unit="hours", is_required=True, minimum=0),
        plan_column("planned_start_date", "First planned day"),
        plan_column("planned_finish_date", "Last planned day"),
        ratio_column("progress_ratio", "Earned share"),
        date_column("actual_finish_date", "Day on which it was done"),
    ),
)

PEOPLE: Final = Table(
    name="people",
    grain="person",
    key=("person_id",),
    unit=("person_id",),
    happened_at="hired_date",
    columns=(
        text_column("person_id", "Short name of the person, the same in every system", required=True),
        text_column("person_name", "Name that people use"),
        text_column("team_name", "Home team"),
        text_column("lead_person_id", "Who leads the person"),
        choice_column("seniority", "Step on the ladder", SENIORITIES),
        text_column("home_city", "City of home"),
        text_column("home_country", "Country of home, two letters (ISO 3166)"),
        text_column("time_zone", "Time zone of home, for example Asia/Shanghai"),
        Column(
            "weekly_hours",
            Kind.DURATION,
            "Hours of the contract in a week without holidays",
            unit="hours",
            above=0,
            maximum=80,
        ),
        text_column(
            "working_days", "Weekdays of who works part of the week: Mon, Tue; Mo–Mi; 周一至周三; else learned"
        ),
        *(
            hours_column(f"{day}_hours", f"Hours of the contract on a {day.capitalize()}", maximum=24)
            for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        ),
        Column("hired_date", Kind.DATE, "First day in the firm", earliest_year=1950),
        date_column("left_date", "Last day in the firm; after it no timesheet is expected"),
        text_column("email", "Address that joins systems; never shown"),
        flag_column("has_opted_out", "Has signed the 48-hour opt-out where the law knows one"),
    ),
)

SKILLS: Final = Table(
    name="skills",
    grain="person and skill",
    key=("person_id", "skill"),
    unit=("person_id", "skill"),
    columns=(
        text_column("person_id", "The person", required=True),
        text_column("skill", "Product module, language or method", required=True),
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
        text_column("entry_id", "Number of the entry in its source"),
        text_column("person_id", "Who worked", required=True),
        text_column("project_id", "For which project", required=True),
        date_column("work_date", "Day of the work", required=True),
        Column(
            "worked_hours",
            Kind.DURATION,
            "Time worked",
            unit="hours",
            is_required=True,
            above=0,
            maximum=24,
        ),
        choice_column("activity", "What was done", ACTIVITIES),
        flag_column("is_onsite", "Done at the client site"),
        moment_column("started_at", "Begin of the work"),
        moment_column("ended_at", "End of the work"),
        text_column(
            "time_zone", "Zone of the clock times where they carry none; else the person's or the site's is taken"
        ),
        text_column("change_request_id", "Change request that the work was for"),
        text_column("package_id", "Work package that the work was for"),
        moment_column("submitted_at", "When the entry was filed"),
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
        text_column("trip_id", "Number of the trip in its source"),
        text_column("person_id", "Who travelled", required=True),
        text_column("project_id", "For which project"),
        moment_column("departed_at", "Leaves home", required=True),
        moment_column("returned_at", "Is home again", required=True),
        text_column("time_zone", "Zone of home, where departure and return are in UTC; else the person's is taken"),
        text_column("origin_city", "From"),
        text_column("destination_city", "To"),
        text_column("destination_country", "Country of the destination, two letters (ISO 3166)"),
        text_column("transport", "For example train, plane, car"),
        Column("nights_count", Kind.WHOLE, "Nights away as the source counts them", minimum=0, maximum=400),
        Column("cost_amount", Kind.NUMBER, "Cost in the currency beside it", minimum=0),
        text_column("currency_code", "Currency, three letters (ISO 4217)"),
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
        text_column("change_request_id", "Number of the request in its source", required=True),
        text_column("project_id", "The project", required=True),
        moment_column("raised_at", "When the client asked", required=True),
        text_column("requested_by", "Department or role that asked"),
        text_column("kind", "For example report, interface, workflow, field"),
        text_column("phase_at_arrival", "Phase of the project when it arrived"),
        text_column("status", "State in its source, for example raised, approved, rejected, done"),
        moment_column("decided_at", "When it was approved or rejected"),
        moment_column("completed_at", "When it was done"),
        hours_column("estimated_hours", "Estimated effort; negative when scope is taken out", minimum=None),
        hours_column("actual_hours", "Effort that it took"),
        flag_column("is_confirmed_by_prototype", "The client saw a prototype and confirmed it"),
        choice_column("cause", "Why it was asked", CAUSES),
    ),
)

LEAVE: Final = Table(
    name="leave",
    grain="person and day",
    key=("person_id", "leave_date"),
    unit=("person_id", "leave_date"),
    happened_at="leave_date",
    columns=(
        text_column("person_id", "Who is away", required=True),
        date_column("leave_date", "Day of leave; the reason is never stored", required=True),
        hours_column("leave_hours", "Hours of leave on that day; empty means the whole day", maximum=24),
    ),
)

ATTENDANCE: Final = Table(
    name="attendance",
    grain="person and day",
    key=("person_id", "work_date"),
    unit=("person_id", "work_date"),
    happened_at="work_date",
    columns=(
        text_column("person_id", "Who was there", required=True),
        date_column("work_date", "Day of presence", required=True),
        Column(
            "present_hours",
            Kind.DURATION,
            "Time of presence; it is no work on a project and enters no load",
            unit="hours",
            is_required=True,
            above=0,
            maximum=24,
        ),
    ),
)

ASSIGNMENTS: Final = Table(
    name="assignments",
    grain="person, project and week",
    key=("person_id", "project_id", "week_start_date"),
    unit=("person_id", "project_id", "week_start_date"),
    happened_at="week_start_date",
    columns=(
        text_column("person_id", "Who is planned", required=True),
        text_column("project_id", "For which project", required=True),
        plan_column("week_start_date", "Monday of the week", required=True),
        hours_column("planned_hours", "Planned hours in the week", maximum=168),
        flag_column("is_onsite", "Planned at the client site"),
        flag_column("is_tentative", "Not yet agreed"),
    ),
)

SITE_DEMAND: Final = Table(
    name="site_demand",
    grain="project, role and week",
    key=("project_id", "skill", "week_start_date"),
    unit=("project_id", "skill", "week_start_date"),
    happened_at="week_start_date",
    columns=(
        text_column("project_id", "The project", required=True),
        plan_column("week_start_date", "Monday of the week", required=True),
        text_column("skill", "Skill that is needed", required=True),
        Column("headcount", Kind.NUMBER, "People needed", unit="people", minimum=0),
        Column(
            "onsite_headcount",
            Kind.NUMBER,
            "People of these who must be at the client site; empty: by the phase of the project",
            unit="people",
            minimum=0,
            other_headers=("onsite_minimum", "onsite_min", "min_onsite", "minimum_onsite"),
        ),
        choice_column("min_seniority", "Least seniority that will do", SENIORITIES),
        flag_column("is_onsite", "Needed at the client site"),
        text_column("named_person_id", "The client asked for this person"),
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
        text_column("project_id", "The project", required=True),
        text_column("measure_name", "What is measured after go-live", required=True),
        date_column("measured_date", "Day of the measurement", required=True),
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
        text_column("person_id", "Who answered", required=True),
        date_column("answered_date", "Day of the answer", required=True),
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
        ATTENDANCE,
        ASSIGNMENTS,
        SITE_DEMAND,
        STAY_LIMITS,
        PREFERENCES,
        UNAVAILABILITY,
        OUTCOMES,
        PULSE,
    )
}
