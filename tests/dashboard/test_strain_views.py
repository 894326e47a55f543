"""Strain in words: facts, level, why, relief, limits; and never a word on health or achievement."""

from __future__ import annotations

import re
import tomllib

import pandas as pd
import pytest

from analytics.workload.strain.settings import strain_settings
from dashboard import charts
from dashboard.views import everything as views
from dashboard.views import strain, strain_cells, strain_tables, strain_words
from dashboard.views.prose import markdown_table
from data.strain_method import STRAIN_FILE

FORBIDDEN = re.compile(
    r"burn.?(ed.?)?out|mental|performance|productiv|diagnos|depress|resilien|stress level|weak person|lazy",
    re.IGNORECASE,
)
#: Names of studies and laws may carry words that we don't use ourselves.
PEOPLE = pd.DataFrame({"person_id": ["a", "b"], "person_name": ["Ana", "Bo"], "team_name": ["North", "North"]})


#: The rules as they come with Golive.
RULES = strain_settings(tomllib.loads(STRAIN_FILE.read_text(encoding="utf-8")))


WATCH_BEGINS = {"watch_once": 60.0, "watch_twice": 50.0}


def level_row(**more: object) -> dict[str, object]:
    row = {
        "person_id": "a",
        "week_start_date": pd.Timestamp("2026-05-04"),
        "level": "WATCH",
        "reason": "",
        "index": 54.2,
        "index_low": 51.0,
        "index_high": 60.4,
        "data_share": 0.9,
        "is_red_line": False,
        "red_lines": "",
    }
    return {**row, **more}


def weeks_of(*levels: str) -> pd.DataFrame:
    mondays = pd.date_range("2026-05-04", periods=len(levels), freq="7D")
    return pd.DataFrame([level_row(level=own, week_start_date=day) for own, day in zip(levels, mondays, strict=True)])


def indicators() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "person_id": "a",
            "indicator": ["nights_away", "days_in_a_row", "above_own_week", "zone_hours"],
            "domain": ["travel", "rest", "change", "travel"],
            "value": [19.0, 9.0, 9.25, 6.0],
            "score": [85.0, 66.0, 58.0, 0.0],
            "share": [0.52, 0.31, 0.12, 0.0],
        }
    )


def levers(**more: object) -> pd.DataFrame:
    row = {
        "person_id": "a",
        "lever": "home",
        "week_start_date": pd.Timestamp("2026-11-23"),
        "index_without": 71.4,
        "index_with": 52.1,
        "unit_count": 11.0,
    }
    return pd.DataFrame([{**row, **more}])


def test_the_sentence_goes_from_facts_to_level_to_why_to_options_to_limits() -> None:
    told = strain.person_sentence(level_row(), weeks_of("OK", "WATCH", "WATCH"), indicators(), levers(), RULES)
    parts = ["WATCH", "54 (51–60)", "90 %", "Above OK since the week of 11 May 2026", "nights away, 28 days: 19 (52 %)"]
    parts += [
        "days worked in a row: 9 (31 %)",
        "home from 23 Nov 2026 to 6 Dec 2026 (11 nights): 71 → 52",
        "Ask, don't assume",
    ]
    places = [told.index(part) for part in parts]
    assert places == sorted(places)


def test_without_data_the_sentence_says_why_and_names_no_cause() -> None:
    row = level_row(level="NO DATA", reason="coverage", data_share=0.4)
    told = strain.person_sentence(row, weeks_of("NO DATA"), indicators(), levers(), RULES)
    assert "under 60 % of the workdays" in told
    assert "51–60" in told
    assert "nights away" not in told


def test_a_red_line_is_said() -> None:
    told = strain.person_sentence(
        level_row(level="HIGH", is_red_line=True, red_lines="hours_peak_week"),
        weeks_of("HIGH"),
        indicators(),
        levers(),
        RULES,
    )
    assert "A red line is crossed" in told


@pytest.mark.parametrize("lever", ["home", "leave_week", "normal_hours", "free_weekends", "no_requests", "no_nights"])
def test_every_lever_names_its_week_and_what_it_changes(lever: str) -> None:
    told = strain.lever_text(levers(lever=lever))
    assert "23 Nov 2026" in told
    assert told.endswith("71 → 52")


