"""Names of levels, indicators and domains of strain, and how their values are worded."""

from __future__ import annotations

import math
from typing import Any, Final

from dashboard.i18n import _
from dashboard.views import words


def level_words(level: Any) -> str:
    """Return a level in words; text before colour."""
    known = {"OK": _("OK"), "WATCH": _("WATCH"), "HIGH": _("HIGH"), "NO DATA": _("NO DATA")}
    return known.get(str(level), words.none_text())


def reason_words(reason: Any) -> str:
    """Return why no level is told."""
    known = {
        "coverage": _("under 60 % of the workdays of four weeks are filed"),
        "new": _("known for less than three weeks"),
        "open": _("days that are not filed, now or some weeks ago, decide"),
        "no_hours": _("no timesheets of these weeks"),
    }
    return known.get(str(reason), "")


#: What arithmetic leaves of a whole number still is that number.
HAIR: Final = 1e-9


def index_text(index: float) -> str:
    """Return an index rounded down: levels begin and end at whole numbers, and 59.6 has not reached 60."""
    return f"{math.floor(index + HAIR)}"


def range_text(low: float, high: float) -> str:
    """Return a range of the index: whole numbers, one decimal where they would be the same, one number where it is."""
    for digits in (0, 1):
        ends = f"{low:.{digits}f}", f"{high:.{digits}f}"
        if ends[0] != ends[1]:
            return _("{low}–{high}").format(low=ends[0], high=ends[1])
    return f"{low:.0f}"


def interval_text(row: Any) -> str:
    """Return the index with its range; without a level only the range."""
    exact_low, exact_high = float(row["index_low"]), float(row["index_high"])
    if str(row["level"]) == "NO DATA":
        return range_text(exact_low, exact_high)
    mid = index_text(float(row["index"]))
    if round(exact_low) == round(exact_high):
        return mid
    # Rounded up, the lower end could lie above the index.
    return _("{mid} ({low}–{high})").format(mid=mid, low=index_text(exact_low), high=f"{exact_high:.0f}")


def indicator_words(indicator: Any) -> str:
    """Return what an indicator is, in words."""
    known = {
        "hours_4_weeks": _("hours a week, mean of 4 weeks, travel by half"),
        "hours_peak_week": _("hours of the longest of 2 weeks"),
        "overtime_month": _("overtime in a month"),
        "over_contract": _("hours a week over those of a part-time contract"),
        "short_rests": _("rests under 11 hours, 14 days"),
        "days_in_a_row": _("days worked in a row"),
        "weeks_without_day_off": _("weeks without a day off, of 4"),
        "weeks_since_leave": _("weeks since five days off in a row"),
        "weekend_share": _("weekend days worked or travelled, 28 days"),
        "broken_nights": _("nights broken by work, 12 weeks"),
        "nights_away": _("nights away, 28 days"),
        "weeks_without_home_weekend": _("weeks without two nights in a row at home"),
        "away_home_ratio": _("nights away per night at home, 12 weeks"),
        "zone_hours": _("hours of time zone crossed, 28 days"),
        "travel_days": _("days on the road, 28 days"),
        "night_hours": _("hours worked from 23 to 6, 28 days"),
        "unsocial_requests": _("change requests handled in the evening or on days off, 28 days"),
        "holidays_worked": _("public holidays worked, 8 weeks"),
        "effective_projects": _("projects at a time, 28 days"),
        "projects_a_week": _("projects touched in a week"),
        "above_own_week": _("hours above the own usual week"),
        "lasting_rise": _("lasting rise over the own usual week"),
        "late_requests": _("late change requests, own share, 28 days"),
        "go_live_weeks": _("weeks of go-live, of 12"),
        "difficult_client_weeks": _("weeks in a row at a difficult client"),
        "escalations": _("projects that turned red, 8 weeks"),
    }
    return known.get(str(indicator), words.plain_words(indicator))


def domain_words(domain: Any) -> str:
    """Return what a domain is, in words."""
    known = {
        "hours": _("hours"),
        "rest": _("rest"),
        "travel": _("travel and time at home"),
        "unsocial": _("nights, evenings and holidays"),
        "fragmentation": _("projects at a time"),
        "change": _("change against the own past"),
        "client": _("what clients ask"),
    }
    return known.get(str(domain), words.plain_words(domain))


def value_text(indicator: Any, value: Any) -> str:
    """Return an indicator's value with as many digits as it bears."""
    if words.is_unknown(value):
        return words.none_text()
    if str(indicator) == "weekend_share":
        return words.percent_text(value)
    is_count = float(value) == round(float(value))
    return words.number_text(value, 0 if is_count else 1)
