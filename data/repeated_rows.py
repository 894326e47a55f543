"""Rows that stand twice in a file, word for word: told always, asked about where they look pasted twice.

Two equal entries of a day can be right. A block of rows that stands again further down, or days that are too long only
because of equal rows, hardly are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.problems import MustAskError
from data.sql_text import literal, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    import duckdb

#: The key of the answer: ``on`` leaves the repetitions out, ``off`` keeps them.
REPEATS: Final = "rule.drop_duplicates"
#: From so many rows that follow one another on, a repetition is a pasted block.
_BLOCK_ROWS: Final = 3
#: From this share of doubled rows on, everything stands twice.
_MOSTLY: Final = 0.8
_SHOWN_SPANS: Final = 4


@dataclass(frozen=True)
class Repeats:
    """Lines that repeat an earlier line word for word.

    Parameters
    ----------
    pairs
        Line, and the first line that it repeats.
    row_count
        Rows of the file.
    """

    pairs: tuple[tuple[int, int], ...] = ()
    row_count: int = 0

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines that repeat an earlier one."""
        return tuple(line for line, _ in self.pairs)

    @property
    def spans(self) -> list[tuple[int, int, int]]:
        """First and last line of each run of repetitions, and the first line that it repeats."""
        return _spans(self.pairs)

    @property
    def is_pasted(self) -> bool:
        """Say whether a whole block of rows stands again further down, or nearly every row stands twice."""
        blocks = (last - first + 1 for first, last, origin in self.spans if first - origin > last - first)
        is_doubled = len(self.pairs) >= _BLOCK_ROWS and 2 * len(self.pairs) >= _MOSTLY * self.row_count
        return is_doubled or max(blocks, default=0) >= _BLOCK_ROWS

    def among(self, lines: Collection[int]) -> Repeats:
        """Return the repetitions among the given lines: those that are entries."""
        return Repeats(tuple(pair for pair in self.pairs if pair[0] in lines), self.row_count)

    @property
    def words(self) -> str:
        """Say how many rows repeat which."""
        shown = [
            f"line {first} repeats line {origin}"
            if first == last
            else f"lines {first}–{last} repeat lines {origin}–{origin + last - first}"
            for first, last, origin in self.spans[:_SHOWN_SPANS]
        ]
        more = f" and {len(self.spans) - _SHOWN_SPANS} more places" if len(self.spans) > _SHOWN_SPANS else ""
        count = len(self.pairs)
        return f"{count:,} row{'s stand' if count > 1 else ' stands'} twice, word for word ({'; '.join(shown)}{more})"


def find_repeats(
    connection: duckdb.DuckDBPyConnection, parquet: Path, columns: Sequence[str], number_column: str = ""
) -> Repeats:
    """Return the rows of a file that repeat an earlier one in every cell.

    Parameters
    ----------
    number_column
        Holds the entry's own number: rows that have one can't be told apart by it alone, so they are passed over.
    """
    if not columns:
        return Repeats()
    content = f"hash({', '.join(map(quoted, columns))})"
    is_loose = f"{quoted(number_column)} is null" if number_column else "true"
    rows = connection.execute(
        f"""
        with hashed as (
            select line_number, {content} as content from read_parquet({literal(str(parquet))}) where {is_loose}
        ),
        twice as (select content, min(line_number) as origin from hashed group by content having count(*) > 1)
        select hashed.line_number, twice.origin
        from hashed inner join twice on hashed.content = twice.content
        where hashed.line_number > twice.origin
        order by hashed.line_number
        """
    ).fetchall()
    total = connection.execute(f"select count(*) from read_parquet({literal(str(parquet))})").fetchone() or (0,)
    return Repeats(tuple((int(line), int(origin)) for line, origin in rows), int(total[0]))


def _spans(rows: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    found: list[list[int]] = []
    for line, origin in rows:
        if found and line == found[-1][1] + 1 and line - origin == found[-1][0] - found[-1][2]:
            found[-1][1] = line
        else:
            found.append([line, line, origin])
    return [(first, last, origin) for first, last, origin in found]


def settle_repeats(repeats: Repeats, answers: Mapping[str, str]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the lines to leave out, and what the report says.

    Raises
    ------
    MustAskError
        A block of rows stands twice, and the user has not said whether that is right.
    """
    answer = answers.get(REPEATS, "")
    if not repeats.lines:
        return (), ()
    if answer == "on":
        return repeats.lines, (f"{repeats.words}; the repetitions were left out, as said.",)
    if repeats.is_pasted and not answer:
        raise MustAskError(
            f"{repeats.words}. Were they pasted twice by mistake, so that the repetitions are left out (on), or does"
            " each row count (off)?",
            f"Say which with --answer {REPEATS}=on or --answer {REPEATS}=off.",
            REPEATS,
            ("on", "off"),
        )
    return (), (f"{repeats.words}; each row counts. If that is wrong, import the file with --answer {REPEATS}=on.",)