def test_every_indicator_and_domain_has_words_of_its_own() -> None:
    table = tomllib.loads(STRAIN_FILE.read_text(encoding="utf-8"))
    for name in table["indicators"]:
        assert strain_words.indicator_words(name) != name.replace("_", " ").capitalize(), name
    assert len({strain_words.domain_words(name) for name in table["domains"]}) == 7


def test_the_file_of_anchors_uses_none_of_the_words_that_we_avoid() -> None:
    table = tomllib.loads(STRAIN_FILE.read_text(encoding="utf-8"))
    texts = [
        f"{name} {line.get('unit', '')} {line['source']}" for part in table.values() for name, line in part.items()
    ]
    assert [text for text in texts if FORBIDDEN.search(text)] == []


def test_no_sentence_on_a_person_uses_a_word_that_we_avoid() -> None:
    rows = [level_row(), level_row(level="HIGH", is_red_line=True), level_row(level="OK")]
    rows += [level_row(level="NO DATA", reason=reason) for reason in ("coverage", "new", "open")]
    told = [strain.person_sentence(row, weeks_of("HIGH"), indicators(), levers(), RULES) for row in rows]
    assert [text for text in told if FORBIDDEN.search(text)] == []


def test_a_team_of_fewer_than_five_has_no_figure() -> None:
    units = pd.DataFrame(
        {
            "team_name": ["North", "South"],
            "finding": ["strain", "silent"],
            "people_count": pd.array([None, 7.0], dtype="Float64"),
            "finding_count": pd.array([None, 7.0], dtype="Float64"),
            "finding_share": pd.array([None, 1.0], dtype="Float64"),
        }
    )
    small, large = strain.unit_sentences(units)
    assert not re.search(r"\d", small)
    assert large.startswith("South: 7 of 7 people have no timesheets")
    counts = strain.watch_counts_sentence(weeks_of("WATCH", "OK"))
    assert "Fewer than five people" in counts


def watch_table(rows: pd.DataFrame, helping: pd.DataFrame | None = None) -> pd.DataFrame:
    helping = levers() if helping is None else helping
    return strain_tables.watch_table(strain_tables.watched_people(rows, indicators(), helping, PEOPLE, RULES))


def test_a_finding_about_the_team_takes_nobody_out_of_the_list() -> None:
    rows = pd.DataFrame([level_row(person_id="a", index=51.0)])
    table = watch_table(rows)
    assert table["Person"].tolist() == ["Ana"]
    assert "nights away, 28 days: 19 (52 %)" in table["Why"].iloc[0]
    assert "home from 23 Nov 2026 to 6 Dec 2026" in table[strain.levers_heading()].iloc[0]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"level": "HIGH", "index": 39.0}, "HIGH lasts: it began with two Mondays at 70 or a red line"),
        ({"level": "WATCH", "index": 71.0}, "HIGH begins with the second Monday in a row at 70"),
        ({"level": "WATCH", "index": 41.0}, "WATCH lasts: it ends after two Mondays under 40"),
        ({"level": "OK", "index": 52.0}, "OK so far: WATCH begins with the second Monday in a row at 50"),
        ({"level": "WATCH", "index": 61.0}, ""),
        ({"level": "HIGH", "index": 84.0}, ""),
        ({"level": "OK", "index": 12.0}, ""),
    ],
)
def test_a_level_that_differs_from_its_index_says_why(row: dict[str, object], said: str) -> None:
    told = strain.level_text(level_row(**row), RULES)
    assert (said in told) if said else told == ""


def test_the_red_line_that_is_crossed_is_named_and_no_other() -> None:
    row = level_row(level="HIGH", index=39.0, is_red_line=True, red_lines="hours_peak_week")
    told = strain.level_text(row, RULES)
    assert told == "A red line is crossed: a week of 72 hours or more. That alone is HIGH, whatever the index."
    both = strain.level_text({**row, "red_lines": "days_in_a_row overtime_month"}, RULES)
    assert "13 days worked in a row and 80 hours of overtime in a month or more" in both


def test_what_would_help_says_that_both_numbers_lie_two_weeks_ahead() -> None:
    told = strain.person_sentence(level_row(index=78.0), weeks_of("WATCH"), indicators(), levers(), RULES)
    assert "index in two weeks: as planned → with it" in told.replace("\\", "")


