"""The second tables that rows of attendance hold: days of travel and of leave beside the hours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from data.recognition.plan_kinds import leave_feed
from data.recognition.recipe import Drop, Field, Recipe
from data.recognition.understanding import Feed

if TYPE_CHECKING:
    from data.recognition.columns import FoundColumn
    from data.recognition.drafting import Draft

_TRAVEL: Final = re.compile(r"(.* / )?出差(时长|時長|天数|天數)?[(（天小时)）\n]*")
_LEAVE: Final = re.compile(
    r"(.* / )?(请假[-—].*|請假[-—].*|(年假|事假|婚假|产假|产休假|陪产假|丧假|产检假|调休|調休|補休)[(（天小时)）\n]*)"
)


def also_feeds(draft: Draft, recipe: Recipe) -> tuple[Feed, ...]:
    """Return the recipes of the tables that the same rows hold beside hours."""
    if draft.candidate.meaning.name != "timesheets":
        return ()
    among = leave_feed(draft, recipe)
    if draft.grid:
        return (among,) if among else ()
    made = {one.target: one for one in draft.fields}
    if "person_id" not in made or "work_date" not in made or made["work_date"].op == "constant":
        return (among,) if among else ()
    found = [among] if among else []
    travel = [column for column in draft.table.columns if _TRAVEL.fullmatch(column.name)]
    if travel:
        found.append(_trips(draft, recipe, travel[0]))
    leave = [column for column in draft.table.columns if _LEAVE.fullmatch(column.name)]
    if not among and leave and all(column.label.unit for column in leave):
        found.append(_leave(draft, recipe, leave))
    return tuple(found)


def _with(recipe: Recipe, table: str, fields: tuple[Field, ...], drops: tuple[Drop, ...], **more: bool) -> Recipe:
    plain = {name: getattr(recipe, name) for name in recipe.__dataclass_fields__}
    kept = tuple(drop for drop in recipe.drops if drop.rule not in ("no_hours",))
    return Recipe(**{**plain, "table": table, "fields": fields, "drops": (*kept, *drops), **more})


def _trips(draft: Draft, recipe: Recipe, travel: FoundColumn) -> Feed:
    made = {one.target: one for one in draft.fields}
    day = made["work_date"]
    fields = (
        made["person_id"],
        Field("departed_at", day.op, day.sources, argument=day.argument),
        Field("returned_at", day.op, day.sources, argument=day.argument),
    )
    mapping = {day.sources[0]: "departed_at", travel.name: "departed_at"}
    return Feed(
        "trips",
        mapping,
        _with(recipe, "trips", fields, (Drop("no_hours", (travel.name,)),), merge_days=True),
        f'Days with "{travel.name}" are trips; days that follow one another are one trip.',
    )


def _leave(draft: Draft, recipe: Recipe, leave: list[FoundColumn]) -> Feed:
    made = {one.target: one for one in draft.fields}
    day = made["work_date"]
    names = tuple(column.name for column in leave)
    units = " ".join(column.label.unit for column in leave)
    op = "sum_hours" if len(leave) > 1 else "hours"
    fields = (
        made["person_id"],
        Field("leave_date", day.op, day.sources, argument=day.argument),
        Field("leave_hours", op, names, unit=units),
    )
    mapping = {day.sources[0]: "leave_date", **dict.fromkeys(names, "leave_hours")}
    words = f"{', '.join(names)} are leave; of which kind is not kept."
    return Feed("leave", mapping, _with(recipe, "leave", fields, (Drop("no_hours", names),)), words)
