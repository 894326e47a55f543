"""How leave and the plainer tables are made: projects, people, reports, packages, plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from data.recognition.dates import styles_of
from data.recognition.labels import unit_of_word
from data.recognition.plan_common import leave_out, leave_out_refused, name_parts, person_field
from data.recognition.recipe import Field
from data.recognition.understanding import Question

if TYPE_CHECKING:
    from data.recognition.drafting import Draft

_HALF: Final = 0.5
_CHOICES: Final = {
    "status": "project_status",
    "reported_status": "reported_status",
    "seniority": "seniority",
    "min_seniority": "seniority",
    "cause": "cause",
}


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
            _doubt_single_days(draft, role)
        if draft.has("leave_hours"):
            draft.duration_field("leave_hours", "leave_hours", is_entry=True)
        elif draft.has("leave_days"):
            source = draft.by_role["leave_days"]
            draft.add(Field("leave_hours", "hours", (source,), unit="days"), "leave_days")
            draft.words.append(f'"{source}" becomes hours with 8 hours a day.')
    draft.demand("leave_date", "Which column says the day of leave?", ("leave_date", "leave_start"))
    leave_out_refused(draft, ("approval_status", "status"))
    leave_out(draft, ("leave_date", "person_id"))


def _doubt_single_days(draft: Draft, role: str) -> None:
    """Ask when leave lasts longer than the one day that is told."""
    days = draft.found("leave_days").values.numbers if draft.has("leave_days") else ()
    longer = sum(1 for number in days if number > 1)
    if longer and "leave_date" not in draft.answers:
        first, length = draft.by_role[role], draft.by_role["leave_days"]
        words = f'"{length}" is above 1, but only "{first}" says when. Which column says the last day of leave?'
        options = tuple(c.name for c in draft.table.columns if c.values.dates > _HALF and c.name != first)
        draft.ask(Question("leave_date", words, (*options, first)))


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
