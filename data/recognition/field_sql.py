"""SQL for each way in which a recipe makes a cell of the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from data.readings import CLOCK, NUMBER, fits, is_moment_sql
from data.recognition.cell_sql import (
    day_sql,
    hours_sql,
    let,
    number_sql,
    seconds_sql,
    utc_moment_sql,
    written_moment_sql,
    zone_mark_sql,
)
from data.recognition.halves import HALF_WORDS
from data.recognition.range_sql import range_part
from data.sql_text import literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from data.recognition.recipe import Field, Recipe

_DAY_SECONDS: Final = 86_400
#: An end before its begin lies on the next day where the work is no longer than this.
_LONGEST_NIGHT_SECONDS: Final = 57_600
#: Larger numbers don't fit into whole ones, and no column of ours holds any.
_MOST_WHOLE: Final = "1e15"
#: Stands before what can't be read, so that nothing reads it in another way.
UNREAD: Final = "? "


class FieldSql:
    """Writes the SQL of the fields of a recipe; ``place`` tells under which name a source column is at hand.

    Days and times of day repeat: a million rows hold a thousand of them. So each is read once and looked up.

    Parameters
    ----------
    lookups
        Filled while fields are written: name of a lookup → the column whose distinct cells are read, and the SQL of
        the value of ``cell``.
    """

    def __init__(self, recipe: Recipe, place: Mapping[str, str]) -> None:
        self._recipe = recipe
        self._place = place
        self._columns = frozenset(place.values())
        self.lookups: dict[str, tuple[str, str]] = {}

    def _looked_up(self, text: str, read: Callable[[str], str]) -> str:
        """Return the SQL of a value that is read once for each distinct cell, where ``text`` is a column."""
        if text not in self._columns:
            return read(text)
        wanted = (text, read("cell"))
        name = next((name for name, known in self.lookups.items() if known == wanted), f"look_{len(self.lookups)}")
        self.lookups[name] = wanted
        return f"{name}.value"

    def _day(self, text: str) -> str:
        return self._looked_up(text, self._day_of)

    def _day_of(self, text: str) -> str:
        return self._turned(text, day_sql(text, self._recipe.date_order))

    def _turned(self, text: str, day: str) -> str:
        """Turn days back that a spreadsheet turned round: real dates, not texts, of which day and month may swap."""
        if not self._recipe.swaps_days:
            return day
        real = f"regexp_full_match({text}, '\\d{{4}}-\\d{{2}}-\\d{{2}}([ T]00:00(:00)?)?')"
        return f"case when {real} then try_cast(strftime(({day}), '%Y-%d-%m') as date) else {day} end"

    def _seconds(self, text: str) -> str:
        return self._looked_up(text, seconds_sql)

    def sql(self, made: Field) -> str:
        """Return the SQL of one field, as text."""
        sql = _OPS[made.op](self, made)
        if made.values and made.op != "by_line":
            whens = " ".join(f"when {literal(before)} then {literal(after)}" for before, after in made.values)
            sql = f"(case lower({sql}) {whens} else {sql} end)"
        if made.spelling:
            whens = " ".join(f"when {literal(before)} then {literal(after)}" for before, after in made.spelling)
            sql = f"(case {sql} {whens} else {sql} end)"
        if self._recipe.cap_hours and made.target == "worked_hours":
            hours = f"({hours_sql(f'({sql})::varchar', 'point', 'hours')})"
            cap = f"{self._recipe.cap_hours!r}"
            sql = f"(case when {hours} > {cap} then {literal(cap)} else {sql} end)"
        return f"({sql})::varchar"

    def _c(self, source: str) -> str:
        return self._place[source] if source else "null::varchar"

    def both_ends(self, made: Field) -> tuple[str, str]:
        """Return the SQL of the first and the last day of a range, in one cell or in two."""
        if len(made.sources) == 1:
            return range_part(self._c(made.sources[0]), 1), range_part(self._c(made.sources[0]), 2)
        return self._c(made.sources[0]), self._c(made.sources[1])

    def _copy(self, made: Field) -> str:
        return self._c(made.sources[0])

    def _first(self, made: Field) -> str:
        rest = [literal(made.argument)] if made.argument else []
        return f"coalesce({', '.join([*map(self._c, made.sources), *rest])})"

    def _join(self, made: Field) -> str:
        return f"nullif(concat_ws(' ', {', '.join(map(self._c, made.sources))}), '')"

    def _join_values(self, made: Field) -> str:
        cells = ", ".join(map(self._c, made.sources))
        return f"nullif(array_to_string(list_distinct(list_filter([{cells}], lambda v: v is not null)), ', '), '')"

    def _constant(self, made: Field) -> str:
        return literal(made.argument)

    def _date(self, made: Field) -> str:
        text = self._c(made.sources[0])
        return _or_unread(self._looked_up(text, self._day_or_moment), text)

    def _day_or_moment(self, text: str) -> str:
        """Return the day; of a moment in UTC the moment, because the day depends on the zone of the person."""
        moment = written_moment_sql(text, self._recipe.date_order)
        return (
            f"case when {zone_mark_sql(text)} in ('Z', '+00:00') then {moment} else ({self._day_of(text)})::varchar end"
        )

    def _moment(self, made: Field) -> str:
        text = self._c(made.sources[0])
        if len(made.sources) == 1:
            moment = written_moment_sql(text, self._recipe.date_order)
            return f"case when {is_moment_sql(text)} then {text} else {_or_unread(moment, text)} end"
        clock = self._c(made.sources[1])
        sql = f"{_as_text(self._date_and_time(text, clock))} || {zone_mark_sql(clock)}"
        return f"case when {text} is not null and {clock} is not null then {_or_unread(sql, _both(text, clock))} end"

    def _end(self, made: Field) -> str:
        """Make the end; without a date of its own it is on the day of the start, or on the next after a night of work.

        A night longer than 16 hours is none (09:00 to 08:00): then it ends before it begins, and the row is refused.
        """
        day, clock, start_day, _ = map(self._c, made.sources)
        moment = f"{_as_text(self._end_moment(made))} || {zone_mark_sql(clock)}"
        has_day = f"coalesce({day}, {start_day}) is not null"
        return (
            f"case when {clock} is not null and {has_day}"
            f" then {_or_unread(moment, _both(f'coalesce({day}, {start_day})', clock))} end"
        )

    def _end_moment(self, made: Field) -> str:
        day, clock, start_day, start_clock = map(self._c, made.sources[:4])
        own = self._date_and_time(day, clock)
        seconds, begun = self._seconds(clock), self._seconds(start_clock)
        is_next = f"{begun} - {seconds} >= {_DAY_SECONDS - _LONGEST_NIGHT_SECONDS}"
        later = f"case when {is_next} then {_DAY_SECONDS} else 0 end"
        same_day = f"{self._date_and_time(start_day, clock)} + to_seconds({later})"
        return f"(case when {day} is not null then {own} else {same_day} end)"

    def _date_and_time(self, day: str, clock: str) -> str:
        """Join a day and a time of day; the time may be a whole moment itself, then the day is its own."""
        return f"(({self._day(day)})::timestamp + to_seconds({self._seconds(clock)}))"

    def _hours(self, made: Field) -> str:
        """Make hours; what the import reads as it stands is left to it."""
        return self._looked_up(self._c(made.sources[0]), lambda text: self._read_hours(text, made.unit))

    def _read_hours(self, text: str, unit: str) -> str:
        hours = _or_unread(self._rounded(self._hours_of(text, unit)), text)
        if unit not in ("", "hours"):
            return hours
        form = CLOCK if self._recipe.decimal_mark == "comma" else f"{NUMBER}|{CLOCK}"
        return f"case when {fits(text, form)} then {text} else {hours} end"

    def _hours_of(self, text: str, unit: str) -> str:
        return hours_sql(text, self._recipe.decimal_mark, unit, self._recipe.hours_per_day)

    def _rounded(self, number: str) -> str:
        return f"round({number}, 6)::varchar"

    def _sum_hours(self, made: Field) -> str:
        cells = [self._c(source) for source in made.sources]
        units = made.unit.split() if " " in made.unit else [made.unit] * len(cells)
        hours = [self._hours_of(cell, unit) for cell, unit in zip(cells, units, strict=True)]
        unreadable = " or ".join(
            f"({cell} is not null and {read} is null)" for cell, read in zip(cells, hours, strict=True)
        )
        total = " + ".join(f"coalesce({read}, 0)" for read in hours)
        shown = f"concat_ws(' + ', {', '.join(cells)})"
        return (
            f"case when {unreadable} then {literal(UNREAD)} || {shown}"
            f" when coalesce({', '.join(cells)}) is not null then {self._rounded(total)} end"
        )

    def _elapsed(self, made: Field) -> str:
        """Count the hours between two moments, or between days and times of day; an odd source more is the break.

        An end before its begin gives none: negative hours would take back others of the day.
        """
        pause = ""
        if len(made.sources) % 2:
            text = self._c(made.sources[-1])
            pause = f" - case when {text} is null then 0 else {self._hours_of(text, made.unit)} end"
        if len(made.sources) <= 3:
            begin, end = map(self._c, made.sources[:2])
            order = self._recipe.date_order
            seconds = f"epoch({utc_moment_sql(end, order)} - {utc_moment_sql(begin, order)})"
            hours = self._rounded(_where_positive(seconds, pause))
            return f"case when {end} is not null then {_or_unread(hours, end)} end"
        _, clock, start_day, start_clock = map(self._c, made.sources[:4])
        begin = self._date_and_time(start_day, start_clock)
        hours = self._rounded(_where_positive(f"epoch({self._end_moment(made)} - {begin})", pause))
        return (
            f"case when {clock} is not null and {start_clock} is not null"
            f" then {_or_unread(hours, _both(start_clock, clock))} end"
        )

    def _number(self, made: Field) -> str:
        text = self._c(made.sources[0])
        number = number_sql(text, self._recipe.decimal_mark)
        is_whole = f"({number}) = round({number}) and abs({number}) < {_MOST_WHOLE}"
        whole = f"case when {is_whole} then ({number})::bigint::varchar else ({number})::varchar end"
        return _or_unread(whole, text)

    def _ratio(self, made: Field) -> str:
        text = self._c(made.sources[0])
        return _or_unread(f"round(({number_sql(text, self._recipe.decimal_mark)}) / 100, 6)::varchar", text)

    def _extract(self, made: Field) -> str:
        text = self._c(made.sources[0])
        found = f"nullif(regexp_extract({text}, {literal(made.argument)}, 1), '')"
        return found if made.unit == "only" else f"coalesce({found}, {text})"

    def _range_first(self, made: Field) -> str:
        return self._range_piece(made, 1)

    def _range_last(self, made: Field) -> str:
        return self._range_piece(made, 2)

    def _range_piece(self, made: Field, number: int) -> str:
        whole = self._c(made.sources[0])
        return _or_unread(
            let(range_part(whole, number), "piece_text", lambda text: self._range_moment(text, number)), whole
        )

    def _range_moment(self, text: str, number: int) -> str:
        """Return the moment of one end; 上午 and 下午 alone are the halves of the day."""
        noon = "'下午', '午後', 'pm'" if number == 1 else "'上午', '午前', 'am'"
        half = f"lower(regexp_extract({text}, '(上午|下午|午前|午後|[AaPp][Mm])\\s*$', 1))"
        evening = f"when {half} in ('下午', '午後', 'pm') then 64800" if number == 2 else ""
        shift = f"case when contains({text}, ':') then 0 when {half} in ({noon}) then 43200 {evening} else 0 end"
        return written_moment_sql(text, self._recipe.date_order, shift)

    def _grid_date(self, made: Field) -> str:
        """Name the day of the column, or count it from the day in the row ("+2" of a week)."""
        if not made.sources:
            return "piece.day"
        text = self._c(made.sources[0])
        monday = day_sql(text, self._recipe.date_order)
        return _or_unread(f"({monday} + try_cast(ltrim(piece.day, '+') as int))::varchar", text)

    def _grid_hours(self, made: Field) -> str:
        return _or_unread(self._rounded(self._hours_of("piece.cell", made.unit)), "piece.cell")

    def _grid_name(self, _made: Field) -> str:
        """Name the project of the column."""
        return "piece.day"

    def _grid_leave(self, _made: Field) -> str:
        """Return the hours of leave that a letter of a planner means; a whole day stays empty."""
        whens = " ".join(
            f"when {literal(letter)} then {literal(hours)}" for letter, hours in self._recipe.leave_letters if hours
        )
        return f"case lower(trim(piece.cell)) {whens} end" if whens else "null::varchar"

    def _by_line(self, made: Field) -> str:
        """Return the text that counts from a line on, to the next one."""
        whens = " ".join(
            f"when line_number >= {int(line)} then {literal(text)}"
            for line, text in sorted(made.values, key=lambda pair: -int(pair[0]))
        )
        return f"case {whens} end"

    def _month_day(self, made: Field) -> str:
        """Put the day in the cell behind the month of the argument; a month may count from a line on."""
        text = self._c(made.sources[0])
        day = f"regexp_extract({text}, '^\\D*?(\\d{{1,2}})(?:[.]0+)?(?:\\D.*)?$', 1)"
        return _or_unread(f"try_cast({literal(made.argument)} || '-' || {day} as date)::varchar", text)

    def _spread_date(self, made: Field) -> str:
        shown = f"concat_ws(' ~ ', {', '.join(map(self._c, made.sources))})"
        return f"coalesce(piece::varchar, {literal(UNREAD)} || nullif({shown}, ''))"

    def _spread_hours(self, made: Field) -> str:
        """Half days at the ends of a leave, and the part of a day that a length leaves for the last one.

        Whole days stay empty, which means the whole day.
        """
        both = next(field for field in self._recipe.fields if field.op == "spread_date")
        first, last = self.both_ends(both)
        half = self._rounded(f"{self._recipe.hours_per_day!r} / 2")
        is_first, is_last = "piece = coalesce(days[1], first_day)", "piece = coalesce(days[-1], last_day)"
        late = f"(regexp_matches({first}, '(下午|午後)') and {is_first})"
        early = f"(regexp_matches({last}, '(上午|午前)') and {is_last})"
        halves = [late, early]
        length, *flags = (*made.sources, "", "", "")[:3]
        words = ", ".join(literal(word) for word in HALF_WORDS)
        for name, place in zip(flags, (is_first, is_last), strict=True):
            if name:
                halves.append(f"(lower(trim({self._c(name)})) in ({words}) and {place})")
        rest = self._part_of_length(length, made.unit, is_last) if length else ""
        return f"case when {' or '.join(halves)} then {half}{rest} end"

    def _part_of_length(self, length: str, unit: str, is_last: str) -> str:
        """Give the last day what is left of a length in whole days; a leave of one day has the length itself."""
        text = self._c(length)
        hours = self._hours_of(text, unit)
        day = f"{self._recipe.hours_per_day!r}"
        single = _or_unread(self._rounded(hours), text)
        part = self._rounded(f"({hours}) - floor(({hours}) / {day}) * {day}")
        has_part = f"({hours}) - floor(({hours}) / {day}) * {day} > 0.001"
        if unit == "days":
            return (
                f" when ({hours}) is null and {text} is not null then {single}"
                f" when {is_last} and {has_part} then {part}"
            )
        return f" when first_day = last_day then {single}"


def _as_text(moment: str) -> str:
    return f"strftime({moment}, '%Y-%m-%d %H:%M:%S')"


def _both(day: str, clock: str) -> str:
    return f"concat_ws(' ', {day}, {clock})"


def _or_unread(sql: str, text: str) -> str:
    return f"coalesce({sql}, {literal(UNREAD)} || {text})"


_OPS: Final[dict[str, Callable[[FieldSql, Field], str]]] = {
    "copy": FieldSql._copy,  # noqa: SLF001 - its own table of ways
    "first": FieldSql._first,  # noqa: SLF001 - its own table of ways
    "join": FieldSql._join,  # noqa: SLF001 - its own table of ways
    "join_values": FieldSql._join_values,  # noqa: SLF001 - its own table of ways
    "constant": FieldSql._constant,  # noqa: SLF001 - its own table of ways
    "date": FieldSql._date,  # noqa: SLF001 - its own table of ways
    "moment": FieldSql._moment,  # noqa: SLF001 - its own table of ways
    "end": FieldSql._end,  # noqa: SLF001 - its own table of ways
    "hours": FieldSql._hours,  # noqa: SLF001 - its own table of ways
    "sum_hours": FieldSql._sum_hours,  # noqa: SLF001 - its own table of ways
    "elapsed": FieldSql._elapsed,  # noqa: SLF001 - its own table of ways
    "number": FieldSql._number,  # noqa: SLF001 - its own table of ways
    "ratio": FieldSql._ratio,  # noqa: SLF001 - its own table of ways
    "extract": FieldSql._extract,  # noqa: SLF001 - its own table of ways
    "range_start": FieldSql._range_first,  # noqa: SLF001 - its own table of ways
    "range_end": FieldSql._range_last,  # noqa: SLF001 - its own table of ways
    "grid_date": FieldSql._grid_date,  # noqa: SLF001 - its own table of ways
    "grid_hours": FieldSql._grid_hours,  # noqa: SLF001 - its own table of ways
    "grid_name": FieldSql._grid_name,  # noqa: SLF001 - its own table of ways
    "grid_leave": FieldSql._grid_leave,  # noqa: SLF001 - its own table of ways
    "by_line": FieldSql._by_line,  # noqa: SLF001 - its own table of ways
    "month_day": FieldSql._month_day,  # noqa: SLF001 - its own table of ways
    "spread_date": FieldSql._spread_date,  # noqa: SLF001 - its own table of ways
    "spread_hours": FieldSql._spread_hours,  # noqa: SLF001 - its own table of ways
}


def _where_positive(seconds: str, pause: str) -> str:
    return f"(case when {seconds} >= 0 then {seconds} / 3600{pause} end)"
