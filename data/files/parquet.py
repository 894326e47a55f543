"""Reads a Parquet file into a text table, by the same rules for numbers and dates as sheets."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from data.files.cells import cell_text
from data.files.header import Header, make_header
from data.files.limits import refuse_costly_parquet, refuse_long_cell
from data.files.problems import FileProblem, safe_text
from data.files.table import Job, TableWriter, TextTable
from data.files.tidy import tidy_table

if TYPE_CHECKING:
    from collections.abc import Callable

_BATCH_ROWS: Final = 65_536


def read_parquet(job: Job) -> TextTable:
    """Read a Parquet file; ``line_number`` is the number of the row, from 1.

    Raises
    ------
    FileProblem
        The file is damaged or no Parquet, or a column holds lists or structures.
    """
    with job.path.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
    try:
        return _read(job, digest)
    except pa.ArrowException as error:
        raise _damaged(error) from error
    except OSError as error:
        # Arrow says damage with an OSError without a number; a full disk has one and is not the file's fault.
        if error.errno is not None:
            raise
        raise _damaged(error) from error


def _damaged(error: Exception) -> FileProblem:
    return FileProblem(
        f"the Parquet file is damaged or was cut off while copying ({safe_text(str(error), 120)}).",
        "Copy or export it again.",
    )


def _read(job: Job, digest: str) -> TextTable:
    with pq.ParquetFile(job.path) as source:
        refuse_costly_parquet(source, job.path.stat().st_size)
        _refuse_nested(source.schema_arrow)
        header = make_header(0, source.schema_arrow.names, job.should_drop)
        writer = TableWriter(job.scratch, header)
        try:
            _copy_rows(source, header, writer, job.on_progress)
            writer.close()
        except BaseException:
            writer.abort()
            raise
    return TextTable(
        file_name=job.file_name,
        sheet="",
        parquet=writer.path,
        columns=writer.columns,
        header_line=0,
        row_count=writer.row_count,
        malformed=(),
        encoding="",
        delimiter="",
        content_sha256=digest,
        dropped_columns=header.dropped,
    )


def _refuse_nested(schema: pa.Schema) -> None:
    for field in schema:
        if pa.types.is_nested(field.type):
            kind = safe_text(str(field.type), 80)
            raise FileProblem(
                f'the column "{safe_text(field.name, 80)}" holds lists or structures ({kind}).',
                "Write it out as plain columns, one value per cell.",
            )


def _copy_rows(
    source: pq.ParquetFile, header: Header, writer: TableWriter, on_progress: Callable[[float], None]
) -> None:
    total = max(source.metadata.num_rows, 1)
    done = 0
    for batch in source.iter_batches(batch_size=_BATCH_ROWS):
        lines = pa.array(range(done + 1, done + batch.num_rows + 1), pa.int64())
        names = [header.names[index] for index in header.kept]
        for index in header.kept:
            refuse_long_cell(batch.column(index).nbytes // max(batch.num_rows, 1), header.names[index])
        writer.add_table(tidy_table(lines, [_texts(batch.column(index)) for index in header.kept], names))
        done += batch.num_rows
        on_progress(done / total)


def _texts(column: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        # Nanoseconds would arrive as objects of pandas; seconds are shown anyway.
        column = pc.cast(column, pa.timestamp("us", column.type.tz), safe=False)
    elif pa.types.is_duration(column.type) or (pa.types.is_time(column.type) and column.type.unit == "ns"):
        unit = pa.duration("us") if pa.types.is_duration(column.type) else pa.time64("us")
        column = pc.cast(column, unit, safe=False)
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type) or pa.types.is_integer(column.type):
        texts = column.cast(pa.string())
        return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
    return pa.array([cell_text(value) or None for value in column.to_pylist()], pa.string())
