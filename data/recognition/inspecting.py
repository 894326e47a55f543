"""Looks at files and says what was understood: table, system, columns, questions and the recipe for the import."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from data.contracts import TABLES
from data.files.layout import Layout
from data.files.preview import Preview, preview_tables
from data.recognition.attendance import also_feeds
from data.recognition.choosing import Candidate, candidates, is_any, is_clear
from data.recognition.cleaning import Trial, try_recipe
from data.recognition.columns import FoundTable, found_table
from data.recognition.drafting import Draft
from data.recognition.grids import Grid, find_grid
from data.recognition.headers import find_header
from data.recognition.plan_common import hints_of
from data.recognition.plan_others import plan_leave, plan_plain, plan_requests, plan_trips
from data.recognition.plan_timesheets import plan_grid, plan_timesheets
from data.recognition.recipe import Recipe, recipe_from_dict
from data.recognition.systems import System, find_system
from data.recognition.tables import MEANINGS
from data.recognition.understanding import Question, Understanding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_PLANS: Final = {
    "timesheets": plan_timesheets,
    "trips": plan_trips,
    "change_requests": plan_requests,
    "leave": plan_leave,
}
_ASKED: Final = 0.5
_MOST_EMPTY: Final = 0.5


@dataclass(frozen=True)
class Profile:
    """What was decided for files of one kind: applied unasked to the next file with the same header."""

    name: str
    recipe: Recipe
    mapping: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return plain lists, texts and numbers, for TOML."""
        return {"name": self.name, "mapping": dict(self.mapping), "recipe": self.recipe.as_dict()}


def profile_from_dict(plain: Mapping[str, Any]) -> Profile:
    """Read back what :meth:`Profile.as_dict` gave."""
    return Profile(str(plain["name"]), recipe_from_dict(plain["recipe"]), dict(plain.get("mapping", {})))


def inspect_file(
    path: Path,
    scratch: Path,
    *,
    profiles: Sequence[Profile] = (),
    answers: Mapping[str, str] | None = None,
) -> list[Understanding]:
    """Say what each table of a file, a workbook, a folder or a zip is.

    Parameters
    ----------
    scratch
        An existing folder for members of zips; the caller removes it.
    profiles
        What was decided for earlier files.
    answers
        To questions, by their tokens.

    Raises
    ------
    FileProblem
        ``path`` itself can't be opened.
    """
    return [_understood(preview, profiles, dict(answers or {})) for preview in preview_tables(path, scratch)]


def layouts_of(found: Sequence[Understanding]) -> dict[tuple[str, str], Layout]:
    """Return where the headers are, for :func:`data.files.read_tables`; files with names of their own need none."""
    return {
        (one.file, one.sheet): Layout(one.header_row, one.header_rows, one.delimiter) for one in found if one.header_row
    }


def _understood(preview: Preview, profiles: Sequence[Profile], answers: dict[str, str]) -> Understanding:
    if preview.problem is not None:
        return _nothing(preview, str(preview.problem))
    place = find_header(preview)
    if place is None:
        return _nothing(preview, "There is no table in it.")
    table = found_table(preview, place)
    if not table.columns:
        return _nothing(preview, "Every column is of a kind that is never stored.")
    system = find_system(table.names)
    for profile in profiles:
        if set(profile.recipe.columns) == set(table.names):
            return _by_profile(preview, table, system, profile)
    name = f"{preview.file_name}/{preview.sheet}"
    grid = find_grid(table, (preview.sheet, preview.file_name), answers)
    found = candidates(table, system, name, _said_roles(answers, table))
    chosen = _chosen(found, grid, answers)
    if chosen is None:
        return _nothing(preview, "Its columns belong to no table that Golive knows.", table, system)
    draft = _drafted(table, chosen, system, answers, grid)
    if not (is_clear(found) or grid) and chosen is found[0] and "table" not in answers:
        draft.ask(_which_table(found))
    return _assembled(preview, table, draft, answers)


def _said_roles(answers: Mapping[str, str], table: FoundTable) -> dict[str, str]:
    """Return the roles of columns that the user named as answers."""
    found: dict[str, str] = {}
    for token, answer in answers.items():
        if answer not in table.names:
            continue
        for meaning in MEANINGS.values():
            role = next((role for role, target in meaning.roles.items() if target == token), None)
            if role and answers.get("table", meaning.name) == meaning.name:
                found[answer] = role
    return found


