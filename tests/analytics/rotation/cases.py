"""Roster problems of any size, drawn by number: engineers, projects, weeks, delays, losses and spikes of demand."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analytics.rotation.build import make_problem
from analytics.rotation.frames import Remark, RotationFrames
from analytics.rotation.presence import counters_of
from analytics.rotation.settings import RotationSettings, rotation_settings

if TYPE_CHECKING:
    from analytics.rotation.problem import Problem

DATA = Path(__file__).parents[3] / "data"
FIRST_WEEK = date(2027, 1, 4)
SKILLS = ("erp", "crm", "hospital", "warehouse")
#: Cities of one country, and one abroad: name, country, latitude, longitude.
CITIES = (
    ("Shanghai", "CN", 31.22, 121.46),
    ("Nanjing", "CN", 32.06, 118.78),
    ("Wuhan", "CN", 30.58, 114.27),
    ("Shenzhen", "CN", 22.55, 114.07),
    ("Chengdu", "CN", 30.67, 104.07),
    ("Urumqi", "CN", 43.80, 87.60),
    ("Munich", "DE", 48.14, 11.58),
)


def settings(**changes: Any) -> RotationSettings:
    """Return the weights that come with Golive, with some sections changed."""
    return rotation_settings(tomllib.loads((DATA / "rotation.toml").read_text("utf-8")), changes)


def counters() -> Any:
    return counters_of(tomllib.loads((DATA / "presence.toml").read_text("utf-8")))


@dataclass(frozen=True)
class Size:
    """Engineers, projects and weeks."""

    people: int
    projects: int
    weeks: int


def day(week: int, weekday: int = 0) -> date:
    return FIRST_WEEK + timedelta(days=7 * week + weekday)


def instance(size: Size, seed: int, *, utilisation: float = 0.78, disruption: float = 1 / 7) -> RotationFrames:
    """Return the tables of a firm whose roster was right before projects slipped, people left and demand rose."""
    random = np.random.default_rng([seed, size.people, size.projects, size.weeks])
    people = _people(size, random)
    skills = _skills(size, random)
    projects, live = _projects(size, random)
    demand = _demand(size, random, live, utilisation)
    roster = _roster(skills, demand, random)
    demand = _disrupted(demand, size, random, disruption)
    lost = random.random(size.people) < 0.04
    left = [day(int(random.integers(1, size.weeks)), 4) if gone else None for gone in lost]
    people = people.assign(left_date=pd.to_datetime(pd.Series(left)))
    known = roster[["person_id", "project_id"]].drop_duplicates()
    known = known[random.random(len(known)) < 0.7]
    return RotationFrames(
        people=people,
        skills=skills,
        projects=projects,
        demand=demand,
        roster=roster,
        leave=_leave(size, random),
        trips=_trips(roster, people, projects),
        known_projects=known,
        distances=distances(),
        stay_limits=pd.DataFrame(columns=["person_id", "counter", "valid_from_date", "valid_until_date"]),
        unavailability=pd.DataFrame(
            columns=["person_id", "first_date", "last_date", "project_id", "country", "is_remote_possible"]
        ),
        preferences=pd.DataFrame(columns=["person_id", "project_id", "week_start_date", "wish"]),
        levels=pd.DataFrame(columns=["person_id", "level"]),
        delay_prices=pd.DataFrame(columns=["project_id", "late_percent"]),
    )


def distances() -> pd.DataFrame:
    rows = [(a[0], a[1], b[0], b[1], _km(a[2:], b[2:])) for a in CITIES for b in CITIES]
    return pd.DataFrame(rows, columns=["home_city", "home_country", "site_city", "site_country", "km"])


def _km(one: tuple[float, float], other: tuple[float, float]) -> float:
    (lat1, lon1), (lat2, lon2) = np.radians(one), np.radians(other)
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return float(2 * 6371 * np.arcsin(np.sqrt(half)))


def problem_of(frames: RotationFrames, weeks: int, **changes: Any) -> Problem:
    return problem_and_remarks(frames, weeks, **changes)[0]


def problem_and_remarks(frames: RotationFrames, weeks: int, **changes: Any) -> tuple[Problem, list[Remark]]:
    return make_problem(frames, settings(**changes), counters(), FIRST_WEEK, weeks, FIRST_WEEK - timedelta(days=1))


def drawn(people: int, projects: int, weeks: int, seed: int = 1, **changes: Any) -> Problem:
    return problem_of(instance(Size(people, projects, weeks), seed), weeks, **changes)


def with_frames(frames: RotationFrames, **changes: Any) -> RotationFrames:
    return replace(frames, **changes)


def _people(size: Size, random: np.random.Generator) -> pd.DataFrame:
    home = random.choice(len(CITIES) - 1, size.people, p=np.array([4, 3, 2, 2, 1, 1]) / 13)
    return pd.DataFrame(
        {
            "person_id": [f"e{n:04d}" for n in range(size.people)],
            "seniority": random.choice(
                ["junior", "mid", "senior", "consultant"], size.people, p=[0.3, 0.4, 0.22, 0.08]
            ),
            "home_city": [CITIES[n][0] for n in home],
            "home_country": [CITIES[n][1] for n in home],
            "hired_date": pd.Timestamp("2020-01-06"),
            "left_date": pd.NaT,
        }
    )


def _skills(size: Size, random: np.random.Generator) -> pd.DataFrame:
    rows = []
    for person in range(size.people):
        count = int(random.choice([1, 2, 3], p=[0.5, 0.35, 0.15]))
        rows += [(f"e{person:04d}", SKILLS[s], 3) for s in random.choice(len(SKILLS), count, replace=False)]
    return pd.DataFrame(rows, columns=["person_id", "skill", "level"])


def _projects(size: Size, random: np.random.Generator) -> tuple[pd.DataFrame, np.ndarray]:
    site = random.choice(len(CITIES), size.projects, p=np.array([3, 3, 3, 2, 2, 1, 1]) / 15)
    live = random.integers(-2, size.weeks + 16, size.projects)
    frame = pd.DataFrame(
        {
            "project_id": [f"p{n:04d}" for n in range(size.projects)],
            "site_city": [CITIES[n][0] for n in site],
            "site_country": [CITIES[n][1] for n in site],
            "start_date": pd.to_datetime([day(int(w) - 30) for w in live]),
            "planned_finish_date": pd.to_datetime([day(int(w) + 4, 4) for w in live]),
            "go_live_date": pd.to_datetime([day(int(w), 2) for w in live]),
        }
    )
    return frame, live


def _demand(size: Size, random: np.random.Generator, live: np.ndarray, utilisation: float) -> pd.DataFrame:
    """Return roles whose heads take up the wanted share of everybody's weeks."""
    rows: list[tuple[str, date, str, float]] = []
    roles = [
        (p, s)
        for p in range(size.projects)
        for s in random.choice(len(SKILLS), int(random.integers(1, 4)), replace=False)
    ]
    heads = random.choice([1.0, 2.0, 3.0], len(roles), p=[0.55, 0.35, 0.1])
    last = np.minimum(live[[p for p, _ in roles]] + 5, size.weeks)
    wanted = utilisation * size.people * size.weeks
    order = random.permutation(len(roles))
    booked = 0.0
    for number in order:
        project, skill = roles[number]
        weeks = max(0, int(last[number]))
        if not weeks or booked + heads[number] * weeks > wanted * 1.02:
            continue
        booked += heads[number] * weeks
        rows += [(f"p{project:04d}", day(w), SKILLS[skill], heads[number]) for w in range(weeks)]
    frame = pd.DataFrame(rows, columns=["project_id", "week_start_date", "skill", "headcount"])
    return frame.assign(
        week_start_date=pd.to_datetime(frame["week_start_date"]),
        onsite_headcount=np.nan,
        min_seniority=None,
        is_onsite=True,
        named_person_id=None,
    )


