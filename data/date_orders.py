"""Whether 03/04/2026 is a day in April or in March, by all date columns of a file together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from data.problems import MustAskError
from data.sql_text import literal, quoted

if TYPE_CHECKING:
    import duckdb

DATE_ORDERS: Final = ("dmy", "mdy")
#: A reading of the minority is dropped (its rows are refused) below this share; above it the user is asked.
MINORITY_SHARE: Final = 0.05

_TWO_PARTS: Final = r"^(\d{1,2})([-/.])(\d{1,2})[-/.]\d{2,4}"
#: Conditions on the two first numbers a and b of a day: what each can be.
_DAY_ONLY: Final = "a between 13 and 31 and b <= 12"
_MONTH_ONLY: Final = "b between 13 and 31 and a <= 12"
_EITHER: Final = "a <= 12 and b <= 12 and a <> b"
_SAY_ORDER: Final = "Say which with --date-order dmy or --date-order mdy."
#: So many days of a kind are shown in a question.
_SHOWN_DAYS: Final = 5


def date_order(connection: duckdb.DuckDBPyConnection, cells: str, sources: list[str], said: str) -> str:
    """Return 'dmy' or 'mdy' by the evidence of all date columns of the file together; '' when none needs it.

    Days with dots are day first everywhere, so among themselves they need no evidence.

    Raises
    ------
    MustAskError
        Both orders fit, or neither fits all days.
    """
    day_first = month_first = both = same = dotted = 0
    example, where = "", ""
    for source in sources:
        row = connection.execute(
            f"""
            select count(*) filter (where {_DAY_ONLY}), count(*) filter (where {_MONTH_ONLY}),
                count(*) filter (where {_EITHER} and sign <> '.'), min(cell) filter (where {_EITHER} and sign <> '.'),
                count(*) filter (where a <= 12 and a = b), count(*) filter (where {_EITHER} and sign = '.')
            from ({_two_parts(cells, source)})
            """
        ).fetchone() or (0, 0, 0, None, 0, 0)
        day_first, month_first, both = day_first + row[0], month_first + row[1], both + row[2]
        same, dotted = same + row[4], dotted + row[5]
        where = where or (source if any(row) else "")
        example = example or (row[3] or "")
    if said:
        return said
    winner, loser = ("dmy", month_first) if day_first >= month_first else ("mdy", day_first)
    total = day_first + month_first
    if total and loser <= MINORITY_SHARE * total:
        return winner
    if total:
        _ask_neither(connection, cells, sources)
    if both:
        raise MustAskError(
            f"Dates such as {example} in the column {where} can be read as day/month and as month/day.",
            _SAY_ORDER,
            "date_order",
            DATE_ORDERS,
        )
    return "dmy" if same or dotted else ""  # 03/03/2026 is the same day in both orders


def _two_parts(cells: str, source: str) -> str:
    """Return SQL of the distinct days of a column with two numbers first, the two numbers, and the sign between."""
    cell = quoted(source)
    first, sign, second = (f"regexp_extract({cell}, {literal(_TWO_PARTS)}, {number})" for number in (1, 2, 3))
    return (
        f"select distinct {cell} as cell, try_cast({first} as int) as a, {sign} as sign,"
        f" try_cast({second} as int) as b from {cells} where {cell} is not null"
    )


def _ask_neither(connection: duckdb.DuckDBPyConnection, cells: str, sources: list[str]) -> None:
    """Say that neither order fits all days, with the lines, and ask which one counts."""
    told = []
    for condition, label in ((_DAY_ONLY, "day/month"), (_MONTH_ONLY, "month/day")):
        rows = [
            row
            for source in sources
            for row in connection.execute(
                f"select min(line_number), cell from ({_two_parts(cells, source)}) as days"
                f" inner join {cells} as places on days.cell = places.{quoted(source)} where {condition}"
                f" group by cell order by min(line_number) limit {_SHOWN_DAYS}"
            ).fetchall()
        ]
        shown = ", ".join(f"line {line}: {cell}" for line, cell in sorted(rows)[:_SHOWN_DAYS])
        told.append(f"as {label} only ({shown})")
    raise MustAskError(
        f"Neither order fits all dates: some can be read {' and others '.join(told)}.",
        f"{_SAY_ORDER} Rows whose date doesn't exist in it are refused.",
        "date_order",
        DATE_ORDERS,
    )
