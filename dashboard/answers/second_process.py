"""A second process that reckons some kinds of results of a large firm while the first reckons the others.

Most machines have two processors or more, and these kinds need nothing of one another. The second process writes what
it found to a file in the home's scratch folder, which is read and removed here; whatever goes wrong with it, the first
process reckons the kinds itself.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dashboard.answers.door import home_of
from dashboard.answers.keeping import read_results
from dashboard.answers.records import write_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dashboard.answers.records import Record

_ROOT: Final = Path(__file__).parents[2]


@contextlib.contextmanager
def second_process(file: Path, day: date, names: Sequence[str]) -> Iterator[Callable[[Record], list[str]]]:
    """Let another process reckon the kinds ``names``; hand out what waits for it.

    Called with a record, that adds what was reckoned to it and returns the kinds that were not. The process ends with
    the block, however the block ends.
    """
    if not names:
        yield lambda _record: []
        return
    home_of(file).prepare()
    part = home_of(file).scratch / f"{file.stem}.part"
    command = [sys.executable, "-m", __name__, str(file), str(part), day.isoformat(), *names]
    process = subprocess.Popen(  # noqa: S603 - this program itself
        command, cwd=_ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )

    def collect(record: Record) -> list[str]:
        process.wait()
        found = read_results(part)
        for name, question in found:
            record.add(name, question, found.recall(name, question))
        record.missing.extend(found.missing)
        return list(names) if found.made_at is None else []

    try:
        yield collect
    finally:
        process.kill()
        process.wait()
        part.unlink(missing_ok=True)


def main() -> None:
    """Reckon the kinds of results that the arguments name and write them to a file."""
    from dashboard.answers.results import part_of_results  # noqa: PLC0415 - it uses this module

    file, part, day, *names = sys.argv[1:]
    write_record(Path(part), part_of_results(Path(file), date.fromisoformat(day), names))


if __name__ == "__main__":
    main()