def _roster(skills: pd.DataFrame, demand: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Give each role somebody with its skill in blocks of four weeks: two on site, two from home."""
    free: dict[str, set[date]] = {}
    who = {skill: rows["person_id"].tolist() for skill, rows in skills.groupby("skill")}
    rows = []
    for (project, skill), part in demand.groupby(["project_id", "skill"], sort=True):
        weeks = sorted(part["week_start_date"].dt.date)
        for _ in range(int(part["headcount"].max())):
            if random.random() < 0.12:
                continue
            able = [p for p in who.get(str(skill), []) if not free.get(p, set()) & set(weeks)]
            if not able:
                continue
            person = able[int(random.integers(len(able)))]
            free.setdefault(person, set()).update(weeks)
            offset = int(random.integers(0, 6))
            rows += [
                (person, project, w, 40.0, (n + offset) % 6 < 4, n > 5)
                for n, w in enumerate([FIRST_WEEK - timedelta(weeks=k) for k in range(4, 0, -1)] + weeks)
            ]
    columns = ["person_id", "project_id", "week_start_date", "planned_hours", "is_onsite", "is_tentative"]
    frame = pd.DataFrame(rows, columns=columns).drop_duplicates(["person_id", "project_id", "week_start_date"])
    return frame.assign(week_start_date=pd.to_datetime(frame["week_start_date"]))


def _disrupted(demand: pd.DataFrame, size: Size, random: np.random.Generator, share: float) -> pd.DataFrame:
    """Let some projects last longer, and some ask for one more head for a while."""
    parts = [demand]
    for project in np.flatnonzero(random.random(size.projects) < share):
        own = demand[demand["project_id"] == f"p{project:04d}"]
        if len(own):
            last = own[own["week_start_date"] == own["week_start_date"].max()]
            parts += [
                last.assign(week_start_date=last["week_start_date"] + pd.Timedelta(weeks=late))
                for late in range(1, int(random.integers(1, 5)) + 1)
            ]
    whole = pd.concat(parts, ignore_index=True)
    spikes = random.choice(size.projects, max(1, size.projects // 15), replace=False)
    is_spike = whole["project_id"].isin([f"p{n:04d}" for n in spikes]) & (random.random(len(whole)) < 0.3)
    whole = whole.assign(headcount=whole["headcount"] + is_spike)
    return whole[whole["week_start_date"] < pd.Timestamp(day(size.weeks))].reset_index(drop=True)


def _leave(size: Size, random: np.random.Generator) -> pd.DataFrame:
    rows = [
        (f"e{person:04d}", day(week, weekday))
        for person in range(size.people)
        for week in range(size.weeks)
        if random.random() < 0.05
        for weekday in range(5)
    ]
    return pd.DataFrame(rows, columns=["person_id", "leave_date"]).astype({"leave_date": "datetime64[s]"})


def _trips(roster: pd.DataFrame, people: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    past = roster[(roster["week_start_date"] < pd.Timestamp(FIRST_WEEK)) & roster["is_onsite"]]
    past = past.merge(projects[["project_id", "site_city", "site_country"]], on="project_id", validate="many_to_one")
    past = past.merge(people[["person_id", "home_city"]], on="person_id", validate="many_to_one")
    past = past[past["site_city"] != past["home_city"]]
    return pd.DataFrame(
        {
            "person_id": past["person_id"],
            "project_id": past["project_id"],
            "departed_date": past["week_start_date"],
            "returned_date": past["week_start_date"] + pd.Timedelta(days=4),
            "destination_country": past["site_country"],
        }
    )
