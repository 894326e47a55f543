"""A home in a temporary folder, files of a few rows, and what the import made of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from data.home import Home
from data.import_reports import FileReport, ImportOptions
from data.importing import import_files
from data.publishing import published_file
from data.rebuilding import rebuild
from data.warehouse import open_for_reading

if TYPE_CHECKING:
    from pathlib import Path

#: A Monday; imports arrive then unless a test says otherwise.
NOW = "2026-03-30"


@dataclass
class Firm:
    """One home and the folder from which files come."""

    home: Home
    folder: Path

    @classmethod
    def at(cls, folder: Path) -> Firm:
        files = folder / "files"
        files.mkdir()
        return cls(Home(folder / "home"), files)

    def file(self, name: str, text: str) -> Path:
        """Write a file; indented lines are told by their content."""
        path = self.folder / name
        path.write_text("\n".join(line.strip() for line in text.strip().splitlines()) + "\n", encoding="utf-8")
        return path

    def take_in(self, *paths: Path, now: str = NOW, **options: Any) -> list[FileReport]:
        """Import files that arrive at ``now`` (UTC)."""
        moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
        return import_files(self.home, paths, ImportOptions(**options), now=moment)

    def take_in_text(self, name: str, text: str, **said: Any) -> FileReport:
        """Write one file and import it."""
        (report,) = self.take_in(self.file(name, text), **said)
        return report

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query on what is published."""
        file = published_file(self.home)
        assert file is not None, "nothing is published"
        with open_for_reading(file) as connection:
            return connection.execute(query).fetchall()

    def differences(self) -> dict[str, tuple[int, int]]:
        """Return the marts in which the published file differs from one that is built anew."""
        found = rebuild(self.home, is_verify=True)
        return {c.model: (c.only_published_count, c.only_rebuilt_count) for c in found if not c.is_same}


def counts_of(report: FileReport) -> tuple[int, int, int, int, int]:
    """Return rows read, accepted, unchanged, corrected, refused."""
    assert not report.problem, report.problem
    assert report.counts is not None
    c = report.counts
    return (c.rows_read, c.rows_accepted, c.rows_unchanged, c.rows_corrected, c.rows_refused)
