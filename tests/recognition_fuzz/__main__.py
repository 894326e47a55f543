"""``python -m tests.recognition_fuzz --count 5000``: import damaged files and count what became of them."""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
import traceback
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console

from data.home import Home
from data.import_reports import ImportOptions
from data.importing import import_files
from data.problems import GoliveError
from data.warehouse import open_for_reading, published_file
from tests.recognition_figures.shapes import read_shapes
from tests.recognition_figures.variants import VARIANTS, make_file
from tests.recognition_fuzz.mutating import write_damaged

if TYPE_CHECKING:
    from data.import_reports import FileReport

_AT_ONCE: Final = 25
_TEXTS: Final = ("person_id", "project_id")
#: Decoders by which a damaged text may be read; a word that is in none of them was made up.
_DECODERS: Final = ("utf-8", "utf-16", "utf-16-le", "utf-32", "gb18030", "big5", "cp932", "cp1252", "cp1251", "latin-1")


def run(count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Import so many damaged files; return what became of them, and what must never happen in words."""
    found: Counter[str] = Counter()
    faults: list[str] = []
    for first in range(0, count, _AT_ONCE):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "files").mkdir()
            for number in range(first, min(first + _AT_ONCE, count)):
                _write(folder, number, seed)
            _import(folder, found, faults)
    return found, faults


def _write(folder: Path, number: int, seed: int) -> None:
    chance = random.Random(f"{seed} {number}")  # noqa: S311 - no secret
    shape = chance.choice(read_shapes())
    made = make_file(shape, chance.choice(VARIANTS), folder, chance)
    write_damaged(folder / "files", number, made.path.read_bytes(), chance)


def _import(folder: Path, found: Counter[str], faults: list[str]) -> None:
    """Import a folder at once; when that fails, file by file, so that the culprit is named."""
    home = Home(folder / "home")
    paths = sorted((folder / "files").iterdir())
    try:
        reports = import_files(home, paths, ImportOptions())
    except Exception:  # noqa: BLE001 - whatever is raised is what is looked for
        shutil.rmtree(home.path, ignore_errors=True)
        reports = _one_by_one(home, paths, faults)
    for report in reports:
        found[_fate(report)] += 1
    found["files"] += len(paths)
    faults += _strangers(home, folder / "files", reports)


def _one_by_one(home: Home, paths: list[Path], faults: list[str]) -> list[FileReport]:
    reports = []
    for path in paths:
        try:
            reports += import_files(home, [path], ImportOptions())
        except GoliveError as problem:
            faults.append(f"{path.name} stopped the import: {problem}")
        except Exception:  # noqa: BLE001 - whatever is raised is what is looked for
            kept = Path(tempfile.gettempdir()) / f"golive-fuzz-{path.name}"
            shutil.copyfile(path, kept)
            faults.append(f"{kept}: {traceback.format_exc(limit=-3)}")
    return reports


def _fate(report: FileReport) -> str:
    if report.questions:
        return "asked"
    if report.problem:
        return "refused"
    return "imported" if report.counts and report.counts.rows_accepted else "nothing in it"


def _strangers(home: Home, folder: Path, reports: list[FileReport]) -> list[str]:
    """Return people and projects that were accepted although the file doesn't name them."""
    file = published_file(home)
    if file is None:
        return []
    faults = []
    names = {report.batch_id: report.file for report in reports if report.batch_id is not None}
    with open_for_reading(file) as connection:
        for table in ("timesheets", "trips", "change_requests", "leave"):
            for column in _TEXTS if table != "leave" else _TEXTS[:1]:
                if table == "change_requests" and column == "person_id":
                    continue
                rows = connection.execute(f"select distinct batch_id, {column} from raw.{table}").fetchall()
                faults += [
                    f"{names.get(batch)}: {column} {text!r} is not in the file"
                    for batch, text in rows
                    if text and not _is_in(folder, names.get(batch, ""), text)
                ]
    return faults


def _is_in(folder: Path, name: str, text: str) -> bool:
    path = folder / name
    if path.suffix in (".xlsx", ".zip", ".ods", ".xls", ".parquet") or not path.exists():
        return True  # packed: their cells are compared in the tests of the readers
    content = path.read_bytes()
    for decoder in _DECODERS:
        whole = _folded(content.decode(decoder, errors="replace"))
        if all(_folded(word) in whole for word in text.split()):
            return True
    return False


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()).replace('"', "")


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found, faults = run(options.count, options.seed)
    console = Console()
    console.print_json(json.dumps({**dict(found), "faults": len(faults)}))
    for fault in faults:
        console.print(fault, markup=False, soft_wrap=True)


if __name__ == "__main__":
    main()
