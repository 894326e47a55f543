"""How trips and change requests are made."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from data.recognition.drafting import ENOUGH_FILLED
from data.recognition.plan_common import (
    fill_down,
    leave_out,
    leave_out_refused,
    person_field,
    project_field,
)
from data.recognition.plan_kinds import sort_rows
from data.recognition.recipe import Field
from data.recognition.tables import PROJECT_ROLES
from data.recognition.understanding import Question

if TYPE_CHECKING:
    from data.recognition.columns import FoundColumn
    from data.recognition.drafting import Draft

_KEY_PROJECT: Final = r"^([A-Za-z][A-Za-z0-9_]*)-\d+$"
#: 上午 without a time of day: the morning.
_HALF_DAY: Final = re.compile(r"^[^:：]*\d[^:：]*(?:上午|下午|午前|午後|[AaPp][Mm])\s*$")
_ARRIVALS: Final = frozenset({"arrival", "arrival date", "arrival datetime", "arrival time", "ankunft", "прибытие"})
_URL_PATTERN: Final = r"/([^/]+)/(?:-/)?(?:issues|work_items)/"
_URL_LABELS: Final = frozenset({"url", "link", "web url"})


def plan_trips(draft: Draft) -> None:
    """Plan all columns of trips; several lines of one trip (expenses) become one."""
    person_field(draft)
    project_field(draft, is_needed=False)
    _trip_ends(draft)
    for role, target in (
        ("origin_city", "origin_city"),
        ("destination_city", "destination_city"),
        ("destination_country", "destination_country"),
        ("transport", "transport"),
        ("nights", "nights_count"),
        ("cost_amount", "cost_amount"),
        ("currency", "currency_code"),
        ("time_zone", "time_zone"),
    ):
        if draft.has(role):
            draft.plain_field(target, role)
    _money(draft)
    _trip_number(draft)
    _group_lines(draft)
    leave_out_refused(draft, ("approval_status", "status"))
    fill_down(draft, "person_id")
    fill_down(draft, "departed_at")
    leave_out(draft, ("departed_at", "person_id"))
    sort_rows(draft)


def _trip_ends(draft: Draft) -> None:
    begin = draft.first_of(("departed", "start_date", "start_time"))
    end = draft.first_of(("returned", "end_date", "end_time"))
    if begin:
        _moment(draft, "departed_at", begin, "start_time")
    if end:
        _moment(draft, "returned_at", end, "end_time")
    if draft.has("trip_range") and not begin:
        column = draft.found("trip_range")
        draft.add(Field("departed_at", "range_start", (column.name,)), "trip_range")
        draft.fields.append(Field("returned_at", "range_end", (column.name,)))
    if end:
        _doubt_arrival(draft, end)
    draft.demand("departed_at", "Which column says when the trip began?", ("departed", "start_date"))
    draft.demand("returned_at", "Which column says when the person was home again?", ("returned", "end_date"))


def _doubt_arrival(draft: Draft, role: str) -> None:
    """Ask when the end of the trip is an arrival: it may be the one at the client's."""
    column = draft.found(role)
    if column.label.text in _ARRIVALS and "returned_at" not in draft.answers:
        others = tuple(one.name for one in draft.table.columns if one.values.dates > 0.5 and one.name != column.name)
        words = f'Is "{column.name}" when the person was home again, or when the client was reached?'
        draft.ask(Question("returned_at", f"{words} Which column says when the trip ended?", (column.name, *others)))


def _moment(draft: Draft, target: str, role: str, clock: str) -> None:
    """Make a moment of a column, with the time beside it where days have one; halves of days count as in ranges."""
    column = draft.found(role)
    if any(_HALF_DAY.search(cell) for cell in column.values.cells):
        op = "range_start" if target == "departed_at" else "range_end"
        draft.add(Field(target, op, (column.name,)), role)
        return
    has_clock = draft.has(clock) and role != clock and draft.found(clock).values.share("clock") > 0.5
    draft.moment_field(target, role, clock if has_clock else "")


def _money(draft: Draft) -> None:
    if draft.has_field("currency_code") or not draft.has("cost_amount"):
        return
    currency = draft.found("cost_amount").label.currency
    if currency.isalpha():
        draft.fields.append(Field("currency_code", "constant", argument=currency))


