"""SQL that takes the ends of a range such as ``30.12. - 02.01.2026`` apart."""

from __future__ import annotations

from typing import Final

from data.sql_text import literal

_BETWEEN: Final = r"\s*(?:~|～|〜|—|–|→|至|\s-+\s|\sto\s|\sbis\s|\sau\s|\suntil\s|\sпо\s)\s*"


def range_part(text: str, number: int) -> str:
    """Return SQL of the first or last part of a range; a last part without a year borrows the first one's."""
    parts = f"regexp_split_to_array(trim({text}), {literal(_BETWEEN)})"
    if number == 1:
        return _first_part(f"({parts})[1]", f"({parts})[-1]")
    year = f"regexp_extract({text}, '^\\s*(\\d{{4}})([-/.年])', 1)"
    sign = f"regexp_extract({text}, '^\\s*(\\d{{4}})([-/.年])', 2)"
    last = f"({parts})[-1]"
    return (
        f"(case when regexp_matches({last}, '^\\d{{1,2}}[-/.月]\\d{{1,2}}(日|\\s|$)')"
        f" then {year} || {sign} || {last} else {last} end)"
    )


def _first_part(first: str, last: str) -> str:
    """Return the first part; ``30.12.`` borrows the year of the last one, or the one before if it is later in it."""
    bare = r"^\s*(\d{1,2}\.\s?)(\d{1,2})\.?\s*$"
    whole = r"^\s*\d{1,2}\.\s?(\d{1,2})\.\s?(\d{4})"
    month = f"try_cast(regexp_extract({first}, {literal(bare)}, 2) as int)"
    last_month = f"try_cast(regexp_extract({last}, {literal(whole)}, 1) as int)"
    year = f"try_cast(regexp_extract({last}, {literal(whole)}, 2) as int)"
    filled = f"rtrim(trim({first}), '.') || '.' || ({year} - ({month} > {last_month})::int)::varchar"
    return (
        f"(case when regexp_matches({first}, {literal(bare)}) and regexp_matches({last}, {literal(whole)})"
        f" then {filled} else {first} end)"
    )
