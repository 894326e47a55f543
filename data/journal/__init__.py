"""The journal: what people type and who looked at whom, in a transactional store beside the warehouse."""

from data.journal.store import (
    Access,
    Answer,
    read_access,
    read_answers,
    record_access,
    record_answer,
    record_import,
)

__all__ = ["Access", "Answer", "read_access", "read_answers", "record_access", "record_answer", "record_import"]
