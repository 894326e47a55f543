"""Not filed is not zero: a running project is accounted for up to its last filed week, one on hold to the day."""

from __future__ import annotations

import pandas as pd

from dashboard.answers.postmortem_cases import _filed_until, _is_known_after

SUNDAY = pd.Timestamp("2026-05-24")


def weeks(*hours: float) -> pd.DataFrame:
    mondays = [pd.Timestamp("2026-04-27") + pd.Timedelta(weeks=number) for number in range(len(hours))]
    return pd.DataFrame({"week_start_date": mondays, "booked_hours": hours})


def test_weeks_without_an_hour_at_the_end_are_not_counted_as_idle() -> None:
    assert _filed_until(weeks(80, 75, 0, 0), SUNDAY) == (pd.Timestamp("2026-05-10"), True)


def test_a_week_that_few_have_filed_yet_does_not_count() -> None:
    assert _filed_until(weeks(80, 75, 78, 80, 12), SUNDAY) == (SUNDAY, False)


def test_a_project_without_any_hour_is_looked_at_up_to_the_told_week() -> None:
    assert _filed_until(weeks(0, 0), SUNDAY) == (SUNDAY, False)


def test_one_import_of_all_history_after_the_end_tells_no_week_of_knowledge() -> None:
    known = pd.DataFrame({"worked_hours": [80.0, 70.0], "known_week_date": [SUNDAY, SUNDAY]})
    assert _is_known_after(known, SUNDAY - pd.Timedelta(weeks=20))
    assert not _is_known_after(known, SUNDAY - pd.Timedelta(weeks=2))
    assert not _is_known_after(known.iloc[:0], SUNDAY)
