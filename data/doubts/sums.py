"""The file's own sum against the sum that was taken in: a file that carries its total is proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from data.doubts.taken import Doubt
from data.recognition import SUM_PATTERN
from data.sql_text import literal, quoted

if TYPE_CHECKING:
    from data.doubts.taken import Taken

_NEAR_SHARE: Final = 0.005
_NEAR_HOURS: Final = 0.06
_MINUTES: Final = 60
_LAST_ROWS: Final = 200


def sum_differs(taken: Taken) -> Doubt | None:
    """Doubt hours whose sum is another than the one that the file's last row of sums tells."""
    names = [name for name, *_ in taken.all(f"describe select * from read_parquet({literal(str(taken.parquet))})")]
    columns = [name for name in taken.hours_columns if name in names]
    if len(columns) != 1:
        return None
    cells = f"read_parquet({literal(str(taken.parquet))})"
    texts = [name for name in names if name != "line_number"]
    first = f"coalesce({', '.join(quoted(name) for name in texts)})"
    total = f"regexp_full_match({first}, {literal(SUM_PATTERN)})"
    # Sums stand at the end; asking every row of a million costs more than the import.
    rows = f"(from {cells} order by line_number desc limit {_LAST_ROWS})"
    told = taken.all(f"select line_number, {quoted(columns[0])} from {rows} where {total} order by line_number")
    amounts = [amount for _, cell in told if (amount := _number(cell)) is not None]
    if not amounts:
        return None
    accepted, count = taken.one(
        "select coalesce(sum(worked_hours), 0), count(*) from raw.timesheets where batch_id = $batch"
    )
    if not count:
        return None
    left = _left_out(taken, cells, columns[0], total)
    if any(_is_near(accepted + more, amount) for amount in (max(amounts), sum(amounts)) for more in (0.0, *left)):
        return None
    words = f"The file's own total is {max(amounts):,.2f}, but {accepted:,.2f} hours would come in."
    return Doubt("total", f"{words} Are hours missing or counted twice, or is the unit another?")


def _left_out(taken: Taken, cells: str, column: str, total: str) -> list[float]:
    """Return the hours of rows that were left out on purpose: a total may hold them."""
    lines = taken.all(
        f"select {quoted(column)} from {cells} where not coalesce({total}, false) and line_number not in"
        " (select line_number from raw.timesheets where batch_id = $batch)"
    )
    amounts = [amount for (cell,) in lines if (amount := _number(cell)) is not None]
    return [sum(amounts)] if amounts else []


def _is_near(one: float, other: float) -> bool:
    return abs(one - other) <= max(_NEAR_HOURS, _NEAR_SHARE * abs(other))


def _number(cell: str | None) -> float | None:
    """Read a number as plainly as can be: 1,234.50, 1.234,50, 37:30."""
    text = (cell or "").strip().rstrip("hH ")
    hours, colon, minutes = text.partition(":")
    if colon and hours.isdecimal() and minutes[:2].isdecimal():
        return int(hours) + int(minutes[:2]) / _MINUTES
    if "," in text and "." in text:
        text = text.replace(",", "") if text.rfind(".") > text.rfind(",") else text.replace(".", "").replace(",", ".")
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