def test_a_finding_about_a_team_names_the_projects_that_cause_it() -> None:
    units = pd.DataFrame({"team_name": ["North"], "finding": ["strain"], "people_count": [6.0], "finding_count": [2.0]})
    behind = pd.DataFrame({"team_name": "North", "project_id": ["p1", "p2"], "watch_weeks": [6.5, 1.0]})
    projects = pd.DataFrame({"project_id": ["p1", "p2"], "project_name": ["Alpha", None]})
    (told,) = strain.unit_texts(units, behind, projects)
    assert "2 of 6 people are on watch" in told
    assert told.endswith(
        "Behind it, in weeks on watch of twelve weeks: Alpha (6.5 person-weeks), p2 (1.0 person-weeks)."
    )


def test_who_is_fine_now_and_not_in_four_weeks_is_told_before() -> None:
    rows = pd.DataFrame([level_row(level="OK"), level_row(person_id="b", level="WATCH")])
    ahead = pd.DataFrame(
        {
            "person_id": ["a", "a", "b"],
            "week_start_date": pd.to_datetime(["2026-05-11", "2026-05-18", "2026-05-18"]),
            "index_low": [40.0, 48.0, 60.0],
            "index_mid": [52.0, 55.0, 70.0],
            "index_high": [56.0, 62.0, 80.0],
        }
    )
    table = strain_tables.rising_table(rows, ahead, levers(), PEOPLE, WATCH_BEGINS)
    assert table["Person"].tolist() == ["Ana"]
    assert views.texts_of(table)["Index then"].tolist() == ["55"]
    assert table["Range then"].tolist() == ["48–62"]
    assert table["Highest in the week of"].dtype.kind == "M"


@pytest.mark.parametrize(
    ("now", "ahead", "is_listed"),
    [
        (20.0, [54.4, 44.2, 44.5, 40.8], False),
        (52.0, [54.4, 44.2, 44.5, 40.8], True),
        (20.0, [44.0, 60.0, 40.0, 40.0], True),
        (20.0, [44.0, 51.0, 50.0, 40.0], True),
        (20.0, [51.0, 44.0, 51.0, 44.0], False),
    ],
)
def test_who_will_be_on_watch_is_told_by_the_rule_that_begins_it(
    now: float, ahead: list[float], is_listed: bool
) -> None:
    rows = pd.DataFrame([level_row(level="OK", index=now)])
    outlook = pd.DataFrame(
        {
            "person_id": "a",
            "week_start_date": pd.date_range("2026-05-11", periods=4, freq="7D"),
            "index_low": ahead,
            "index_mid": ahead,
            "index_high": ahead,
        }
    )
    table = strain_tables.rising_table(rows, outlook, levers(), PEOPLE, WATCH_BEGINS)
    assert (len(table) == 1) == is_listed


def test_who_is_on_watch_is_sorted_by_name_and_not_by_index() -> None:
    rows = pd.DataFrame([level_row(person_id="b", index=90.0), level_row(person_id="a", index=55.0)])
    table = watch_table(rows)
    assert table["Person"].tolist() == ["Ana", "Bo"]


def test_who_is_high_stands_before_who_is_on_watch() -> None:
    rows = pd.DataFrame([level_row(index=69.0), level_row(person_id="b", level="HIGH", index=41.0)])
    table = watch_table(rows)
    assert table["Person"].tolist() == ["Bo", "Ana"]


def test_nothing_of_what_would_help_is_cut() -> None:
    many = pd.concat([levers(lever=name) for name in ("home", "leave_week", "normal_hours", "no_nights")])
    table = watch_table(pd.DataFrame([level_row()]), many)
    assert markdown_table(table).count("71 → 52") == 4


def cells() -> pd.DataFrame:
    weeks = weeks_of("OK", "NO DATA", "HIGH")
    return strain_cells.strain_cells(weeks, PEOPLE)


def test_a_week_without_a_level_is_hatched_and_has_no_number() -> None:
    made = cells()
    assert made["cell_text"].tolist() == ["54", "?", "54 H"]
    figure = charts.strain_heatmap(made)
    hatched = [trace for trace in figure.data if trace.type == "scatter"]
    assert {pd.Timestamp(day) for day in hatched[0].x} >= {pd.Timestamp("2026-05-11")}
    assert all(abs(pd.Timestamp(day) - pd.Timestamp("2026-05-11")) <= pd.Timedelta(days=2) for day in hatched[0].x)
    assert hatched[0].marker.symbol == "line-ne"


