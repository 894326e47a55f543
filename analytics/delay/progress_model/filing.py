"""Hours of recent weeks that are not all filed yet, completed by how late people usually file.

A reporting triangle has the hours of each week by how many weeks later they became known. The share known by each age
is learnt from weeks that are old enough (chain ladder; Mack 1993, ASTIN Bulletin 23:213-225), for each person, shrunk
to their project and that to the firm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from analytics.delay.progress_model.capacity import COMPLETE_AFTER_WEEKS, LEARNT_WEEKS, Capacity

if TYPE_CHECKING:
    from analytics.delay.progress_model.work import Ints
    from analytics.evaluation.scores import Floats

#: Hours for which the wider group counts in a narrower one's factor.
_POOLING_HOURS: Final = 400.0
#: A week of which less than this is usually known can't be completed.
LEAST_SHARE: Final = 0.25


@dataclass(frozen=True, eq=False)
class FiledWeeks:
    """Completed hours of the last ``COMPLETE_AFTER_WEEKS`` weeks of some projects, oldest first.

    ``hours`` is not a number where too little of a week is usually known by now. ``noise_weeks`` says how many weeks'
    worth of news each is: 1 for a complete week, less for one that is partly guessed.
    """

    hours: Floats
    noise_weeks: Floats


def completed_weeks(capacity: Capacity, codes: Ints, weeks: Ints) -> FiledWeeks:
    """Return the recent hours of projects as known in a week, completed.

    Parameters
    ----------
    codes, weeks
        Number of each project, and of the week whose knowledge counts; later rows are not looked at.
    """
    hours = np.full((len(codes), COMPLETE_AFTER_WEEKS), np.nan)
    noise = np.ones_like(hours)
    for place, (code, week) in enumerate(zip(codes.tolist(), weeks.tolist(), strict=True)):
        firm = _shrunk(capacity.filed.until(week - COMPLETE_AFTER_WEEKS), usual_shares())
        hours[place], noise[place] = _completed(capacity, code, week, firm)
    return FiledWeeks(hours, noise)


def _completed(capacity: Capacity, code: int, week: int, firm: Floats) -> tuple[Floats, Floats]:
    """Return completed hours and weight of news of one project's recent weeks."""
    rows, own = capacity.booked, capacity.booked.of(code)
    age, lag = week - rows.week[own], np.clip(rows.known[own] - rows.week[own], 0, COMPLETE_AFTER_WEEKS)
    is_known = (rows.known[own] <= week) & (age >= 0) & (age < LEARNT_WEEKS)
    age, lag, hours = age[is_known], lag[is_known], rows.hours[own][is_known]
    person = np.unique(rows.person[own][is_known], return_inverse=True)[1]
    is_old = age >= COMPLETE_AFTER_WEEKS
    count = int(person.max(initial=0)) + 1
    table = np.zeros((count, COMPLETE_AFTER_WEEKS + 1))
    np.add.at(table, (person[is_old], lag[is_old]), hours[is_old])
    project = _shrunk(table.sum(axis=0), firm)
    share = np.maximum(_shrunk(table, project), LEAST_SHARE)
    is_new = ~is_old
    column = COMPLETE_AFTER_WEEKS - 1 - age[is_new]
    known = np.bincount(column, hours[is_new], minlength=COMPLETE_AFTER_WEEKS)
    total = np.bincount(column, hours[is_new] / share[person[is_new], age[is_new]], minlength=COMPLETE_AFTER_WEEKS)
    usual = project[:COMPLETE_AFTER_WEEKS][::-1]
    filed = np.where(total > 0, known / np.where(total > 0, total, 1.0), usual)
    return np.where(usual >= LEAST_SHARE, np.maximum(total, 0.0), np.nan), np.clip(filed, 0.05, 1.0)


def usual_shares() -> Floats:
    """Return what is assumed of a firm without history: most file within two weeks."""
    return np.array([0.6, 0.9, *([1.0] * (COMPLETE_AFTER_WEEKS - 1))])


def _shrunk(table: Floats, wider: Floats) -> Floats:
    """Return the share of hours known by each age, shrunk to that of the wider group."""
    known = np.cumsum(np.maximum(table, 0.0), axis=-1)
    mixed = (known + _POOLING_HOURS * wider) / (known[..., -1:] + _POOLING_HOURS)
    return np.asarray(np.clip(mixed, 0.0, 1.0))
