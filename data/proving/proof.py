"""What an import changed, as plain values: before, after, and why rows were refused."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Final, TypeVar

from data.problems import WarehouseError

#: Hours are told to 0.004 s; what lies below comes from adding floats in another order.
HOURS_DIGITS: Final = 6

_Part = TypeVar("_Part")


@dataclass(frozen=True)
class TableRows:
    """Rows in force of one table."""

    table: str
    rows_before: int
    rows_after: int


@dataclass(frozen=True)
class Change:
    """Hours in force of one person, project or week. The name is empty where no list knows one."""

    id: str
    name: str
    before_hours: float
    after_hours: float

    @property
    def difference_hours(self) -> float:
        """How many hours were added, or taken away when negative."""
        return rounded(self.after_hours - self.before_hours)


@dataclass(frozen=True)
class BatchTotals:
    """What became of the rows of one batch: read = accepted + unchanged + corrected + refused.

    ``refused_before_count`` rows stood word for word in an earlier file, whose batch lists them with their reason.
    """

    batch_id: int
    table: str
    source: str
    file: str
    sheet: str
    arrived_at: str
    is_full: bool
    is_history: bool
    rows_read: int
    rows_accepted: int
    rows_unchanged: int
    rows_corrected: int
    rows_refused: int
    rows_superseded: int
    hours_read: float
    hours_accepted: float
    hours_unchanged: float
    hours_corrected: float
    hours_refused: float
    hours_superseded: float
    refused_before_count: int


@dataclass(frozen=True)
class RefusedReason:
    """How many rows of a batch were refused for one reason; the column is empty when the whole row was unusable."""

    batch_id: int
    table: str
    column: str
    reason: str
    rows_count: int


@dataclass(frozen=True)
class Proof:
    """Everything that one import changed; its files are proven together, because they are published together.

    Parameters
    ----------
    tables
        Every table that had or has rows in force.
    persons, projects, weeks
        All whose total of hours changed, the largest difference first. The differences of persons, of projects and of
        weeks each add up to ``hours_after - hours_before``.
    """

    batch_ids: tuple[int, ...]
    tables: tuple[TableRows, ...]
    hours_before: float
    hours_after: float
    persons: tuple[Change, ...]
    projects: tuple[Change, ...]
    weeks: tuple[Change, ...]
    batches: tuple[BatchTotals, ...]
    refused: tuple[RefusedReason, ...]

    @property
    def difference_hours(self) -> float:
        """How many hours in force the import added, or took away when negative."""
        return rounded(self.hours_after - self.hours_before)

    def as_json(self) -> dict[str, Any]:
        """Return plain lists, texts and numbers."""
        return {
            "batch_ids": list(self.batch_ids),
            "tables": [asdict(table) for table in self.tables],
            "hours_before": self.hours_before,
            "hours_after": self.hours_after,
            "difference_hours": self.difference_hours,
            "persons": [_plain(change) for change in self.persons],
            "projects": [_plain(change) for change in self.projects],
            "weeks": [_plain(change) for change in self.weeks],
            "batches": [asdict(batch) for batch in self.batches],
            "refused": [asdict(reason) for reason in self.refused],
        }


def proof_from_json(plain: dict[str, Any]) -> Proof:
    """Read back what :meth:`Proof.as_json` gave; keys of a newer version are passed over.

    Raises
    ------
    WarehouseError
        It is not a proof.
    """
    try:
        return Proof(
            batch_ids=tuple(int(number) for number in plain["batch_ids"]),
            tables=_parts(TableRows, plain["tables"]),
            hours_before=float(plain["hours_before"]),
            hours_after=float(plain["hours_after"]),
            persons=_parts(Change, plain["persons"]),
            projects=_parts(Change, plain["projects"]),
            weeks=_parts(Change, plain["weeks"]),
            batches=_parts(BatchTotals, plain["batches"]),
            refused=_parts(RefusedReason, plain["refused"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise WarehouseError(f"The proof of an import can't be read ({error!r}).", "Import the file again.") from error


def rounded(hours: float) -> float:
    """Return hours to the digits that are told; never ``-0.0``."""
    return round(hours, HOURS_DIGITS) + 0.0


def _plain(change: Change) -> dict[str, Any]:
    return {**asdict(change), "difference_hours": change.difference_hours}


def _parts(kind: type[_Part], entries: list[dict[str, Any]]) -> tuple[_Part, ...]:
    names = {entry.name for entry in fields(kind)}  # type: ignore[arg-type] # every kind given here is a dataclass
    return tuple(kind(**{key: value for key, value in entry.items() if key in names}) for entry in entries)
