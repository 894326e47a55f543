"""The one folder that holds everything Golive keeps."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from data.home_rights import create_privately
from data.problems import WarehouseError

HOME_VARIABLE: Final = "GOLIVE_HOME"


@dataclass(frozen=True)
class Home:
    """Where the inbox, the warehouse files and the journal lie."""

    path: Path

    @property
    def inbox(self) -> Path:
        """Every accepted file as text, and a note for each batch."""
        return self.path / "inbox"

    @property
    def warehouse(self) -> Path:
        """Published warehouse files and the pointer to the one in force."""
        return self.path / "warehouse"

    @property
    def scratch(self) -> Path:
        """Work in progress; whatever is left here after a crash is removed by the next writer."""
        return self.path / "scratch"

    @property
    def journal_file(self) -> Path:
        """What people type: decisions, acknowledgements, the access log."""
        return self.path / "journal.sqlite"

    @property
    def lock_file(self) -> Path:
        """Held by the one process that writes."""
        return self.path / "writer.lock"

    @property
    def calendar_overrides_file(self) -> Path:
        """Days that the firm knows better than the calendar library."""
        return self.path / "calendar_overrides.csv"

    @property
    def settings_file(self) -> Path:
        """What the firm decided about how figures are measured."""
        return self.path / "settings.toml"

    @property
    def profiles(self) -> Path:
        """What was decided about the files of each source, one TOML file each."""
        return self.path / "profiles"

    @property
    def identities_file(self) -> Path:
        """Which spellings are one person or one project, as the user decided."""
        return self.path / "identities.toml"

    @property
    def people_file(self) -> Path:
        """Who has left and who stays of those who file nothing, as the user said."""
        return self.path / "people.toml"

    def prepare(self) -> None:
        """Create the folders for their owner alone, or say in plain words why that fails."""
        create_privately()
        try:
            for folder in (self.inbox / "batches", self.inbox / "content", self.warehouse, self.scratch):
                folder.mkdir(parents=True, exist_ok=True)
            probe = self.scratch / f"probe-{os.getpid()}"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise WarehouseError(
                f"Golive can't write to its home folder {self.path} ({error.strerror}).",
                "Give a folder that you may write to with --home or GOLIVE_HOME.",
            ) from error


def find_home(option: Path | None = None) -> Home:
    """Return the home: the option, else ``GOLIVE_HOME``, else this user's data folder.

    From then on this process creates files that only their owner can read.
    """
    create_privately()
    if option is not None:
        return Home(option.expanduser().absolute())
    named = os.environ.get(HOME_VARIABLE)
    if named:
        return Home(Path(named).expanduser().absolute())
    return Home(Path(platformdirs.user_data_dir("golive", appauthor=False)))


def demo_home() -> Home:
    """Return the home of the made-up company; it never touches another one."""
    create_privately()
    return Home(Path(platformdirs.user_data_dir("golive-demo", appauthor=False)))
