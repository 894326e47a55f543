"""The import proves itself: what it changed, in rows and hours that add up, kept with the batch."""

from data.proving.finding import FoundReport, find_report
from data.proving.keeping import (
    BatchRecord,
    forget_examples,
    keep_report,
    read_record,
    read_report,
    without_row_examples,
)
from data.proving.measuring import prove
from data.proving.proof import BatchTotals, Change, Proof, RefusedReason, TableRows, proof_from_json

__all__ = [
    "BatchRecord",
    "BatchTotals",
    "Change",
    "FoundReport",
    "Proof",
    "RefusedReason",
    "TableRows",
    "find_report",
    "forget_examples",
    "keep_report",
    "proof_from_json",
    "prove",
    "read_record",
    "read_report",
    "without_row_examples",
]
