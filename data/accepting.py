"""Take one table of a file in: as it stands when it has the contract's own columns, else by the recipe for it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from data import inbox
from data.contracts import TABLES
from data.doubts import Taken, first_doubt
from data.files import OtherKindProblem, TextTable, UnreadableFile
from data.import_reports import FileReport
from data.inbox import Batch
from data.intake import source_of
from data.left_out import as_done
from data.loading import Asking, load_batch, map_headers
from data.narrowing import narrowed
from data.problems import GoliveError, ImportRefusedError, MustAskError
from data.recognising import recognise
from data.recognition import (
    BOOKED_TWICE,
    DOUBT,
    FILTERED_BY,
    OUT,
    PRESENCE,
    REPLACE,
    Question,
    answers_for,
    identity_recipe,
    mask_file,
)
from data.repeated_rows import REPEATS, Repeats, find_repeats

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    import duckdb

    from data.contracts import Table
    from data.home import Home
    from data.import_reports import ImportOptions
    from data.narrowing import Narrow
    from data.recognition import Recipe, Understanding
    from data.versions import BatchCounts


_TWICE: Final = f"{DOUBT}{BOOKED_TWICE}"


@dataclass
class Run:
    """One import in progress.

    Parameters
    ----------
    understood
        What was recognised of each table of the path at hand, by file and sheet, where a recipe is needed.
    looked_at
        What was recognised of all tables so far.
    earlier
        The batches in force before this import.
    """

    connection: duckdb.DuckDBPyConnection
    home: Home
    options: ImportOptions
    arrived_at: datetime
    next_batch_id: int
    is_single: bool = False
    understood: Mapping[tuple[str, str], Understanding] = field(default_factory=dict)
    looked_at: list[Understanding] = field(default_factory=list)
    earlier: Sequence[Batch] = ()
    batches: list[Batch] = field(default_factory=list)
    reports: list[FileReport] = field(default_factory=list)


@dataclass(frozen=True)
class _Part:
    """One table that the rows of a file hold, and how its cells are made."""

    table: Table
    mapping: Mapping[str, str]
    recipe: Recipe


def take_in(run: Run, found: TextTable | UnreadableFile) -> list[FileReport]:
    """Load one table of a file into the draft; return a report for each table that its rows hold."""
    if isinstance(found, UnreadableFile):
        if isinstance(found.problem, OtherKindProblem) and not run.is_single:
            return [FileReport(found.file_name, None, advice=(str(found.problem),))]
        return [FileReport(found.file_name, None, problem=str(found.problem))]
    name = f"{found.file_name} › {found.sheet}" if found.sheet else found.file_name
    seen = run.understood.get((found.file_name, found.sheet))
    try:
        return _take_in_asking(run, found, name, seen)
    except MustAskError as problem:
        question = Question(problem.token, str(problem), problem.options)
        return [FileReport(name, seen.table if seen else None, questions=(question,), understanding=seen)]
    except ImportRefusedError as problem:
        return [FileReport(name, None, problem=str(problem), understanding=seen)]
    finally:
        found.parquet.unlink(missing_ok=True)


def _take_in_asking(run: Run, found: TextTable, name: str, seen: Understanding | None) -> list[FileReport]:
    """Take a table in; where somebody can be asked what only this shows, ask and try again."""
    while True:
        try:
            return _take_in_table(run, found, name, seen)
        except MustAskError as problem:
            token = f"{name}:{problem.token}"
            if run.options.ask is None or token in run.options.answers:
                raise
            answer = run.options.ask(name, Question(problem.token, problem.what, problem.options))
            run.options = replace(run.options, answers={**run.options.answers, token: answer})


def _take_in_table(run: Run, found: TextTable, name: str, seen: Understanding | None) -> list[FileReport]:
    if found.row_count == 0 and not found.malformed:
        raise ImportRefusedError(f"{name} has a header but no rows.", "Export it again with its rows.")
    if seen is None:
        table = recognise(name, found.columns, run.options.table_name)
        mapping = {source: column.name for source, column in map_headers(table, found.columns).items()}
        said = run.options.all_answers
        own = identity_recipe(table, mapping, said.get("date_order", ""), said.get("decimal_mark", ""))
        parts = [_Part(table, mapping, own)]
    else:
        if seen.table and seen.has_to_ask:
            questions = tuple(question for question in seen.questions if question.is_blocking)
            return [FileReport(name, seen.table, questions=questions, understanding=seen)]
        said = answers_for(run.options.answers, found.file_name, found.sheet)
        if any(token.startswith(DOUBT) and answer == OUT for token, answer in said.items()):
            return [FileReport(name, None, advice=("Left out, as said.",), understanding=seen)]
        if seen.is_left_out:
            return [FileReport(name, None, advice=seen.words, understanding=seen)]
        parts = _recognised_parts(seen, name)
        if said.get(_TWICE) == PRESENCE:
            parts = [_as_presence(part) for part in parts if part.table.name == "timesheets"]
    for part in parts:
        if run.options.is_full and any(batch.table_name == part.table.name for batch in run.batches):
            raise GoliveError(
                f"--full says that a file holds everything, but {name} is the second one of {part.table.name}.",
                "Nothing was changed. Put all rows into one file, or import without --full.",
            )
    return _load(run, found, name, seen, parts)


def _as_presence(part: _Part) -> _Part:
    """Make days of presence of hours that another source has on projects already: one row per person and day."""
    targets = {"person_id": "person_id", "work_date": "work_date", "worked_hours": "present_hours"}
    mapping = {source: targets[target] for source, target in part.mapping.items() if target in targets}
    fields = tuple(replace(one, target=targets[one.target]) for one in part.recipe.fields if one.target in targets)
    recipe = replace(part.recipe, table="attendance", fields=fields, group_by=("person_id", "work_date"), cap_hours=0.0)
    return _Part(TABLES["attendance"], mapping, recipe)


def _recognised_parts(seen: Understanding, name: str) -> list[_Part]:
    if not seen.table or seen.recipe is None:
        reason = " ".join(seen.words) or "It is no table that Golive knows."
        raise ImportRefusedError(
            f"{name}: {reason}",
            "See what was understood with `golive inspect`; say the table with --as and what a column means with"
            " --answer, for example --answer person_id=Mitarbeiter.",
        )
    parts = [_Part(TABLES[seen.table], dict(seen.mapping), seen.recipe)]
    parts += [_Part(TABLES[feed.table], dict(feed.mapping), feed.recipe) for feed in seen.also_feeds]
    return parts


def _load(run: Run, found: TextTable, name: str, seen: Understanding | None, parts: list[_Part]) -> list[FileReport]:
    """Load all tables of a file, or none of them."""
    made: list[tuple[Batch, FileReport]] = []
    kept: list[Narrow] = []
    mask_file(found.parquet, [part.recipe for part in parts])
    run.connection.execute("begin")
    try:
        for part in parts:
            whole = _batch(run, found, seen, part, run.next_batch_id + len(made))
            cut = narrowed(run.connection, whole, found.parquet, found.parquet.parent, found.columns)
            kept.append(cut)
            earlier = [*run.earlier, *run.batches, *(one for one, _ in made)]
            asking = Asking(earlier, _answers(run, found, seen, part), _repeats(run, found, part))
            loaded = load_batch(run.connection, part.table, cut.batch, cut.parquet, asking)
            batch = loaded.batch
            if seen is not None:
                _doubt(run, found, part, batch)
            report = FileReport(
                file=name,
                table=part.table.name,
                counts=loaded.counts,
                batch_id=batch.batch_id,
                dropped_columns=found.dropped_columns if part is parts[0] else (),
                advice=(*(seen.words if seen and part is parts[0] else ()), *loaded.words),
                source_name=batch.source_name,
                delimiter=found.delimiter,
                left_out_count=loaded.left_out_count if part is parts[0] else 0,
                mapping=dict(part.mapping),
                understanding=_as_done(run, found, seen, part, loaded.counts) if part is parts[0] else seen,
            )
            made.append((batch, report))
        if not run.options.is_dry_run:
            for cut in kept:
                inbox.keep_content(run.home, cut.batch, cut.parquet)
        run.connection.execute("commit")
    except BaseException:
        run.connection.execute("rollback")
        raise
    finally:
        for cut in kept:
            cut.parquet.unlink(missing_ok=True)
    run.batches += [batch for batch, _ in made]
    run.next_batch_id += len(made)
    stored = {name for cut in kept for name in cut.columns}
    unstored = tuple(name for name in found.columns if name not in stored)
    return [replace(report, ignored_columns=() if number else unstored) for number, (_, report) in enumerate(made)]


def _as_done(
    run: Run, found: TextTable, seen: Understanding | None, part: _Part, counts: BatchCounts
) -> Understanding | None:
    """Return what was understood with counts of what was done."""
    if seen is None:
        return None
    made_count = counts.rows_read - len(found.malformed)
    return as_done(run.connection, seen, part.recipe, found.parquet, found.columns, made_count)


def _doubt(run: Run, found: TextTable, part: _Part, batch: Batch) -> None:
    """Look at the rows that came of a recipe with other eyes, and ask what can't be true before it counts."""
    hours = [made for made in part.recipe.fields if made.target == "worked_hours"]
    taken = Taken(
        run.connection,
        part.table.name,
        batch.batch_id,
        batch.source_name,
        run.arrived_at.date(),
        found.parquet,
        tuple(name for made in hours for name in made.sources if name),
    )
    doubt = first_doubt(taken, answers_for(run.options.answers, found.file_name, found.sheet))
    if doubt is not None:
        raise MustAskError(doubt.words, "Answer out to leave the file out.", doubt.token, doubt.options)


