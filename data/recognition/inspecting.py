"""Looks at files and says what was understood: table, system, columns, questions and the recipe for the import."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from data.files.delimiters import said_delimiter
from data.files.exact import Records, lines_of
from data.files.layout import Layout
from data.files.preview import Preview, preview_tables
from data.problems import ImportRefusedError
from data.recognition.assembling import assembled, nothing
from data.recognition.choosing import Candidate, candidates, is_any, is_clear, is_thin, lacking
from data.recognition.columns import FoundTable, found_table
from data.recognition.decisions import DELIMITER, OUT, answers_for, crowded_out, without_none
from data.recognition.drafting import Draft
from data.recognition.grids import Grid, find_grid
from data.recognition.headers import find_header
from data.recognition.knowing import Known
from data.recognition.parts import Parts, feeds_of, split, words_of
from data.recognition.plan_hours import counted_things
from data.recognition.planner import is_planner
from data.recognition.planning import Said, drafted, letters_in
from data.recognition.project_columns import are_proven, may_be_projects
from data.recognition.systems import find_system
from data.recognition.tables import MEANINGS
from data.recognition.understanding import Question, Understanding

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from data.recognition.profiles import Profile
    from data.recognition.systems import System

#: Columns that the user crowds out give way one after the other.
_MOST_ROUNDS: Final = 6
#: Lines in which the header of earlier files is sought.
_MOST_TITLES: Final = 30
#: What a sheet with a column per project looks like as long as nobody says that they are projects.
_WITHOUT_PROJECTS: Final = ("timesheets", "leave", "people")


def inspect_file(
    path: Path,
    scratch: Path,
    *,
    profiles: Sequence[Profile] = (),
    answers: Mapping[str, str] | None = None,
    known: Known | None = None,
    needs_no_look: Callable[[Sequence[str]], bool] = lambda _names: False,
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
    known
        People and projects that are there already: columns that hold them are recognised by that.
    needs_no_look
        Says by its columns that a table is understood without any look at its cells.

    Raises
    ------
    FileProblem
        ``path`` itself can't be opened.
    """
    asked = _Asked(profiles, dict(answers or {}), known or Known(), needs_no_look)
    found: list[Understanding] = []
    previews = preview_tables(path, scratch, asked.separator_of)
    for _, sheets in groupby(previews, key=lambda preview: preview.file_name):
        book = list(sheets)
        filled = [preview for preview in book if preview.rows]
        found += [_understood(preview, asked, is_one_of_many=len(filled) > 1) for preview in book]
    return found


def layouts_of(found: Sequence[Understanding]) -> dict[tuple[str, str], Layout]:
    """Return where the headers are, for :func:`data.files.read_tables`; files with names of their own need none."""
    return {
        (one.file, one.sheet): Layout(one.header_row, one.header_rows, one.delimiter) for one in found if one.header_row
    }


def delimiters_of(found: Sequence[Understanding]) -> dict[tuple[str, str], Layout]:
    """Return by what the cells of text files are separated; their header is the first row that holds anything."""
    return {(one.file, one.sheet): Layout(0, delimiter=one.delimiter) for one in found if one.delimiter}


@dataclass(frozen=True)
class _Asked:
    """What the caller said beside the path."""

    profiles: Sequence[Profile]
    answers: dict[str, str]
    known: Known
    needs_no_look: Callable[[Sequence[str]], bool]

    def separator_of(self, file: str, sample: str) -> str:
        """Return what separates the cells of a file, where the user said it of this one or of one with its header.

        Raises
        ------
        ImportRefusedError
            Nothing in the file is separated by what the user said.
        """
        said = answers_for(self.answers, file, "").get(DELIMITER, "")
        if said and said_delimiter(said) not in sample:
            raise ImportRefusedError(
                f"{file}: no {said} stands in it, so its cells can't be separated by that.",
                f'Say it of one file alone with --answer "FILE:{DELIMITER}=…", or leave it out.',
            )
        if said:
            return said_delimiter(said)
        for profile in self.profiles:
            sign = said_delimiter(profile.answers.get(DELIMITER, ""))
            if sign and _has_header(sample, sign, set(profile.columns)):
                return sign
        return ""


