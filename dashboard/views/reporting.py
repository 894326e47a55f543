"""Which week a page or command speaks of, and what is filed of the weeks after it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dashboard.i18n import _, ngettext
from dashboard.views import words

if TYPE_CHECKING:
    from datetime import date

    from analytics.known import FiledWeek, ReportingWeek


def reporting_sentence(reporting: ReportingWeek) -> str:
    """Say which week the figures speak of, and how many have filed the weeks after it."""
    week = words.date_text(reporting.week_start_date)
    if not reporting.has_hours:
        return _("Week of {week}; nobody has filed hours yet.").format(week=week)
    if not reporting.later:
        return _("Week of {week}; {filed} of {count} who usually file have filed it.").format(
            week=week, filed=reporting.week.filed_count, count=reporting.week.expected_count
        )
    if len(reporting.later) == 1:
        after = reporting.later[0]
        return _("Week of {week}; {filed} of {count} who usually file have filed the week after.").format(
            week=week, filed=after.filed_count, count=after.expected_count
        )
    return _("Week of {week}; the {weeks} after are not filed yet ({filed} of {count} at most).").format(
        week=week,
        weeks=weeks_text(len(reporting.later)),
        filed=max(one.filed_count for one in reporting.later),
        count=max(one.expected_count for one in reporting.later),
    )


def replay_sentence(as_of_date: date, latest_date: date) -> str:
    """Say which day of the past is shown, and that hours and reports of its whole week are known."""
    told = _("You are looking at the past: at what was known on {day}. The newest day is {latest}.").format(
        day=words.date_text(as_of_date), latest=words.date_text(latest_date)
    )
    sunday = as_of_date + timedelta(days=6 - as_of_date.weekday())
    if sunday == as_of_date:
        return told
    known = _("Hours, plans and reports are known by the week: what arrived up to {day} is in.")
    return f"{told} {known.format(day=words.date_text(min(sunday, latest_date)))}"


def weeks_text(count: int) -> str:
    """Return a count of weeks."""
    return ngettext("{count} week", "{count} weeks", count).format(count=count)


def reporting_plain(reporting: ReportingWeek) -> dict[str, object]:
    """Return the reporting week as plain values for JSON: its counts, and those of each full week after it."""
    return {**_plain(reporting.week), "weeks_not_filed_yet": [_plain(one) for one in reporting.later]}


def _plain(week: FiledWeek) -> dict[str, object]:
    return {
        "week_start_date": week.week_start_date.isoformat(),
        "filed_count": week.filed_count,
        "expected_count": week.expected_count,
    }
