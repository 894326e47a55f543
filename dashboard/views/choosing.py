"""Lists to choose from, and what is left after choosing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence, Sized

    import pandas as pd

#: So many rows stand on one page of a ranked figure.
PAGE_ROWS_COUNT: Final = 25


def choices(rows: pd.DataFrame, column: str) -> list[str]:
    """Return the values of a column to choose from, sorted, the empty ones left out."""
    return sorted({str(value) for value in rows[column].dropna().unique() if str(value)}, key=str.casefold)


def names_by_id(rows: pd.DataFrame, key: str, name: str) -> dict[str, str]:
    """Return the name of each id for a list to choose from, sorted by name; ids tell apart who shares one."""
    known = rows[[key, name]].dropna(subset=[key]).drop_duplicates(key)
    names = known[name].where(known[name].notna() & known[name].ne(""), known[key]).astype(str)
    shared = names.duplicated(keep=False)
    labels = names.where(~shared, names + " (" + known[key].astype(str) + ")")
    found = dict(zip(known[key].astype(str), labels, strict=True))
    return dict(sorted(found.items(), key=lambda item: item[1].casefold()))


def filtered(rows: pd.DataFrame, **chosen: list[str]) -> pd.DataFrame:
    """Return the rows whose columns hold one of the chosen values; nothing chosen means all."""
    for column, values in chosen.items():
        if values:
            rows = rows.loc[rows[column].isin(values)]
    return rows.reset_index(drop=True)


def matching(rows: pd.DataFrame, words: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the rows in whose columns (all unless some are named) every one of the words stands; no words mean all."""
    sought = words.casefold().split()
    if not sought or rows.empty:
        return rows
    texts = (rows if columns is None else rows[list(columns)]).astype("str").agg(" ".join, axis=1).str.casefold()
    return rows[[all(word in text for word in sought) for text in texts]].reset_index(drop=True)


def page_count(rows: Sized, size: int = PAGE_ROWS_COUNT) -> int:
    """Return how many pages ``rows`` fill; no rows fill one."""
    return max(1, -(-len(rows) // size))


Rows = TypeVar("Rows", "pd.DataFrame", list[str])


def page_of(rows: Rows, number: int, size: int = PAGE_ROWS_COUNT) -> Rows:
    """Return the rows on page ``number``; the pages count from 1."""
    part = slice((number - 1) * size, number * size)
    return rows[part] if isinstance(rows, list) else rows.iloc[part].reset_index(drop=True)


def project_labels(projects: pd.DataFrame) -> dict[str, str]:
    """Return the name of each project for a list to choose from, sorted by name; no two are the same."""
    names = projects["project_name"].fillna(projects["project_id"])
    clients = projects["client_name"].fillna("")
    plain = [f"{name} · {client}" if client else str(name) for name, client in zip(names, clients, strict=True)]
    labels = {
        str(project_id): f"{label} ({project_id})" if plain.count(label) > 1 else label
        for project_id, label in zip(projects["project_id"], plain, strict=True)
    }
    return dict(sorted(labels.items(), key=lambda item: item[1].casefold()))


def ranked_ids(forecast: pd.DataFrame) -> list[str]:
    """Return the running projects as the portfolio ranks them: those that cost most by their expected delay first."""
    ranked = forecast.sort_values("expected_delay_person_weeks", ascending=False, na_position="last", kind="stable")
    return ranked["project_id"].astype("str").tolist()


def first_shown_project(forecast: pd.DataFrame, labels: dict[str, str]) -> str:
    """Return the project to show when none was chosen: the one with most expected delay."""
    delay = forecast.set_index("project_id")["expected_delay_person_weeks"].dropna()
    return str(delay.idxmax()) if len(delay) else next(iter(labels))
