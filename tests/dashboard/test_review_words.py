"""Sentences of a review: counts in the right form, scope that is taken out below zero."""

from __future__ import annotations

from dashboard.views.review import evidence_table
from dashboard.views.review_figures import filing_remark
from dashboard.views.review_signs import sign_sentence
from dashboard.views.typed import texts_of

QUIET = {"new_count": 1, "new_hours": -554.0, "usual_count": 0.1, "unconfirmed_count": 0, "approved_count": 0}


def test_one_request_that_takes_scope_out_reads_as_such() -> None:
    assert sign_sentence("requests", QUIET) == "1 new change request (−554 h; usually 0.1)."
    more = {**QUIET, "new_count": 2, "new_hours": 16.0, "approved_count": 1, "approved_hours": -40.0}
    assert sign_sentence("requests", more) == "2 new change requests (16 h; usually 0.1); 1 approved (−40 h)."


def test_a_long_stay_of_one_person_and_of_several_is_told_with_its_weeks() -> None:
    one = sign_sentence("long_away", {"people_count": 1, "most_weeks": 9})
    assert one == "One person has been on site for 9 weeks in a row."
    assert sign_sentence("long_away", {"people_count": 3, "most_weeks": 9}).endswith("the longest for 9.")


def test_teams_that_add_up_to_more_than_usually_file_are_explained_and_others_are_not() -> None:
    teams = [{"team_name": "North", "expected_count": 5, "filed_count": 4}, {"team_name": "", "expected_count": 3}]
    told = filing_remark({"teams": teams, "expected_count": 7})
    assert "everybody who had a workday in the week, 8;" in told
    assert "usually file, 7." in told
    assert filing_remark({"teams": teams, "expected_count": 8}) == ""


def test_evidence_shows_days_hours_and_counts_as_everywhere() -> None:
    row = {"change_request_id": "c1", "raised_at": "2026-11-02T09:00:00", "estimated_hours": 127.25, "cause": None}
    (cells,) = texts_of(evidence_table({"evidence": [row]})).to_numpy().tolist()
    assert cells[:3] == ["c1", "127.3", "2 Nov 2026"]
    (week,) = (
        texts_of(
            evidence_table({"evidence": [{"week_start_date": "2026-11-23", "expected_count": 7, "hours_now": 1200.0}]})
        )
        .to_numpy()
        .tolist()
    )
    assert week == ["23 Nov 2026", "7", "1 200.0"]
