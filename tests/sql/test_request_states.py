"""What the words for the state of a change request mean."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from data.request_states import REQUEST_STATES

if TYPE_CHECKING:
    from tests.data.firm import Firm


def test_each_word_means_one_state_and_is_written_in_lower_case() -> None:
    words = Counter(word for words in REQUEST_STATES.values() for word in words)
    assert max(words.values()) == 1
    assert all(word == word.lower().strip() for word in words)


def test_states_are_understood_in_the_words_of_several_languages(firm: Firm) -> None:
    firm.take_in_text(
        "change_requests.csv",
        """
        change_request_id,project_id,raised_at,completed_at,status
        1,p1,2026-03-02,,Abgelehnt
        2,p1,2026-03-02,,已批准
        3,p1,2026-03-02,2026-03-09,En attente
        4,p1,2026-03-02,2026-03-09,Sonstiges
        5,p1,2026-03-02,,
        """,
    )
    states = "case when is_approved then 'approved' when is_rejected then 'rejected' when is_pending then 'pending' end"
    assert firm.rows(f"select {states} from marts.change_requests order by change_request_id") == [
        ("rejected",),
        ("approved",),
        ("pending",),
        ("approved",),
        ("pending",),
    ]
