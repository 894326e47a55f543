"""Which past weeks say something else now than at a moment before, by how much, and by whose batch.

A past week had ended by that moment. An entry counts as known then when it was known *before* the moment: a stamp
that is only a day lies at midnight, and a review at midnight of that day has not seen it. Three kinds of change are
told apart, and together they are the whole difference:

- filed late: an entry came that takes no other's place;
- corrected: an entry took the place of one that was known then (the same number in the same source, or the same person
  and day where one of the two has no number);
- withdrawn: an entry went and nothing came in its place.

A batch that was undone is in no version any more: it changes neither what is said now nor what is said of then.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

By = Literal["week", "project", "person"]
BYS: Final[tuple[By, ...]] = ("week", "project", "person")

_NAMES: Final = {
    "project": ("project_id", "project_name", "marts.projects"),
    "person": ("person_id", "person_name", "marts.people"),
}

#: When a version came and went: by the stamps of its source, or by the arrival of the batches in Golive.
_CLOCKS: Final = {
    False: ("versions.known_at", "versions.superseded_at"),
    True: ("arrived.arrived_at", "gone.arrived_at"),
}


def newest_arrival(connection: duckdb.DuckDBPyConnection) -> datetime | None:
    """Return when the newest batch arrived (UTC), or nothing when there is none."""
    row = connection.execute("select max(arrived_at) from raw.batches").fetchone()
    return row[0] if row else None


def sunday_a_week_before(day: date) -> date:
    """Return the Sunday that lies nearest to a week before: what was known then is compared with what is known now.

    Weekly figures know what became known by the end of a week. On a Monday the day a week before would know all that
    came in since, and nothing would seem to have changed.
    """
    before = day - timedelta(weeks=1)
    # Thursday to Sunday lie nearest to their own Sunday, Monday to Wednesday to the one before.
    return before + timedelta(days=3 - (before.weekday() + 4) % 7)


def assumed_review(newest: datetime) -> datetime:
    """Return what is taken for the last review where none is recorded: the end of that Sunday, as in a first review."""
    return datetime.combine(sunday_a_week_before(newest.date()) + timedelta(days=1), time.min)


def restatements(
    connection: duckdb.DuckDBPyConnection,
    since: datetime,
    now: datetime,
    by: By = "week",
    *,
    is_by_arrival: bool = False,
) -> pd.DataFrame:
    """Return the past weeks whose hours changed between ``since`` and ``now`` (both UTC without a zone mark).

    Parameters
    ----------
    by
        One row per week, per project and week, or per person and week.
    is_by_arrival
        Count what was in Golive at the moment, whatever stamps its rows bear. Rows that were filed in time but
        imported late then count as filed late.

    Returns
    -------
    pd.DataFrame
        The largest difference first: id and name (of ``project`` and ``person``), ``week_start_date``,
        ``hours_then``, ``hours_now``, ``difference_hours``, ``difference_share`` (of the hours then; unknown when
        there were none), ``filed_late_hours``, ``corrected_hours``, ``withdrawn_hours`` and ``batch_ids`` (of those
        that did it, as ``3, 12``).
    """
    keys, name, joined = "", "", ""
    if by != "week":
        key, label, table = _NAMES[by]
        keys, name = f"{key}, ", f"coalesce(names.{label}, '') as {label}, "
        joined = f"left join {table} as names on sums.{key} = names.{key}"
    rest = "" if by == "week" else f", sums.{_NAMES[by][0]}"
    selected = f"sums.{_NAMES[by][0]}, {name}" if by != "week" else ""
    return connection.execute(
        f"""
        with {_weighed_versions(is_by_arrival=is_by_arrival)},
        sums as (
            select {keys}week_start_date,
                round(coalesce(sum(worked_hours) filter (where was_in_force), 0), 6) as hours_then,
                round(coalesce(sum(worked_hours) filter (where is_in_force), 0), 6) as hours_now,
                {_kind_sums()},
                list_sort(list(distinct changed_by) filter (where kind is not null)) as batches
            from weighed
            group by {keys}week_start_date
        )
        select {selected}sums.week_start_date, sums.hours_then, sums.hours_now,
            round(sums.hours_now - sums.hours_then, 6) as difference_hours,
            case when sums.hours_then > 0 then round((sums.hours_now - sums.hours_then) / sums.hours_then, 6) end
                as difference_share,
            sums.filed_late_hours, sums.corrected_hours, sums.withdrawn_hours,
            array_to_string(sums.batches, ', ') as batch_ids
        from sums {joined}
        where filed_late_hours <> 0 or corrected_hours <> 0 or withdrawn_hours <> 0
        order by abs(round(sums.hours_now - sums.hours_then, 6)) desc, sums.week_start_date desc{rest}
        """,
        {"since": since, "now": now},
    ).df()


def restating_batches(
    connection: duckdb.DuckDBPyConnection, since: datetime, now: datetime, *, is_by_arrival: bool = False
) -> pd.DataFrame:
    """Return the batches that changed past weeks, in the order of their arrival.

    The columns are ``batch_id``, ``file_name``, ``source_name``, ``arrived_at``, ``weeks_count``, ``difference_hours``
    and its three kinds. The differences of all batches add up to that of all weeks.
    """
    return connection.execute(
        f"""
        with {_weighed_versions(is_by_arrival=is_by_arrival)},
        sums as (
            select changed_by as batch_id, count(distinct week_start_date) as weeks_count, {_kind_sums()}
            from weighed where kind is not null
            group by changed_by
        )
        select sums.batch_id, batches.file_name, batches.source_name, batches.arrived_at, sums.weeks_count,
            round(sums.filed_late_hours + sums.corrected_hours + sums.withdrawn_hours, 6) as difference_hours,
            sums.filed_late_hours, sums.corrected_hours, sums.withdrawn_hours
        from sums left join raw.batches as batches on sums.batch_id = batches.batch_id
        order by sums.batch_id
        """,
        {"since": since, "now": now},
    ).df()


def hours_stamped_earlier(connection: duckdb.DuckDBPyConnection, since: datetime) -> float:
    """Return the hours of past weeks that bear a stamp before ``since`` but arrived in Golive only after it.

    A review at ``since`` can't have shown them, although their source knew them: they count as known then unless
    :func:`restatements` is asked to go by arrival. History is left out: it is imported late on purpose.
    """
    row = connection.execute(
        """
        select round(coalesce(sum(versions.worked_hours), 0), 6)
        from staging.timesheet_versions as versions
        inner join raw.batches as arrived on versions.batch_id = arrived.batch_id
        where versions.known_at < $since and arrived.arrived_at >= $since
            and (versions.superseded_at is null or versions.superseded_at >= $since)
            and date_trunc('week', versions.work_date)::timestamp + interval 7 day <= $since
            and not arrived.is_history
        """,
        {"since": since},
    ).fetchone()
    return float(row[0]) if row else 0.0


def as_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as plain values: dates as texts, what is unknown as null, batches as a list of numbers."""
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(key): _plain(str(key), value) for key, value in row.items()} for row in rows]


