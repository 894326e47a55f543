"""Turns the values of sheets and Parquet files into text: the form that a person sees, without surprises."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

#: Excel keeps 15 significant digits; more would show 0.1 + 0.2 as 0.30000000000000004.
_SIGNIFICANT_DIGITS: Final = 15


def number_text(value: float) -> str:
    """Return a number as Excel shows it in a wide cell: at most 15 significant digits, never an exponent."""
    if not math.isfinite(value):
        return ""
    return decimal_text(Decimal(f"{value:.{_SIGNIFICANT_DIGITS}g}"))


def decimal_text(value: Decimal) -> str:
    """Return a decimal without exponent and without zeros at its end."""
    if not value.is_finite():
        return ""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def moment_text(value: dt.datetime) -> str:
    """Return an ISO date, with the time if there is one.

    Rounded to seconds, because Excel keeps 09:30 as a fraction of a day. A moment with a zone is given in UTC.
    """
    if value.tzinfo is not None:
        value = value.astimezone(dt.UTC).replace(tzinfo=None)
    if value.microsecond:
        try:
            value = (value + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
        except OverflowError:
            value = value.replace(microsecond=0)
    if value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat(sep=" ")


def duration_text(value: dt.timedelta) -> str:
    """Return a duration as H:MM:SS, rounded to seconds; 26:30:00 stays 26:30:00."""
    seconds = round(value.total_seconds())
    sign = "-" if seconds < 0 else ""
    minutes, second = divmod(abs(seconds), 60)
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{second:02}"


def time_text(value: dt.time) -> str:
    """Return a time of day as H:MM:SS."""
    return f"{value.hour}:{value.minute:02}:{value.second:02}"


_TEXTS: Final[dict[type, Callable[[Any], str]]] = {
    type(None): lambda _: "",
    str: str,
    bool: lambda value: "true" if value else "false",
    int: str,
    float: number_text,
    Decimal: decimal_text,
    dt.datetime: moment_text,
    dt.date: dt.date.isoformat,
    dt.time: time_text,
    dt.timedelta: duration_text,
    bytes: lambda value: value.decode("utf-8", "replace"),
}


def cell_text(value: object) -> str:
    """Return the text of one cell; empty for what is missing.

    Whole numbers have no ".0", dates are ISO, a moment at midnight is a date, durations are H:MM:SS and may go
    beyond 24 hours, yes and no are ``true`` and ``false``.
    """
    return _TEXTS.get(type(value), str)(value)
