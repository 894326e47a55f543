"""The journal: what people type and who looked at whom, in a transactional store beside the warehouse."""

from data.journal.engine import JournalError
from data.journal.forecasts import KeptForecast, Run, keep_forecasts, read_forecasts
from data.journal.scenarios import (
    Decision,
    Scenario,
    adopt,
    read_decisions,
    read_scenario,
    read_scenarios,
    save_scenario,
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
    "save_scenario",
]