def _chosen(found: list[Candidate], grid: Grid | None, answers: Mapping[str, str]) -> Candidate | None:
    said = answers.get("table", "")
    if said in MEANINGS:
        return next(candidate for candidate in found if candidate.meaning.name == said)
    if grid is not None and grid.is_hours:
        wanted = "assignments" if grid.is_weekly else "timesheets"
        return next(candidate for candidate in found if candidate.meaning.name == wanted)
    return found[0] if is_any(found) else None


def _which_table(found: list[Candidate]) -> Question:
    names = tuple(candidate.meaning.name for candidate in found[:3])
    return Question("table", f"The file could be {names[0]} or {names[1]}. Which is it?", names)


def _drafted(table: FoundTable, chosen: Candidate, system: System, answers: dict[str, str], grid: Grid | None) -> Draft:
    draft = Draft(table, chosen, system, answers)
    name = chosen.meaning.name
    if grid is not None and grid.is_hours and name in ("timesheets", "assignments"):
        draft.grid = grid.columns
        if grid.question:
            draft.ask(grid.question)
        if grid.columns[0].date.startswith("+") and not draft.has("week_start"):
            draft.grid = ()
            words = "The columns are days of a week, but the file doesn't say of which. Say its Monday as 2026-04-06."
            draft.ask(Question("week", words))
            return draft
        plan_grid(draft)
        return draft
    _PLANS.get(name, plan_plain)(draft)
    return draft


def _assembled(preview: Preview, table: FoundTable, draft: Draft, answers: dict[str, str]) -> Understanding:
    recipe = _recipe(preview, table, draft)
    is_ready = not any(question.is_blocking for question in draft.questions)
    trial = try_recipe(recipe, table) if is_ready and table.rows else None
    if trial is not None:
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
        questions=tuple(draft.questions),
        cleaning=trial.cleaning if trial else (),
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
    )


def _more_words(table: FoundTable, draft: Draft) -> list[str]:
    found = [draft.order.words] if draft.order.words else []
    if table.wide_count:
        found.append(f"{table.wide_count} of {len(table.rows)} rows have more cells than the header; they are refused.")
    return found


def _recipe(preview: Preview, table: FoundTable, draft: Draft) -> Recipe:
    used = {name for made in draft.fields for name in made.sources if name} | {day.source for day in draft.grid}
    cells = [cell for name in used for cell in table.cells(name)[:5_000]]
    return Recipe(
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
        has_guards=any(cell.startswith(("'", '="')) for cell in cells),
        has_wide_signs=any("０" <= sign <= "９" or sign in "：／．，" for cell in cells for sign in cell[:40]),
        date_order=draft.order.order,
        decimal_mark=draft.mark.mark,
    )


def _empty_marks(draft: Draft, cells: Sequence[str]) -> tuple[str, ...]:
    """Return what means nothing: what the system is known for, and dashes that stand in the file."""
    seen = set(cells)
    marks = {mark for mark in ("-", "--", "—", "–", "N/A", "n/a", "#N/A", "null", "NULL") if mark in seen}
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


def _nothing(
    preview: Preview, words: str, table: FoundTable | None = None, system: System | None = None
) -> Understanding:
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


def _by_profile(preview: Preview, table: FoundTable, system: System, profile: Profile) -> Understanding:
    """Apply what was decided for a file with the same columns, wherever its header stands in this one."""
    recipe = profile.recipe
    placed = Recipe(
        **{
            **{name: getattr(recipe, name) for name in recipe.__dataclass_fields__},
            "header_line": table.place.line,
            "header_rows": table.place.rows,
            "delimiter": preview.delimiter,
        }
    )
    trial = try_recipe(placed, table) if table.rows else None
    mapping = dict(profile.mapping) or {
        source: made.target for made in reversed(placed.fields) for source in made.sources if source
    }
    return Understanding(
        file=preview.file_name,
        sheet=preview.sheet,
        table=placed.table,
        system=system.name,
        encoding=preview.encoding,
        delimiter=preview.delimiter,
        header_row=table.place.line,
        header_rows=table.place.rows,
        columns=table.names,
        mapping=mapping,
        unmapped=tuple(name for name in table.names if name not in mapping),
        confidence=1.0,
        questions=(),
        cleaning=trial.cleaning if trial else (),
        denied_columns=table.denied,
        reasons={},
        date_order=placed.date_order,
        decimal_mark=placed.decimal_mark,
        also_feeds=(),
        totals_rows=tuple(line for line in table.totals if line),
        repeated_header_rows=tuple(line for line in table.repeats if line),
        recipe=placed,
        hints={},
        words=(f'Read as decided in "{profile.name}".',),
        rows_count=len(table.rows),
        is_sample=not table.is_whole,
        profile=profile.name,
    )
