"""Who is on the list, has no leaving date and files nothing for long: asked about once, and the user's word on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from data import clock
from data.person_answers import LEFT, STAYS, TAKEN_BACK, PersonAnswer
from data.problems import GoliveError
from data.publishing import published_file
from data.warehouse import open_for_reading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    import duckdb

    from data.home import Home
    from data.publishing import Reckon

#: After so many weeks without hours nothing is expected of a person any more (``person_spans``), and it is asked why.
SILENT_WEEKS: Final = 13


@dataclass(frozen=True)
class SilentPerson:
    """Somebody about whom is asked.

    Parameters
    ----------
    last_work_date
        The last day with hours; nothing where there never were any.
    silent_weeks
        From the last week with hours (else from when hours could be thought of) to the newest that anybody filed.
    """

    person_id: str
    person_name: str
    team_name: str
    last_work_date: date | None
    silent_weeks: int

    @property
    def last_week_date(self) -> date | None:
        """The Monday of the last week with hours."""
        day = self.last_work_date
        return day - timedelta(days=day.weekday()) if day else None


@dataclass(frozen=True)
class ToldPerson:
    """Somebody about whom an answer counts: ``left`` on ``last_date``, or ``stays``."""

    person_id: str
    person_name: str
    word: str
    last_date: date | None


@dataclass(frozen=True)
class Silences:
    """Who is asked about, those who are silent longest first, and what was said."""

    asked: tuple[SilentPerson, ...] = ()
    told: tuple[ToldPerson, ...] = ()


def silences_of(home: Home, today: date | None = None) -> Silences:
    """Return whom the home asks about today; nobody before the first import."""
    file = published_file(home)
    if file is None:
        return Silences()
    with open_for_reading(file) as connection:
        return silences_in(connection, today or clock.today())


def silences_in(connection: duckdb.DuckDBPyConnection, today: date) -> Silences:
    """Return who is asked about, and what was said, by what is published."""
    monday = today - timedelta(days=today.weekday())
    asked = connection.execute(_ASKED, {"monday": monday, "days": 7 * SILENT_WEEKS}).fetchall()
    told = connection.execute(_TOLD).fetchall()
    return Silences(tuple(SilentPerson(*row) for row in asked), tuple(ToldPerson(*row) for row in told))


def say_of_people(
    home: Home,
    *,
    left: Mapping[str, date] | None = None,
    stays: Sequence[str] = (),
    forget: Sequence[str] = (),
    on_progress: Callable[[str, float], None] | None = None,
    reckon: Reckon | None = None,
) -> None:
    """Keep what the user says of people who file nothing, and let every figure follow from now on.

    Raises
    ------
    GoliveError
        Somebody is on no list, the list knows better, or hours speak against it; nothing is kept then.
    """
    left = left or {}
    named = [*left, *stays, *forget]
    for one in named:
        if named.count(one) > 1:
            raise GoliveError(f"“{one}” is named twice.", "Say one thing about each person. Nothing was kept.")
    if not named:
        return
    file = published_file(home)
    if file is None:
        raise GoliveError("Nothing was imported yet, so nobody is on a list.", "Import files first.")
    with open_for_reading(file) as connection:
        found = silences_in(connection, clock.today())
        last_days = {person: _checked_day(connection, person, day) for person, day in left.items()}
    asked = {one.person_id: one.last_work_date for one in found.asked}
    told = {one.person_id: one.last_date for one in found.told}
    for one in (*stays, *forget):
        if one not in told and (one in forget or one not in asked):
            raise GoliveError(
                f"“{one}” is not asked about." if one in stays else f"Nothing was said about “{one}”.",
                "`golive people` shows who is asked about, and what was said. Nothing was kept.",
            )
    moment = clock.now()
    said = [PersonAnswer(one, LEFT, moment, day) for one, day in last_days.items()]
    said += [PersonAnswer(one, STAYS, moment, asked.get(one, told.get(one))) for one in stays]
    said += [PersonAnswer(one, TAKEN_BACK, moment) for one in forget]
    from data.rebuilding import build_again  # noqa: PLC0415 - loads what builds; who only asks need not

    build_again(home, said=said, on_progress=on_progress, reckon=reckon)


def _checked_day(connection: duckdb.DuckDBPyConnection, person: str, day: date) -> date:
    """Return a last day that nothing speaks against."""
    kept = "Nothing was kept."
    row = connection.execute(_LISTED, {"person": person}).fetchone()
    if row is None:
        raise GoliveError(f"“{person}” is on no list of people.", f"`golive people` shows who is asked about. {kept}")
    listed_left_date, last_work_date = row
    if listed_left_date is not None:
        raise GoliveError(f"The list says that “{person}” left on {listed_left_date}.", f"The list counts. {kept}")
    if day > clock.today():
        words = f"{day} is still to come; a leaving date ahead belongs in the list of people."
        raise GoliveError(words, f"Give the last day of somebody who has left. {kept}")
    if last_work_date is not None and last_work_date > day:
        raise GoliveError(
            f"“{person}” has hours on {last_work_date}, after {day}.", f"Give that day, or a later one. {kept}"
        )
    return day


_LISTED: Final = """
    select max(listed.left_date), (select max(work_date) from staging.timesheets where person_id = $person)
    from staging.people as listed where listed.person_id = $person having count(*) > 0
