"""What was said of all projects of a day is what is said of some of them; another history remembers its own."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.delay.explaining import drivers_on, position_on
from analytics.delay.portfolio import forecast_on
from analytics.delay.together import joint_on
from tests.analytics.delay.works import make_works

DAY = pd.Timestamp("2022-06-05")


def test_explaining_and_joining_say_the_same_before_and_after_all_were_forecast() -> None:
    apart, said = (make_works(40, seed=3).histories() for _ in range(2))
    found = forecast_on(said, DAY)
    assert list(said.spoken) == [(DAY, 0)]
    assert not apart.spoken
    pd.testing.assert_frame_equal(drivers_on(apart, DAY), drivers_on(said, DAY))
    first, second = joint_on(apart, DAY), joint_on(said, DAY)
    assert first is not None
    assert second is not None
    assert first[0] == second[0]
    name = str(found.loc[found["mode"].eq("A"), "project_id"].iloc[0])
    alone, among = position_on(apart, DAY, [name]), position_on(said, DAY, [name])
    assert alone is not None
    assert among is not None
    assert among.quantiles == pytest.approx(alone.quantiles)


def test_a_few_days_are_remembered_and_another_history_has_its_own() -> None:
    histories = make_works(20, seed=3).histories()
    for week in range(6):
        forecast_on(histories, DAY + pd.Timedelta(weeks=week))
    assert len(histories.spoken) == 4
    assert (DAY + pd.Timedelta(weeks=5), 0) in histories.spoken
    assert histories.measured_by("current_plan").spoken == {}
    assert histories.of_project("w001").spoken == {}