def _has_header(sample: str, delimiter: str, names: set[str]) -> bool:
    head = lines_of(sample)[:_MOST_TITLES]
    return any(names <= {cell.strip() for cell in cells or ()} for _, cells, _ in Records(head, 1, _no_more, delimiter))


def _no_more() -> None:
    return None


def _understood(preview: Preview, asked: _Asked, *, is_one_of_many: bool = False) -> Understanding:
    if preview.problem is not None:
        return nothing(preview, str(preview.problem))
    place = find_header(preview)
    if place is None:
        return nothing(preview, "There is no table in it.")
    if asked.needs_no_look(place.names):
        own = nothing(preview, "It has the contract's own columns.")
        return replace(own, columns=place.names, header_row=place.line, header_rows=place.rows)
    parts = split(preview, place)
    table = found_table(parts.main, place, parts.until)
    if not table.columns:
        return nothing(preview, "Every column is of a kind that is never stored.")
    found = _recognised(parts.main, table, asked, parts, is_one_of_many=is_one_of_many)
    if found.recipe is None:
        return found
    feeds, words = feeds_of(found, parts, preview, place, lambda sub: _part(sub, asked))
    hidden = (f"Hidden sheets are left out: {', '.join(preview.hidden)}.",) if preview.hidden else ()
    told = (*hidden, *words_of(parts, preview), *(feed.words for feed in feeds), *words)
    return replace(found, also_feeds=(*found.also_feeds, *feeds), words=(*found.words, *told))


def _part(preview: Preview, asked: _Asked) -> Understanding:
    """Look at another table of a sheet by itself; answers are of the first one."""
    place = find_header(preview)
    if place is None or place.rows > 1:
        return nothing(preview, "There is no table in it.")
    table = found_table(preview, place)
    if not table.columns:
        return nothing(preview, "Every column is of a kind that is never stored.")
    return _recognised(preview, table, _Asked((), {}, asked.known, asked.needs_no_look))


def _recognised(
    preview: Preview, table: FoundTable, asked: _Asked, parts: Parts | None = None, *, is_one_of_many: bool = False
) -> Understanding:
    system = find_system(table.names)
    said = answers_for(asked.answers, preview.file_name, preview.sheet)
    if said.get("table") == OUT:
        return replace(nothing(preview, "Left out, as said.", table, system), questions=(), is_left_out=True)
    profile = next((one for one in asked.profiles if set(one.columns) == set(table.names)), None)
    if profile is not None and said.get("table", profile.table) == profile.table:
        answers = {**profile.answers, **said, "table": profile.table}
        roles = profile.roles(table.names)
    else:
        profile, answers, roles = None, said, {}
    grid = find_grid(table, (preview.sheet, preview.file_name), {**(profile.usual if profile else {}), **answers})
    name = f"{preview.file_name}/{preview.sheet}"
    found, chosen = _decided_columns(table, system, name, roles, answers, grid, asked.known)
    if chosen is None:
        words = f"Its columns belong to no table that Golive knows. {lacking(found)}".strip()
        return nothing(preview, words, table, system)
    usual = profile.usual if profile else {}
    told = Said(
        without_none(answers),
        usual,
        asked.known,
        follows_profile=profile is not None,
        names=(preview.file_name, preview.sheet),
        parts=parts,
        is_one_of_many=is_one_of_many,
    )
    draft = drafted(table, chosen, system, told, grid)
    things = counted_things(draft) if draft.candidate.meaning.name == "timesheets" else ""
    if things:
        return replace(nothing(preview, f"It counts {things}, not hours.", table, system), questions=())
    if profile is None:
        _tell_changed_header(draft, asked.profiles)
    is_sure = is_clear(found) and not is_thin(chosen, table)
    is_sure = is_sure or len(found) < 2
    if not (is_sure or grid or profile) and chosen is found[0] and "table" not in answers:
        draft.ask(_which_table(found))
    understanding = assembled(preview, table, draft, without_none(answers))
    return understanding if profile is None else _as_decided(understanding, profile)


