"""Tables of a post-mortem: the same line reads the same wherever it stands, and lines add up as shown."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from dashboard.views.postmortem import account_rows, windows_table
from dashboard.views.postmortem_but_for import but_for_table
from dashboard.views.typed import texts_of

#: Rounded one by one, these are 0.1 + 0.1 + 0.1 + 4.1; they add up to 4.3.
LINES = pd.DataFrame(
    [("late_start", "", 0.07), ("rework", "", 0.07), ("handover", "", 0.07), ("scope", "Head nurse", 4.069)],
    columns=["cause", "department", "delay_weeks"],
)
BUT_FOR = pd.DataFrame(
    [
        ("department", "Head nurse", "", None, None, 4.069, 3.02),
        ("request", "CR-1", "Head nurse", pd.Timestamp("2026-03-02"), None, float("nan"), 1.26),
    ],
    columns=["kind", "key", "detail", "first_date", "last_date", "account_weeks", "earlier_weeks"],
).assign(difference_weeks=lambda rows: rows["earlier_weeks"] - rows["account_weeks"])
WINDOWS = pd.DataFrame(
    {
        "window_start_date": pd.to_datetime(["2026-03-01", "2026-04-01", "2026-05-01"]),
        "window_end_date": pd.to_datetime(["2026-03-31", "2026-04-30", "2026-05-31"]),
        "cause": ["rework", "rework", "late_start"],
        "delay_weeks": [0.96, 0.97, 0.97],
    }
)
MORTEM: Any = SimpleNamespace(account=SimpleNamespace(lines=LINES, windows=WINDOWS), but_for=BUT_FOR)


def test_a_line_of_the_account_reads_the_same_beside_the_replay_without_it() -> None:
    account = account_rows(MORTEM).set_index("label")["text"]
    table = texts_of(but_for_table(MORTEM))
    first, second = table.to_numpy().tolist()
    assert first[1] == account[first[0]] == "+4.0"
    assert first[2:] == ["+3.0", "−1.0"], "the difference is that of the figures beside it"
    assert second[1:] == ["–", "+1.3", "–"]


def test_the_weeks_of_the_windows_add_up_as_shown() -> None:
    lost = windows_table(MORTEM)["Weeks lost"]
    assert lost.sum() == pytest.approx(2.9)
    assert lost.round(1).tolist() == lost.tolist()
