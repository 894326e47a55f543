"""Words and figures on what real data are like once they are in: the closing note quotes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.real import source as expected
from tests.real.running import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    from tests.real.running import Imported
    from tests.real.source import Source


def summary(source: Source, imported: Imported, imported_again: Imported, home: Path) -> str:
    """Return what was found in the data, as lines to read."""
    parts = (
        _files(imported, imported_again),
        _refused(imported, home),
        _warnings(imported, home),
        _time_log(source, home),
        _weeks(home),
        _trips(home),
        _requests(source, home),
    )
    return "\n".join(line for part in parts for line in part)


def _listed(frame: pd.DataFrame) -> Iterator[str]:
    yield from (f"  {line}" for line in frame.to_string(index=False).splitlines())


def _files(imported: Imported, imported_again: Imported) -> Iterator[str]:
    yield "Files"
    for file, again in zip(imported.files, imported_again.files, strict=True):
        yield (
            f"  {file['file']}: {file['rows_read']:,} rows read, {file['rows_accepted']:,} accepted,"
            f" {file['rows_refused']:,} refused, {file['warnings']:,} warnings;"
            f" again: {again['rows_accepted'] + again['rows_corrected']:,} added, {again['rows_unchanged']:,} unchanged"
        )
    yield f"  first import {imported.answer.seconds:.1f} s, second {imported_again.answer.seconds:.1f} s"


def _refused(imported: Imported, home: Path) -> Iterator[str]:
    yield "Refused rows by reason"
    yield from _listed(
        read(
            home,
            "select table_name, column_name, reason, count(*) as row_count from raw.refused_rows"
            " where list_contains($batch_ids, batch_id) group by all order by all",
            batch_ids=imported.batch_ids,
        )
    )


def _warnings(imported: Imported, home: Path) -> Iterator[str]:
    yield "Warnings by check"
    yield from _listed(
        read(
            home,
            "select check_name, table_name, count(*) as warning_count from checks.warnings"
            " where list_contains($batch_ids, batch_id) group by all order by all",
            batch_ids=imported.batch_ids,
        )
    )


def _time_log(source: Source, home: Path) -> Iterator[str]:
    log = source.time_log
    usable = expected.usable_entries(log)
    days = expected.person_days(log)
    long_days = days.query("minutes > 1440")
    long_entries = log.query("minutes > 1440")["minutes"]
    yield "Time log"
    yield (
        f"  {len(log):,} entries, {log['minutes'].sum():,} minutes ({log['minutes'].sum() / 60:,.1f} h);"
        f" in force {usable['minutes'].sum():,} minutes ({usable['minutes'].sum() / 60:,.1f} h)"
    )
    yield (
        f"  {usable['person_key'].nunique()} people, {usable['project_key'].nunique()} projects,"
        f" {usable['work_date'].dt.to_period('W-SUN').nunique()} weeks"
        f" from {usable['work_date'].min():%Y-%m-%d} to {usable['work_date'].max():%Y-%m-%d}, {len(days):,} person-days"
    )
    yield (
        f"  {len(long_entries)} entries over 24 h (the longest {long_entries.max() / 60:.0f} h);"
        f" {len(long_days)} person-days over 24 h are left, with {long_days['entry_count'].sum()} entries"
        f" (the longest {long_days['minutes'].max() / 60:.1f} h)"
    )
    overlap = read(
        home,
        "select count(*) as n, sum(value) as hours_, count(distinct person_id) as people"
        " from checks.warnings where check_name = 'overlapping_clock_times'",
    ).iloc[0]
    yield (
        f"  {overlap['n']:,.0f} entries ({overlap['n'] / len(usable):.1%}) overlap an earlier one,"
        f" by {overlap['hours_']:,.0f} h in all, of {overlap['people']:.0f} people"
    )
    odd = expected.unexplained_minutes(log)
    interrupted = log.query("interrupt_minutes != 0")
    yield (
        f"  {len(interrupted):,} entries were interrupted ({interrupted['interrupt_minutes'].sum():,} minutes);"
        f" minutes are net of it in all but {len(odd)} entries, both across the night in which the clocks went back"
    )
    yield (
        f"  {(log['minutes'] <= 0).sum()} entries of no length, {log['started_at'].isna().sum()} without clock times,"
        f" {(log['interrupt_minutes'] < 0).sum()} with a negative interruption,"
        f" {(log['ended_at'] < log['started_at']).sum()} that end before they start,"
        f" {log.duplicated(['person_key', 'started_at', 'ended_at', 'minutes']).sum()} that repeat another's times"
    )


def _weeks(home: Path) -> Iterator[str]:
    found = read(
        home,
        """
        with last_weeks as (
            select person_id, max(week_start_date) filter (where state = 'filed') as last_week_date
            from marts.person_weeks group by person_id
        )
        select
            count(distinct (weeks.person_id, week_start_date)) filter (where state = 'filed') as filed,
            count(*) filter (where state = 'missing' and week_start_date < last_week_date) as gaps,
            count(*) filter (where state = 'missing' and week_start_date > last_week_date) as after_the_last
        from marts.person_weeks as weeks inner join last_weeks on weeks.person_id = last_weeks.person_id
        """,
    ).iloc[0]
    usual = read(
        home,
        "select median(week_hours) as median_hours, max(week_hours) as most_hours,"
        " count(*) filter (where week_hours > 48) as over_48 from (select sum(worked_hours) as week_hours"
        " from marts.person_weeks where state = 'filed' group by person_id, week_start_date)",
    ).iloc[0]
    yield "Weeks of people"
    yield (
        f"  {found['filed']:,} weeks filed (median {usual['median_hours']:.1f} h, most {usual['most_hours']:.1f} h,"
        f" {usual['over_48']:.0f} over 48 h); missing: {found['gaps']:,} between a person's first and last hours,"
        f" {found['after_the_last']:,} after the last"
    )


def _trips(home: Path) -> Iterator[str]:
    found = read(home, "select nights_count, weekends_away_count from marts.trips order by nights_count desc")
    nights = found["nights_count"]
    longest = ", ".join(f"{count:.0f}" for count in nights.head(8))
    yield "Trips"
    yield (
        f"  {len(found):,} trips, {nights.sum():,.0f} nights (median {nights.median():.0f}),"
        f" {(nights == 0).sum()} of one day, {(nights > 28).sum()} over four weeks; the longest: {longest} nights;"
        f" {found['weekends_away_count'].sum():,.0f} weekends away"
    )


def _requests(source: Source, home: Path) -> Iterator[str]:
    requests = source.requests
    order = expected.requests_out_of_order(requests)
    reported = requests["report_date"]
    waited = (requests["answer_date"] - reported).dt.days
    yield "Change requests"
    yield (
        f"  {len(requests):,} from {reported.min():%Y-%m-%d} to {reported.max():%Y-%m-%d};"
        f" {requests['answer_date'].isna().sum():,} never answered, the others after {waited.median():.0f} days"
        f" (median), {waited.max():.0f} at most"
    )
    yield f"  {len(order)} verified before they were answered; none answered or verified before it was reported"
    states = read(
        home,
        "select status, count(*) as request_count, sum(is_approved::int)::int as approved,"
        " sum(is_rejected::int)::int as rejected, sum(is_pending::int)::int as pending"
        " from marts.change_requests group by status order by status",
    )
    yield from _listed(states)
