"""The journal: what people type and who looked at whom, in a transactional store beside the warehouse."""

from data.journal.engine import JournalError
from data.journal.forecasts import KeptForecast, Run, keep_forecasts, read_forecasts
from data.journal.scenarios import (
    Decision,
    Scenario,
    adopt,
    decision_of,
    delete_scenario,
    read_decisions,
    read_scenario,
    read_scenarios,
    rename_scenario,
    save_scenario,
    withdraw_decision,
)
from data.journal.store import (
    Access,
    Answer,
    read_access,
    read_answers,
    record_access,
    record_answer,
    record_import,
)

__all__ = [
    "Access",
    "Answer",
    "Decision",
    "JournalError",
    "KeptForecast",
    "Run",
    "Scenario",
    "adopt",
    "decision_of",
    "delete_scenario",
    "keep_forecasts",
    "read_access",
    "read_answers",
    "read_decisions",
    "read_forecasts",
    "read_scenario",
    "read_scenarios",
    "record_access",
    "record_answer",
    "record_import",
    "rename_scenario",
    "save_scenario",
    "withdraw_decision",
]
