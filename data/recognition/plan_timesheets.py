"""How hours are made of entries, clock times, attendance days and grids of days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from data.recognition.dates import MINORITY_SHARE
from data.recognition.drafting import ENOUGH_FILLED
from data.recognition.grids import one_day_of
from data.recognition.month_days import plan_month_day
from data.recognition.plan_common import fill_down, leave_out, person_field, project_field
from data.recognition.plan_hours import end_field, is_moment, leave_out_costs, plan_hours
from data.recognition.plan_kinds import sort_rows
from data.recognition.project_columns import plan_project_columns
from data.recognition.recipe import Drop, Field
from data.recognition.running_sums import leave_out_sums
from data.recognition.swapped_days import turn_days_back
from data.recognition.understanding import Question

if TYPE_CHECKING:
    from data.recognition.drafting import Draft

#: "Bug #12: title" speaks of 12; "ACME-12" is the number itself.
ISSUE_PATTERN: Final = r"(?:^|[^\w&])#(\d+)"
_ATTENDANCE: Final = frozenset({"DingTalk", "WeCom"})


def plan_timesheets(draft: Draft) -> None:
    """Plan all columns of timesheets."""
    person_field(draft)
    if not plan_project_columns(draft):
        project_field(draft)
    _day(draft)
    _clock_times(draft)
    if not draft.has_field("worked_hours"):
        plan_hours(draft)
    _details(draft)
    leave_out_costs(draft)
    leave_out_sums(draft, ("person_id", "project_id", "work_date"))
    if not draft.sums_count:
        fill_down(draft, "person_id")
        fill_down(draft, "work_date")
    if draft.parent_key and not draft.fill_key:
        draft.fill_key = draft.parent_key
    leave_out(draft, ("work_date", "person_id"))
    sort_rows(draft)
    if draft.system.name in _ATTENDANCE and draft.has("duration"):
        draft.drops.append(Drop("no_hours", (draft.by_role["duration"],)))


def _day_role(draft: Draft) -> str:
    here = [role for role in ("work_date", "start_date") if draft.has(role)]
    full = [role for role in here if not draft.found(role).values.is_empty or not draft.table.rows]
    return (full or here or [""])[0]


def _day(draft: Draft) -> None:
    role = _day_role(draft)
    if role and not (role == "start_date" and _is_of_parents(draft)):
        if role == "work_date" and plan_month_day(draft):
            return
        draft.date_field("work_date", role)
        turn_days_back(draft, draft.by_role[role])
        _doubt_span(draft, role)
    elif draft.has("start_time") and is_moment(draft, "start_time"):
        column = draft.found("start_time")
        # The column stays free for the start itself: one column makes two.
        draft.fields.append(Field("work_date", "date", (column.name,)))
    elif not plan_month_day(draft):
        _day_of_titles(draft)
    draft.demand("work_date", "Which column says the day of the work?", ("work_date", "start_date"))


def _is_of_parents(draft: Draft) -> bool:
    """Say whether the first day is a parent's, whose entries hold moments of their own that may be on other days."""
    if not draft.has("start_time") or draft.found("start_time").values.is_empty or not is_moment(draft, "start_time"):
        return False
    day = ""
    for own, moment in zip(
        draft.table.cells(draft.by_role["start_date"]), draft.table.cells(draft.by_role["start_time"]), strict=True
    ):
        day = own or day
        if moment and moment.split()[0] != day:
            return True
    return not draft.table.is_whole


def _doubt_span(draft: Draft, role: str) -> None:
    """Ask when rows last from one day to a later one without times: their hours are of no single day."""
    if role != "start_date" or not draft.has("end_date") or draft.has("start_time") or "work_date" in draft.answers:
        return
    first, last = draft.by_role["start_date"], draft.by_role["end_date"]
    pairs = [(a, b) for a, b in zip(draft.table.cells(first), draft.table.cells(last), strict=True) if a and b]
    longer = sum(1 for a, b in pairs if a != b)
    if longer > MINORITY_SHARE * len(pairs):
        words = f'{longer} of {len(pairs)} rows last from "{first}" to a later "{last}". On which day were the hours?'
        draft.ask(Question("work_date", words, (first, last)))


def _day_of_titles(draft: Draft) -> None:
    """Take the day of a report over one day from its titles; sums over more days can't be told apart."""
    first, last = one_day_of(draft.table.place.titles)
    if first and first == last:
        draft.fields.append(Field("work_date", "constant", argument=first))
        draft.words.append(f"The report is of one day, {first}.")
    elif first and "work_date" not in draft.answers:
        words = f"The file sums up {first} to {last or 'later'}: it doesn't say which hours are of which day."
        draft.ask(Question("work_date", f"{words} Export the daily report instead, or say one day for all of it."))


