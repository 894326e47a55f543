"""Sentences of a review: counts in the right form, scope that is taken out below zero."""

from __future__ import annotations

from dashboard.views.review_signs import sign_sentence

QUIET = {"new_count": 1, "new_hours": -554.0, "usual_count": 0.1, "unconfirmed_count": 0, "approved_count": 0}


def test_one_request_that_takes_scope_out_reads_as_such() -> None:
    assert sign_sentence("requests", QUIET) == "1 new change request (−554 h; usually 0.1)."
    more = {**QUIET, "new_count": 2, "new_hours": 16.0, "approved_count": 1, "approved_hours": -40.0}
    assert sign_sentence("requests", more) == "2 new change requests (16 h; usually 0.1); 1 approved (−40 h)."


def test_a_long_stay_of_one_person_and_of_several_is_told_with_its_weeks() -> None:
    one = sign_sentence("long_away", {"people_count": 1, "most_weeks": 9})
    assert one == "One person has been on site for 9 weeks in a row."
    assert sign_sentence("long_away", {"people_count": 3, "most_weeks": 9}).endswith("the longest for 9.")
