"""Results are reckoned when data is published, so that pages and commands read them.

Everything that the pages show of the newest day is asked once and put on record beside the warehouse file; the forecast
goes into the journal as what was said on that day. A kind of result that fails is missing from the record, with the
reason, and keeps no data from being published.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import duckdb

from dashboard import error_log
from dashboard.answers.alerts import look
from dashboard.answers.anomalies import anomalies
from dashboard.answers.data_state import data_state
from dashboard.answers.days import as_of_date, week_before
from dashboard.answers.door import home_of, let_go, read_firm_one
from dashboard.answers.keeping import noting, results_of
from dashboard.answers.people import facts, overview, people, travel, weeks
from dashboard.answers.portfolio import forecast, keep_forecast, moved_most, projects, together
from dashboard.answers.records import Missing, new_record, results_file, write_record
from dashboard.answers.reporting import reporting
from dashboard.answers.scenarios import drivers, movements
from dashboard.answers.second_process import second_process
from dashboard.answers.strain import strain
from dashboard.answers.trips import trips, trips_told
from dashboard.answers.viewers import local_viewer
from dashboard.i18n import _
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from dashboard.answers.records import Record
    from dashboard.answers.viewers import Viewer

#: From so many people on a second process saves more than its start costs.
_LARGE_FIRM: Final = 400
#: So many weeks the page People shows unless asked otherwise.
SHOWN_WEEKS_COUNT: Final = 12


@dataclass(frozen=True)
class _Kind:
    """A kind of result: its name, its share of the work, and what is asked for it."""

    name: str
    share: float
    ask: Callable[[Path, Viewer, date], object]
    #: It needs none of the others and writes nothing, so another process can reckon it.
    is_alone: bool = False


def publish_results(
    file: Path, on_progress: Callable[[str, float], None] | None = None, *, is_shared: bool | None = None
) -> tuple[Missing, ...]:
    """Reckon what the pages show of the newest day of a warehouse file, and put it on record; say what is missing.

    ``is_shared`` says whether a second process reckons some of it; unless said, it does in large firms.
    """
    day = as_of_date(file)
    record, kinds = new_record(day), _kinds()
    is_shared = _is_large(file) if is_shared is None else is_shared
    second = [kind for kind in kinds if kind.is_alone and is_shared]
    own = [kind for kind in kinds if kind not in second]
    with second_process(file, day, [kind.name for kind in second]) as collect:
        _reckon_all(own, record, file, on_progress)
        rest = collect(record)
    # What the second process could not give is reckoned here.
    _reckon_all([kind for kind in second if kind.name in rest], record, file, on_progress)
    _write(file, record)
    _raise_alerts(file, record)
    return tuple(record.missing)


def _raise_alerts(file: Path, record: Record) -> None:
    """Look at the rules of alerts; what they look at is on record by now."""
    known = len(record.missing)
    _reckon(_Kind("alerts", 1, look), record, file, local_viewer(), record.day)
    let_go(file)
    if len(record.missing) > known:
        _write(file, record)


def part_of_results(file: Path, day: date, names: Sequence[str]) -> Record:
    """Reckon some kinds of results, for another process."""
    record = new_record(day)
    _reckon_all([kind for kind in _kinds() if kind.name in names], record, file, None)
    return record


def _is_large(file: Path) -> bool:
    (people_count,) = read_firm_one(file, "select count(*) from marts.people")
    return int(people_count) >= _LARGE_FIRM and (os.cpu_count() or 1) > 1


def _reckon_all(
    kinds: Sequence[_Kind], record: Record, file: Path, on_progress: Callable[[str, float], None] | None
) -> None:
    done, whole = 0.0, sum(kind.share for kind in kinds)
    with noting(file, record):
        for kind in kinds:
            if on_progress:
                on_progress("results", done / whole)
            _reckon(kind, record, file, local_viewer(), record.day)
            done += kind.share
    let_go(file)


def has_results(file: Path) -> bool:
    """Tell whether the newest day of a warehouse file is on record, with nothing missing."""
    found = results_of(file)
    return found.made_at is not None and not found.missing and found.day == as_of_date(file)


def missing_results(file: Path) -> tuple[Missing, ...]:
    """Return what could not be reckoned when the file was published."""
    return results_of(file).missing


def _reckon(kind: _Kind, record: Record, file: Path, viewer: Viewer, day: date) -> None:
    try:
        kind.ask(file, viewer, day)
    except duckdb.InterruptException:
        raise  # a Ctrl-C in the middle of a query: nothing is published
    except GoliveError as problem:
        record.missing.append(Missing(kind.name, str(problem)))
    except Exception as error:  # noqa: BLE001 - the data is published all the same; the page says what is missing
        number = error_log.note_error(home_of(file), error, "publishing")
        why = _("An error that nobody expected; it is noted as {number} in logs/errors.log.").format(number=number)
        record.missing.append(Missing(kind.name, why))


def _write(file: Path, record: Record) -> None:
    try:
        write_record(results_file(file), record)
    except OSError as error:
        record.missing.append(Missing("all", _("They could not be written: {why}.").format(why=error)))


def _kinds() -> tuple[_Kind, ...]:
    return (
        _Kind("state", 1, _ask_state),
        _Kind("forecasts", 8, _ask_forecasts),
        _Kind("load", 3, _ask_load),
        _Kind("strain", 5, strain, is_alone=True),
        _Kind("anomalies", 8, anomalies, is_alone=True),
    )


def _ask_state(file: Path, viewer: Viewer, day: date) -> None:
    reporting(file, day)
    data_state(file, viewer, day)


def _ask_forecasts(file: Path, viewer: Viewer, day: date) -> None:
    if projects(file).empty:
        return
    ids = tuple(forecast(file, viewer, day)["project_id"])
    keep_forecast(file, viewer, day)
    together(file, viewer, day, ids)
    drivers(file, viewer, day, ids)
    movements(file, viewer, week_before(day), day, moved_most(file, viewer, day))


def _ask_load(file: Path, viewer: Viewer, day: date) -> None:
    ids = tuple(people(file, viewer, day)["person_id"])
    if not ids:
        return
    weeks(file, viewer, day, ids, SHOWN_WEEKS_COUNT)
    overview(file, viewer, day, ids)
    facts(file, viewer, day, ids)
    travel(file, viewer, day, ids)
    trips(file, viewer, day, ids)
    trips_told(file, day)
