"""What must be done with a file's cells to make contract cells of them: plain facts, to be saved and read again."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from data.contracts import TABLES, Kind
from data.problems import ImportRefusedError

HOURS_PER_DAY: Final = 8.0


@dataclass(frozen=True)
class Field:
    """How one column of the contract is made.

    Parameters
    ----------
    op
        ``copy``, ``first`` (of several, then the argument), ``join`` (words), ``join_values`` (distinct values),
        ``constant``, ``date``, ``moment`` (of one or of a date and a time), ``end`` (end date or empty, end time, start
        date, start time), ``hours``, ``sum_hours``, ``elapsed`` (as ``end``, or of two moments; then the break),
        ``number``, ``ratio``, ``range_start``, ``range_end``, ``extract``, ``grid_date``, ``grid_hours``,
        ``grid_name`` (of the column), ``grid_leave`` (a letter of a planner), ``by_line`` (values: first line → text),
        ``month_day`` (the argument's month and the day in the cell), ``spread_date``, ``spread_hours``.
    unit
        Of numbers that carry none themselves.
    argument
        The constant or the pattern.
    values
        Pairs of what stands in the file (lower case) and what it becomes.
    spelling
        Pairs of spellings of the same text: the one in the file and the one that most rows have.
    """

    target: str
    op: str
    sources: tuple[str, ...] = ()
    unit: str = ""
    argument: str = ""
    values: tuple[tuple[str, str], ...] = ()
    spelling: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Drop:
    """Rows that are no entries.

    Parameters
    ----------
    rule
        ``totals`` (columns: the key), ``repeated_header`` (values: its labels), ``stray`` (a single cell), ``notes``
        (begins with #), ``value`` (one of ``values``), ``no_hours`` (nothing or zero in all columns), ``kind`` (a
        masked cell of any column is one of ``values``), ``not_kind`` (of none), ``lines`` (of the file: ``12`` or
        ``12-20``), ``outside`` (of these lines), ``empty`` (nothing in all columns), ``marked``
        (decided before: the column says so).
    """

    rule: str
    columns: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kinds:
    """A column whose words say what kind of row it is; they are masked before anything is stored.

    Parameters
    ----------
    masked
        Kinds that stand in for their words; other cells stay.
    is_label, is_status
        Words are looked up as in a column of kinds, or as states of a request.
    said
        Word (folded) → kind, as the user decided; ``*`` for all that no list knows.
    """

    column: str
    masked: tuple[str, ...]
    is_label: bool = False
    is_status: bool = False
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class GridColumn:
    """One day's column of a grid, or one project's: then ``date`` is its name."""

    source: str
    date: str


@dataclass(frozen=True)
class Recipe:
    """Everything that turns the source's cells into contract cells, without looking at the file again.

    Parameters
    ----------
    columns
        All columns of the file for which it was made, so that a changed header is noticed.
    fill_key, fill_down
        The column that only the first row of a group fills, and the ones that are filled down inside the group.
    empty
        Cells that mean nothing, beside the empty one.
    group_by
        Contract columns by which rows are put together; costs are added up.
    merge_days
        Days that follow one another become one trip.
    kinds
        Columns that say what kind of row it is.
    leave_letters
        Letters of a planner (folded) and the hours of leave that each means; empty is a whole day.
    swaps_days
        Days that a spreadsheet turned round (5 March became 3 May) are turned back.
    drop_duplicates
        Of rows that are equal in every cell only the first counts.
    cap_hours
        Entries of more hours are cut to so many; 0 leaves them as they are.
    is_own
        The file has the contract's own columns: what means nothing in it, and the signs of its cells, are decided when
        it is loaded, by all of them.
    """

    table: str
    header_line: int
    header_rows: int
    columns: tuple[str, ...]
    fields: tuple[Field, ...]
    delimiter: str = ""
    system: str = ""
    drops: tuple[Drop, ...] = ()
    grid: tuple[GridColumn, ...] = ()
    fill_key: str = ""
    fill_down: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    group_by: tuple[str, ...] = ()
    merge_days: bool = False
    has_guards: bool = False
    has_wide_signs: bool = False
    date_order: str = ""
    decimal_mark: str = "point"
    hours_per_day: float = HOURS_PER_DAY
    drop_duplicates: bool = False
    cap_hours: float = 0.0
    kinds: tuple[Kinds, ...] = ()
    leave_letters: tuple[tuple[str, str], ...] = ()
    swaps_days: bool = False
    is_own: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return plain lists, texts and numbers, for JSON and TOML."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain

    @property
    def sources(self) -> tuple[str, ...]:
        """Names of the file's columns that are needed."""
        found = [source for made in self.fields for source in made.sources]
        found += [column for drop in self.drops for column in drop.columns]
        found += [day.source for day in self.grid]
        found += [kinds.column for kinds in self.kinds]
        found += [self.fill_key, *self.fill_down]
        return tuple(dict.fromkeys(name for name in found if name))

    def sources_of(self, *kinds: Kind) -> frozenset[str]:
        """Return the file's columns of which cells of these kinds are made."""
        columns = TABLES[self.table].by_name
        return frozenset(
            source for made in self.fields if columns[made.target].kind in kinds for source in made.sources if source
        )

    @property
    def text_sources(self) -> frozenset[str]:
        """Columns of which nothing but texts is made: they are kept sign by sign."""
        others = [kind for kind in Kind if kind is not Kind.TEXT]
        return self.sources_of(Kind.TEXT) - self.sources_of(*others) - {day.source for day in self.grid}


def recipe_from_dict(plain: dict[str, Any]) -> Recipe:
    """Read back what :meth:`Recipe.as_dict` gave.

    Raises
    ------
    ImportRefusedError
        It is not a recipe.
    """
    try:
        known = {entry.name for entry in fields(Recipe)}
        if not set(plain) <= known:
            raise ImportRefusedError(f"A recipe has no {', '.join(sorted(set(plain) - known))}.")
        made = dict(plain)
        made["fields"] = tuple(
            Field(
                **{
                    **entry,
                    "sources": tuple(entry.get("sources", ())),
                    "values": _pairs(entry.get("values", ())),
                    "spelling": _pairs(entry.get("spelling", ())),
                }
            )
            for entry in plain["fields"]
        )
        made["drops"] = tuple(
            Drop(entry["rule"], tuple(entry.get("columns", ())), tuple(entry.get("values", ())))
            for entry in plain.get("drops", ())
        )
        made["grid"] = tuple(GridColumn(**entry) for entry in plain.get("grid", ()))
        made["kinds"] = tuple(
            Kinds(**{**entry, "masked": tuple(entry.get("masked", ())), "said": _pairs(entry.get("said", ()))})
            for entry in plain.get("kinds", ())
        )
        made["leave_letters"] = _pairs(plain.get("leave_letters", ()))
        for name in ("columns", "fill_down", "empty", "group_by"):
            made[name] = tuple(plain.get(name, ()))
        return Recipe(**made)
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise ImportRefusedError(f"The saved recipe can't be read ({error}).", "Inspect the file again.") from error


def _pairs(entries: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(before), str(after)) for before, after in entries)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value
