"""How good agendas are, on a made-up company: ``python -m tests.agenda_figures --home HOME``.

Weekly reviews are chained as real ones: each knows what was known on its Sunday and what the one before froze. The
planted stories are read from the README beside the company's files, after the agendas are made: the agenda does not
know them. A story is in time when its project or team stands in the top ten within three weeks of its first week. A
point is without cause when nothing was planted about it and its forecast did not move by a week.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analytics.review.agenda import Agenda, agenda
from analytics.review.items import plain
from dashboard.answers.days import as_of_date
from dashboard.answers.review_frames import agenda_frames
from dashboard.answers.viewers import local_viewer
from data.home import Home
from data.publishing import published_file

if TYPE_CHECKING:
    from analytics.review.frames import AgendaFrames

_TOP: Final = 10
_IN_TIME: Final = timedelta(weeks=3)
_FORECAST: Final = (
    "project_id",
    "finish_p10_date",
    "finish_p50_date",
    "finish_p80_date",
    "finish_p90_date",
    "committed_date",
    "late_probability",
    "expected_delay_person_weeks",
)
_STORY: Final = re.compile(
    r"^\d+\. \*\*(?P<title>.+?)\*\* – (?P<about>.+?)\. .*?From the week of (?P<week>[\d-]+)", re.S
)
_NO_PROMISES: Final = pd.DataFrame(columns=["project_id", "announced_date", "said_date", "said_by", "change_count"])


@dataclass(frozen=True)
class Story:
    """One planted story: what it is about as agendas name it, and the Monday of its first week."""

    title: str
    subject: str
    first_week: date


def stories(home: Path) -> list[Story]:
    """Return the stories about a project or a team that the README of a made-up company lists."""
    text = (home / "demo-files" / "README.md").read_text(encoding="utf-8")
    found = []
    for part in re.split(r"\n(?=\d+\. \*\*)", text):
        told = _STORY.match(part)
        if told is None:
            continue
        about = told["about"]
        project = re.match(r"P\d\d-\d+", about)
        if project is None and not about.startswith("team "):
            continue
        subject = f"project:{project[0]}" if project else f"team:{about.removeprefix('team ')}"
        found.append(Story(told["title"], subject, date.fromisoformat(told["week"])))
    return found


def agendas(home: Path, first: date, last: date) -> list[tuple[date, Agenda, AgendaFrames]]:
    """Return the agendas of every Sunday, each with what the one before froze."""
    file, viewer = published_file(Home(home)), local_viewer()
    if file is None:
        raise SystemExit(f"Nothing was imported into {home}.")
    made: list[tuple[date, Agenda, AgendaFrames]] = []
    before: dict[str, Any] | None = None
    day = first
    while day <= min(last, as_of_date(file)):
        frames = agenda_frames(file, viewer, day, before, _NO_PROMISES, ())
        found = agenda(frames)
        made.append((day, found, frames))
        before = _frozen(day, found, frames, before)
        day += timedelta(weeks=1)
    return made


def _frozen(day: date, found: Agenda, frames: AgendaFrames, before: dict[str, Any] | None) -> dict[str, Any]:
    earlier = before["seen"] if before else {}
    rows = [plain({name: row.get(name) for name in _FORECAST}) for row in frames.forecast.to_dict("records")]
    costs = zip(frames.costs["project_id"].astype(str), frames.costs["watch_weeks"].astype(float), strict=True)
    return {
        "as_of_date": day.isoformat(),
        "frozen_at": datetime.combine(day, time.max).isoformat(),
        "projects": rows,
        "watch_weeks": dict(costs),
        "seen": {sign.key: earlier.get(sign.key, 0) + 1 for point in found.points for sign in point.signs},
    }


def places(made: list[tuple[date, Agenda, AgendaFrames]], story: Story) -> dict[date, int]:
    """Return the place of a story on each agenda from its first week on, whether or not it fits the hour."""
    found = {}
    for day, one, _frames in made:
        subjects = [point.subject for point in (*one.points, *one.rest)]
        if day >= story.first_week and story.subject in subjects:
            found[day] = subjects.index(story.subject) + 1
    return found


def without_cause(made: list[tuple[date, Agenda, AgendaFrames]], told: list[Story]) -> list[tuple[date, str, str]]:
    """Return the points about which nothing was planted and whose forecast did not move."""
    planted = {story.subject: story.first_week for story in told}
    return [
        (day, point.subject, ", ".join(dict.fromkeys(sign.kind for sign in point.signs)))
        for day, one, _frames in made
        for point in one.points
        if not (point.subject in planted and planted[point.subject] <= day)
        and not any(sign.kind in {"moved", "moved_earlier"} for sign in point.signs)
    ]


def main() -> None:
    """Print the place of each story and the share of points without cause."""
    parser = argparse.ArgumentParser(prog="python -m tests.agenda_figures", description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--first", type=date.fromisoformat, default=date(2026, 7, 12))
    parser.add_argument("--last", type=date.fromisoformat, default=date(2026, 11, 29))
    parser.add_argument("--list", action="store_true", help="list the points without cause")
    asked = parser.parse_args()
    made, told = agendas(asked.home, asked.first, asked.last), stories(asked.home)
    first_day = made[0][0]
    lines = []
    count = 0
    for story in told:
        if story.first_week < first_day - timedelta(days=6):
            continue
        found = places(made, story)
        top = min((day for day, place in found.items() if place <= _TOP), default=None)
        is_in_time = top is not None and top <= story.first_week + _IN_TIME + timedelta(days=6)
        count += is_in_time
        listed = ", ".join(f"{day:%d %b} {place}" for day, place in found.items())
        lines.append(f"{'in time' if is_in_time else 'late   '}  from {story.first_week}  {story.title}: {listed}")
    points = sum(len(one.points) for _day, one, _frames in made)
    bare = without_cause(made, told)
    lines.append(f"{count} stories in time; {len(bare)} of {points} points without cause ({len(bare) / points:.0%})")
    if asked.list:
        lines += [f"{day}  {subject}  {kinds}" for day, subject, kinds in bare]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
