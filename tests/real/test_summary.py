"""Tells what was found in the data: ``make real`` shows it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.real.summary import summary

if TYPE_CHECKING:
    from pathlib import Path

    from tests.real.running import Imported
    from tests.real.source import Source


def test_what_was_found_in_the_data_can_be_told(
    source: Source, imported: Imported, imported_again: Imported, home: Path
) -> None:
    told = summary(source, imported, imported_again, home)
    sys.stdout.write(f"\n\n{told}\n\n")
    for heading in ("Refused rows by reason", "Warnings by check", "Time log", "Trips", "Change requests"):
        assert heading in told