def test_nights_are_known_without_timesheets() -> None:
    weeks = pd.DataFrame(
        {
            "person_id": ["a", "a"],
            "week_start_date": pd.to_datetime(["2026-05-04", "2026-05-11"]),
            "state": ["missing", "missing"],
            "nights_count": pd.array([4, None], dtype="Int64"),
            "is_travel_told": pd.array([True, None], dtype="boolean"),
        }
    )
    made = strain_cells.nights_cells(weeks, PEOPLE)
    assert made["cell_state"].tolist() == ["load", "missing"]
    assert made["cell_text"].tolist() == ["4", "–"]


def test_a_week_whose_trips_nobody_can_have_entered_yet_is_no_week_at_home() -> None:
    weeks = pd.DataFrame(
        {
            "person_id": ["a", "a", "b"],
            "week_start_date": pd.to_datetime(["2026-05-04", "2026-05-11", "2026-05-11"]),
            "state": "filed",
            "nights_count": pd.array([0, None, 2], dtype="Int64"),
            "is_travel_told": pd.array([True, False, False], dtype="boolean"),
        }
    )
    made = strain_cells.nights_cells(weeks, PEOPLE)
    assert made["cell_text"].tolist() == ["0", "?", "2"]
    assert made["cell_state"].tolist() == ["load", "missing", "load"]
    assert "trips of this week are not known yet" in made["hover_text"].iloc[1]


def test_the_history_shows_the_range_and_leaves_a_gap_without_a_level() -> None:
    ahead = pd.DataFrame(
        {
            "week_start_date": pd.to_datetime(["2026-05-25"]),
            "index_low": [40.0],
            "index_mid": [50.0],
            "index_high": [60.0],
        }
    )
    figure = charts.strain_history(weeks_of("OK", "NO DATA", "WATCH"), ahead)
    line = next(trace for trace in figure.data if trace.name == "Strain index")
    assert pd.isna(line.y[1])
    assert {"Outlook", "Outlook, eight of ten", "Range by days not filed"} <= {trace.name for trace in figure.data}


def test_the_strip_names_each_day_and_rings_nights_away() -> None:
    days = pd.DataFrame(
        {
            "day": pd.date_range("2026-05-04", periods=7),
            "week_start_date": pd.Timestamp("2026-05-04"),
            "weekday": range(7),
            "worked_hours": [8.0, 12.0, None, None, None, None, 5.0],
            "day_kind": ["work", "long", "missing", "leave", "holiday", "rest", "weekend_work"],
            "is_night_away": [True, False, False, False, False, False, False],
        }
    )
    rows = strain_cells.strip_rows(days)
    assert rows["cell_text"].tolist() == ["8", "12", "?", "L", "H", "", "5"]
    figure = charts.day_strip(rows)
    rings = [trace for trace in figure.data if trace.type == "scatter" and trace.marker.symbol == "circle-open"]
    assert len(rings[0].x) == 1


def test_projects_show_the_strain_behind_them() -> None:
    costs = pd.DataFrame({"project_id": ["p1"], "watch_weeks": [3.25], "people_count": [2]})
    table = views.with_costs(pd.DataFrame({"project_id": ["p1", "p2"]}), costs)
    assert views.texts_of(table)["Person-weeks on watch, 12 weeks"].tolist() == ["3.3", "–"]


def test_who_is_at_high_stands_on_top_and_more_are_counted() -> None:
    rows = pd.DataFrame([level_row(person_id="a"), level_row(person_id="b", level="HIGH")])
    found = strain_tables.watched_people(rows, indicators(), levers(), PEOPLE, RULES)
    assert [one.is_high for one in found] == sorted((one.is_high for one in found), reverse=True)
    assert {one.person_id for one in found if one.is_high} == {"b"}
    assert strain_tables.more_high_sentence(2).startswith("2 people more")
    assert strain_tables.more_high_sentence(0) == ""


def test_who_is_at_high_counts_as_on_watch_in_every_sentence() -> None:
    levels = pd.DataFrame({"level": ["HIGH", "WATCH", "WATCH", "OK", "OK", "NO DATA"]})
    told = strain.watch_counts_sentence(levels)
    assert told == "Of 6 people: 3 on watch (WATCH or HIGH), 1 of them at HIGH; 1 without enough data."
