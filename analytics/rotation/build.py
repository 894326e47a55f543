"""From tables to a roster problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.rotation.demand import make_demand
from analytics.rotation.frames import PAST_WEEKS, Remark, records, seniority_number, weeks_of
from analytics.rotation.listed import listed_of
from analytics.rotation.past import make_past, nights_a_week, one_project_a_week, stay_limits, usable_trips
from analytics.rotation.problem import CALM, HIGH, NONE, WATCH, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from analytics.rotation.frames import RotationFrames
    from analytics.rotation.presence import Counter
    from analytics.rotation.problem import Flags, Floats, Ints
    from analytics.rotation.settings import RotationSettings

#: Where no distance is known: a journey by train or plane inside a country. It is asked about.
UNKNOWN_KM = 1000.0


def make_problem(
    frames: RotationFrames,
    settings: RotationSettings,
    counters: dict[str, Counter],
    first_week: date,
    weeks_count: int,
    as_of_date: date,
) -> tuple[Problem, list[Remark]]:
    """Return the roster problem of the weeks from ``first_week`` on, and what in the tables a reader must know.

    People and projects stand in the order of their ids, so that the order of rows changes nothing.
    """
    first, as_of = pd.Timestamp(first_week), pd.Timestamp(as_of_date)
    listed = listed_of(frames, first)
    people, projects = listed.people, listed.projects
    person_place, project_place = listed.person_place, listed.project_place
    demand, remarks = make_demand(frames, projects, person_place, first, weeks_count, settings)
    remarks += _read_from_hours(frames)
    asked = np.unique(demand.role_project[demand.demand.sum(axis=1) > 0])
    km, more = _distances(frames.distances, people, projects, asked)
    remarks += more
    home, site = listed.home_countries, listed.site_countries
    nights = nights_a_week(km, home[:, None] != site[None, :], settings)
    trips, more = usable_trips(frames.trips, first, as_of)
    remarks += more
    past = make_past(frames, trips, person_place, project_place, nights, first)
    roster = one_project_a_week(frames.roster, person_place, project_place, first, range(weeks_count))
    remarks += _doubles(roster.is_double, people)
    has_skill, more = _skills(frames.skills, person_place, demand.role_skills)
    remarks += more
    limits, more = stay_limits(frames, trips, person_place, site.tolist(), counters)
    remarks += more
    absent, remote_open, closed = _open_weeks(frames, people, projects, first, weeks_count, settings)
    strain = _levels(frames.levels, person_place)
    known = _known(frames.known_projects, person_place, project_place, past.previous_project)
    problem = Problem(
        settings=settings,
        person_ids=tuple(person_place),
        project_ids=tuple(project_place),
        role_project=demand.role_project,
        role_skills=demand.role_skills,
        weeks=tuple((first + pd.Timedelta(weeks=week)).date() for week in range(weeks_count)),
        demand=demand.demand,
        onsite_minimum=demand.onsite_minimum,
        is_go_live=demand.is_go_live,
        least_seniority=demand.least_seniority,
        seniority=np.array([seniority_number(text) for text in people["seniority"]], dtype=np.int64),
        has_skill=has_skill,
        is_absent=absent,
        is_remote_open=remote_open,
        is_closed=closed,
        nights=nights,
        km=km,
        is_known=known,
        past_away=past.is_away,
        past_nights=past.nights,
        prior_nights=past.nights[:, max(0, PAST_WEEKS - settings.whole("burden", "prior_weeks")) :].sum(axis=1),
        previous_project=past.previous_project,
        was_onsite=past.was_onsite,
        roster=roster.project,
        is_roster_remote=roster.is_remote,
        strain=strain,
        delay_price=_delay_prices(frames.delay_prices, project_place, settings),
        named=demand.named,
        wishes=_wishes(frames.preferences, person_place, project_place, first, weeks_count),
        stay_limits=tuple(limits),
        countries=tuple(str(country) for country in site),
        home_countries=tuple(str(country) for country in home),
    )
    return problem, remarks + _whole(problem)


def _read_from_hours(frames: RotationFrames) -> list[Remark]:
    """Say what nobody imported, so that hours stand in for it."""
    read = (("roster_from_hours", frames.is_roster_read), ("skills_from_hours", frames.are_skills_read))
    return [Remark(kind, "") for kind, is_so in read if is_so]


def _distances(
    distances: pd.DataFrame, people: pd.DataFrame, projects: pd.DataFrame, asked: Ints
) -> tuple[Floats, list[Remark]]:
    """Return E × P kilometres; what is not known of a site that needs somebody is asked, and is :data:`UNKNOWN_KM`."""
    names = ["home_city", "home_country", "site_city", "site_country"]
    known = {
        tuple(key): km
        for *key, km in distances[[*names, "km"]].fillna({"km": np.nan}).itertuples(index=False, name=None)
    }
    homes = list(zip(people["home_city"].fillna(""), people["home_country"].fillna(""), strict=True))
    sites = list(zip(projects["site_city"].fillna(""), projects["site_country"].fillna(""), strict=True))
    table = {(home, site): known.get((*home, *site), np.nan) for home in set(homes) for site in set(sites)}
    km = np.array([[table[home, site] for site in sites] for home in homes], dtype=float).reshape(
        len(homes), len(sites)
    )
    needed = {sites[project] for project in asked.tolist()}
    unknown = [pair for pair, value in table.items() if pd.isna(value) and pair[1] in needed]
    cities = sorted({f"{home[0] or '?'} – {site[0] or '?'}" for home, site in unknown})
    return np.where(np.isnan(km), UNKNOWN_KM, km), [Remark("distance_unknown", name) for name in cities]


def _doubles(is_double: Flags, people: pd.DataFrame) -> list[Remark]:
    ids = people["person_id"].astype(str).to_numpy()
    return [
        Remark("two_places", str(ids[row]), str(int(is_double[row].sum())))
        for row in np.flatnonzero(is_double.any(axis=1))
    ]


def _skills(skills: pd.DataFrame, people: dict[str, int], role_skills: Sequence[str]) -> tuple[Flags, list[Remark]]:
    by_skill: dict[str, list[int]] = {}
    for person, skill in zip(skills["person_id"].astype(str), skills["skill"].astype(str), strict=True):
        if person in people:
            by_skill.setdefault(skill.casefold(), []).append(people[person])
    found = np.zeros((len(people), len(role_skills)), dtype=bool)
    for role, skill in enumerate(role_skills):
        found[by_skill.get(str(skill).casefold(), []), role] = True
    # Where no site asks for anybody, one role without a name stands for all; nobody misses it.
    missing = sorted({skill for role, skill in enumerate(role_skills) if skill and not found[:, role].any()})
    return found, [Remark("skill_nobody_has", skill) for skill in missing]


def _open_weeks(
    frames: RotationFrames,
    people: pd.DataFrame,
    projects: pd.DataFrame,
    first: pd.Timestamp,
    weeks_count: int,
    settings: RotationSettings,
) -> tuple[Flags, Flags, Flags]:
    """Return who is absent (E × W), who can work for a site from home, and who not on it (both E × P × W)."""
    place = {name: number for number, name in enumerate(people["person_id"].astype(str))}
    days = np.zeros((len(people), weeks_count), dtype=np.int64)
    leave = frames.leave.assign(
        week=weeks_of(frames.leave["leave_date"], first), person=frames.leave["person_id"].map(place)
    )
    leave = leave[leave["person"].notna() & leave["week"].between(0, weeks_count - 1)].drop_duplicates(
        ["person", "leave_date"]
    )
    np.add.at(days, (leave["person"].to_numpy(dtype=np.int64), leave["week"].to_numpy(dtype=np.int64)), 1)
    absent = days >= settings.whole("rules", "leave_days")
    week = np.arange(weeks_count)[None, :]
    hired = weeks_of(people["hired_date"], first).fillna(-1).to_numpy(dtype=float)[:, None]
    left = weeks_of(people["left_date"], first).fillna(weeks_count).to_numpy(dtype=float)[:, None]
    absent |= (week < hired) | (week > left)
    remote_open = np.ones((len(people), len(projects), weeks_count), dtype=bool)
    closed = np.zeros((len(people), len(projects), weeks_count), dtype=bool)
    site = projects["site_country"].fillna("").to_numpy()
    for row in records(frames.unavailability):
        if str(row["person_id"]) not in place:
            continue
        person = place[str(row["person_id"])]
        weeks = _weeks_between(row["first_date"], row["last_date"], first, weeks_count)
        project = "" if pd.isna(row["project_id"]) else str(row["project_id"])
        country = "" if pd.isna(row["country"]) else str(row["country"])
        here = (
            (projects["project_id"].astype(str).to_numpy() == project)
            if project
            else np.ones(len(projects), dtype=bool)
        )
        here &= (site == country) if country else True
        may_remote = not pd.isna(row["is_remote_possible"]) and bool(row["is_remote_possible"])
        if not (project or country or may_remote):
            absent[person, weeks] = True
        closed[person][np.ix_(here, weeks)] = True
        if not may_remote:
            remote_open[person][np.ix_(here, weeks)] = False
    return absent, remote_open, closed


def _weeks_between(start: object, end: object, first: pd.Timestamp, weeks_count: int) -> Flags:
    """Return W weeks that have a working day (Monday to Friday) in the period."""
    monday = first + pd.to_timedelta(np.arange(weeks_count) * 7, unit="D")
    begins = pd.Timestamp.min if pd.isna(start) else pd.Timestamp(start)  # type: ignore[arg-type, call-overload]
    ends = pd.Timestamp.max if pd.isna(end) else pd.Timestamp(end)  # type: ignore[arg-type, call-overload]
    found: Flags = np.asarray((monday + pd.Timedelta(days=4) >= begins) & (monday <= ends), dtype=bool)
    return found


def _levels(levels: pd.DataFrame, people: dict[str, int]) -> np.ndarray:
    strain = np.full(len(people), CALM, dtype=np.int64)
    for person, level in zip(levels["person_id"].astype(str), levels["level"].astype(str), strict=True):
        if person in people:
            strain[people[person]] = {"WATCH": WATCH, "HIGH": HIGH}.get(level, CALM)
    return strain


def _known(
    known_projects: pd.DataFrame,
    people: dict[str, int],
    projects: dict[str, int],
    previous: np.ndarray,
) -> Flags:
    found = np.zeros((len(people), len(projects)), dtype=bool)
    for person, project in zip(known_projects["person_id"], known_projects["project_id"], strict=True):
        if person in people and project in projects:
            found[people[person], projects[project]] = True
    here = np.flatnonzero(previous != NONE)
    found[here, previous[here]] = True
    return found


def _delay_prices(prices: pd.DataFrame, projects: dict[str, int], settings: RotationSettings) -> Floats:
    found = np.zeros(len(projects))
    for project, percent in zip(prices["project_id"], prices["late_percent"], strict=True):
        if project in projects:
            found[projects[project]] = settings("delay", "late_percent") * float(percent)
    return found


def _wishes(
    preferences: pd.DataFrame, people: dict[str, int], projects: dict[str, int], first: pd.Timestamp, weeks_count: int
) -> dict[int, Floats]:
    """Return for people with wishes (P + 1) × W × 2 counts of weeks against a wish; the last row is home."""
    found: dict[int, Floats] = {}
    for row in records(preferences):
        person, wish = str(row["person_id"]), str(row["wish"])
        project = NONE if pd.isna(row["project_id"]) else projects.get(str(row["project_id"]), NONE)
        if person not in people or (not pd.isna(row["project_id"]) and project == NONE):
            continue
        points = found.setdefault(people[person], np.zeros((len(projects) + 1, weeks_count, 2)))
        weeks = np.ones(weeks_count, dtype=bool)
        if not pd.isna(row["week_start_date"]):
            weeks = np.arange(weeks_count) == (pd.Timestamp(row["week_start_date"]) - first).days // 7
        sites = np.arange(len(projects)) if project == NONE else np.array([project])
        if wish == "home":
            points[np.ix_(sites, weeks, np.array([False, True]))] += 1
        elif wish == "avoid":
            points[np.ix_(sites, weeks)] += 1
        elif wish == "onsite":
            others = np.setdiff1d(np.arange(len(projects) + 1), sites)
            points[np.ix_(others, weeks)] += 1
            points[np.ix_(sites, weeks, np.array([True, False]))] += 1
    return found


def _whole(problem: Problem) -> list[Remark]:
    """Return what makes a plan empty."""
    remarks = []
    is_asked = bool(problem.demand.sum())
    if not is_asked:
        remarks.append(Remark("no_demand", ""))
    if not problem.person_ids:
        remarks.append(Remark("no_people", ""))
    elif is_asked and not problem.has_skill.any():
        remarks.append(Remark("no_skills", ""))
    elif problem.is_absent.all():
        remarks.append(Remark("everybody_absent", ""))
    for person, project in sorted({(int(e), int(p)) for e, p, _ in problem.named}):
        if not problem.has_skill[person, problem.role_project == project].any():
            remarks.append(Remark("named_without_skill", problem.person_ids[person], problem.project_ids[project]))
    return remarks
