"""How large a file may be, asked before anything costly is done with it.

A file of a few kilobytes can ask for hours: 20,000 columns that are all looked at, thousands of files in a zip, a
column of twenty million equal cells. Each limit lies well above what exports are and says what to do.
Limits of workbooks' cells are in ``sheet_guard``, of zips' sizes in ``archive``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from data.files.problems import FileProblem, safe_text

if TYPE_CHECKING:
    import pyarrow.parquet as pq

#: Five years of days, one column each. Recognising a column takes milliseconds, so this is what a person can wait for.
MAX_COLUMNS: Final = 2_000
#: Weekly exports of ten years, with one file for each table.
MAX_MEMBERS: Final = 1_000
#: Shorter than the shortest header and row.
MIN_TABLE_BYTES: Final = 3
MAX_SHEETS: Final = 200
#: Three times the largest import that is measured.
MAX_PARQUET_ROWS: Final = 10_000_000
#: Exports need half a byte for a cell at least; a file beyond this is made of one row again and again.
_MAX_CELLS_PER_BYTE: Final = 50
_MIN_ROWS_FOR_RATIO: Final = 200_000
#: Longer than any comment, shorter than a document.
MAX_CELL_CHARACTERS: Final = 1_000_000


def refuse_wide(columns_count: int, line_number: int) -> None:
    """Refuse a table with more columns than can be looked at.

    Raises
    ------
    FileProblem
        There are more than ``MAX_COLUMNS``.
    """
    if columns_count > MAX_COLUMNS:
        raise wide_problem(columns_count, line_number)


def wide_problem(columns_count: int, line_number: int) -> FileProblem:
    """Say that a table has too many columns."""
    return FileProblem(
        f"the row in line {line_number:,} has {columns_count:,} columns; more than {MAX_COLUMNS:,} can't be read.",
        "Export only the columns that you need.",
    )


def refuse_many_sheets(sheets_count: int) -> None:
    """Refuse a workbook of more sheets than anybody reads.

    Raises
    ------
    FileProblem
        There are more than ``MAX_SHEETS``.
    """
    if sheets_count > MAX_SHEETS:
        raise FileProblem(
            f"the workbook has {sheets_count:,} sheets; more than {MAX_SHEETS} are not read.",
            "Export the tables that you need, as one sheet or as CSV.",
        )


def refuse_costly_parquet(source: pq.ParquetFile, file_bytes: int) -> None:
    """Refuse what the file's own directory says before a row is read; then look at one row.

    Raises
    ------
    FileProblem
        There are too many columns or rows, or cells that are documents.
    """
    rows, columns = source.metadata.num_rows, len(source.schema_arrow.names)
    if columns > MAX_COLUMNS:
        raise FileProblem(
            f"the table has {columns:,} columns; more than {MAX_COLUMNS:,} can't be read.",
            "Export only the columns that you need.",
        )
    if rows > MAX_PARQUET_ROWS:
        raise FileProblem(
            f"the table has {rows:,} rows; more than {MAX_PARQUET_ROWS:,} are not read at once.",
            "Split it by year or by team, and import the parts.",
        )
    if rows > _MIN_ROWS_FOR_RATIO and rows * columns > _MAX_CELLS_PER_BYTE * file_bytes:
        raise FileProblem(
            f"{rows:,} rows take only {file_bytes:,} bytes, as in no export: they all say the same.",
            "If it is right, export it as CSV and import that.",
        )
    for index in range(columns if rows else 0):
        name = source.schema_arrow.names[index]
        for batch in source.iter_batches(batch_size=1, row_groups=[0], columns=[name]):
            refuse_long_cell(batch.nbytes, name)
            break


def refuse_long_cell(cell_bytes: int, column: str) -> None:
    """Refuse a column whose cells are documents.

    Raises
    ------
    FileProblem
        A cell has more than ``MAX_CELL_CHARACTERS``.
    """
    if cell_bytes > MAX_CELL_CHARACTERS:
        raise FileProblem(
            f'a cell of the column "{safe_text(column, 80)}" holds {cell_bytes / 1e6:,.0f} MB.',
            "Leave the column out of the export.",
        )
