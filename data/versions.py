"""Compare what a file says with the rows in force, and append what is new.

``incoming`` holds the typed rows of the file. A row of a numbered source is matched by its number; any other row
belongs to a unit (a person's day), and the file's rows for a unit take the place of all earlier rows for it. A file
that was filtered by project (see ``file_scope``) takes the place of rows of its own projects only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from data.file_scope import BY_PROJECT, folded_project
from data.negative_hours import NETTED
from data.schema import RAW_COLUMNS
from data.sql_text import quoted

if TYPE_CHECKING:
    import duckdb

    from data.contracts import Table
    from data.inbox import Batch

#: Rows of the file that say something about a day: good ones, and those that took one another back.
SPEAKING: Final = f"problem in (0, {NETTED})"
#: How long after its week a row of history is assumed to have been known, when its source never said.
#: Three days: people whose stamps we know have filed most of a week until the Wednesday after it.
USUAL_LAG_DAYS: Final = 3
#: So many stamped rows of the same file are needed before their own median lag is used instead.
LAG_ROWS_COUNT: Final = 100


@dataclass(frozen=True)
class BatchCounts:
    """Rows and hours of one batch: read = accepted + unchanged + corrected + refused."""

    rows_read: int
    rows_accepted: int
    rows_unchanged: int
    rows_corrected: int
    rows_refused: int
    rows_superseded: int
    hours_read: float
    hours_accepted: float
    hours_unchanged: float
    hours_corrected: float
    hours_refused: float
    hours_superseded: float


def is_first_of_source(connection: duckdb.DuckDBPyConnection, table: Table, source_name: str) -> bool:
    """Return whether no row of this source was ever taken in: then there is nothing to compare with."""
    found = connection.execute(
        f"select 1 from raw.{table.name} where source_name = ? limit 1", [source_name]
    ).fetchone()
    return found is None


def known_at_sql(table: Table, batch: Batch, lag_days: float) -> str:
    """Return SQL for the moment at which a row without predecessor was known; needs the parameter ``$arrived_at``."""
    stamp = f"{quoted(table.known_at)}::timestamp" if table.known_at else "null::timestamp"
    assumed = "$arrived_at::timestamp"
    if batch.is_history and table.happened_at:
        lag = int(timedelta(days=7 + lag_days).total_seconds())
        week = f"date_trunc('week', {quoted(table.happened_at)})::timestamp"
        assumed = f"coalesce({week} + interval {lag} second, $arrived_at::timestamp)"
    return f"least(coalesce({stamp}, {assumed}), $arrived_at::timestamp)"


def is_assumed_sql(table: Table, batch: Batch) -> str:
    """Return SQL that is true where ``known_at`` is assumed, not told by the source."""
    if not batch.is_history or not table.happened_at:
        return "false"
    return f"{quoted(table.known_at)} is null" if table.known_at else "true"


def usual_lag_days(connection: duckdb.DuckDBPyConnection, table: Table, rows: str) -> float:
    """Return the median days between the end of a week and the stamp of its rows, where enough rows have one."""
    if not table.known_at or not _is_stamped_when_written(table):
        return USUAL_LAG_DAYS
    happened, stamp = quoted(table.happened_at), quoted(table.known_at)
    lag = f"epoch({stamp}::timestamp - (date_trunc('week', {happened})::timestamp + interval 7 day)) / 86400"
    row = connection.execute(f"select count(*), median({lag}) from {rows} where {stamp} is not null").fetchone()
    if row is None or row[0] < LAG_ROWS_COUNT:
        return USUAL_LAG_DAYS
    return max(float(row[1]), 0.0)


def _is_stamped_when_written(table: Table) -> bool:
    """Tell whether the source says when it wrote a row, not only when what the row tells of happened."""
    return table.known_at != table.happened_at


class Versions:
    """One file against the rows in force of its source."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, table: Table, batch: Batch, part_bits: int = 0) -> None:
        self._connection = connection
        #: ``line_number`` of the incoming rows is the line in the file, followed by so many bits for parts of a line.
        self._part_bits = part_bits
        self._table = table
        self._batch = batch
        self._raw = f"raw.{table.name}"
        self._names = [quoted(column.name) for column in table.stored]
        #: Rows may carry a number of their own beside the unit that they belong to.
        self._is_numbered = bool(table.key) and table.key != table.unit

    def match(self) -> None:
        """Create ``arrivals`` (line, unchanged or not), ``leaving`` (rows whose place is taken) and ``heirs``.

        ``heirs`` pairs each new row of the file with the rows in force whose place it takes or shares: those of the
        same number, and those of the same unit where one of the two has no number.
        """
        self._number_incoming()
        self._find_current()
        same = "numbered.content = current_rows.content and numbered.ordinal = current_rows.ordinal"
        self._connection.execute(
            f"""
            create or replace temp table arrivals as
            select numbered.line_number, current_rows.row_id is not null as is_unchanged
            from numbered left join current_rows on {same}
            """
        )
        self._connection.execute(
            f"""
            create or replace temp table leaving as
            select current_rows.row_id, current_rows.known_at from current_rows anti join numbered on {same}
            """
        )
        self._connection.execute(
            f"""
            create or replace temp table heirs as
            with fresh as (select numbered.* from numbered anti join current_rows on {same})
            select fresh.line_number, current_rows.row_id, current_rows.known_at
            from fresh inner join current_rows on fresh.key_label = current_rows.key_label
            union all
            select fresh.line_number, current_rows.row_id, current_rows.known_at
            from fresh inner join current_rows on fresh.unit_label = current_rows.unit_label
            where fresh.key_label is null or current_rows.key_label is null
            """
        )

    def _number_incoming(self) -> None:
        """Create ``numbered``: the good rows with their labels and a fingerprint of their content."""
        content = f"hash({', '.join(self._names)})"
        self._connection.execute(
            f"""
            create or replace temp table numbered as
            select line_number, {self._labels()}, {content} as content,
                {self._ordinal(content, "line_number")} as ordinal
            from incoming where problem = 0
            """
        )

    def _ordinal(self, content: str, order: str) -> str:
        """Return SQL that tells equal rows apart; rows that can't be equal need no counting."""
        if self._table.is_unit_unique:
            return "1"
        return (
            f"case when {self._has_key()} then 1 else row_number() over (partition by {content} order by {order}) end"
        )

    def _has_key(self) -> str:
        if not self._is_numbered:
            return "false"
        return "(" + " and ".join(f"{quoted(name)} is not null" for name in self._table.key) + ")"

    def _labels(self) -> str:
        """Return SQL for the number of a row, where it has one, and for the unit that a file replaces as a whole."""
        unit = f"hash({', '.join(quoted(name) for name in self._table.unit)})"
        key = f"hash({', '.join(quoted(name) for name in self._table.key)})" if self._is_numbered else "null::ubigint"
        return f"case when {self._has_key()} then {key} end as key_label, {unit} as unit_label"

    def _find_current(self) -> None:
        """Create ``current_rows``: rows in force of this source that the file speaks about (all, if it is full)."""
        self._connection.execute("create or replace temp table spoken_of (row_id bigint)")
        good, loose, keyed = "true", f"not {self._has_key()}", self._has_key()
        own = self._own_projects()
        if self._batch.is_full:
            self._speak((), good, own)
        else:
            if self._is_numbered:
                self._speak(self._table.key, keyed, good)
                self._speak(self._table.unit, good, f"{loose} and {own}")
            self._speak(self._table.unit, loose, own)
        content = f"hash({', '.join(self._names)})"
        self._connection.execute(
            f"""
            create or replace temp table current_rows as
            select row_id, known_at, {self._labels()}, {content} as content,
                {self._ordinal(content, "row_id")} as ordinal
            from {self._raw} where row_id in (select row_id from spoken_of)
            """
        )

    def _own_projects(self) -> str:
        """Return SQL that is true for rows in force that a filtered file can speak about."""
        if self._batch.filtered_by != BY_PROJECT:
            return "true"
        project = folded_project()
        return f"{project} in (select {project} from incoming where {SPEAKING})"

    def _speak(self, columns: tuple[str, ...], incoming: str, held: str) -> None:
        """Note the rows in force that share ``columns`` with rows of the file; no columns means all of them."""
        same = " and ".join(f"held.{quoted(name)} = rows.{quoted(name)}" for name in columns)
        rows = f"(select * from incoming where {SPEAKING} and {incoming})"
        joined = f"semi join {rows} as rows on {same}" if columns else ""
        self._connection.execute(
            f"""
            insert into spoken_of
            select row_id
            from (
                select * from {self._raw} where source_name = $source and {held} and row_id not in
                    (select row_id from raw.superseded where table_name = $table)
            ) as held
            {joined}
            """,
            {"source": self._batch.source_name, "table": self._table.name},
        )

    def append(self) -> None:
        """Write the new versions, and what they supersede."""
        names = ", ".join(self._names)
        own = ", ".join(name for name, _ in RAW_COLUMNS)
        lag = usual_lag_days(self._connection, self._table, "(select * from incoming where problem = 0)")
        base = known_at_sql(self._table, self._batch, lag)
        # A stamp of when the thing happened does not say when this version of it was written: that is when it arrived.
        is_later = f"{base} > last_known_at" if _is_stamped_when_written(self._table) else "false"
        is_as_told = f"(last_known_at is null or {is_later})"
        self._connection.execute(
            f"insert into {self._raw} ({own}, {names})"
            f" select ($batch_id::bigint << 32) | incoming.line_number, $batch_id,"
            f" incoming.line_number >> {self._part_bits}, $source,"
            f" case when {is_as_told} then {base} else $arrived_at::timestamp end,"
            f" {is_as_told} and {is_assumed_sql(self._table, self._batch)}, {names}"
            " from incoming inner join arrivals on incoming.line_number = arrivals.line_number"
            " left join (select line_number, max(known_at) as last_known_at from heirs group by line_number) as older"
            " on incoming.line_number = older.line_number"
            " where problem = 0 and not is_unchanged",
            {
                "batch_id": self._batch.batch_id,
                "source": self._batch.source_name,
                "arrived_at": self._batch.arrived,
            },
        )
        self._supersede()

    def _supersede(self) -> None:
        self._connection.execute(
            f"""
            insert into raw.superseded
            with replaced_at as (
                select heirs.row_id, min(fresh.known_at) as known_at
                from {self._raw} as fresh
                inner join heirs on fresh.row_id = (($batch_id::bigint << 32) | heirs.line_number)
                where fresh.batch_id = $batch_id
                group by heirs.row_id
            )
            select $table, leaving.row_id,
                greatest(coalesce(replaced_at.known_at, $arrived_at::timestamp), leaving.known_at), $batch_id
            from leaving left join replaced_at on leaving.row_id = replaced_at.row_id
            """,
            {"batch_id": self._batch.batch_id, "table": self._table.name, "arrived_at": self._batch.arrived},
        )

    def count(self, malformed_count: int) -> BatchCounts:
        """Count rows and hours by what became of them."""
        hours = quoted("worked_hours") if "worked_hours" in self._table.by_name else "0.0"
        rows = self._connection.execute(
            f"""
            select case when problem > 0 then 'refused' when is_unchanged then 'unchanged'
                        when older.line_number is not null then 'corrected' else 'accepted' end as state,
                count(*), coalesce(sum({hours}) filter (where isfinite({hours})), 0)
            from incoming left join arrivals on incoming.line_number = arrivals.line_number
            left join (select distinct line_number from heirs) as older on incoming.line_number = older.line_number
            where problem <> {NETTED}
            group by state
            """
        ).fetchall()
        left = self._connection.execute(
            f"select count(*), coalesce(sum({hours}), 0) from {self._raw} where row_id in (select row_id from leaving)"
        ).fetchone() or (0, 0.0)
        found = {state: (int(count), float(total)) for state, count, total in rows}
        return counts_from(found, (int(left[0]), float(left[1])), malformed_count)


def counts_from(found: dict[str, tuple[int, float]], left: tuple[int, float], malformed_count: int) -> BatchCounts:
    """Return the counts of a batch from rows and hours by state; rows that fit no header have no hours."""
    by = {state: found.get(state, (0, 0.0)) for state in ("accepted", "unchanged", "corrected", "refused")}
    return BatchCounts(
        rows_read=sum(count for count, _ in by.values()) + malformed_count,
        rows_accepted=by["accepted"][0],
        rows_unchanged=by["unchanged"][0],
        rows_corrected=by["corrected"][0],
        rows_refused=by["refused"][0] + malformed_count,
        rows_superseded=left[0],
        hours_read=sum(total for _, total in by.values()),
        hours_accepted=by["accepted"][1],
        hours_unchanged=by["unchanged"][1],
        hours_corrected=by["corrected"][1],
        hours_refused=by["refused"][1],
        hours_superseded=left[1],
    )
