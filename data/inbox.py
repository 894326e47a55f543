"""The inbox: every accepted file as text, stored once and named by content, and one note for each batch.

A note is written as pending before the warehouse is published and becomes final afterwards. What a crash leaves
pending is final when the published warehouse knows the batch, and was never accepted otherwise.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from data.publishing import flush_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from data.home import Home

_PENDING: Final = ".pending"
_FINAL: Final = ".json"


@dataclass(frozen=True)
class Batch:
    """One table from one file, as it was taken in."""

    batch_id: int
    table_name: str
    source_name: str
    file_name: str
    sheet_name: str
    content_sha256: str
    arrived_at: str
    is_full: bool
    is_history: bool
    date_order: str
    decimal_mark: str
    encoding: str
    mapping: dict[str, str]
    malformed: tuple[tuple[int, str, str], ...]

    @property
    def arrived(self) -> datetime:
        """Moment of arrival, UTC, without a zone mark as the warehouse keeps it."""
        return datetime.fromisoformat(self.arrived_at)


def content_file(home: Home, content_sha256: str) -> Path:
    """Where the text cells of a file with this content lie."""
    return home.inbox / "content" / f"{content_sha256}.parquet"


def keep_content(home: Home, content_sha256: str, parquet: Path) -> None:
    """Store the text cells, once for each content."""
    target = content_file(home, content_sha256)
    if target.exists():
        return
    draft = target.with_suffix(f".{os.getpid()}.new")
    try:
        shutil.copyfile(parquet, draft)
        with draft.open("rb+") as handle:
            os.fsync(handle.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    flush_folder(target.parent)


def write_pending(home: Home, batches: Iterable[Batch]) -> None:
    """Write a pending note for each batch, before the warehouse is published."""
    folder = home.inbox / "batches"
    for batch in batches:
        note = folder / f"{batch.batch_id:06d}{_PENDING}"
        with note.open("w", encoding="utf-8") as handle:
            json.dump(asdict(batch), handle, ensure_ascii=False, indent=1)
            handle.flush()
            os.fsync(handle.fileno())
    flush_folder(folder)


def settle(home: Home, published_batch_ids: set[int]) -> None:
    """Make pending notes final where the warehouse knows the batch, and drop the others."""
    folder = home.inbox / "batches"
    for note in folder.glob(f"*{_PENDING}"):
        if int(note.stem) in published_batch_ids:
            note.replace(note.with_suffix(_FINAL))
        else:
            note.unlink()
    for leftover in (home.inbox / "content").glob("*.new"):
        leftover.unlink()
    flush_folder(folder)


def read_batches(home: Home) -> list[Batch]:
    """Return all accepted batches in the order of their arrival."""
    known = {entry.name for entry in fields(Batch)}
    notes = sorted((home.inbox / "batches").glob(f"*{_FINAL}"))
    return [Batch(**{k: v for k, v in _read(note).items() if k in known}) for note in notes]


def _read(note: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(note.read_text(encoding="utf-8"))
    return content
