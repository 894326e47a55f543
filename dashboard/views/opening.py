"""Names that lead somewhere: which cells of a table open a project, a person, a client or a post-mortem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from dashboard.views import words

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    import pandas as pd

What = Literal["project", "person", "client", "post_mortem"]

_OPENS: Final = "opens"


@dataclass(frozen=True)
class Opening:
    """What the names of one column open: the ids stand by the label of their row, so that a filter keeps them right."""

    what: What
    ids: Mapping[Hashable, str]


def opening(frame: pd.DataFrame, columns: Mapping[str, tuple[What, Iterable[object]]]) -> pd.DataFrame:
    """Return the table with what the names of some columns open.

    Parameters
    ----------
    columns
        By column: what is opened, and its id in each row; a row without an id opens nothing.
    """
    found = {name: Opening(what, _by_label(frame, ids)) for name, (what, ids) in columns.items()}
    result = frame.copy(deep=False)
    result.attrs = {**frame.attrs, _OPENS: {**frame.attrs.get(_OPENS, {}), **found}}
    return result


def openings(frame: pd.DataFrame) -> dict[str, Opening]:
    """Return what the names of each column open."""
    known: dict[str, Opening] = frame.attrs.get(_OPENS, {})
    return {name: one for name, one in known.items() if name in frame.columns}


def opened_at(frame: pd.DataFrame, row: int, column: str) -> tuple[What, str] | None:
    """Return what the cell in a row (counted from 0) and a column opens, if anything."""
    one = openings(frame).get(column)
    if one is None or not 0 <= row < len(frame):
        return None
    found = one.ids.get(frame.index[row])
    return None if found is None else (one.what, found)


def _by_label(frame: pd.DataFrame, ids: Iterable[Any]) -> dict[Hashable, str]:
    pairs = zip(frame.index, ids, strict=True)
    return {label: str(one) for label, one in pairs if not words.is_unknown(one) and str(one)}
