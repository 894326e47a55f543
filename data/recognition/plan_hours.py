"""How hours are made: of a duration, of parts that add up, of clock times; and what counts no hours at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from data.recognition.decisions import NO, said_unit
from data.recognition.drafting import meanings
from data.recognition.labels import read_label
from data.recognition.numbers import decide_unit
from data.recognition.read_cells import read_hours
from data.recognition.recipe import Drop, Field
from data.recognition.understanding import Question, Why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.recognition.columns import FoundColumn
    from data.recognition.drafting import Draft

#: Times of a person's whole day are at most this apart from the columns around them.
_MOMENT_SHARE: Final = 0.5
#: Breaks without a unit: more than this can't be hours, less than that are hardly minutes.
_MOST_BREAK_HOURS: Final = 3
_LEAST_MINUTES: Final = 5
_ATTENDANCE: Final = frozenset({"DingTalk", "WeCom"})
_OVERTIME: Final = re.compile(
    r"\b(overtime|over time|ot|ovt|ot ?[12]|extra hours|double ?time|dt hrs|ot hours|\w*uberstunden|mehrarbeit|"
    r"heures sup\w*|h sup|horas extras?|straordinari\w*|overuren|nadgodziny)\b|сверхуроч|残業|時間外|加班"
)
_REGULAR: Final = re.compile(
    r"\b(reg|regular|normal|standard|straight|basic|ordinary|base|regel\w*|grund\w*|normal\w*|normales|ordinaires?|"
    r"ordinari[ea]s?|ordinarie)\b|обычн|урочн|所定|定時|平时|正常工时|标准工时|正班|平日工时"
)
_WHOLE: Final = re.compile(r"\b(total\w*|gesamt\w*|sum\w*|all|totale?s?)\b|итог|всего|合计|合計|总|総")


def is_moment(draft: Draft, role: str) -> bool:
    """Say whether a column of clock times holds whole moments; without cells: whether there is no other day."""
    values = draft.found(role).values
    if values.is_empty:
        return not (draft.has("work_date") or draft.has("start_date"))
    return values.share("moment") >= _MOMENT_SHARE or values.dates >= _MOMENT_SHARE


def end_field(draft: Draft, target: str, op: str) -> Field:
    """Make an end, or the time between, of days and times of day."""
    sources = (
        draft.by_role.get("end_date", ""),
        draft.by_role["end_time"],
        draft.by_role.get("start_date") or draft.by_role.get("work_date", ""),
        draft.by_role.get("start_time", ""),
    )
    return Field(target, op, sources)


def counted_things(draft: Draft) -> str:
    """Name what a sheet of costs counts, when none of it is hours (kilometres, licences); else return nothing."""
    if not draft.has("cost_type") or "table" in draft.answers:
        return ""
    kinds = draft.found("cost_type").values.cells
    known = meanings()["cost_type"]
    return ", ".join(kinds) if kinds and all(known.get(kind.casefold()) == "other" for kind in kinds) else ""


def leave_out_costs(draft: Draft) -> None:
    """Leave rows out that count no hours; ask when it isn't known what they count."""
    if not draft.has("cost_type"):
        return
    column = draft.found("cost_type")
    words = {cell: meanings()["cost_type"].get(cell.casefold(), "") for cell in column.values.cells}
    others = tuple(sorted(cell.casefold() for cell, word in words.items() if word == "other"))
    if others:
        draft.drops.append(Drop("value", (column.name,), others))
        draft.words.append(f'Rows whose "{column.name}" is {", ".join(others)} count no hours.')
    unknown = [cell for cell, word in words.items() if not word]
    if unknown and draft.answers.get("worked_hours") in NO:
        draft.drops.append(Drop("value", (column.name,), tuple(sorted(cell.casefold() for cell in unknown))))
        draft.words.append(f'Rows whose "{column.name}" is {", ".join(unknown[:5])} count no hours, as said.')
    if unknown and "worked_hours" not in draft.answers and draft.has("duration"):
        words_of = f'"{column.name}" is {", ".join(unknown[:5])}. Does "{draft.by_role["duration"]}" count hours there?'
        draft.ask(Question("worked_hours", words_of, ("no", draft.by_role["duration"])))


def plan_hours(draft: Draft) -> None:
    """Plan the hours of each entry."""
    if _said_sum(draft):
        return
    if draft.has("duration") and not (draft.table.rows and draft.found("duration").values.is_empty):
        extra = overtime_beside(draft)
        if extra:
            _add_overtime(draft, extra)
        if not draft.has_field("worked_hours"):
            draft.duration_field("worked_hours", "duration", is_entry=True)
        return
    parts = [role for role in ("billable_time", "nonbillable_time") if draft.has(role)]
    if parts:
        _sum(draft, parts)
        return
    if draft.has("start_time") and draft.has("end_time"):
        _elapsed(draft)
    draft.demand(
        "worked_hours", "Which column says how long it took?", ("duration", "billable_time"), can_be_said=False
    )


