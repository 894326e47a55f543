"""How trips, change requests, leave and the plainer tables are made."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from data.recognition.dates import styles_of
from data.recognition.drafting import ENOUGH_FILLED, meanings
from data.recognition.labels import unit_of_word
from data.recognition.plan_common import fill_down, leave_out, name_parts, person_field, project_field
from data.recognition.recipe import Drop, Field
from data.recognition.tables import PROJECT_ROLES

if TYPE_CHECKING:
    from data.recognition.columns import FoundColumn
    from data.recognition.drafting import Draft

_KEY_PROJECT: Final = r"^([A-Za-z][A-Za-z0-9_]*)-\d+$"
_URL_PATTERN: Final = r"/([^/]+)/(?:-/)?(?:issues|work_items)/"
_URL_LABELS: Final = frozenset({"url", "link", "web url"})
_CHOICES: Final = {
    "status": "project_status",
    "reported_status": "reported_status",
    "seniority": "seniority",
    "min_seniority": "seniority",
    "cause": "cause",
}


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
    ):
        if draft.has(role):
            draft.plain_field(target, role)
    _money(draft)
    number = draft.first_of(("trip_id", "record_id"))
    if number:
        draft.add(Field("trip_id", "copy", (draft.by_role[number],)), number)
    _group_lines(draft)
    _leave_out_refused(draft, ("approval_status",))
    fill_down(draft, "person_id")
    leave_out(draft, ("departed_at", "person_id"))


def _trip_ends(draft: Draft) -> None:
    begin = draft.first_of(("departed", "start_date", "start_time"))
    end = draft.first_of(("returned", "end_date", "end_time"))
    if begin:
        _moment(draft, "departed_at", begin, "start_time")
    if end:
        _moment(draft, "returned_at", end, "end_time")
    if draft.has("trip_range") and not begin:
        column = draft.found("trip_range")
        styles = styles_of(column.values.cells)
        draft.add(Field("departed_at", "range_start", (column.name,), argument=styles), "trip_range")
        draft.fields.append(Field("returned_at", "range_end", (column.name,), argument=styles))
    draft.demand("departed_at", "Which column says when the trip began?", ("departed", "start_date"))
    draft.demand("returned_at", "Which column says when the person was home again?", ("returned", "end_date"))


def _moment(draft: Draft, target: str, role: str, clock: str) -> None:
    """Make a moment of a column, with the time beside it where days have one."""
    has_clock = draft.has(clock) and role != clock and draft.found(clock).values.share("clock") > 0.5
    draft.moment_field(target, role, clock if has_clock else "")


def _money(draft: Draft) -> None:
    if draft.has_field("currency_code") or not draft.has("cost_amount"):
        return
    currency = draft.found("cost_amount").label.currency
    if currency.isalpha():
        draft.fields.append(Field("currency_code", "constant", argument=currency))


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


def _leave_out_refused(draft: Draft, wanted: tuple[str, ...]) -> None:
    for role in wanted:
        if not draft.has(role):
            continue
        column = draft.found(role)
        refused = meanings()["refused"]
        values = tuple(sorted({cell.casefold() for cell in column.values.cells if cell.casefold() in refused}))
        if values or not draft.table.rows:
            draft.drops.append(Drop("value", (column.name,), values or tuple(sorted(refused))))
            draft.words.append(f'Rows that "{column.name}" calls refused or taken back are left out.')


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


def plan_leave(draft: Draft) -> None:
    """Plan days of leave, of single days or of a first and a last day."""
    person_field(draft)
    ends = ("leave_start", "leave_end")
    hours = [role for role in ("leave_hours", "leave_days") if draft.has(role)]
    if draft.has("leave_range") or all(draft.has(role) for role in ends):
        used = ("leave_range",) if draft.has("leave_range") else ends
        sources = tuple(draft.by_role[role] for role in used)
        cells = [cell for name in sources for cell in draft.table.column(name).values.cells]
        draft.add(Field("leave_date", "spread_date", sources, argument=styles_of(cells)), *used)
        _spread_hours(draft, hours)
        draft.words.append("Each day from the first to the last becomes a day of leave.")
    else:
        role = draft.first_of(("leave_date", "leave_start"))
        if role:
            draft.date_field("leave_date", role)
        if draft.has("leave_hours"):
            draft.duration_field("leave_hours", "leave_hours", is_entry=True)
        elif draft.has("leave_days"):
            source = draft.by_role["leave_days"]
            draft.add(Field("leave_hours", "hours", (source,), unit="days"), "leave_days")
            draft.words.append(f'"{source}" becomes hours with 8 hours a day.')
    draft.demand("leave_date", "Which column says the day of leave?", ("leave_date", "leave_start"))
    _leave_out_refused(draft, ("approval_status", "status"))
    leave_out(draft, ("leave_date", "person_id"))


def _spread_hours(draft: Draft, hours: list[str]) -> None:
    """Take the length as hours where a leave is one day; else days are whole, but for halves at the ends."""
    if not hours:
        draft.fields.append(Field("leave_hours", "spread_hours"))
        return
    column = draft.found(hours[0])
    unit = column.label.unit or ("days" if hours[0] == "leave_days" else "")
    if not unit and draft.has("length_unit"):
        named = {unit_of_word(cell) for cell in draft.found("length_unit").values.cells}
        unit = named.pop() if len(named) == 1 else "mixed"
    if unit == "mixed":
        draft.words.append(f'"{column.name}" mixes units; days of leave count as whole days.')
        draft.fields.append(Field("leave_hours", "spread_hours"))
        return
    draft.add(Field("leave_hours", "spread_hours", (column.name,), unit=unit or "hours"), hours[0])


def plan_plain(draft: Draft) -> None:
    """Plan the columns of the other tables by the contract alone."""
    meaning = draft.candidate.meaning
    targets = list(dict.fromkeys(target for target in meaning.roles.values() if target))
    for target in targets:
        wanted = [role for role, made in meaning.roles.items() if made == target]
        if target == "person_id" and meaning.name != "people":
            person_field(draft)
            continue
        if target == "person_name":
            _person_name(draft)
            continue
        role = draft.first_of(wanted)
        if not role or draft.has_field(target) or draft.by_role[role] in draft.mapping:
            continue
        if target in _CHOICES and draft.target_column(target).choices:
            draft.choice_field(target, role, _CHOICES[target])
        elif target == "progress_ratio":
            _progress(draft, role)
        else:
            draft.plain_field(target, role)
    _identity(draft)
    for target, group in meaning.needed.items():
        draft.demand(target, f"Which column is the {target.replace('_', ' ')}?", group)
    leave_out(draft, tuple(meaning.needed))


def _person_name(draft: Draft) -> None:
    both = name_parts(draft)
    if draft.has("person_name") and len(both) < 2:
        draft.add(Field("person_name", "copy", (draft.by_role["person_name"],)), "person_name")
    elif both:
        draft.add(Field("person_name", "join", tuple(draft.by_role[name] for name in both)), *both)


def _identity(draft: Draft) -> None:
    """Use the e-mail address or the name for a number that isn't there: a list of people must name them somehow."""
    if draft.candidate.meaning.name == "people" and not draft.has_field("person_id"):
        role = draft.first_of(("person_email", "person_name"))
        if role:
            draft.fields.append(Field("person_id", "copy", (draft.by_role[role],)))
        elif draft.has("first_name") or draft.has("last_name"):
            both = tuple(draft.by_role[name] for name in ("first_name", "last_name") if draft.has(name))
            draft.fields.append(Field("person_id", "join", both))
    if draft.candidate.meaning.name == "projects" and not draft.has_field("project_id") and draft.has("project_name"):
        draft.fields.append(Field("project_id", "copy", (draft.by_role["project_name"],)))


def _progress(draft: Draft, role: str) -> None:
    """Make a share of percent; whether 1 means one percent or all is known when any number is above 1."""
    column = draft.found(role)
    is_percent = any(number > 1 for number in column.values.numbers) or any("%" in cell for cell in column.values.cells)
    if is_percent or "%" in column.name:
        # A sheet shows 45 % but stores 0.45: then all numbers are at most 1 and none has a sign.
        stored = column.values.numbers and max(column.values.numbers) <= 1 and not is_percent
        if not stored:
            draft.add(Field("progress_ratio", "ratio", (column.name,)), role)
            return
    draft.number_field("progress_ratio", role)
