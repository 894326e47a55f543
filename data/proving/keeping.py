"""Each import's report beside its batch in the inbox: written after publishing, never needed for a rebuild."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from data.problems import WarehouseError
from data.publishing import flush_folder

if TYPE_CHECKING:
    from pathlib import Path

    from data.home import Home

_REPORTS: Final = "reports"
_DRAFT_SUFFIX: Final = ".new"
IN_FORCE: Final = "in force"
UNDONE: Final = "undone"
UNKNOWN: Final = "unknown"


@dataclass(frozen=True)
class BatchRecord:
    """What the inbox knows of a batch: ``state`` is ``in force``, ``undone`` or ``unknown``; the note is its file's."""

    batch_id: int
    state: str
    note: dict[str, Any]


def report_file(home: Home, batch_id: int) -> Path:
    """Where the report of a batch lies."""
    return home.inbox / _REPORTS / f"{batch_id:06d}.json"


def keep_report(home: Home, batch_id: int, report: dict[str, Any]) -> bool:
    """Write the report of a batch in force, in one step; return whether it was kept.

    A batch that is not in force (a dry run, one that a crash took back) has no report: a number without an import
    behind it would prove nothing. A disk that is full loses the report, not the import.
    """
    if read_record(home, batch_id).state != IN_FORCE:
        return False
    try:
        _write(report_file(home, batch_id), without_row_examples(report))
    except OSError:
        # The import is published and stands; `golive report` tells what the warehouse knows.
        return False
    return True


def forget_examples(home: Home) -> None:
    """Remove the examples of whole rows from the reports that are kept: they show columns that are not stored."""
    for file in (home.inbox / _REPORTS).glob("*.json"):
        try:
            report = json.loads(file.read_text(encoding="utf-8"))
            _write(file, without_row_examples(report))
        except (OSError, ValueError):
            continue


def without_row_examples(report: Any) -> Any:
    """Return a report without examples of rules that concern whole rows and not one column."""
    if isinstance(report, list):
        return [without_row_examples(part) for part in report]
    if not isinstance(report, dict):
        return report
    kept = {key: without_row_examples(part) for key, part in report.items()}
    return {**kept, "examples": []} if kept.get("examples") and not kept.get("column", "x") else kept


def _write(file: Path, report: dict[str, Any]) -> None:
    file.parent.mkdir(exist_ok=True)
    for leftover in file.parent.glob(f"*{_DRAFT_SUFFIX}"):
        leftover.unlink(missing_ok=True)
    draft = file.with_suffix(f".{os.getpid()}{_DRAFT_SUFFIX}")
    with draft.open("w", encoding="utf-8") as handle:
        json.dump(report, handle, ensure_ascii=False, separators=(",", ":"), default=str)
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(file)
    flush_folder(file.parent)


def read_report(home: Home, batch_id: int) -> dict[str, Any] | None:
    """Return the report of a batch, or nothing when none was kept.

    Raises
    ------
    WarehouseError
        The file is there but damaged.
    """
    file = report_file(home, batch_id)
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _damaged(file, str(error)) from error
    if not isinstance(found, dict):
        raise _damaged(file, "it holds no report")
    return found


def read_record(home: Home, batch_id: int) -> BatchRecord:
    """Return whether a batch is in force or undone, with the note that the inbox keeps of it."""
    for suffix, state in ((".json", IN_FORCE), (".undone", UNDONE)):
        note = home.inbox / "batches" / f"{batch_id:06d}{suffix}"
        try:
            content = json.loads(note.read_text(encoding="utf-8"))
        except FileNotFoundError:
            continue
        except (OSError, ValueError) as error:
            raise WarehouseError(
                f"The note {note} of an import can't be read ({error}).", "Restore the inbox folder from a backup."
            ) from error
        return BatchRecord(batch_id, state, content if isinstance(content, dict) else {})
    return BatchRecord(batch_id, UNKNOWN, {})


def _damaged(file: Path, why: str) -> WarehouseError:
    return WarehouseError(
        f"The report {file} can't be read ({why}).",
        "Remove the file: the rows and hours of the batch are then shown from the warehouse. The data are untouched.",
    )
