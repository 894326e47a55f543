"""What the import says of itself, written down once more in the plainest way: lists, loops, no SQL."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

Week = date


@dataclass(frozen=True)
class Entry:
    """One row of a timesheet file."""

    entry_id: str | None
    person_id: str
    project_id: str
    work_date: date
    worked_hours: float
    submitted_at: datetime | None = None

    @property
    def unit(self) -> tuple[str, date]:
        return (self.person_id, self.work_date)

    def replaces(self, older: Entry) -> bool:
        """Same number; or same person and day where one of them has no number."""
        if self.entry_id and older.entry_id:
            return self.entry_id == older.entry_id
        return self.unit == older.unit


@dataclass
class Version:
    """An entry with the time in which it was what we knew."""

    entry: Entry
    source_name: str
    known_at: datetime
    superseded_at: datetime | None = None

    def is_known_in(self, week: Week) -> bool:
        """Return whether a reader in this week sees it."""
        is_gone = self.superseded_at is not None and monday(self.superseded_at.date()) <= week
        return monday(self.known_at.date()) <= week and not is_gone


@dataclass
class NaiveWarehouse:
    """All versions of all entries."""

    versions: list[Version] = field(default_factory=list)

    def take_in(
        self,
        entries: list[Entry],
        arrived_at: datetime,
        source_name: str,
        *,
        is_full: bool,
        is_history: bool,
        is_by_project: bool = False,
    ) -> None:
        last = {entry.entry_id: number for number, entry in enumerate(entries)}
        good = [e for number, e in enumerate(entries) if e.entry_id is None or last[e.entry_id] == number]
        in_force = [v for v in self.versions if v.superseded_at is None and v.source_name == source_name]
        own = {entry.project_id for entry in good}
        spoken_of = [
            v
            for v in in_force
            if any(entry.entry_id and entry.entry_id == v.entry.entry_id for entry in good)
            or (
                (is_full or any(entry.replaces(v.entry) for entry in good))
                and (not is_by_project or v.entry.project_id in own)
            )
        ]
        unmatched = Counter(good)
        leaving = []
        for version in spoken_of:
            if unmatched[version.entry] > 0:
                unmatched[version.entry] -= 1
            else:
                leaving.append(version)
        fresh = []
        for entry in unmatched.elements():
            told = entry.submitted_at or (usual_moment(entry.work_date) if is_history else arrived_at)
            base = min(told, arrived_at)
            older = [v.known_at for v in spoken_of if entry.replaces(v.entry)]
            known_at = base if not older or base > max(older) else arrived_at
            fresh.append(Version(entry, source_name, known_at))
        for version in leaving:
            heirs = [v.known_at for v in fresh if v.entry.replaces(version.entry)]
            version.superseded_at = max(min(heirs, default=arrived_at), version.known_at)
        self.versions.extend(fresh)

    def hours_known(self, week: Week, by: str) -> dict[tuple[str, Week], tuple[float, int]]:
        """Return hours and entries by person or project and week of work, as known in a week."""
        found: dict[tuple[str, Week], tuple[float, int]] = defaultdict(lambda: (0.0, 0))
        for version in self.versions:
            if version.is_known_in(week):
                key = (getattr(version.entry, by), monday(version.entry.work_date))
                found[key] = (found[key][0] + version.entry.worked_hours, found[key][1] + 1)
        return dict(found)

    def days_known(self, week: Week) -> dict[tuple[str, date], tuple[float, int]]:
        """Return hours and entries by person and day, as known in a week."""
        found: dict[tuple[str, date], tuple[float, int]] = defaultdict(lambda: (0.0, 0))
        for version in self.versions:
            if version.is_known_in(week):
                unit = version.entry.unit
                found[unit] = (found[unit][0] + version.entry.worked_hours, found[unit][1] + 1)
        return dict(found)


def usual_moment(work_date: date) -> datetime:
    """Return when history is assumed to be known: three days after its week."""
    return datetime.combine(monday(work_date), datetime.min.time()) + timedelta(days=10)


def monday(day: date) -> Week:
    return day - timedelta(days=day.weekday())
