"""Timesheets as they were filed: late by each person's habit, never by some, corrected afterwards by a few."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.contracts import ACTIVITIES
from data.demo.cells import Columns, blanked, days, flags, moments, numbers, words
from data.demo.places import CITIES
from data.demo.plans import package_ids
from data.demo.timeline import COUNTRIES, Dates, Flags, Floats, Ints, stream
from data.demo.travel import to_utc
from data.demo.world import NEVER

if TYPE_CHECKING:
    from data.demo.days import Entries
    from data.demo.plans import ProjectList
    from data.demo.requests import Requests
    from data.demo.world import World

#: The team of the story files nothing for so many weeks.
SILENT_WEEKS: Final = 5
#: Teams of these countries note begin and end of their work.
CLOCK_COUNTRIES: Final = (COUNTRIES.index("DE"), COUNTRIES.index("JP"))
_FRIDAY_EVENING: Final = np.timedelta64(4 * 1440 + 9 * 60 + 30, "m")
_LINKED_ACTIVITIES: Final = tuple(
    ACTIVITIES.index(name) for name in ("configuration", "integration", "data_migration", "testing", "rework")
)


@dataclass(frozen=True)
class Filed:
    """The entries that were filed by today, with what their files say beside them."""

    entries: Entries
    #: Number of the entry in the firm's system, the same before and after a correction.
    number: Ints
    submitted_at: Dates
    request: Ints
    started_at: Dates
    ended_at: Dates

    def rows(self, chosen: Ints) -> Filed:
        """Take some entries."""
        return Filed(
            entries=self.entries.rows(chosen),
            number=self.number[chosen],
            submitted_at=self.submitted_at[chosen],
            request=self.request[chosen],
            started_at=self.started_at[chosen],
            ended_at=self.ended_at[chosen],
        )


def file_timesheets(world: World, entries: Entries, requests: Ints, silent_team: int, seed: int) -> Filed:
    """Add filing moments, clock times and requests; keep what was filed before today."""
    random = stream(seed, "filing")
    submitted = _filing_moments(world, silent_team, random)[entries.person, entries.week]
    late_one = random.random(len(submitted)) < 0.015
    submitted = np.where(late_one, submitted + np.timedelta64(9 * 1440, "m"), submitted)
    request = requests[entries.project, entries.week]
    is_linked = np.isin(entries.activity, _LINKED_ACTIVITIES) & (random.random(len(request)) < 0.45)
    started, ended = _clock_times(world, entries, random)
    filed = Filed(
        entries, np.arange(1, len(submitted) + 1), submitted, np.where(is_linked, request, NEVER), started, ended
    )
    return filed.rows(np.flatnonzero(submitted < np.datetime64(world.timeline.today)))


def _filing_moments(world: World, silent_team: int, random: np.random.Generator) -> Dates:
    """Return when each person files each week: Friday evening plus a lag; NaT when never."""
    people, weeks = world.staff.count, world.timeline.week_count
    lag = world.staff.filing_lag_days[:, None] * random.gamma(2.0, 0.5, (people, weeks))
    friday = world.timeline.days(np.arange(weeks)).astype("datetime64[m]") + _FRIDAY_EVENING
    moments_of = friday[None, :] + np.rint(lag * 1440).astype("timedelta64[m]")
    never = random.random((people, weeks)) < world.staff.missing_share[:, None]
    is_silent = (world.staff.team == silent_team)[:, None] & (np.arange(weeks) >= weeks - SILENT_WEEKS)
    result: Dates = np.where(never | is_silent, np.datetime64("NaT", "m"), moments_of)
    return result


def _clock_times(world: World, entries: Entries, random: np.random.Generator) -> tuple[Dates, Dates]:
    """Give entries of two countries begin and end in UTC; long days begin early and end at night."""
    count = len(entries.person)
    started = np.full(count, np.datetime64("NaT", "m"))
    ended = started.copy()
    has_clock = np.isin(world.staff.country[entries.person], CLOCK_COUNTRIES)
    chosen = np.flatnonzero(has_clock)
    place, hours = entries.place[chosen], entries.worked_hours[chosen]
    day_start = np.flatnonzero(place == 0)
    sizes = np.diff(np.append(day_start, len(chosen)))
    running = np.cumsum(hours)
    before = running - hours - np.repeat((running - hours)[day_start], sizes)
    total = np.repeat(np.add.reduceat(hours, day_start), sizes) if len(day_start) else hours
    opening = np.repeat(random.integers(0, 7, len(day_start)) * 15, sizes) + np.where(total > 10, 435, 495)
    # Lunch lies inside a long entry or between two; a very long day has supper too.
    pauses = np.where(place == 0, 0, np.where(total > 10, 60, 45))
    inside = np.where((hours > 6) & (place == 0), 45, 0)
    first_inside = np.repeat(inside[day_start], sizes)
    begin = opening + np.rint(before * 60) + np.maximum(pauses, np.where(place > 0, first_inside + 15, 0))
    end = begin + np.rint(hours * 60) + inside
    midnight = entries.day[chosen].astype("datetime64[m]")
    zones = [city.time_zone for city in CITIES]
    home = world.staff.city[entries.person[chosen]]
    started[chosen] = to_utc(midnight + begin.astype("timedelta64[m]"), home, zones).astype("datetime64[m]")
    ended[chosen] = to_utc(midnight + end.astype("timedelta64[m]"), home, zones).astype("datetime64[m]")
    return started, ended


def corrections(world: World, filed: Filed, country: int, seed: int) -> Filed:
    """Return whole person-days of one country that were filed again later with other hours."""
    random = stream(seed, f"corrections {COUNTRIES[country]}")
    entries = filed.entries
    weeks = world.timeline.week_count
    recent = (entries.week >= weeks - 14) & (entries.week < weeks - 3)
    first = recent & (entries.place == 0) & (world.staff.country[entries.person] == country)
    picked = np.flatnonzero(first)
    picked = np.sort(random.permutation(picked)[: max(3, int(len(picked) * 0.04))])
    day_key = entries.person * 100_000 + entries.day.astype(np.int64)
    again = filed.rows(np.flatnonzero(np.isin(day_key, day_key[picked]) & recent))
    old = again.entries
    change = np.where(old.place == 0, random.choice([-1.0, -0.5, 0.5, 1.0, 2.0], len(old.place)), 0.0)
    hours = np.clip(old.worked_hours + change, 0.5, 12.0)
    moment = world.timeline.days(np.full(len(hours), weeks - 1), 1).astype("datetime64[m]") + np.timedelta64(600, "m")
    ended = again.ended_at
    shorter = np.rint((hours - old.worked_hours) * 60)
    ended = ended + np.where(shorter < 0, shorter, 0).astype("timedelta64[m]")
    no_clock = np.full(len(hours), np.datetime64("NaT", "m"))
    grown = _grown_days(old, shorter)
    return replace(
        again,
        entries=replace(old, worked_hours=hours),
        submitted_at=np.maximum(moment, again.submitted_at + np.timedelta64(1440, "m")),
        started_at=np.where(grown, no_clock, again.started_at),
        ended_at=np.where(grown, no_clock, ended),
    )


def _grown_days(entries: Entries, minutes: Floats) -> Flags:
    """Tell which entries lie on a day that grew: their clock times would overlap, so they are left out."""
    day_key = entries.person * 100_000 + entries.day.astype(np.int64)
    result: Flags = np.isin(day_key, day_key[minutes > 0])
    return result


def timesheet_columns(
    world: World, projects: ProjectList, requests: Requests, filed: Filed, *, style: str = "%Y-%m-%d"
) -> Columns:
    """Write entries as cells, all columns of the contract; a file leaves out those that its source lacks."""
    entries = filed.entries
    link = np.maximum(filed.request, 0)
    request_ids = requests.ids or ("",)
    return {
        "entry_id": pc.binary_join_element_wise("E", numbers_padded(filed.number), ""),
        "person_id": words(world.staff.ids, entries.person),
        "project_id": projects.id_cells(entries.project),
        "work_date": days(entries.day, style),
        "worked_hours": numbers(entries.worked_hours),
        "activity": words(ACTIVITIES, entries.activity),
        "is_onsite": flags(entries.is_onsite),
        "started_at": moments(filed.started_at),
        "ended_at": moments(filed.ended_at),
        "change_request_id": blanked(words(request_ids, link), filed.request == NEVER),
        "package_id": package_ids(world.book, projects, entries.project, entries.phase),
        "submitted_at": moments(filed.submitted_at),
    }


def numbers_padded(values: Ints) -> pa.Array:
    """Write whole numbers with eight digits."""
    return pc.utf8_lpad(pc.cast(pa.array(values), pa.string()), width=8, padding="0")
