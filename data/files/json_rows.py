"""Reads JSON as a table: an array of objects, an object that holds one, or an object per line; nested ones are spread.

``{"user": {"name": "Anna"}, "hours": 7.5}`` has the columns ``user.name`` and ``hours``.
"""

from __future__ import annotations

import codecs
import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from data.files.cells import cell_text
from data.files.header import make_header
from data.files.limits import refuse_wide
from data.files.problems import FileProblem
from data.files.sheet_guard import MAX_SHEET_CELLS
from data.files.table import Job, TableWriter, TextTable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: The whole file is held in memory: more must come as CSV or Parquet.
MAX_JSON_BYTES: Final = 64 << 20
_MAX_DEPTH: Final = 12
_MAX_CELL: Final = 4_000
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def json_rows(path: Path) -> tuple[list[str], list[list[str]]]:
    """Return the names of the columns and the rows of a JSON file.

    Raises
    ------
    FileProblem
        It is no JSON, too large, or holds no objects.
    """
    records = [_flat(record) for record in _records(path)]
    names: dict[str, None] = {}
    for record in records:
        names |= dict.fromkeys(record)
        refuse_wide(len(names), 1)
    if not names:
        raise FileProblem("its objects are empty.", "Check that the export was finished.")
    cells_count = len(records) * len(names)
    if cells_count > MAX_SHEET_CELLS:
        raise FileProblem(
            f"its objects spread over {cells_count:,} cells; more than {MAX_SHEET_CELLS:,} can't be read.",
            "Export one table at a time, as CSV.",
        )
    return list(names), [[record.get(name, "") for name in names] for record in records]


def read_json(job: Job) -> TextTable:
    """Read a JSON file; ``line_number`` is the number of the object, from 1."""
    with job.path.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
    names, rows = json_rows(job.path)
    header = make_header(0, names, job.should_drop, may_repeat=True)
    writer = TableWriter(job.scratch, header)
    try:
        for number, cells in enumerate(rows, 1):
            writer.add_cells(number, cells)
        writer.close()
    except BaseException:
        writer.abort()
        raise
    job.on_progress(1.0)
    return TextTable(
        file_name=job.file_name,
        sheet="",
        parquet=writer.path,
        columns=writer.columns,
        header_line=0,
        row_count=writer.row_count,
        malformed=tuple(writer.malformed),
        encoding="",
        delimiter="",
        content_sha256=digest,
        dropped_columns=header.dropped,
    )


def _records(path: Path) -> Iterator[dict[str, Any]]:
    size = path.stat().st_size
    if size == 0:
        raise FileProblem("the file is empty (0 bytes).", "Check that the export was finished and copy it again.")
    if size > MAX_JSON_BYTES:
        raise FileProblem(f"it is JSON of more than {MAX_JSON_BYTES >> 20} MB.", "Export it as CSV or Parquet.")
    raw = path.read_bytes()
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileProblem("it is no JSON in UTF-8.", "Export it again as JSON in UTF-8, or as CSV.") from error
    try:
        found = _objects_of(_parsed(text))
    except RecursionError as error:
        raise FileProblem("it is nested too deeply.", "Export it as plain rows.") from error
    if not found:
        raise FileProblem("it holds no list of objects.", "Golive reads an array of objects, or an object per line.")
    yield from found


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise FileProblem("it is nested too deeply.", "Export it as plain rows.") from error
    except ValueError as first:
        lines = [line for line in text.splitlines() if line.strip()]
        try:
            return [json.loads(line) for line in lines]
        except (ValueError, RecursionError) as error:
            raise FileProblem(f"it is no JSON ({first}).", "Check that the export was finished.") from error


def _objects_of(value: Any) -> list[dict[str, Any]]:
    """Return the objects of an array, or of the longest array that an object holds ("data", "results")."""
    if isinstance(value, list):
        objects = [one for one in value if isinstance(one, dict)]
        inner = [_objects_of(one) for one in objects] if len(objects) == 1 else []
        return max([objects, *inner], key=len)
    if isinstance(value, dict):
        lists = [_objects_of(one) for one in value.values() if isinstance(one, list)]
        deeper = [_objects_of(one) for one in value.values() if isinstance(one, dict)]
        return max([*lists, *deeper, []], key=len)
    return []


def _flat(record: dict[str, Any], before: str = "", depth: int = 0) -> dict[str, str]:
    """Spread nested objects: their names are joined by a point; simple lists become one cell."""
    found: dict[str, str] = {}
    for key, value in record.items():
        name = f"{before}{key}".strip()
        if isinstance(value, dict) and depth < _MAX_DEPTH:
            found |= _flat(value, f"{name}.", depth + 1)
        elif isinstance(value, (dict, list)):
            found[name] = _cell_of_list(value)
        else:
            found[name] = _cell(value)
    return found


def _cell_of_list(value: Any) -> str:
    if isinstance(value, list) and not any(isinstance(one, (dict, list)) for one in value):
        return ", ".join(_cell(one) for one in value)[:_MAX_CELL]
    return json.dumps(value, ensure_ascii=False)[:_MAX_CELL]


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value.strip()
    return "" if value is None else cell_text(value)
