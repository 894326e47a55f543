"""Everything that publishes another state of the data: each time the results are reckoned before anybody reads it.

Pages and commands change a home through these functions only, so that none forgets the results. What changes data takes
long to load and is loaded when it is called: most commands only read.
"""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING, Any

from data.publishing import published_file
from data.warehouse import is_current

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from data.home import Home
    from data.identities import Decisions, Kind
    from data.import_reports import FileReport, ImportOptions
    from data.inbox import Batch
    from data.publishing import Reckon
    from data.rebuilding import Comparison
    from data.watching import Taken

    Tell = Callable[[str, float], None] | None


@contextlib.contextmanager
def _publishing(home: Home, on_progress: Tell) -> Iterator[Reckon]:
    """Give what reckons results before the pointer moves; once it has moved, send the alerts that came of it."""
    published: list[Path] = []
    yield partial(_reckon, published, on_progress)
    if published:
        _send_alerts(home)


def _reckon(published: list[Path], on_progress: Tell, file: Path) -> None:
    # Its libraries take a second to load; a dry run and a refused file never get here.
    from dashboard.answers.results import publish_results  # noqa: PLC0415

    publish_results(file, on_progress)
    published.append(file)


def _send_alerts(home: Home) -> None:
    """Send what is due; a channel that fails is told by `golive alerts show` and on the page, and raises nothing."""
    from dashboard.delivery.outbox import deliver  # noqa: PLC0415 - as above

    deliver(home)


def import_files(
    home: Home, paths: Iterable[Path], options: ImportOptions, *, on_progress: Tell = None
) -> list[FileReport]:
    """Take files in; see ``data.importing.import_files``."""
    from data import importing  # noqa: PLC0415 - see above

    with _publishing(home, on_progress) as reckon:
        return importing.import_files(home, paths, options, on_progress=on_progress, reckon=reckon)


def watch_folder(home: Home, folder: Path, options: ImportOptions, **how: Any) -> Iterator[Taken]:
    """Take in what lands in a folder; see ``data.watching.watch_folder``."""
    from data import watching  # noqa: PLC0415 - see above

    published: list[Path] = []
    for taken in watching.watch_folder(home, folder, options, reckon=partial(_reckon, published, None), **how):
        if published:
            published.clear()
            _send_alerts(home)
        yield taken


def undo(home: Home, batch_id: int, *, on_progress: Tell = None) -> Batch:
    """Take one batch back; see ``data.rebuilding.undo``."""
    from data import rebuilding  # noqa: PLC0415 - see above

    with _publishing(home, on_progress) as reckon:
        return rebuilding.undo(home, batch_id, on_progress=on_progress, reckon=reckon)


def redo(home: Home, batch_id: int, *, on_progress: Tell = None) -> Batch:
    """Put an undone batch back; see ``data.rebuilding.redo``."""
    from data import rebuilding  # noqa: PLC0415 - see above

    with _publishing(home, on_progress) as reckon:
        return rebuilding.redo(home, batch_id, on_progress=on_progress, reckon=reckon)


def rebuild(home: Home, *, is_verify: bool, on_progress: Tell = None) -> list[Comparison]:
    """Build the warehouse again from the inbox; see ``data.rebuilding.rebuild``."""
    from data import rebuilding  # noqa: PLC0415 - see above

    with _publishing(home, on_progress) as reckon:
        return rebuilding.rebuild(home, is_verify=is_verify, on_progress=on_progress, reckon=reckon)


def bring_up_to_date(home: Home, *, on_progress: Tell = None) -> bool:
    """Build what another version built; see ``data.rebuilding.bring_up_to_date``."""
    file = published_file(home)
    if file is None or is_current(file):
        return False
    from data import rebuilding  # noqa: PLC0415 - see above

    with _publishing(home, on_progress) as reckon:
        return rebuilding.bring_up_to_date(home, on_progress=on_progress, reckon=reckon)


def decide_names(
    home: Home,
    kind: Kind,
    *,
    same: Mapping[str, str] | None = None,
    different: Mapping[str, str] | None = None,
    forget: Sequence[str] = (),
    on_progress: Tell = None,
) -> Decisions:
    """Keep what is said of spellings; see ``data.naming.decide_names``."""
    from data import naming  # noqa: PLC0415 - see above

    with _publishing(home, on_progress) as reckon:
        return naming.decide_names(
            home, kind, same=same, different=different, forget=forget, on_progress=on_progress, reckon=reckon
        )


def say_of_people(
    home: Home,
    *,
    left: Mapping[str, date] | None = None,
    stays: Sequence[str] = (),
    forget: Sequence[str] = (),
    on_progress: Tell = None,
) -> None:
    """Keep what is said of people who file nothing; see ``data.silences.say_of_people``."""
    from data import silences  # noqa: PLC0415 - see above

    with _publishing(home, on_progress) as reckon:
        silences.say_of_people(home, left=left, stays=stays, forget=forget, on_progress=on_progress, reckon=reckon)


def make_results(home: Home, *, is_again: bool = False, on_progress: Tell = None) -> bool:
    """Reckon the results of the newest day where they are not on record; return whether that was done."""
    file = published_file(home)
    if file is None:
        return False
    from dashboard.answers.results import has_results  # noqa: PLC0415 - as above

    if has_results(file) and not is_again:
        return False
    with _publishing(home, on_progress) as reckon:
        reckon(file)
    return True
