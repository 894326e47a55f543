"""Puts together what was understood of a table: the recipe, tried on its rows, and what must be asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from data.contracts import TABLES
from data.recognition.attendance import also_feeds
from data.recognition.cleaning import Trial, try_recipe
from data.recognition.effects import outlook_of, with_examples
from data.recognition.plan_common import hints_of
from data.recognition.recipe import Recipe
from data.recognition.rules import decided, long_entries, proposals, with_spelling
from data.recognition.tables import MEANINGS
from data.recognition.understanding import Cleaning, Question, Understanding
from data.recognition.values import FILE_MARKS, OTHER_SIGNS, WIDE_SIGNS, is_guarded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.files.preview import Preview
    from data.recognition.columns import FoundTable
    from data.recognition.drafting import Draft
    from data.recognition.systems import System

_ASKED: Final = 0.5
_MOST_EMPTY: Final = 0.5
_SHOWN_ROWS: Final = 20
#: Rows in which marks and signs are sought.
_LOOKED_AT: Final = 5_000


def assembled(preview: Preview, table: FoundTable, draft: Draft, answers: dict[str, str]) -> Understanding:
    """Return what was understood; the recipe only when no needed answer is missing."""
    recipe = with_spelling(_recipe(preview, table, draft), table)
    is_ready = not any(question.is_blocking for question in draft.questions)
    trial = try_recipe(recipe, table) if is_ready and table.rows else None
    cleaning: list[Cleaning] = []
    if trial is not None:
        proposed = [*trial.cleaning, *proposals(recipe, table), *long_entries(trial.targets, trial.rows)]
        given, (recipe, cleaning) = recipe, decided(recipe, proposed, answers)
        trial = trial if recipe == given else try_recipe(recipe, table)
        _ask_what_fails(draft, trial, answers)
        is_ready = not any(question.is_blocking for question in draft.questions)
    feeds = also_feeds(draft, recipe) if is_ready else ()
    mapped = set(draft.mapping)
    return Understanding(
        file=preview.file_name,
        sheet=preview.sheet,
        table=draft.candidate.meaning.name,
        system=draft.system.name,
        encoding=preview.encoding,
        delimiter=preview.delimiter,
        header_row=table.place.line,
        header_rows=table.place.rows,
        columns=table.names,
        mapping=draft.mapping,
        unmapped=tuple(name for name in table.names if name not in mapped),
        confidence=_confidence(draft, is_ready=is_ready),
        questions=tuple(with_examples(question, table, draft.mark.mark) for question in draft.questions),
        cleaning=tuple(cleaning),
        denied_columns=table.denied,
        reasons=draft.reasons,
        date_order=recipe.date_order,
        decimal_mark=recipe.decimal_mark,
        also_feeds=feeds,
        totals_rows=tuple(line for line in table.totals if line),
        repeated_header_rows=tuple(line for line in table.repeats if line),
        recipe=recipe if is_ready else None,
        hints=hints_of(draft),
        words=(*draft.words, *_more_words(table, draft)),
        rows_count=len(table.rows),
        is_sample=not table.is_whole,
        roles={column: role for role, column in draft.by_role.items()},
        decided=_decided(draft),
        positions={column.name: column.position for column in table.columns},
        preview_rows=_preview_rows(table, trial),
        outlook=outlook_of(trial if is_ready else None),
        source_rows=tuple(dict(zip(table.names, row, strict=True)) for row in table.rows[:_SHOWN_ROWS]),
    )


def _decided(draft: Draft) -> dict[str, str]:
    """Return how days and numbers are read, where the cells or the user told it, of this file or an earlier one.

    Days with dots teach nothing about days with slashes in the next file.
    """
    found = dict(draft.usual)
    if draft.order.order and draft.order.question is None and draft.order.can_teach:
        found["date_order"] = draft.order.order
    if draft.mark.has_evidence or draft.answers.get("decimal_mark"):
        found["decimal_mark"] = draft.mark.mark
    return found


def _preview_rows(table: FoundTable, trial: Trial | None) -> tuple[dict[str, str | None], ...]:
    if trial is None:
        return ()
    return tuple(
        {"line": str(table.lines[number - 1] or ""), **dict(zip(trial.targets, cells, strict=True))}
        for number, cells in trial.rows[:_SHOWN_ROWS]
    )


def _more_words(table: FoundTable, draft: Draft) -> list[str]:
    found = [draft.order.words] if draft.order.words else []
    if table.wide_count:
        found.append(f"{table.wide_count} of {len(table.rows)} rows have more cells than the header; they are refused.")
    return found


def _recipe(preview: Preview, table: FoundTable, draft: Draft) -> Recipe:
    used = {name for made in draft.fields for name in made.sources if name} | {day.source for day in draft.grid}
    cells = [cell for name in used for cell in table.cells(name)[:_LOOKED_AT]]
    recipe = Recipe(
        table=draft.candidate.meaning.name,
        header_line=table.place.line,
        header_rows=table.place.rows,
        columns=table.names,
        fields=tuple(draft.fields),
        delimiter=preview.delimiter,
        system=draft.system.name,
        drops=tuple(draft.drops),
        grid=draft.grid,
        fill_key=draft.fill_key,
        fill_down=draft.fill_down,
        empty=_empty_marks(draft, cells),
        group_by=draft.group_by,
        merge_days=draft.merge_days,
        has_guards=any(is_guarded(cell) for cell in cells),
        date_order=draft.order.order,
        decimal_mark=draft.mark.mark,
        hours_per_day=draft.hours_per_day,
        kinds=tuple(draft.kinds),
        leave_letters=draft.leave_letters,
        swaps_days=draft.swaps_days,
    )
    read = [cell for name in used - recipe.text_sources for cell in table.cells(name)[:_LOOKED_AT]]
    return replace(recipe, has_wide_signs=any(_has_wide_signs(cell) for cell in read))


def _has_wide_signs(cell: str) -> bool:
    """Say whether a cell is written with digits or signs of another width or script."""
    if cell.isascii():
        return False
    return any(sign in WIDE_SIGNS or sign in OTHER_SIGNS for sign in cell[:40])


def _empty_marks(draft: Draft, cells: Sequence[str]) -> tuple[str, ...]:
    """Return what means nothing: what the system is known for, and dashes that stand in the file."""
    seen = set(cells)
    marks = {mark for mark in FILE_MARKS if mark in seen}
    return tuple(sorted(marks | set(draft.system.empty)))


def _ask_what_fails(draft: Draft, trial: Trial, answers: Mapping[str, str]) -> None:
    """Ask when a column that the table can't do without comes out empty or unread in most rows."""
    count = max(len(trial.rows), 1)
    for target in TABLES[draft.candidate.meaning.name].required:
        bad = trial.missing.get(target, 0) + trial.unread.get(target, 0)
        if bad > _MOST_EMPTY * count and target not in answers:
            sources = ", ".join(name for name, made in draft.mapping.items() if made == target)
            words = f'{target} is empty or can\'t be read in {bad} of {count} rows (from "{sources}").'
            options = tuple(name for name in draft.table.names if name not in draft.mapping)[:6]
            draft.ask(Question(target, f"{words} Which column is it?", options))


