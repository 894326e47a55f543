"""Which roles belong to which table of the contract, and what tells the tables apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PERSON_ROLES: Final = ("person_id", "person_login", "person_email", "person_name", "first_name", "last_name")
PROJECT_ROLES: Final = ("project_id", "project_name")
_PERSON: Final = dict.fromkeys(PERSON_ROLES, "person_id")
_PROJECT: Final = dict.fromkeys(PROJECT_ROLES, "project_id")


@dataclass(frozen=True)
class Meaning:
    """One table as files show it.

    Parameters
    ----------
    roles
        Role → column of the contract; empty where the role only helps to understand the file.
    needed
        Groups of roles of which one must be there, by the column that the table can't do without.
    telling
        How much a role speaks for this table.
    """

    name: str
    roles: dict[str, str]
    needed: dict[str, tuple[str, ...]]
    telling: dict[str, float]


TIMESHEETS: Final = Meaning(
    "timesheets",
    {
        **_PERSON,
        **_PROJECT,
        "client_name": "",
        "team_name": "",
        "entry_id": "entry_id",
        "record_id": "entry_id",
        "work_date": "work_date",
        "start_date": "work_date",
        "start_time": "started_at",
        "end_date": "ended_at",
        "end_time": "ended_at",
        "duration": "worked_hours",
        "billable_time": "worked_hours",
        "nonbillable_time": "worked_hours",
        "activity": "activity",
        "is_onsite": "is_onsite",
        "issue": "change_request_id",
        "package": "package_id",
        "submitted_at": "submitted_at",
        "week_start": "",
    },
    {
        "person_id": PERSON_ROLES,
        "project_id": PROJECT_ROLES,
        "work_date": ("work_date", "start_date", "start_time"),
        "worked_hours": ("duration", "billable_time", "end_time"),
    },
    {
        "duration": 3,
        "work_date": 2,
        "start_time": 1.5,
        "end_time": 1.5,
        "activity": 1.5,
        "billable_time": 2.5,
        "nonbillable_time": 2,
        "project_name": 0.8,
        "project_id": 0.8,
        "person_name": 0.8,
        "person_login": 0.5,
        "person_email": 0.5,
        "person_id": 0.5,
        "issue": 0.7,
        "package": 0.5,
        "is_onsite": 1.5,
        "entry_id": 1.5,
        "start_date": 0.7,
        "end_date": 0.3,
        "client_name": 0.3,
        "submitted_at": 0.2,
    },
)

TRIPS: Final = Meaning(
    "trips",
    {
        **_PERSON,
        **_PROJECT,
        "client_name": "",
        "team_name": "",
        "trip_id": "trip_id",
        "record_id": "trip_id",
        "departed": "departed_at",
        "start_date": "departed_at",
        "start_time": "departed_at",
        "returned": "returned_at",
        "end_date": "returned_at",
        "end_time": "returned_at",
        "trip_range": "departed_at",
        "trip_length": "",
        "length_unit": "",
        "origin_city": "origin_city",
        "destination_city": "destination_city",
        "destination_country": "destination_country",
        "transport": "transport",
        "nights": "nights_count",
        "cost_amount": "cost_amount",
        "currency": "currency_code",
        "approval_status": "",
    },
    {
        "person_id": PERSON_ROLES,
        "departed_at": ("departed", "trip_range", "start_date"),
        "returned_at": ("returned", "trip_range", "end_date"),
    },
    {
        "departed": 3,
        "returned": 2.5,
        "trip_range": 3,
        "trip_length": 2,
        "length_unit": 1,
        "origin_city": 1.5,
        "destination_city": 1.5,
        "destination_country": 1.5,
        "transport": 2.5,
        "nights": 2.5,
        "cost_amount": 1.2,
        "currency": 0.8,
        "trip_id": 1.5,
        "person_name": 0.4,
        "person_id": 0.4,
        "approval_status": 1,
        "project_name": 0.2,
    },
)

CHANGE_REQUESTS: Final = Meaning(
    "change_requests",
    {
        **_PROJECT,
        "client_name": "",
        "request_id": "change_request_id",
        "title": "",
        "raised_at": "raised_at",
        "started_work": "",
        "requested_by": "requested_by",
        "kind": "kind",
        "phase": "phase_at_arrival",
        "status": "status",
        "decided_at": "decided_at",
        "completed_at": "completed_at",
        "estimated_hours": "estimated_hours",
        "actual_hours": "actual_hours",
        "is_confirmed": "is_confirmed_by_prototype",
        "cause": "cause",
    },
    {"change_request_id": ("request_id",), "project_id": PROJECT_ROLES, "raised_at": ("raised_at",)},
    {
        "request_id": 1.5,
        "title": 2,
        "raised_at": 2,
        "status": 1.2,
        "kind": 1.5,
        "requested_by": 1,
        "decided_at": 2,
        "completed_at": 1.5,
        "estimated_hours": 1.5,
        "actual_hours": 1,
        "cause": 2,
        "is_confirmed": 3,
        "project_name": 0.5,
        "project_id": 0.5,
        "phase": 0.5,
        "started_work": 0.5,
    },
)

LEAVE: Final = Meaning(
    "leave",
    {
        **_PERSON,
        "team_name": "",
        "leave_date": "leave_date",
        "leave_start": "leave_date",
        "leave_end": "leave_date",
        "leave_range": "leave_date",
        "leave_hours": "leave_hours",
        "leave_days": "",
        "leave_kind": "",
        "length_unit": "",
        "approval_status": "",
        "status": "",
    },
    {"person_id": PERSON_ROLES, "leave_date": ("leave_date", "leave_start", "leave_range")},
    {
        "leave_date": 1.5,
        "leave_start": 1.2,
        "leave_end": 1.2,
        "leave_range": 4,
        "leave_hours": 3,
        "leave_days": 2.5,
        "leave_kind": 5,
        "person_name": 0.8,
        "person_id": 0.8,
        "person_email": 0.5,
        "approval_status": 0.5,
        "status": 0.3,
    },
)

PROJECTS: Final = Meaning(
    "projects",
    {
        "project_id": "project_id",
        "record_id": "project_id",
        "project_name": "project_name",
        "title": "project_name",
        "client_name": "client_name",
        "product": "product",
        "industry": "industry",
        "site_city": "site_city",
        "site_country": "site_country",
        "time_zone": "site_time_zone",
        "manager": "manager_person_id",
        "contract_type": "contract_type",
        "planned_start": "start_date",
        "baseline_finish": "baseline_finish_date",
        "planned_finish": "planned_finish_date",
        "budget_hours": "budget_hours",
        "project_status": "status",
        "actual_finish": "actual_finish_date",
        "go_live": "go_live_date",
    },
    {"project_id": ("project_id", "project_name", "record_id"), "start_date": ("planned_start",)},
    {
        "project_id": 1,
        "project_name": 1.2,
        "client_name": 1,
        "product": 1,
        "industry": 2,
        "site_city": 1,
        "manager": 2,
        "contract_type": 2.5,
        "planned_start": 1.5,
        "planned_finish": 1.5,
        "baseline_finish": 2.5,
        "budget_hours": 2.5,
        "project_status": 0.8,
        "actual_finish": 1,
        "go_live": 2.5,
        "time_zone": 0.3,
    },
)

PEOPLE: Final = Meaning(
    "people",
    {
        **dict.fromkeys(("person_id", "person_login", "record_id"), "person_id"),
        **dict.fromkeys(("person_name", "first_name", "last_name"), "person_name"),
        "person_email": "email",
        "team_name": "team_name",
        "lead": "lead_person_id",
        "seniority": "seniority",
        "home_city": "home_city",
        "home_country": "home_country",
        "time_zone": "time_zone",
        "weekly_hours": "weekly_hours",
        "hired": "hired_date",
        "left": "left_date",
        "opted_out": "has_opted_out",
    },
    {"person_id": (*PERSON_ROLES, "record_id")},
    {
        "person_id": 1,
        "person_name": 1,
        "first_name": 0.5,
        "last_name": 0.5,
        "person_email": 1,
        "team_name": 1,
        "lead": 1.5,
        "seniority": 2,
        "home_city": 1,
        "home_country": 0.8,
        "time_zone": 1,
        "weekly_hours": 3.5,
        "hired": 3,
        "left": 2,
        "opted_out": 3,
        "person_login": 0.5,
    },
)

STATUS_REPORTS: Final = Meaning(
    "status_reports",
    {
        **_PROJECT,
        "as_of_date": "as_of_date",
        "planned_finish": "planned_finish_date",
        "progress": "progress_ratio",
        "reported_status": "reported_status",
        "phase": "phase",
        "note": "note",
    },
    {"project_id": PROJECT_ROLES, "as_of_date": ("as_of_date",)},
    {
        "as_of_date": 2,
        "planned_finish": 1.2,
        "progress": 3,
        "reported_status": 2.5,
        "phase": 1,
        "note": 0.5,
        "project_name": 1,
        "project_id": 1,
    },
)

WORK_PACKAGES: Final = Meaning(
    "work_packages",
    {
        **_PROJECT,
        "package_id": "package_id",
        "title": "",
        "phase": "phase",
        "planned_hours": "planned_hours",
        "planned_start": "planned_start_date",
        "planned_finish": "planned_finish_date",
        "progress": "progress_ratio",
        "actual_finish": "actual_finish_date",
    },
    {"package_id": ("package_id",), "project_id": PROJECT_ROLES, "planned_hours": ("planned_hours",)},
    {
        "package_id": 2,
        "phase": 0.5,
        "planned_hours": 3,
        "planned_start": 1.2,
        "planned_finish": 1.2,
        "progress": 1.5,
        "actual_finish": 1,
        "project_name": 0.5,
        "project_id": 0.5,
        "title": 0.5,
    },
)

ASSIGNMENTS: Final = Meaning(
    "assignments",
    {
        **_PERSON,
        **_PROJECT,
        "week_start": "week_start_date",
        "planned_hours": "planned_hours",
        "is_onsite": "is_onsite",
        "is_tentative": "is_tentative",
    },
    {"person_id": PERSON_ROLES, "project_id": PROJECT_ROLES, "week_start_date": ("week_start",)},
    {
        "week_start": 3,
        "planned_hours": 4,
        "is_tentative": 3,
        "is_onsite": 0.5,
        "person_name": 0.8,
        "person_id": 0.8,
        "project_name": 0.8,
        "project_id": 0.8,
        "person_email": 0.5,
    },
)

SKILLS: Final = Meaning(
    "skills",
    {**_PERSON, "skill": "skill", "skill_level": "level"},
    {"person_id": PERSON_ROLES, "skill": ("skill",)},
    {"skill": 4, "skill_level": 2.5, "person_id": 0.5, "person_name": 0.5},
)

SITE_DEMAND: Final = Meaning(
    "site_demand",
    {
        **_PROJECT,
        "week_start": "week_start_date",
        "skill": "skill",
        "headcount": "headcount",
        "min_seniority": "min_seniority",
        "is_onsite": "is_onsite",
        "named_person": "named_person_id",
    },
    {"project_id": PROJECT_ROLES, "week_start_date": ("week_start",), "skill": ("skill",)},
    {
        "week_start": 2,
        "skill": 2,
        "headcount": 4,
        "min_seniority": 3,
        "named_person": 3,
        "is_onsite": 0.5,
        "project_name": 0.5,
        "project_id": 0.5,
    },
)

OUTCOMES: Final = Meaning(
    "outcomes",
    {
        **_PROJECT,
        "measure_name": "measure_name",
        "measured_date": "measured_date",
        "work_date": "measured_date",
        "target_value": "target_value",
        "actual_value": "actual_value",
    },
    {
        "project_id": PROJECT_ROLES,
        "measure_name": ("measure_name",),
        "measured_date": ("measured_date", "work_date"),
    },
    {
        "measure_name": 4,
        "measured_date": 3,
        "target_value": 2.5,
        "actual_value": 2.5,
        "project_id": 0.5,
        "project_name": 0.5,
    },
)

PULSE: Final = Meaning(
    "pulse",
    {**_PERSON, "answered_date": "answered_date", "work_date": "answered_date", "score": "score"},
    {"person_id": PERSON_ROLES, "answered_date": ("answered_date", "work_date")},
    {"answered_date": 4, "score": 4, "person_id": 0.5, "person_name": 0.5},
)

MEANINGS: Final = {
    meaning.name: meaning
    for meaning in (
        TIMESHEETS,
        TRIPS,
        CHANGE_REQUESTS,
        LEAVE,
        PROJECTS,
        PEOPLE,
        STATUS_REPORTS,
        WORK_PACKAGES,
        ASSIGNMENTS,
        SKILLS,
        SITE_DEMAND,
        OUTCOMES,
        PULSE,
    )
}
