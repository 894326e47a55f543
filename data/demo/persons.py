"""Tables about people: the list, skills, leave, resource plan and trips."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from data.contracts import SENIORITIES
from data.demo import names
from data.demo.cells import Columns, blanked, days, flags, moments, numbers, words
from data.demo.places import CITIES
from data.demo.staff import SENIOR
from data.demo.timeline import COUNTRIES, Flags, Floats, Ints, stream
from data.demo.travel import CITY_COUNTRIES, CURRENCY_OF
from data.demo.world import NOBODY, State

if TYPE_CHECKING:
    from data.demo.plans import ProjectList
    from data.demo.simulation import Work
    from data.demo.travel import Trips
    from data.demo.world import World

#: Plans further ahead than this are not yet agreed.
_AGREED_WEEKS: Final = 6
_CITY_NAMES: Final = tuple(city.name for city in CITIES)
_LANGUAGES: Final = ("Mandarin", "German", "Japanese", "English", "Portuguese")


def people_table(world: World) -> Columns:
    """Return everybody who was ever hired."""
    staff = world.staff
    is_cn = staff.country == 0
    opted = np.arange(staff.count) % 3 == 0
    mails = [f"{name}@golive-demo.example" for name in staff.ids]
    # Those of the first week were there before the books begin.
    hired = world.timeline.days(np.where(staff.hired_week > 0, staff.hired_week, -26 - np.arange(staff.count) % 300))
    return {
        "person_id": pa.array(staff.ids),
        "person_name": pa.array(staff.full_names),
        "team_name": words(staff.team_names, staff.team),
        "lead_person_id": words(staff.ids, staff.lead),
        "seniority": words(SENIORITIES, staff.seniority),
        "home_city": words(_CITY_NAMES, staff.city),
        "home_country": words(COUNTRIES, staff.country),
        "time_zone": words([city.time_zone for city in CITIES], staff.city),
        "weekly_hours": numbers(staff.weekly_hours),
        "hired_date": days(hired),
        "email": pa.array(mails),
        "has_opted_out": blanked(flags(opted), (staff.country != 1) | is_cn),
    }


def skills_table(world: World) -> Columns:
    """Return products that people know, from the weeks they worked on them, and their language."""
    person, product = np.nonzero(world.experience >= 6)
    weeks = world.experience[person, product]
    level = 1 + (weeks > 20).astype(np.int64) + (weeks > 50)
    level += (weeks > 80) & (world.staff.seniority[person] >= SENIOR)
    everybody = np.arange(world.staff.count)
    return {
        "person_id": words(world.staff.ids, np.concatenate([person, everybody])),
        "skill": words((*names.PRODUCTS, *_LANGUAGES), np.concatenate([product, 4 + world.staff.country])),
        "level": numbers(np.concatenate([level, np.full(world.staff.count, 4)])),
    }


def leave_table(world: World, leave: Flags, seed: int) -> Columns:
    """Return the days of leave, planned ones included."""
    person, week, weekday = np.nonzero(leave)
    random = stream(seed, "leave hours")
    whole = world.staff.weekly_hours[person] / 5
    return {
        "person_id": words(world.staff.ids, person),
        "leave_date": days(world.timeline.days(week, weekday), "%Y/%m/%d"),
        "leave_hours": blanked(numbers(np.round(whole, 2)), random.random(len(person)) < 0.7),
    }


def assignments_table(world: World, projects: ProjectList, work: Work, available_hours: Floats, seed: int) -> Columns:
    """Return the resource plan: what was planned for past weeks, and who goes where until projects end."""
    random = stream(seed, "assignments")
    worked = np.maximum(world.worked[work.person, work.week], 1e-9)
    planned = work.worked_hours / worked * available_hours[work.person, work.week]
    planned *= np.where(random.random(len(planned)) < 0.12, random.uniform(0.6, 1.1, len(planned)), 1.0)
    person, project, week, hours = _plan_ahead(world, available_hours)
    onsite = np.concatenate([work.is_onsite, (week + person * 3 + project) % 9 < 3])
    person = np.concatenate([work.person, person])
    project = np.concatenate([work.project, project])
    week = np.concatenate([work.week, week])
    hours = np.round(np.concatenate([planned, hours]))
    kept = hours > 0
    person, project, week, hours, onsite = person[kept], project[kept], week[kept], hours[kept], onsite[kept]
    return {
        "person_id": words(world.staff.ids, person),
        "project_id": projects.id_cells(project),
        "week_start_date": days(world.timeline.days(week)),
        "planned_hours": numbers(hours),
        "is_onsite": flags(onsite),
        "is_tentative": flags(week > world.timeline.last_week + _AGREED_WEEKS),
    }


def _plan_ahead(world: World, available_hours: Floats) -> tuple[Ints, Ints, Ints, Floats]:
    """Leave everybody where they are until the planned finish of their projects."""
    first, end = world.timeline.week_count, world.timeline.all_weeks
    people, slots = np.nonzero(world.slot_project != NOBODY)
    projects = world.slot_project[people, slots]
    runs = world.state[projects] == State.ACTIVE
    people, slots, projects = people[runs], slots[runs], projects[runs]
    until = np.clip(world.planned[projects], first + 2, end - 1)
    weeks = first + np.arange(end - first)
    row, column = np.nonzero(weeks <= until[:, None])
    person, week = people[row], weeks[column]
    hours: Floats = available_hours[person, week] * world.slot_share[person, slots[row]]
    return person, projects[row], week, hours


def trips_table(world: World, projects: ProjectList, trips: Trips, seed: int) -> Columns:
    """Return the trips as the travel desk lists them, by departure."""
    random = stream(seed, "trip cells")
    order = np.argsort(trips.departed_at, kind="stable")
    person, project = trips.person[order], trips.project[order]
    country = world.staff.country[person]
    transport = np.where(trips.is_flight[order], 1, np.where(random.random(len(order)) < 0.12, 2, 0))
    return {
        "trip_id": pa.array([f"T{number:06d}" for number in range(1, trips.count + 1)]),
        "person_id": words(world.staff.ids, person),
        "project_id": projects.id_cells(project),
        "departed_at": moments(trips.departed_at[order]),
        "returned_at": moments(trips.returned_at[order]),
        "origin_city": words(_CITY_NAMES, world.staff.city[person]),
        "destination_city": words(_CITY_NAMES, trips.destination[order]),
        "destination_country": words(CITY_COUNTRIES.tolist(), trips.destination[order]),
        "transport": words(("train", "plane", "car"), transport),
        "nights_count": blanked(numbers(trips.nights[order]), random.random(len(order)) < 0.05),
        "cost_amount": numbers(trips.cost[order], "{:.2f}"),
        "currency_code": words(CURRENCY_OF.tolist(), country),
    }