def _confidence(draft: Draft, *, is_ready: bool) -> float:
    """Return how sure the needed columns are; an open question halves it."""
    needed = set(TABLES[draft.candidate.meaning.name].required)
    scores = [why.score for why in draft.reasons.values() if why.target in needed] or [0.0]
    made = {one.target for one in draft.fields}
    complete = len(needed & made) / max(len(needed), 1)
    sure = min(scores) * complete
    return round(sure if is_ready else min(sure, _ASKED), 3)


def nothing(
    preview: Preview, words: str, table: FoundTable | None = None, system: System | None = None
) -> Understanding:
    """Return that it is no table of ours, and why."""
    return Understanding(
        file=preview.file_name,
        sheet=preview.sheet,
        table="",
        system=system.name if system else "unknown",
        encoding=preview.encoding,
        delimiter=preview.delimiter,
        header_row=table.place.line if table else 0,
        header_rows=table.place.rows if table else 0,
        columns=table.names if table else (),
        mapping={},
        unmapped=table.names if table else (),
        confidence=0.0,
        questions=(Question("table", f"{words} Which table is it?", tuple(MEANINGS)),) if table else (),
        cleaning=(),
        denied_columns=table.denied if table else (),
        reasons={},
        date_order="",
        decimal_mark="",
        also_feeds=(),
        totals_rows=(),
        repeated_header_rows=(),
        recipe=None,
        hints={},
        words=(words,),
        rows_count=len(table.rows) if table else 0,
    )