def _said_sum(draft: Draft) -> bool:
    """Add columns up that the user named: ``worked_hours=RegHrs+OvtHrs``."""
    said = draft.answers.get("worked_hours", "")
    if "+" not in said or said in draft.table.names:
        return False
    names = [name.strip() for name in said.split("+")]
    if not names or any(name not in draft.table.names for name in names):
        return False
    _sum_columns(draft, [draft.table.column(name) for name in names])
    return True


def _sum_columns(draft: Draft, columns: Sequence[FoundColumn]) -> None:
    units = []
    for column in columns:
        said = said_unit(draft.answers, column.name)
        unit = decide_unit(column, draft.system, said, is_entry=True, mark=draft.mark.mark)
        if unit.question:
            draft.ask(unit.question)
        units.append(unit.unit)
    names = tuple(column.name for column in columns)
    draft.fields.append(Field("worked_hours", "sum_hours", names, unit=" ".join(units)))
    for name in names:
        draft.mapping[name] = "worked_hours"
        draft.reasons[name] = Why("worked_hours", 0.9, "neighbour", f'"{name}" is a part of the hours')
    draft.words.append(f"Hours are the sum of {' and '.join(names)}.")


def overtime_beside(draft: Draft) -> list[FoundColumn]:
    """Return the columns of overtime that hold hours beside the column of hours."""
    if draft.system.name in _ATTENDANCE or draft.grid:
        return []
    main = draft.by_role.get("duration", "")
    found = [
        column
        for column in draft.table.columns
        if column.name != main
        and _OVERTIME.search(read_label(column.name).text)
        and column.values.share("number", "long_clock", "with_unit") >= _MOMENT_SHARE
        and any(hours for hours in read_hours(column.values.cells, draft.mark.mark))
    ]
    return found if main and not _OVERTIME.search(read_label(main).text) else []


def _add_overtime(draft: Draft, extra: list[FoundColumn]) -> None:
    """Add overtime to regular hours; ask where the hours beside it may hold it already."""
    main = draft.found("duration")
    label = read_label(main.name).text
    if _REGULAR.search(label):
        _sum_columns(draft, [main, *extra])
        return
    if _WHOLE.search(label) or "worked_hours" in draft.answers:
        return
    both = "+".join([main.name, *(column.name for column in extra)])
    words = f'Does "{main.name}" hold the overtime of "{extra[0].name}" already, or is it worked on top?'
    draft.ask(Question("worked_hours", words, (main.name, both)))


def _elapsed(draft: Draft) -> None:
    """Count hours from start to end, less the break where a column tells it."""
    pause, unit = _pause(draft)
    if is_moment(draft, "start_time"):
        sources = (draft.by_role["start_time"], draft.by_role["end_time"])
        draft.fields.append(Field("worked_hours", "elapsed", (*sources, *pause), unit))
    elif draft.has_field("started_at"):
        made = end_field(draft, "worked_hours", "elapsed")
        draft.fields.append(Field("worked_hours", "elapsed", (*made.sources, *pause), unit))
    if pause:
        draft.mapping[pause[0]] = "worked_hours"
        draft.words.append(f'The file has no hours; they are counted from start to end, less "{pause[0]}".')
    else:
        draft.words.append("The file has no hours; they are counted from start to end, breaks included.")


def _pause(draft: Draft) -> tuple[tuple[str, ...], str]:
    """Return the column of breaks, if there is one, and its unit: a break is at most three hours, or some minutes."""
    if not draft.has("break_time") or draft.found("break_time").values.is_empty:
        return (), ""
    column = draft.found("break_time")
    unit = draft.answers.get(f"unit.{column.name}", "") or column.label.unit
    numbers = [abs(number) for number in column.values.numbers if number]
    if not unit and numbers and min(numbers) < _LEAST_MINUTES and max(numbers) > _MOST_BREAK_HOURS:
        words = f'Which unit do the breaks in "{column.name}" have? The longest is {max(numbers):g}.'
        draft.ask(Question(f"unit.{column.name}", words, ("minutes", "hours")))
    return (column.name,), unit or ("minutes" if numbers and max(numbers) > _MOST_BREAK_HOURS else "hours")


def _sum(draft: Draft, parts: list[str]) -> None:
    units = []
    for role in parts:
        column = draft.found(role)
        said = said_unit(draft.answers, column.name)
        unit = decide_unit(column, draft.system, said, is_entry=True, mark=draft.mark.mark)
        if unit.question:
            draft.ask(unit.question)
        units.append(unit.unit)
    sources = tuple(draft.by_role[role] for role in parts)
    draft.add(Field("worked_hours", "sum_hours", sources, unit=" ".join(units)), *parts)
    if parts == ["billable_time"]:
        words = f'"{sources[0]}" are the only hours in the file. Is other work missing?'
        draft.ask(Question("worked_hours", words, (sources[0],), is_blocking=False))
    draft.words.append(f"Hours are the sum of {' and '.join(sources)}.")
