"""Problems that a person must read: what is wrong, where, and what to do."""

from __future__ import annotations


class GoliveError(Exception):
    """Something that the user can mend. The command line prints it without a traceback and exits with 1."""

    def __init__(self, what: str, advice: str = "") -> None:
        super().__init__(f"{what} {advice}".strip())
        self.what = what
        self.advice = advice


class WarehouseError(GoliveError):
    """The home folder or the warehouse in it can't be used."""


class ImportRefusedError(GoliveError):
    """A whole file can't be taken in."""


class MustAskError(ImportRefusedError):
    """Two readings of a file fit: nothing is guessed, so the file waits for an answer to ``token``."""

    def __init__(self, what: str, advice: str, token: str, options: tuple[str, ...]) -> None:
        super().__init__(what, advice)
        self.token = token
        self.options = options
