"""Change requests as they stood on a day: raised, approved, refused or pending; nothing learnt later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.delay.progress_model.work import Work, day_numbers

if TYPE_CHECKING:
    import numpy.typing as npt

    from analytics.delay.progress_model.work import Ints
    from analytics.evaluation.scores import Floats

#: A day that never came.
NEVER: Final = 1 << 40
#: Causes and kinds that mean work done again, not new scope.
_REWORK_WORDS: Final = ("defect", "rework", "bug", "缺陷")


@dataclass(frozen=True, eq=False)
class Requests:
    """One entry per version of a request, sorted by project; ``first`` and ``count`` say which are whose.

    A version says what was known from ``from_day`` until before ``until_day``; the request itself since ``known_day``.
    ``share`` is the estimate in shares of the first budget (negative takes scope out, not a number where nothing was
    estimated). A request is pending until ``decided_day``.
    """

    request_ids: npt.NDArray[np.object_]
    first: Ints
    count: Ints
    code: Ints
    known_day: Ints
    from_day: Ints
    until_day: Ints
    decided_day: Ints
    share: Floats
    is_approved: npt.NDArray[np.bool_]
    is_rework: npt.NDArray[np.bool_]
    is_logged: bool

    def of_project(self, code: int) -> slice:
        """Return where the versions of a project stand."""
        return slice(int(self.first[code]), int(self.first[code] + self.count[code]))

    def is_valid(self, days: Ints | int, rows: slice | Ints = slice(None)) -> npt.NDArray[np.bool_]:
        """Return which versions are what was known on the day (or on a day for each)."""
        known: npt.NDArray[np.bool_] = (self.from_day[rows] <= days) & (days < self.until_day[rows])
        return known


def prepare_requests(work: Work, change_requests: pd.DataFrame | None) -> Requests:
    """Lay out the requests of all projects; without a log, read them from the steps of the approved scope.

    Parameters
    ----------
    change_requests
        marts.change_request_versions, known from ``known_date`` until ``superseded_date``; without these columns what
        a row says is known since the request was raised. A decision without a date counts from the day of the request
        if it was approved, and never if it was refused: when that became known is unknown.
    """
    if change_requests is None or change_requests.empty:
        return _from_scope(work)
    rows = change_requests
    codes = work.codes_of(rows["project_id"].astype(str).to_numpy(dtype=object))
    rows, codes = rows[codes >= 0], codes[codes >= 0]
    raised = pd.to_datetime(rows["raised_at"])
    known = pd.to_datetime(rows["known_date"]) if "known_date" in rows else raised
    from_day = np.maximum(day_numbers(raised.to_numpy()), day_numbers(known.fillna(raised).to_numpy()))
    ids = rows["change_request_id"].astype(str).to_numpy(dtype=object)
    approved, refused = (rows[name].fillna(value=False).to_numpy(dtype=bool) for name in ("is_approved", "is_rejected"))
    decided = pd.to_datetime(rows["decided_at"])
    decided_day = np.maximum(day_numbers(decided.fillna(raised).to_numpy()), from_day)
    has_ended = approved | (refused & decided.notna().to_numpy())
    text = rows["cause"].fillna("").astype(str).str.lower() if "cause" in rows else pd.Series("", index=rows.index)
    budget = work.budget_hours[work.first_rows[codes]] if len(codes) else np.empty(0)
    return _sorted(
        work,
        codes,
        ids=ids,
        known_day=_first_days(codes, ids, from_day),
        from_day=from_day,
        until_day=_until_days(rows),
        decided_day=np.where(has_ended, decided_day, NEVER),
        share=pd.to_numeric(rows["estimated_hours"]).to_numpy(dtype=np.float64) / budget,
        is_approved=approved,
        is_rework=text.isin(_REWORK_WORDS).to_numpy(dtype=bool),
        is_logged=True,
    )


def _first_days(codes: Ints, ids: npt.NDArray[np.object_], from_day: Ints) -> Ints:
    """Return for each version the day on which the first version of its request became known."""
    versions = pd.DataFrame({"code": codes, "id": ids, "day": from_day})
    first: Ints = versions.groupby(["code", "id"], sort=False)["day"].transform("min").to_numpy(dtype=np.int64)
    return first


def _until_days(rows: pd.DataFrame) -> Ints:
    """Return the day on which another version took the place of each, never where it still holds."""
    if "superseded_date" not in rows:
        return np.full(len(rows), NEVER)
    until = pd.to_datetime(rows["superseded_date"])
    holds = until.isna().to_numpy()
    return np.where(holds, NEVER, day_numbers(until.fillna(pd.Timestamp(0)).to_numpy()))


def _from_scope(work: Work) -> Requests:
    """Read approved requests from the weeks in which the scope changed."""
    step = np.diff(work.scope, prepend=np.nan)
    step[work.first_rows] = np.nan_to_num(work.scope[work.first_rows] - 1.0)
    rows = np.flatnonzero(np.abs(np.nan_to_num(step)) > 1e-9)
    codes = np.repeat(np.arange(len(work.first_rows)), work.counts)[rows]
    days = work.week[rows] * 7
    return _sorted(
        work,
        codes,
        ids=np.full(len(rows), "", dtype=object),
        known_day=days,
        from_day=days,
        until_day=np.full(len(rows), NEVER),
        decided_day=days,
        share=step[rows],
        is_approved=np.ones(len(rows), dtype=bool),
        is_rework=np.zeros(len(rows), dtype=bool),
        is_logged=False,
    )


def _sorted(
    work: Work,
    codes: Ints,
    *,
    ids: npt.NDArray[np.object_],
    known_day: Ints,
    from_day: Ints,
    until_day: Ints,
    decided_day: Ints,
    share: Floats,
    is_approved: npt.NDArray[np.bool_],
    is_rework: npt.NDArray[np.bool_],
    is_logged: bool,
) -> Requests:
    order = np.lexsort((from_day, ids.astype(str), known_day, codes))
    numbers = np.arange(len(work.first_rows))
    first = np.searchsorted(codes[order], numbers, side="left")
    last = np.searchsorted(codes[order], numbers, side="right")
    return Requests(
        request_ids=ids[order],
        first=first.astype(np.int64),
        count=(last - first).astype(np.int64),
        code=codes[order],
        known_day=known_day[order],
        from_day=from_day[order],
        until_day=until_day[order],
        decided_day=decided_day[order],
        share=share[order],
        is_approved=is_approved[order],
        is_rework=is_rework[order],
        is_logged=is_logged,
    )