def _trip_number(draft: Draft) -> None:
    """Take a number for the trip's own only when no two persons or days share it."""
    number = draft.first_of(("trip_id", "record_id"))
    if not number:
        return
    made = {one.target: one for one in draft.fields}
    names = [made[target].sources[0] for target in ("person_id", "departed_at") if target in made]
    columns = [draft.table.cells(name) for name in names if name]
    trips: dict[str, set[tuple[str, ...]]] = {}
    for cells in zip(draft.table.cells(draft.by_role[number]), *columns, strict=True):
        if cells[0]:
            trips.setdefault(cells[0], set()).add(cells[1:])
    if any(len(rows) > 1 for rows in trips.values()):
        draft.words.append(f'"{draft.by_role[number]}" repeats, so it does not number the trips.')
        return
    draft.add(Field("trip_id", "copy", (draft.by_role[number],)), number)


def _group_lines(draft: Draft) -> None:
    """Put lines of one trip together when the same person and days stand in several rows."""
    made = {one.target: one for one in draft.fields}
    if "cost_amount" not in made or not {"person_id", "departed_at", "returned_at"} <= set(made):
        return
    names = [made[target].sources[0] for target in ("person_id", "departed_at", "returned_at") if made[target].sources]
    columns = [draft.table.cells(name) for name in names]
    if not columns:
        return
    repeated = Counter(zip(*columns, strict=True))
    if repeated.total() - len(repeated) > 0.1 * max(repeated.total(), 1) or (
        draft.system.name == "Concur" and "expense type" in {column.label.text for column in draft.table.columns}
    ):
        draft.group_by = ("person_id", "departed_at", "returned_at")
        draft.words.append("Several lines belong to one trip: they become one, and their costs are added up.")


def plan_requests(draft: Draft) -> None:
    """Plan all columns of change requests."""
    if draft.has("request_id"):
        draft.add(Field("change_request_id", "copy", (draft.by_role["request_id"],)), "request_id")
    draft.demand("change_request_id", "Which column numbers the requests?", ("request_id",), can_be_said=False)
    _request_project(draft)
    for role, target in (
        ("raised_at", "raised_at"),
        ("decided_at", "decided_at"),
        ("completed_at", "completed_at"),
        ("requested_by", "requested_by"),
        ("kind", "kind"),
        ("phase", "phase_at_arrival"),
        ("status", "status"),
        ("estimated_hours", "estimated_hours"),
        ("actual_hours", "actual_hours"),
        ("is_confirmed", "is_confirmed_by_prototype"),
    ):
        if draft.has(role):
            draft.plain_field(target, role)
    if draft.has("cause"):
        draft.choice_field("cause", "cause", "cause")
    draft.demand("raised_at", "Which column says when the request was raised?", ("raised_at", "started_work"))
    leave_out(draft, ("change_request_id",))


def _request_project(draft: Draft) -> None:
    role = draft.first_of(PROJECT_ROLES)
    if role and not (draft.table.rows and draft.found(role).values.is_empty):
        project_field(draft)
        return
    number = draft.by_role.get("request_id", "")
    keys = draft.table.column(number).values if number else None
    if "project_id" not in draft.answers:
        if keys and (keys.share("key") >= ENOUGH_FILLED or (keys.is_empty and draft.system.name == "Jira")):
            draft.fields.append(Field("project_id", "extract", (number,), unit="only", argument=_KEY_PROJECT))
            draft.words.append(f'The project is the beginning of "{number}": ACME of ACME-12.')
            return
        link = next((column for column in draft.table.columns if _is_link(draft, column)), None)
        if link:
            draft.fields.append(Field("project_id", "extract", (link.name,), unit="only", argument=_URL_PATTERN))
            draft.mapping[link.name] = "project_id"
            draft.words.append(f'The project is part of the address in "{link.name}".')
            return
    project_field(draft)


def _is_link(draft: Draft, column: FoundColumn) -> bool:
    """Say whether a column holds addresses of issues, of which the project is a part."""
    if column.label.text not in _URL_LABELS:
        return False
    if column.values.is_empty:
        return draft.system.name == "GitLab"
    links = sum(1 for cell in column.values.cells if re.search(_URL_PATTERN, cell))
    return links >= ENOUGH_FILLED * column.values.distinct
