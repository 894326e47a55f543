"""Tables about projects: the list, packages, reports, demand and outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from data.contracts import PROJECT_STATUSES, REPORT_STATUSES, SENIORITIES
from data.demo import names
from data.demo.cells import Columns, blanked, days, flags, numbers, words
from data.demo.places import CITIES
from data.demo.progress import GATES
from data.demo.staff import SENIOR
from data.demo.timeline import COUNTRIES, Dates, Flags, Ints, stream
from data.demo.world import NEVER, PHASES, Note, State, World

if TYPE_CHECKING:
    from data.demo.portfolio import Book

PHASES_CN: Final = ("设计", "配置", "测试", "上线")
_CN: Final = COUNTRIES.index("CN")
_STATUS_OF_STATE: Final = {
    State.UNSOLD: "planned",
    State.ACTIVE: "active",
    State.ON_HOLD: "on_hold",
    State.FINISHED: "finished",
    State.CANCELLED: "cancelled",
}
_NOTES: Final = {
    Note.NONE: (None, None),
    Note.BLOCKED: ("Waiting for access to the old system", "旧系统接口无法访问，等待对方配合"),
    Note.WAITING: ("Waiting for the client to sign off", "等待客户签字确认"),
    Note.CHANGES: ("Many new requests after design sign-off", "设计确认后客户新增大量需求"),
    Note.REPLANNED: ("New go-live date agreed", "上线日期已重新商定"),
    Note.REWORK: ("Testing finds more than expected", "测试问题多于预期，正在返工"),
    Note.ON_HOLD: ("On hold at the client's wish", "应客户要求暂停"),
    Note.DECISION: ("Steering committee took scope out", "指导委员会决定缩减范围"),
    Note.INTERFACE: ("Interface to the old system fails again", "旧HIS接口再次失败"),
    Note.ALL_WELL: ("Everything is on track", "一切正常"),
    Note.HANDOVER: ("New colleagues are finding their way in", "新同事正在熟悉项目"),
    Note.SCOPE: ("Go-live moved by four weeks because of new scope", "因新增范围上线推迟四周"),
    Note.CANCELLED: ("Client stopped the project", "客户终止项目"),
    Note.PEOPLE_ADDED: ("One more colleague joins", "增加一名同事"),
}


@dataclass(frozen=True)
class ProjectList:
    """The projects that appear in files: sold ones in the order of their start, then a few that are to come."""

    #: Index into the book.
    members: Ints
    start_week: Ints
    ids: tuple[str, ...]
    #: Position in the list by index into the book; -1 when the project never appears.
    place: Ints
    manager: Ints
    finish_dates: Dates

    def id_cells(self, projects: Ints) -> pa.Array:
        """Project ids of indices into the book."""
        return words(self.ids, self.place[projects])


def list_projects(world: World, seed: int) -> ProjectList:
    """Give the projects ids and managers."""
    random = stream(seed, "projects")
    sold = np.flatnonzero(world.started != NEVER)
    coming = np.flatnonzero(world.started == NEVER)[-max(2, world.staff.count // 40) :]
    start = np.concatenate([world.started[sold], world.timeline.week_count + 1 + np.arange(len(coming)) % 9])
    members = np.concatenate([sold, coming])
    order = np.lexsort((members, start))
    members, start = members[order], start[order]
    place = np.full(world.book.count, NEVER)
    place[members] = np.arange(len(members))
    years = [world.timeline.day(int(week)).year % 100 for week in start]
    ids = tuple(f"P{year:02d}-{number:03d}" for number, year in enumerate(years, start=1))
    weekday = random.integers(0, 5, len(members))
    finished = world.timeline.days(world.finished[members], weekday)
    finished[world.state[members] != State.FINISHED] = np.datetime64("NaT")
    return ProjectList(members, start, ids, place, _managers(world, members, random), finished)


def _managers(world: World, members: Ints, random: np.random.Generator) -> Ints:
    """Name a senior of the country who was there from the start."""
    result = np.zeros(len(members), dtype=np.int64)
    country = world.book.country[members]
    can_lead = (world.staff.seniority >= SENIOR) & (world.staff.hired_week == 0)
    for number in range(len(COUNTRIES)):
        here = np.flatnonzero(country == number)
        result[here] = random.choice(np.flatnonzero(can_lead & (world.staff.country == number)), len(here))
    return result


def projects_table(world: World, projects: ProjectList) -> Columns:
    """Return the list of projects as it stands today."""
    book, timeline, who = world.book, world.timeline, projects.members
    is_coming = world.state[who] == State.UNSOLD
    first_plan = np.where(is_coming, projects.start_week + book.planned_weeks[who], world.baseline[who])
    plan = np.where(is_coming, first_plan, world.planned[who])
    # 1970-01-05 was a Monday.
    to_monday = (4 - projects.finish_dates.astype("datetime64[D]").astype(np.int64)) % 7
    monday_after = projects.finish_dates + to_monday.astype("timedelta64[D]")
    go_live = np.where(book.is_fixed_price[who] == 1, projects.finish_dates, monday_after)
    statuses = [PROJECT_STATUSES.index(_STATUS_OF_STATE[State(int(s))]) for s in world.state[who]]
    site = book.site[who]
    return {
        "project_id": pa.array(projects.ids),
        "project_name": words(book.names, who),
        "client_name": words(book.clients, who),
        "product": words(names.PRODUCTS, book.product[who]),
        "industry": words(book.industries, who),
        "site_city": words([city.name for city in CITIES], site),
        "site_country": words([city.country for city in CITIES], site),
        "site_time_zone": words([city.time_zone for city in CITIES], site),
        "manager_person_id": words(world.staff.ids, projects.manager),
        "contract_type": words(("time and material", "fixed price"), book.is_fixed_price[who]),
        "start_date": days(timeline.days(projects.start_week)),
        "baseline_finish_date": days(timeline.days(first_plan, 4)),
        "planned_finish_date": days(timeline.days(plan, 4)),
        "budget_hours": numbers(book.budget_hours[who], "{:.0f}"),
        "status": words(PROJECT_STATUSES, np.array(statuses)),
        "actual_finish_date": days(projects.finish_dates),
        "go_live_date": days(go_live),
    }


def packages_table(world: World, projects: ProjectList) -> Columns:
    """Return four packages per project, one for each phase."""
    who = np.repeat(projects.members, 4)
    start = np.repeat(projects.start_week, 4)
    phase = np.tile(np.arange(4), len(projects.members))
    low, high = np.array((0.0, *GATES))[phase], np.array((*GATES, 1.0))[phase]
    length = world.book.planned_weeks[who]
    ratio = np.where(world.state[who] == State.FINISHED, 1.0, world.true_ratio[who])
    ratio = np.where(world.state[who] == State.UNSOLD, 0.0, ratio)
    hours = np.round(world.book.budget_hours[who] * (high - low), 1)
    return {
        "package_id": package_ids(world.book, projects, who, phase),
        "project_id": projects.id_cells(who),
        "phase": words(PHASES, phase),
        "planned_hours": numbers(hours),
        "planned_start_date": days(world.timeline.days(start + np.floor(length * low).astype(np.int64))),
        "planned_finish_date": days(world.timeline.days(start + np.ceil(length * high).astype(np.int64), 4)),
        "progress_ratio": numbers(np.round(np.clip((ratio - low) / (high - low), 0, 1), 2)),
    }


def package_ids(book: Book, projects: ProjectList, who: Ints, phase: Ints) -> pa.Array:
    """Return ids of packages; projects of Chinese teams write the phase in Chinese."""
    ids = [f"{name}-{label}" for name in projects.ids for label in (*PHASES, *PHASES_CN)]
    is_cn = (book.country[who] == _CN).astype(np.int64)
    return words(ids, projects.place[who] * 8 + is_cn * 4 + phase)


def reports_table(world: World, projects: ProjectList) -> tuple[Columns, Flags]:
    """Return all status reports, and which of them come from Chinese teams."""
    joined = [np.concatenate(column) for column in zip(*world.record.reports, strict=True)]
    who, week, plan, ratio, colour, phase, note = joined
    is_cn: Flags = world.book.country[who] == _CN
    friday = world.timeline.days(week, 4)
    pairs = [text for code in Note for text in _NOTES[code]]
    columns = {
        "project_id": projects.id_cells(who),
        "as_of_date": days(friday),
        "planned_finish_date": days(world.timeline.days(plan, 4)),
        "progress_ratio": numbers(np.round(ratio, 3)),
        "reported_status": words(REPORT_STATUSES, colour),
        "phase": words(PHASES, phase),
        "note": words(pairs, note * 2 + is_cn),
    }
    return columns, is_cn


def demand_table(world: World, projects: ProjectList, seed: int) -> Columns:
    """Return what running projects ask for in the next twelve weeks."""
    random = stream(seed, "demand")
    running = projects.members[world.state[projects.members] == State.ACTIVE]
    who = np.repeat(running, 12)
    week = np.tile(world.timeline.last_week + 1 + np.arange(12), len(running))
    kept = week <= np.maximum(world.planned[who], world.timeline.last_week + 2)
    who, week = who[kept], week[kept]
    named = blanked(
        words(world.staff.ids, projects.manager[projects.place[who]]), (who % 6 != 0) | (random.random(len(who)) < 0.2)
    )
    return {
        "project_id": projects.id_cells(who),
        "week_start_date": days(world.timeline.days(week)),
        "skill": words(names.PRODUCTS, world.book.product[who]),
        "headcount": numbers(np.maximum(world.need[who], 1)),
        "min_seniority": words(SENIORITIES, np.where(world.phase[who] == 0, 2, 1)),
        "is_onsite": flags((world.phase[who] == 3) | (random.random(len(who)) < 0.3)),
        "named_person_id": named,
    }


def outcomes_table(world: World, projects: ProjectList, seed: int) -> Columns:
    """Return what was measured at clients twelve weeks after go-live."""
    random = stream(seed, "outcomes")
    measured = projects.finish_dates + np.timedelta64(84, "D")
    known = ~np.isnat(measured) & (measured < np.datetime64(world.timeline.today))
    chosen = np.repeat(np.flatnonzero(known), 2)
    measure = np.tile([0, 1], int(known.sum()))
    target = np.where(measure == 0, 0.8, 5.0)
    actual = np.where(measure == 0, random.uniform(0.45, 0.98, len(chosen)), random.uniform(3, 9, len(chosen)))
    return {
        "project_id": words(projects.ids, chosen),
        "measure_name": words(("share of users who work in it every day", "days from order to delivery"), measure),
        "measured_date": days(measured[chosen]),
        "target_value": numbers(target),
        "actual_value": numbers(np.round(actual, 2).astype(np.float64)),
    }
