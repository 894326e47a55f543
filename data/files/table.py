"""The text table that every reader makes, and the writer that puts it on disk piece by piece."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from data.files.header import Header, is_unnamed
from data.files.problems import FileProblem, MalformedRow, safe_text
from data.files.tidy import tidy_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from data.files.layout import Layout

#: Rows that wait in memory before they are written.
_BATCH_ROWS: Final = 50_000
#: Or these many characters, where cells are long.
_BATCH_CHARACTERS: Final = 32 << 20
#: A table with more rows that don't fit than this has the wrong delimiter or is no table.
MAX_MALFORMED_ROWS: Final = 20_000


@dataclass(frozen=True)
class Job:
    """One file to read: where it lies, what the user calls it, and how it is to be read.

    Parameters
    ----------
    layouts
        Where the header is, by the sheet's name (empty for files without sheets); else it is the first row.
    """

    path: Path
    file_name: str
    scratch: Path
    should_drop: Callable[[str], bool]
    on_progress: Callable[[float], None]
    layouts: Mapping[str, Layout] = field(default_factory=dict)


@dataclass(frozen=True)
class TextTable:
    """One table of a user's file, every cell as text, in a Parquet file in the scratch folder.

    Parameters
    ----------
    parquet
        First column ``line_number`` (1-based line or row of the source on which the row begins), then one text
        column per header cell. Empty cells are null.
    content_sha256
        Of the bytes of the original file followed by the sheet's name.
    dropped_columns
        Headers of the columns that are never stored.
    """

    file_name: str
    sheet: str
    parquet: Path
    columns: tuple[str, ...]
    header_line: int
    row_count: int
    malformed: tuple[MalformedRow, ...]
    encoding: str
    delimiter: str
    content_sha256: str
    dropped_columns: tuple[str, ...]


class TableWriter:
    """Writes rows of text to Parquet in batches and collects the rows that don't fit.

    Parameters
    ----------
    header
        The header that the rows follow; its denied columns are not written.
    """

    def __init__(self, scratch: Path, header: Header) -> None:
        self.path = scratch / f"{uuid4().hex}.parquet"
        self.row_count = 0
        self.malformed: list[MalformedRow] = []
        self._header = header
        self._names = [header.names[index] for index in header.kept]
        self._schema = pa.schema(
            [("line_number", pa.int64()), *((name, pa.string()) for name in self._names)],
        )
        self._writer: pq.ParquetWriter | None = None
        self._has_data = [False] * len(self._names)
        self._lines: list[int] = []
        self._rows: list[list[str]] = []
        self._waiting_characters = 0

    def add_cells(self, line_number: int, cells: list[str], text: str = "") -> None:
        """Add one row of a text file or a sheet, or note why it doesn't fit.

        A row whose last cells are missing is filled up with nulls; a row without any value is passed over.
        """
        width = len(self._header.names)
        if len(cells) < width:
            cells = cells + [""] * (width - len(cells))
        elif len(cells) > width:
            if any(cell.strip() for cell in cells[width:]):
                shown = text or " | ".join(cells)
                self.add_malformed(line_number, shown, f"has {len(cells)} cells where the header has {width}")
                return
            cells = cells[:width]
        self._lines.append(line_number)
        self._rows.append(cells)
        self._waiting_characters += len(text)
        if len(self._rows) >= _BATCH_ROWS or self._waiting_characters > _BATCH_CHARACTERS:
            self._flush()

    def add_malformed(self, line_number: int, text: str, reason: str) -> None:
        """Note a row that doesn't fit; its text is withheld where the file holds columns that are never stored."""
        shown = "(not shown: the file has columns that are never stored)" if self._header.dropped else safe_text(text)
        self.malformed.append(MalformedRow(line_number, shown, reason))
        if len(self.malformed) > MAX_MALFORMED_ROWS:
            first = self.malformed[0]
            raise FileProblem(
                f"more than {MAX_MALFORMED_ROWS:,} rows don't fit the header; the first is line "
                f"{first.line_number}, which {first.reason}.",
                "Check that the file has one table only and that cells with the delimiter in them are quoted.",
            )

    def add_table(self, table: pa.Table) -> None:
        """Write a batch that is tidy already."""
        self._flush()
        self._write(table)

    def close(self) -> None:
        """Write what waits, and leave out unnamed columns that hold nothing."""
        self._flush()
        self._parquet_writer(None).close()
        empty = [
            name
            for name, has_data in zip(self._names, self._has_data, strict=True)
            if not has_data and is_unnamed(name, self._header)
        ]
        if empty:
            self._write_again_without(empty)

    def abort(self) -> None:
        """Close and remove the file after a failure."""
        if self._writer is not None:
            self._writer.close()
        self.path.unlink(missing_ok=True)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns written."""
        return tuple(self._names)

    def _flush(self) -> None:
        if not self._rows:
            return
        columns = list(zip(*self._rows, strict=True))
        texts = [pa.array([cell or None for cell in columns[index]], pa.string()) for index in self._header.kept]
        table = tidy_table(pa.array(self._lines, pa.int64()), texts, self._names)
        self._lines, self._rows, self._waiting_characters = [], [], 0
        self._write(table)

    def _write(self, table: pa.Table) -> None:
        if table.num_rows == 0:
            return
        for index, column in enumerate(table.columns[1:]):
            self._has_data[index] = self._has_data[index] or column.null_count < len(column)
        self._parquet_writer(table).write_table(table)
        self.row_count += table.num_rows

    def _parquet_writer(self, first: pa.Table | None) -> pq.ParquetWriter:
        if self._writer is None:
            repeated = [] if first is None else _repeating_columns(first)
            self._writer = pq.ParquetWriter(
                self.path, self._schema, compression="zstd", use_dictionary=repeated, write_statistics=False
            )
        return self._writer

    def _write_again_without(self, empty: list[str]) -> None:
        self._names = [name for name in self._names if name not in empty]
        fuller = self.path
        self.path = self.path.with_name(f"{uuid4().hex}.parquet")
        with pq.ParquetFile(fuller) as source:
            kept = ["line_number", *self._names]
            schema = pa.schema([self._schema.field(name) for name in kept])
            with pq.ParquetWriter(self.path, schema, compression="zstd") as target:
                for batch in source.iter_batches(batch_size=_BATCH_ROWS, columns=kept):
                    target.write_batch(batch)
        fuller.unlink()


def _repeating_columns(table: pa.Table) -> list[str]:
    """Name the columns in which values repeat: only there a dictionary makes writing and reading faster."""
    return [
        name for name in table.column_names[1:] if 2 * pc.count_distinct(table.column(name)).as_py() <= table.num_rows
    ]