def _batch(run: Run, found: TextTable, seen: Understanding | None, part: _Part, batch_id: int) -> Batch:
    options = run.options
    recipe = part.recipe
    is_first_part = seen is None or recipe is seen.recipe
    filtered_by = _answers(run, found, seen, part).get(FILTERED_BY, "")
    return Batch(
        batch_id=batch_id,
        table_name=part.table.name,
        source_name=_source(run, found, seen),
        file_name=found.file_name,
        sheet_name=found.sheet,
        content_sha256=found.content_sha256,
        arrived_at=run.arrived_at.isoformat(),
        is_full=options.is_full,
        is_history=options.is_history,
        date_order=recipe.date_order,
        decimal_mark=recipe.decimal_mark,
        encoding=found.encoding,
        mapping={made.target: made.target for made in recipe.fields},
        # Rows that don't fit the header are told once, with the first table of the file.
        malformed=tuple((row.line_number, row.text, row.reason) for row in found.malformed) if is_first_part else (),
        system=seen.system if seen else "",
        recipe=recipe.as_dict(),
        filtered_by=filtered_by,
        is_filter_said=bool(filtered_by),
        is_netted=True,
    )


def _source(run: Run, found: TextTable, seen: Understanding | None) -> str:
    """Return under which name the rows are kept; the user may say whose rows they replace."""
    said = answers_for(run.options.answers, found.file_name, found.sheet).get(_TWICE, "")
    if said.startswith(REPLACE):
        return said.removeprefix(REPLACE)
    return source_of(seen, run.options.source_name)


def _answers(run: Run, found: TextTable, seen: Understanding | None, part: _Part) -> dict[str, str]:
    """Return what was said of a table, for earlier files of the kind or for this one."""
    said = answers_for(run.options.answers, found.file_name, found.sheet)
    is_dropped = part.recipe.drop_duplicates
    return {**(seen.inherited if seen else {}), **({REPEATS: "on"} if is_dropped else {}), **said}


def _repeats(run: Run, found: TextTable, part: _Part) -> Repeats:
    """Return the rows that stand twice, where rows are entries that need no other row to be understood."""
    recipe = part.recipe
    is_joined = (
        recipe.fill_key
        or recipe.group_by
        or recipe.merge_days
        # Equal rows under two titles are of two projects; a sheet of several tables has rows of its others beside.
        or any(made.op == "by_line" for made in recipe.fields)
        or any(drop.rule == "outside" for drop in recipe.drops)
    )
    if part.table.is_unit_unique or is_joined:
        return Repeats()
    numbers = [made.sources[0] for made in recipe.fields if made.target == "entry_id" and made.sources]
    return find_repeats(run.connection, found.parquet, found.columns, numbers[0] if numbers else "")
