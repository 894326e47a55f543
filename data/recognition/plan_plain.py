"""How the plainer tables are made: projects, people, reports, packages, plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.recognition.drafting import CHOICES
from data.recognition.plan_common import leave_out, name_parts, person_field
from data.recognition.recipe import Field

if TYPE_CHECKING:
    from data.recognition.drafting import Draft


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
        if target in CHOICES and draft.target_column(target).choices:
            draft.choice_field(target, role, CHOICES[target])
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
