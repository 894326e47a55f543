"""The inbox: every accepted file as text, stored once and named by content, and one note for each batch.

A note is written as pending before the warehouse is published and becomes final afterwards. What a crash leaves
pending is final when the published warehouse knows the batch, and was never accepted otherwise. A batch that was undone
keeps its note and its content, so that it can be redone; its note is in force again when the warehouse knows it again.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from data.problems import WarehouseError
from data.publishing import flush_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from data.home import Home

_PENDING: Final = ".pending"
_FINAL: Final = ".json"
_UNDONE: Final = ".undone"


@dataclass(frozen=True)
class Batch:
    """One table from one file, as it was taken in.

    Parameters
    ----------
    mapping
        Column of the text cells → column of the contract. Cells that a recipe makes have the contract's names already.
    recipe
        How the file's cells became the contract's, as ``data.recognition`` gave it; none for the contract's own files.
    filtered_by
        ``project``: the file speaks about its own projects only; ``nothing`` or empty: about whole days.
    is_filter_said
        The user said so; else the files showed it.
    content_sha256, cells_sha256
        Of the file itself, and of the cells that are kept of it; earlier versions kept all cells and name no second.
    left_out_lines
        Lines that repeat earlier ones of the file and don't count, as the user said.
    is_netted
        Rows with negative hours take back earlier rows of the file; batches of older versions refused them.
    """

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
    system: str = ""
    recipe: dict[str, Any] | None = None
    filtered_by: str = ""
    is_filter_said: bool = False
    cells_sha256: str = ""
    left_out_lines: tuple[int, ...] = ()
    is_netted: bool = False

    @property
    def arrived(self) -> datetime:
        """Moment of arrival, UTC, without a zone mark as the warehouse keeps it."""
        return datetime.fromisoformat(self.arrived_at)


def content_file(home: Home, batch: Batch) -> Path:
    """Where the text cells of a batch lie."""
    return home.inbox / "content" / f"{batch.cells_sha256 or batch.content_sha256}.parquet"


def keep_content(home: Home, batch: Batch, parquet: Path) -> None:
    """Store the text cells of a batch, once for each content."""
    target = content_file(home, batch)
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
        _write_note(folder / f"{batch.batch_id:06d}{_PENDING}", batch)
    flush_folder(folder)


def _write_note(note: Path, batch: Batch) -> None:
    with note.open("w", encoding="utf-8") as handle:
        json.dump(asdict(batch), handle, ensure_ascii=False, indent=1)
        handle.flush()
        os.fsync(handle.fileno())


def settle(home: Home, published_batch_ids: set[int]) -> None:
    """Bring the notes in line with the published warehouse: it alone says which batches are in force."""
    folder = home.inbox / "batches"
    for note in _notes(home, _PENDING, _FINAL, _UNDONE):
        is_published = int(note.stem) in published_batch_ids
        if not is_published and note.suffix == _PENDING:
            note.unlink()
            continue
        wanted = _FINAL if is_published else _UNDONE
        if note.suffix != wanted:
            note.replace(note.with_suffix(wanted))
    remove_unaccepted(home)
    flush_folder(folder)


def remove_unaccepted(home: Home) -> None:
    """Remove cells that no batch needs: their import was refused, stopped or thrown away."""
    folder = home.inbox / "content"
    for leftover in folder.glob("*.new"):
        leftover.unlink()
    unknown = {file.stem: file for file in folder.glob("*.parquet")}
    try:
        for batch in _batches(home, _PENDING, _FINAL, _UNDONE) if unknown else ():
            unknown.pop(content_file(home, batch).stem, None)
    except WarehouseError:
        return  # a note that can't be read may need any of them; whoever reads the batches says so
    for file in unknown.values():
        file.unlink(missing_ok=True)


def write_again(home: Home, batches: Iterable[Batch]) -> None:
    """Write the notes of batches anew, each in one step, in the state in which they are."""
    folder = home.inbox / "batches"
    for batch in batches:
        for note in _notes(home, _FINAL, _UNDONE):
            if int(note.stem) == batch.batch_id:
                draft = note.with_suffix(".new")
                _write_note(draft, batch)
                draft.replace(note)
    flush_folder(folder)


def next_batch_id(home: Home) -> int:
    """Return a number that no batch has or had."""
    return max((int(note.stem) for note in _notes(home, _PENDING, _FINAL, _UNDONE)), default=0) + 1


def read_batches(home: Home) -> list[Batch]:
    """Return the batches in force in the order of their arrival."""
    return _batches(home, _FINAL)


def read_undone(home: Home) -> list[Batch]:
    """Return the batches that were undone and can be redone."""
    return _batches(home, _UNDONE)


def _batches(home: Home, *suffixes: str) -> list[Batch]:
    known = {entry.name for entry in fields(Batch)}
    found = []
    for note in _notes(home, *suffixes):
        try:
            content: dict[str, Any] = json.loads(note.read_text(encoding="utf-8"))
            found.append(Batch(**{key: value for key, value in content.items() if key in known}))
        except (ValueError, TypeError, AttributeError) as error:
            raise WarehouseError(
                f"The note {note} of an import can't be read ({error}).",
                "Restore the inbox folder from a backup; nothing was changed.",
            ) from error
    return found


def _notes(home: Home, *suffixes: str) -> list[Path]:
    """Return the notes in the order of their batches; what other programs put beside them is none."""
    folder = home.inbox / "batches"
    return sorted(note for note in folder.iterdir() if note.suffix in suffixes and note.stem.isdecimal())
