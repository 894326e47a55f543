"""Rows with negative hours take back what other rows of the file gave: they are netted, by person, project and day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.insertion import insert_rows
from data.problems import MustAskError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

#: The key of the answer to rows that take back what the file doesn't hold.
NEGATIVE_HOURS: Final = "negative_hours"
LEAVE_OUT: Final = "leave_out"
#: Stands as ``problem`` of a row that was netted away: it is neither refused nor an entry.
NETTED: Final = 254
#: So many rows that take back nothing of the file are a file of corrections; a lone one is a mistyped sign.
_MANY: Final = 2
_SHOWN_LINES: Final = 8
_DIGITS: Final = 6


@dataclass
class _Row:
    """One entry of a person, project and day."""

    line_number: int
    hours: float
    activity: str


@dataclass(frozen=True)
class Netting:
    """What became of rows with negative hours.

    Parameters
    ----------
    netted_lines
        Rows that count no more: negative ones, and those that they took back as a whole.
    reduced_lines
        Rows of which a part was taken back.
    open_lines
        Negative rows that take back more than the file holds.
    """

    netted_lines: tuple[int, ...] = ()
    reduced_lines: tuple[int, ...] = ()
    open_lines: tuple[int, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Say what was netted; nothing where nothing was."""
        if not self.netted_lines:
            return ()
        negative = f"{len(self.netted_lines)} row{'s were' if len(self.netted_lines) > 1 else ' was'} netted away"
        reduced = f", {len(self.reduced_lines)} reduced" if self.reduced_lines else ""
        lines = _listed(sorted([*self.netted_lines, *self.reduced_lines]))
        words = (
            f"Negative hours take back rows of the same person, project and day: {negative}{reduced} (lines {lines})."
        )
        return (words,)


def net_negative_hours(connection: duckdb.DuckDBPyConnection, problem: int, part_bits: int) -> Netting:
    """Net the negative rows of ``incoming`` against the positive ones; what has no counterpart stays refused.

    Parameters
    ----------
    problem
        The number of the check that hours are more than 0.
    """
    rows = connection.execute(
        """
        with days as (
            select distinct person_id, project_id, work_date from incoming where problem = $problem and worked_hours < 0
        )
        select person_id, project_id, work_date, line_number, worked_hours, coalesce(activity, '')
        from incoming semi join days
            on incoming.person_id = days.person_id and incoming.project_id = days.project_id
            and incoming.work_date = days.work_date
        where problem = 0 or (problem = $problem and worked_hours < 0)
        order by line_number
        """,
        {"problem": problem},
    ).fetchall()
    groups: dict[tuple[object, ...], list[_Row]] = defaultdict(list)
    for person, project, day, line, hours, activity in rows:
        groups[person, project, day].append(_Row(int(line), float(hours), str(activity)))
    netted: list[int] = []
    reduced: dict[int, float] = {}
    open_lines: list[int] = []
    for group in groups.values():
        _net(group, netted, reduced, open_lines)
    if netted:
        connection.execute(
            "update incoming set problem = $problem where list_contains($lines::bigint[], line_number)",
            {"problem": NETTED, "lines": netted},
        )
    if reduced:
        connection.execute("create or replace temp table reduced_hours (line_number bigint, hours double)")
        insert_rows(connection, "reduced_hours", reduced.items())
        connection.execute(
            "update incoming set worked_hours = reduced_hours.hours from reduced_hours"
            " where incoming.line_number = reduced_hours.line_number"
        )
    lines = (sorted(line >> part_bits for line in found) for found in (netted, list(reduced), open_lines))
    return Netting(*map(tuple, lines))


def _net(group: list[_Row], netted: list[int], reduced: dict[int, float], open_lines: list[int]) -> None:
    """Net one person's day on one project: equal amounts first, the same activity before others, then the largest."""
    given = [row for row in group if row.hours > 0]
    for taken in (row for row in group if row.hours < 0):
        if round(sum(row.hours for row in given) + taken.hours, _DIGITS) < 0:
            open_lines.append(taken.line_number)
            continue
        netted.append(taken.line_number)
        rest = -taken.hours
        while rest > 0 and given:
            best = max(given, key=lambda row: (_is_equal(row.hours, rest), row.activity == taken.activity, row.hours))
            part = min(best.hours, rest)
            rest = round(rest - part, _DIGITS)
            best.hours = round(best.hours - part, _DIGITS)
            if best.hours > 0:
                reduced[best.line_number] = best.hours
            else:
                given.remove(best)
                reduced.pop(best.line_number, None)
                netted.append(best.line_number)


def _is_equal(hours: float, other: float) -> bool:
    return round(hours - other, _DIGITS) == 0


def ask_about_open(netting: Netting, answers: Mapping[str, str]) -> None:
    """Ask once for all rows that take back hours which this file doesn't hold.

    Raises
    ------
    MustAskError
        There are several, and the user has not said to leave them out.
    """
    if len(netting.open_lines) < _MANY or answers.get(NEGATIVE_HOURS) == LEAVE_OUT:
        return
    raise MustAskError(
        f"{len(netting.open_lines)} rows with negative hours (lines {_listed(netting.open_lines)}) take back more than"
        " this file holds for the same person, project and day, so it can't be known what remains.",
        "Export the corrected days whole, with the rows that are taken back; or leave the negative rows out with"
        f" --answer {NEGATIVE_HOURS}={LEAVE_OUT}.",
        NEGATIVE_HOURS,
        (LEAVE_OUT,),
    )


def _listed(lines: tuple[int, ...] | list[int]) -> str:
    shown = ", ".join(map(str, lines[:_SHOWN_LINES]))
    return f"{shown}, …" if len(lines) > _SHOWN_LINES else shown