def _clock_times(draft: Draft) -> None:
    day = draft.by_role.get("start_date") or draft.by_role.get("work_date", "")
    if draft.has("start_time") and is_moment(draft, "start_time"):
        draft.moment_field("started_at", "start_time")
    elif draft.has("start_time") and day:
        start_role = "start_date" if draft.has("start_date") else "work_date"
        draft.moment_field("started_at", start_role, "start_time")
    if draft.has("end_time") and is_moment(draft, "end_time"):
        draft.moment_field("ended_at", "end_time")
    elif draft.has("end_time") and day:
        made = end_field(draft, "ended_at", "end")
        draft.add(made, "end_time", *(["end_date"] if draft.has("end_date") else []))


def _details(draft: Draft) -> None:
    if draft.has("activity"):
        draft.choice_field("activity", "activity", "activity")
    if draft.has("is_onsite"):
        draft.plain_field("is_onsite", "is_onsite")
    if draft.has("issue"):
        draft.add(Field("change_request_id", "extract", (draft.by_role["issue"],), argument=ISSUE_PATTERN), "issue")
    if draft.has("package"):
        draft.add(Field("package_id", "extract", (draft.by_role["package"],), argument=ISSUE_PATTERN), "package")
    _entry_number(draft)
    _zone_of_clocks(draft)
    if draft.has("submitted_at") and draft.found("submitted_at").values.filled >= ENOUGH_FILLED:
        draft.plain_field("submitted_at", "submitted_at")


def _zone_of_clocks(draft: Draft) -> None:
    """Take the zone of clock times that carry none from its column, or from the answer for the whole source."""
    said = draft.answers.get("time_zone", "")
    if draft.has("time_zone"):
        draft.plain_field("time_zone", "time_zone")
    elif said and draft.has_field("started_at"):
        draft.fields.append(Field("time_zone", "constant", argument=said))
        draft.words.append(f"Clock times are those of {said}, as said.")


def _entry_number(draft: Draft) -> None:
    """Take a number for the entry's own only when no two rows share it."""
    for role in ("entry_id", "record_id"):
        if not draft.has(role):
            continue
        cells = draft.table.cells(draft.by_role[role])
        filled = [cell for cell in cells if cell]
        if len(set(filled)) == len(filled) and len(filled) >= ENOUGH_FILLED * len(cells):
            draft.add(Field("entry_id", "copy", (draft.by_role[role],)), role)
            return
        draft.words.append(f'"{draft.by_role[role]}" repeats, so it does not number the entries.')


def plan_grid(draft: Draft) -> None:
    """Plan a row per person (and project) with a column per day."""
    person_field(draft)
    project_field(draft)
    week = draft.candidate.meaning.name == "assignments"
    day, hours = ("week_start_date", "planned_hours") if week else ("work_date", "worked_hours")
    base = (draft.by_role["week_start"],) if draft.grid[0].date.startswith("+") else ()
    draft.fields.append(Field(day, "grid_date", base))
    if base:
        draft.mapping[base[0]] = day
    draft.fields.append(Field(hours, "grid_hours", unit=_grid_unit(draft)))
    for place in draft.grid:
        draft.mapping[place.source] = hours
    if not week and draft.has("activity"):
        draft.choice_field("activity", "activity", "activity")
    if not week and draft.has("package"):
        draft.add(Field("package_id", "extract", (draft.by_role["package"],), argument=ISSUE_PATTERN), "package")
    leave_out(draft, ("person_id",))
    if not week:
        sort_rows(draft)
    draft.words.append(f"{len(draft.grid)} columns are one {'week' if week else 'day'} each; empty cells are left out.")


def _grid_unit(draft: Draft) -> str:
    said = draft.answers.get("unit.days", "")
    if said:
        return said
    numbers = [number for place in draft.grid for number in draft.table.column(place.source).values.numbers]
    most = max(numbers, default=0)
    if draft.candidate.meaning.name == "timesheets" and most > 24:
        words = f"Which unit do the numbers in the columns of days have? The largest is {most:g}."
        draft.ask(Question("unit.days", words, ("minutes", "hours")))
    if numbers and most <= 1 and draft.candidate.meaning.name == "timesheets":
        words = f"Are the numbers in the columns of days hours or shares of a day? The largest is {most:g}."
        draft.ask(Question("unit.days", words, ("days", "hours")))
    return "hours"
