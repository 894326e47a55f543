"""Tables of numbers and dates as such, each column with the words in which its values are shown.

A table of texts sorts "11, 12 before, 14, 20, 3.3". So a table carries values, and beside them how they are worded; the
screen shows the words and sorts by the values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pandas as pd

from dashboard.shown import in_cells, in_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pandas.io.formats.style import Styler

Wording: TypeAlias = "Callable[[object], str]"

_WORDING: Final = "wording"


def worded(columns: Mapping[str, tuple[Any, Wording | None]]) -> pd.DataFrame:
    """Return a table from its columns: each with its values and, where these are no texts, how they are worded."""
    frame = pd.DataFrame({name: values for name, (values, _wording) in columns.items()})
    return with_wording(frame, {name: wording for name, (_values, wording) in columns.items() if wording is not None})


def with_wording(frame: pd.DataFrame, wording: Mapping[str, Wording]) -> pd.DataFrame:
    """Return the table with how more of its columns are worded."""
    result = frame.copy(deep=False)
    result.attrs = {**frame.attrs, _WORDING: {**wording_of(frame), **wording}}
    return result


def wording_of(frame: pd.DataFrame) -> dict[str, Wording]:
    """Return how the columns of a table are worded."""
    known: dict[str, Wording] = frame.attrs.get(_WORDING, {})
    return {name: word for name, word in known.items() if name in frame.columns}


def texts_of(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table in words, for places that show texts only: a terminal, a document."""
    known = wording_of(frame)
    texts = {name: [known[name](value) for value in frame[name]] for name in known}
    return frame.assign(**{name: pd.Series(values, index=frame.index, dtype="str") for name, values in texts.items()})


def in_styled_cells(frame: pd.DataFrame, looks: Callable[[pd.DataFrame], pd.DataFrame] | None = None) -> Styler:
    """Return the table for the screen: shown in words, sorted by value; every text is as harmless as ``in_cells``.

    ``looks`` returns how each cell is coloured, if any is.
    """
    wording: dict[Any, Any] = {name: _harmless(word) for name, word in wording_of(frame).items()}
    cells = _with_days(in_cells(frame))
    cells.attrs = {}  # functions can't go to the screen: Arrow would warn
    styled = cells.style.format(wording)
    return styled if looks is None else styled.apply(looks, axis=None)


def _with_days(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table with days where a column holds nothing finer: a screen reader says them without a midnight."""
    moments = frame.select_dtypes("datetime").dropna(axis="columns", how="all")
    whole = [
        name for name in moments.columns if (moments[name].dropna() == moments[name].dropna().dt.normalize()).all()
    ]
    return frame.assign(**{name: frame[name].dt.date.astype("object") for name in whole})


def _harmless(word: Wording) -> Wording:
    return lambda value: in_text(word(value))
