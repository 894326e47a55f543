"""The journal: what people type and who looked at whom, in a transactional store beside the warehouse."""

from data.journal.announcements import (
    Announcement,
    newest_announcements,
    read_announcements,
    record_announcement,
)
from data.journal.decisions import (
    Decision,
    NewDecision,
    change_decision,
    close_decision,
    decision_of,
    read_decision,
    read_decisions,
    record_decision,
    reopen_decision,
    withdraw_decision,
)
from data.journal.edits import ConflictError
from data.journal.engine import JournalError
from data.journal.forecasts import KeptForecast, Run, keep_forecasts, read_forecasts
from data.journal.raid import RaidEntry, change_entry, read_entries, record_entries
from data.journal.reviews import Attendee, NewReview, ReviewHead, read_review, read_reviews, save_review
from data.journal.scenarios import (
    Scenario,
    adopt,
    delete_scenario,
    read_scenario,
    read_scenarios,
    rename_scenario,
    save_scenario,
)
from data.journal.store import (
    Access,
    Answer,
    read_access,
    read_answers,
    read_imports,
    record_access,
    record_answer,
    record_import,
)

__all__ = [
    "Access",
    "Announcement",
    "Answer",
    "Attendee",
    "ConflictError",
    "Decision",
    "JournalError",
    "KeptForecast",
    "NewDecision",
    "NewReview",
    "RaidEntry",
    "ReviewHead",
    "Run",
    "Scenario",
    "adopt",
    "change_decision",
    "change_entry",
    "close_decision",
    "decision_of",
    "delete_scenario",
    "keep_forecasts",
    "newest_announcements",
    "read_access",
    "read_announcements",
    "read_answers",
    "read_decision",
    "read_decisions",
    "read_entries",
    "read_forecasts",
    "read_imports",
    "read_review",
    "read_reviews",
    "read_scenario",
    "read_scenarios",
    "record_access",
    "record_announcement",
    "record_answer",
    "record_decision",
    "record_entries",
    "record_import",
    "rename_scenario",
    "reopen_decision",
    "save_review",
    "save_scenario",
    "withdraw_decision",
]