def _decided_columns(
    table: FoundTable,
    system: System,
    name: str,
    roles: Mapping[str, str],
    answers: Mapping[str, str],
    grid: Grid | None,
    known: Known,
) -> tuple[list[Candidate], Candidate | None]:
    """Return which table it is, and what its columns mean after what the user said of them."""
    said = dict(roles)
    for _round in range(_MOST_ROUNDS):
        found = candidates(table, system, name, said, answers, known)
        chosen_by_projects = None if grid else _by_projects(table, found, system, answers)
        chosen = _chosen(found, grid, answers, letters_in(table, grid)) or chosen_by_projects
        if chosen_by_projects is not None and "table" not in answers:
            return [chosen_by_projects], chosen_by_projects
        if chosen is None:
            break
        by_column = {column: reason.role for column, reason in chosen.assignment.items()}
        crowded = crowded_out(chosen.meaning, answers, by_column)
        if not crowded:
            break
        said |= crowded
    return found, chosen


def _as_decided(understanding: Understanding, profile: Profile) -> Understanding:
    """Say by which decisions a file was read; what they leave open is still asked."""
    words = f'Read as decided in "{profile.name}".'
    return replace(
        understanding,
        profile=profile.name,
        inherited=profile.answers,
        questions=tuple(question for question in understanding.questions if question.is_blocking),
        words=(words, *understanding.words),
    )


def _chosen(
    found: list[Candidate], grid: Grid | None, answers: Mapping[str, str], letters: Mapping[str, int]
) -> Candidate | None:
    said = answers.get("table", "")
    if said in MEANINGS:
        return next(candidate for candidate in found if candidate.meaning.name == said)
    if grid is not None and is_planner(grid, letters) and not said:
        return next(candidate for candidate in found if candidate.meaning.name == "leave")
    if grid is not None and grid.is_hours:
        wanted = "assignments" if grid.is_weekly else "timesheets"
        return next(candidate for candidate in found if candidate.meaning.name == wanted)
    return found[0] if is_any(found) else None


def _by_projects(
    table: FoundTable, found: list[Candidate], system: System, answers: Mapping[str, str]
) -> Candidate | None:
    """Return the timesheets where columns of hours are projects: a column of totals proves it, or nothing else fits."""
    hours = next(candidate for candidate in found if candidate.meaning.name == "timesheets")
    draft = Draft(table, hours, system, without_none(answers))
    is_open = not is_clear(found) and found[0].meaning.name in _WITHOUT_PROJECTS
    return hours if are_proven(draft) or (is_open and may_be_projects(draft)) else None


def _tell_changed_header(draft: Draft, profiles: Sequence[Profile]) -> None:
    """Say what changed when a file looks like one for which something was decided, but its header is another."""
    names = set(draft.table.names)
    for profile in profiles:
        old = set(profile.columns)
        if profile.table == draft.candidate.meaning.name and 2 * len(old & names) > len(old | names):
            new = ", ".join(sorted(names - old)) or "none"
            gone = ", ".join(sorted(old - names)) or "none"
            words = f'The header has changed since "{profile.name}" was decided (new: {new}; gone: {gone}).'
            draft.ask(Question("profile", f"{words} Is it read rightly?", ("yes",), is_blocking=False))


def _which_table(found: list[Candidate]) -> Question:
    names = tuple(candidate.meaning.name for candidate in found[:3])
    return Question("table", f"The file could be {names[0]} or {names[1]}. Which is it?", names)