"""

_TOLD: Final = """
    select answers.person_id, coalesce(people.person_name, ''), answers.word, answers.last_date
    from staging.person_answers as answers
    inner join marts.people as people on answers.person_id = people.person_id
    where answers.ended_at is null and answers.word <> 'taken_back' and people.is_listed
        and (answers.word = 'stays' or people.left_date = answers.last_date)
    order by answers.answer_number desc
"""

#: Who never filed is thought of from the hiring on, else from the list that first named the person; where that is the
#: first list of all, from the firm's first hours on. Trips, plans and leave show that somebody is evidently there.
_ASKED: Final = """
    with firm as (
        select min(week_start_date) as first_week_date, least(max(week_start_date), $monday) as newest_week_date
        from staging.weeks having count(*) > 0
    ),
    first_told as (
        select person_id, min(told_week_date) as week_date, min(min(told_week_date)) over () as first_list_week_date
        from marts.people_versions group by person_id
    ),
    signs as (
        select person_id, max(coalesce(returned_date, departed_date)) as sign_date from staging.trips group by person_id
        union all
        select person_id, max(leave_date) from staging.leave group by person_id
        union all
        select person_id, max(week_start_date) from staging.assignments where planned_hours > 0 group by person_id
    ),
    silent as (
        select people.person_id, people.person_name, people.team_name, people.last_week_date, firm.newest_week_date,
            coalesce(
                people.last_week_date,
                greatest(
                    firm.first_week_date,
                    coalesce(
                        date_trunc('week', people.hired_date)::date,
                        case when first_told.week_date > first_told.first_list_week_date then first_told.week_date end
                    )
                )
            ) as since_week_date
        from marts.people as people
        cross join firm
        left join first_told on people.person_id = first_told.person_id
        where people.is_listed and people.left_date is null
    )
    select silent.person_id, coalesce(silent.person_name, ''), coalesce(silent.team_name, ''),
        case when silent.last_week_date is not null then (
            select max(timesheets.work_date) from staging.timesheets as timesheets
            where timesheets.person_id = silent.person_id
        ) end,
        (silent.newest_week_date - silent.since_week_date) // 7 as silent_weeks
    from silent
    where silent.newest_week_date - silent.since_week_date >= $days
        and not exists (
            select 1 from signs
            where signs.person_id = silent.person_id and signs.sign_date >= silent.newest_week_date - $days
        )
        and not exists (
            select 1 from staging.person_answers as answers
            where answers.person_id = silent.person_id and answers.ended_at is null and answers.word <> 'taken_back'
        )
    order by silent_weeks desc, silent.person_id
"""
