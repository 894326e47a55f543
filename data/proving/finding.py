"""Find the report of a batch; where none was kept, put together what the warehouse still knows of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from data.problems import WarehouseError
from data.proving.keeping import UNKNOWN, read_record, read_report
from data.proving.measuring import batch_totals, refused_reasons
from data.publishing import published_file
from data.warehouse import open_for_reading

if TYPE_CHECKING:
    from data.home import Home


@dataclass(frozen=True)
class FoundReport:
    """A report for people to read.

    Parameters
    ----------
    state
        ``in force`` or ``undone``.
    note
        What the inbox keeps of the batch: file, table, system, recipe.
    report
        As it was kept. Where it was not: ``proof`` holds ``batches`` and ``refused`` only, without before and after.
    is_kept
        Whether the import itself wrote the report.
    """

    batch_id: int
    state: str
    note: dict[str, Any]
    report: dict[str, Any]
    is_kept: bool


def find_report(home: Home, batch_id: int) -> FoundReport:
    """Return the report of a batch, in force or undone.

    Raises
    ------
    WarehouseError
        No batch has or had this number, or its report is damaged.
    """
    record = read_record(home, batch_id)
    if record.state == UNKNOWN:
        raise WarehouseError(
            f"There is no batch {batch_id} in {home.path}; the newest are: {_newest(home)}.",
            "Run `golive status --json` or open the page Data to see the batches.",
        )
    kept = read_report(home, batch_id)
    if kept is not None:
        return FoundReport(batch_id, record.state, record.note, kept, is_kept=True)
    return FoundReport(batch_id, record.state, record.note, _rebuilt(home, batch_id, record.note), is_kept=False)


def _rebuilt(home: Home, batch_id: int, note: dict[str, Any]) -> dict[str, Any]:
    """Return rows, hours and refusals of a batch from the warehouse in force; an undone batch has none there."""
    file = published_file(home)
    proof: dict[str, Any] = {"batch_ids": [batch_id], "batches": [], "refused": []}
    if file is not None:
        with open_for_reading(file) as connection:
            proof["batches"] = [asdict(batch) for batch in batch_totals(connection, [batch_id])]
            proof["refused"] = [asdict(reason) for reason in refused_reasons(connection, [batch_id])]
    return {
        "file": None,
        "proof": proof,
        "understanding": None,
        "arrived_at": note.get("arrived_at", ""),
        "is_dry_run": False,
    }


def _newest(home: Home) -> str:
    folder = home.inbox / "batches"
    notes = sorted(folder.iterdir()) if folder.is_dir() else []
    numbers = [int(note.stem) for note in notes if note.suffix in {".json", ".undone"} and note.stem.isdecimal()]
    return ", ".join(map(str, numbers[-10:])) or "none"
