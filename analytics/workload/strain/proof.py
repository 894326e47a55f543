"""How well planted cases are found, and how quiet it is where nothing was planted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

#: After the end of a pattern its four-week windows still hold it: these weeks are neither planted nor clean.
_AFTER_WEEKS = 10
_YEAR_WEEKS = 52

#: What is promised.
MIN_RECALL = 0.9
MAX_WATCH_SHARE = 0.025
MAX_HIGH_SHARE = 0.005
MAX_CHANGES_A_YEAR = 4.0


@dataclass(frozen=True)
class StrainProof:
    """Tables of one evaluation.

    ``recall`` has one row per planted kind and detector; ``quiet`` one per kind that must not be found (and for all
    clean person-weeks together).
    """

    recall: pd.DataFrame
    quiet: pd.DataFrame
    overall: pd.DataFrame


def strain_proof(flags: pd.DataFrame, truth: pd.DataFrame, detectors: Sequence[str]) -> StrainProof:
    """Judge detectors.

    Parameters
    ----------
    flags
        ``person_id``, ``week_start_date``, one column of flags per detector, ``high``, ``no_data``, ``level_number``.
    truth
        ``person_id``, ``kind``, ``is_planted``, ``onset_date``, ``end_date``, ``within_weeks``.
    """
    rows = flags.merge(truth, on="person_id", how="inner", validate="many_to_one").sort_values(
        ["person_id", "week_start_date"], ignore_index=True
    )
    weeks_in = (rows["week_start_date"] - rows["onset_date"]).dt.days // 7
    rows = rows.assign(
        weeks_in=weeks_in,
        is_clean=~rows["is_planted"]
        | rows["week_start_date"].lt(rows["onset_date"])
        | rows["week_start_date"].ge(rows["end_date"] + pd.Timedelta(weeks=_AFTER_WEEKS)),
    )
    return StrainProof(
        recall=pd.concat([_recall(rows, name) for name in detectors], ignore_index=True),
        quiet=_quiet(rows, detectors),
        overall=pd.DataFrame([_overall(rows, name) for name in detectors]),
    )


def _recall(rows: pd.DataFrame, detector: str) -> pd.DataFrame:
    """Share of each planted kind that is flagged within its weeks; flags that began before it don't count as found."""
    planted = rows.loc[rows["is_planted"] & rows["weeks_in"].ge(0) & rows["weeks_in"].lt(rows["within_weeks"])]
    first = planted.loc[planted[detector]].groupby("person_id")["weeks_in"].min().rename("first")
    people = rows.loc[rows["is_planted"], ["person_id", "kind", "within_weeks"]].drop_duplicates()
    found = people.join(first, on="person_id")
    return (
        found.assign(is_found=found["first"].notna(), weeks=found["first"] + 1)
        .groupby("kind", sort=False, as_index=False)
        .agg(
            cases=("person_id", "size"),
            within_weeks=("within_weeks", "first"),
            recall=("is_found", "mean"),
            median_weeks=("weeks", "median"),
        )
        .assign(detector=detector)
    )


def _quiet(rows: pd.DataFrame, detectors: Sequence[str]) -> pd.DataFrame:
    clean = rows.loc[~rows["is_planted"]]
    shares = clean.groupby("kind", sort=False)[[*detectors, "high", "no_data"]].mean()
    after = clean.loc[clean["weeks_in"].between(0, 3)].groupby("kind", sort=False)[list(detectors)].max()
    found = clean.groupby(["kind", "person_id"], sort=False)[list(detectors)].any().groupby("kind", sort=False).mean()
    del after
    changes = _changes_a_year(clean).groupby(clean.drop_duplicates("person_id").set_index("person_id")["kind"]).mean()
    people = clean.groupby("kind", sort=False)["person_id"].nunique().rename("people")
    return (
        pd.concat([people, shares, found.add_suffix("_ever"), changes.rename("changes_a_year")], axis=1)
        .rename_axis("kind")
        .reset_index()
    )


def _changes_a_year(rows: pd.DataFrame) -> pd.Series:
    """Return changes of level per person and year; a time without data is no change."""
    told = rows.loc[~rows["no_data"]]
    steps = told.groupby("person_id")["level_number"].diff()
    is_change = steps.ne(0) & steps.notna()
    weeks = rows.groupby("person_id").size()
    return is_change.groupby(told["person_id"]).sum().reindex(weeks.index, fill_value=0) * _YEAR_WEEKS / weeks


def _overall(rows: pd.DataFrame, detector: str) -> dict[str, object]:
    clean = rows.loc[rows["is_clean"]]
    begins = clean[detector] & ~clean.groupby("person_id")[detector].shift(fill_value=False).astype(bool)
    steady = rows.loc[~rows["is_planted"]]
    recall = _recall(rows, detector)
    return {
        "detector": detector,
        "lowest_recall": recall["recall"].min(),
        "mean_recall": recall["recall"].mean(),
        "clean_weeks": len(clean),
        "flagged_share": clean[detector].mean(),
        "high_share": clean["high"].mean() if detector == "index" else float("nan"),
        "no_data_share": clean["no_data"].mean() if detector == "index" else float("nan"),
        "false_episodes_100_years": begins.sum() / len(clean) * _YEAR_WEEKS * 100,
        "changes_a_year": _changes_a_year(steady).mean() if detector == "index" else _flag_changes(steady, detector),
        "changes_a_year_most": _changes_a_year(steady).max() if detector == "index" else float("nan"),
    }


def _flag_changes(rows: pd.DataFrame, detector: str) -> float:
    """Return changes of a flag per person and year."""
    steps = rows.groupby("person_id")[detector].shift()
    is_change = rows[detector].ne(steps) & steps.notna()
    return float(is_change.groupby(rows["person_id"]).sum().div(rows.groupby("person_id").size()).mean() * _YEAR_WEEKS)
