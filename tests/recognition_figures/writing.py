"""How a system writes one cell: kinds of cells, and the styles of days, times and numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.recognition_figures.records import Record


@dataclass(frozen=True)
class Style:
    """How days, times and numbers are written in one file."""

    day: str = "%Y-%m-%d"
    clock: str = "%H:%M"
    decimal: str = "."
    seconds: bool = False

    def date(self, day: dt.date) -> str:
        """Write a day."""
        return day.strftime(self.day)

    def time(self, moment: dt.datetime) -> str:
        """Write a time of day."""
        text = moment.strftime(self.clock)
        return text.lstrip("0") if "%I" in self.clock else text

    def moment(self, moment: dt.datetime) -> str:
        """Write a day with a time of day."""
        return f"{self.date(moment.date())} {self.time(moment)}"

    def number(self, value: float, digits: int = 2) -> str:
        """Write a number with the decimal mark."""
        return f"{value:.{digits}f}".replace(".", self.decimal)


def _clock_hours(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


_LOGIN: Final = "u{0:03}"

#: Name of a kind → how it is written. Kinds with "=" hold the same text in every row.
KINDS: Final[dict[str, Callable[[Record, Style], str]]] = {
    "day": lambda r, s: s.date(r.day),
    "iso": lambda r, _s: r.day.isoformat(),
    "last_day": lambda r, s: s.date(r.last_day),
    "start": lambda r, s: s.time(r.started),
    "end": lambda r, s: s.time(r.ended),
    "start_day": lambda r, s: s.date(r.started.date()),
    "end_day": lambda r, s: s.date(r.ended.date()),
    "started": lambda r, s: s.moment(r.started),
    "ended": lambda r, s: s.moment(r.ended),
    "departed": lambda r, s: s.moment(r.started),
    "returned": lambda r, s: s.moment(dt.datetime.combine(r.last_day, dt.time(18, 30))),
    "range": lambda r, _s: f"{r.day.isoformat()} ~ {r.last_day.isoformat()}",
    "hours": lambda r, s: s.number(r.minutes / 60),
    "hm": lambda r, _s: _clock_hours(r.minutes),
    "hms": lambda r, _s: f"{r.minutes // 60:02}:{r.minutes % 60:02}:00",
    "words": lambda r, _s: f"{r.minutes // 60}h {r.minutes % 60}m",
    "minutes": lambda r, _s: str(r.minutes),
    "none": lambda _r, _s: "",
    "zero": lambda _r, _s: "0",
    "yes": lambda r, _s: "Yes" if r.number % 3 else "No",
    "one": lambda r, _s: "1" if r.number % 3 else "0",
    "name": lambda r, _s: r.name,
    "first": lambda r, _s: r.first,
    "last": lambda r, _s: r.last,
    "login": lambda r, _s: _LOGIN.format(hash_of(r)),
    "email": lambda r, _s: f"u{hash_of(r):03}@firm.example",
    "pid": lambda r, _s: f"E{hash_of(r):04}",
    "project": lambda r, _s: r.project_name,
    "pcode": lambda r, _s: f"PRJ{r.project + 1}",
    "client": lambda r, _s: r.client,
    "task": lambda r, _s: r.task,
    "city": lambda r, _s: r.city,
    "home": lambda r, _s: r.home_city,
    "note": lambda r, _s: f"note {r.number}",
    "title": lambda r, _s: f"Form {r.number} lacks a field",
    "issue": lambda r, _s: f"Bug #{r.number}: form lacks a field",
    "key": lambda r, _s: f"PRJ{r.project + 1}-{r.number}",
    "id": lambda r, _s: str(4000 + r.number),
    "code": lambda r, _s: f"T-{4000 + r.number}",
    "raised": lambda r, s: s.moment(r.raised),
    "raised_day": lambda r, s: s.date(r.raised.date()),
    "decided": lambda r, s: s.moment(r.decided),
    "decided_day": lambda r, s: s.date(r.decided.date()),
    "closed": lambda r, s: s.moment(r.closed),
    "closed_day": lambda r, s: s.date(r.closed.date()),
    "due": lambda r, s: s.date(r.due),
    "estimate_seconds": lambda r, _s: str(r.estimate_hours * 3600),
    "spent_seconds": lambda r, _s: str(r.minutes * 60),
    "estimate": lambda r, s: s.number(r.estimate_hours),
    "days": lambda r, _s: str(r.nights + 1),
    "am_pm": lambda r, s: f"{s.date(r.day)} 上午",
    "last_pm": lambda r, s: f"{s.date(r.last_day)} 下午",
    "range_dots": lambda r, _s: f"{r.day:%d.%m.%Y} - {r.last_day:%d.%m.%Y}",
    "weekday_day": lambda r, s: f"{r.day:%a} {s.date(r.day)}",
    "weekday_due": lambda r, s: f"{r.due:%a} {s.date(r.due)}",
    "pass": lambda r, _s: f"C{r.number:07}",
    "percent": lambda r, _s: f"{(7 * r.number) % 101} %",
    "light": lambda r, _s: ("Green", "Amber", "Red")[r.number % 3],
    "level": lambda r, _s: str(r.number % 4 + 1),
    "person_days": lambda r, s: s.number(r.minutes / 480, 4),
    "hm_units": lambda r, _s: f"{r.minutes // 60}小时{r.minutes % 60}分钟",
    "week": lambda r, s: s.date(r.day),
    "wbs": lambda r, _s: f"1.{r.number}",
    "weekly": lambda _r, _s: "40",
    "city_other": lambda r, _s: r.city,
    "money": lambda r, s: s.number(10 * r.number + 0.5),
    "url": lambda r, _s: f"https://git.firm.example/erp/prj{r.project + 1}/-/issues/{r.number}",
    "phone": lambda r, _s: f"1390000{r.number:04}",
}


def hash_of(record: Record) -> int:
    """Return a number that the same person always has."""
    return sum(ord(sign) for sign in record.first + record.last) % 900 + 1


def cell(kind: str, record: Record, style: Style) -> str:
    """Write one cell; a kind that begins with ``=`` is itself the text."""
    return kind[1:] if kind.startswith("=") else KINDS[kind](record, style)