def _plain(key: str, value: Any) -> Any:
    if key == "batch_ids":
        return [int(number) for number in str(value).split(", ")]
    if isinstance(value, datetime):
        return value.date().isoformat() if key.endswith("_date") else value.isoformat()
    return value.item() if hasattr(value, "item") else value


def _kind_sums() -> str:
    return ", ".join(
        f"round(coalesce(sum(signed_hours) filter (where kind = '{kind}'), 0), 6) as {kind}_hours"
        for kind in ("filed_late", "corrected", "withdrawn")
    )


def _weighed_versions(*, is_by_arrival: bool) -> str:
    """Return the CTEs up to ``weighed``: entries of past weeks, in force then or now, with the kind of their change.

    A correction may move an entry from one week to another; so pairs are sought over all weeks, and the past weeks are
    taken afterwards.
    """
    came, went = _CLOCKS[is_by_arrival]
    arrivals = (
        "inner join raw.batches as arrived on versions.batch_id = arrived.batch_id"
        " left join raw.batches as gone on versions.superseded_by_batch_id = gone.batch_id"
        if is_by_arrival
        else ""
    )
    return f"""
        dated as (
            select versions.row_id, versions.batch_id, versions.superseded_by_batch_id, versions.source_name,
                versions.entry_id, versions.person_id, versions.project_id, versions.work_date, versions.worked_hours,
                date_trunc('week', versions.work_date)::date as week_start_date,
                {came} < $since and coalesce({went} >= $since, true) as was_in_force,
                {came} <= $now and coalesce({went} > $now, true) as is_in_force
            from staging.timesheet_versions as versions {arrivals}
        ),
        changed as (select * from dated where was_in_force <> is_in_force),
        paired_entries as (
            select source_name, entry_id from changed where entry_id is not null
            group by source_name, entry_id having bool_or(is_in_force) and bool_or(was_in_force)
        ),
        day_pairs as (
            select source_name, person_id, work_date,
                bool_or(is_in_force and entry_id is null) as has_loose_arrival,
                bool_or(was_in_force and entry_id is null) as has_loose_departure,
                bool_or(is_in_force) and bool_or(was_in_force) as is_pair
            from changed group by source_name, person_id, work_date
        ),
        told as (
            select changed.row_id,
                case
                    when paired_entries.entry_id is not null then 'corrected'
                    when day_pairs.is_pair and (
                        changed.entry_id is null
                        or (changed.is_in_force and day_pairs.has_loose_departure)
                        or (changed.was_in_force and day_pairs.has_loose_arrival)
                    ) then 'corrected'
                    when changed.is_in_force then 'filed_late'
                    else 'withdrawn'
                end as kind,
                case when changed.is_in_force then changed.batch_id else changed.superseded_by_batch_id end
                    as changed_by
            from changed
            left join paired_entries
                on changed.source_name = paired_entries.source_name and changed.entry_id = paired_entries.entry_id
            inner join day_pairs
                on changed.source_name = day_pairs.source_name and changed.person_id = day_pairs.person_id
                and changed.work_date = day_pairs.work_date
        ),
        weighed as (
            select dated.*, told.kind, told.changed_by,
                case when dated.is_in_force then dated.worked_hours else -dated.worked_hours end as signed_hours
            from dated left join told on dated.row_id = told.row_id
            where (dated.was_in_force or dated.is_in_force)
                and dated.week_start_date::timestamp + interval 7 day <= $since
        )
    """
