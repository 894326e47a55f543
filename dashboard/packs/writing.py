"""Writing a pack into a folder: whole or not at all."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from dashboard.i18n import _
from dashboard.packs.contents import safe_text
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

    from dashboard.packs.contents import Pack

KINDS: Final = ("xlsx", "csv", "parquet", "pptx", "pdf")


class PackError(GoliveError):
    """The pack can't be written; nothing of it was left behind."""


def write_pack(pack: Pack, folder: Path, name: str, kinds: tuple[str, ...] = KINDS) -> Path:
    """Write a pack as ``folder/name``; one of the same name is replaced when the new one is whole.

    Raises
    ------
    PackError
        The folder can't be written, or the disk is full: what was there before is untouched.
    """
    target, draft = folder / name, folder / f".{name}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        for kind in kinds:
            _WRITERS[kind](pack, draft, name)
        old = folder / f".{name}.old"
        shutil.rmtree(old, ignore_errors=True)
        if target.exists():
            target.rename(old)
        draft.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise PackError(
            _("The pack can't be written to {folder} ({why}).").format(folder=folder, why=error.strerror or error),
            _("Give a folder that you may write to, on a disk with room. The review itself is untouched."),
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target


def _workbook(pack: Pack, folder: Path, name: str) -> None:
    from dashboard.packs.workbook import workbook_of  # noqa: PLC0415 - each kind loads its own libraries

    (folder / f"{name}.xlsx").write_bytes(workbook_of(pack))


def _slides(pack: Pack, folder: Path, name: str) -> None:
    from dashboard.packs.slides import slides_of  # noqa: PLC0415 - as above

    (folder / f"{name}.pptx").write_bytes(slides_of(pack))


def _document(pack: Pack, folder: Path, name: str) -> None:
    from dashboard.packs.document import document_of  # noqa: PLC0415 - as above

    (folder / f"{name}.pdf").write_bytes(document_of(pack))


def _csv(pack: Pack, folder: Path, _name: str) -> None:
    from dashboard.views.rows import csv_bytes  # noqa: PLC0415 - as above

    for part in pack.parts:
        (folder / f"{part.name}.csv").write_bytes(csv_bytes(_bare(part.rows)))


def _parquet(pack: Pack, folder: Path, _name: str) -> None:
    for part in pack.parts:
        _bare(part.rows).to_parquet(folder / f"{part.name}.parquet", index=False)


def _bare(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows without wording; texts are harmless, numbers and days stay such."""
    found = rows.copy(deep=False)
    found.attrs = {}
    texts = [name for name in found.columns if found[name].dtype == object or str(found[name].dtype) == "str"]
    return found.assign(**{name: found[name].map(_text) for name in texts})


def _text(value: object) -> object:
    return safe_text(value) if isinstance(value, str) else value


_WRITERS: Final[dict[str, Callable[[Pack, Path, str], None]]] = {
    "xlsx": _workbook,
    "csv": _csv,
    "parquet": _parquet,
    "pptx": _slides,
    "pdf": _document,
}
