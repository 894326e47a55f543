"""What the user says beside the files of an import, and what is told of each file afterwards."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from data.files.delimiters import delimiter_word
from data.intake import DEFAULT_SOURCE
from data.versions import BatchCounts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from data.proving import Proof
    from data.recognition import Question, Understanding


@dataclass(frozen=True)
class ImportOptions:
    """What the user said beside the files.

    Parameters
    ----------
    answers
        Decisions on what the files mean, by the tokens of :mod:`data.recognition`.
    ask
        Asks a person what only the import itself can find out, by the name of the file; none where nobody is there.
    """

    table_name: str | None = None
    source_name: str = DEFAULT_SOURCE
    is_full: bool = False
    is_history: bool = False
    is_dry_run: bool = False
    date_order: str = ""
    decimal_mark: str = ""
    wait_seconds: float = 60.0
    answers: Mapping[str, str] = field(default_factory=dict)
    ask: Callable[[str, Question], str] | None = None

    @property
    def all_answers(self) -> dict[str, str]:
        """Every decision by token, those with an option of their own among them."""
        own = {"table": self.table_name or "", "date_order": self.date_order, "decimal_mark": self.decimal_mark}
        return {**{token: answer for token, answer in own.items() if answer}, **self.answers}


@dataclass(frozen=True)
class FileReport:
    """What became of one table of one file.

    Parameters
    ----------
    delimiter
        What separates the cells of a text file; empty for workbooks and the like.
    left_out_count
        Rows of the file that are no entries: totals, repeated headers, rows put together with others.
    questions
        What must be answered before the file can be taken in.
    understanding
        What was recognised; none for files with the contract's own columns.
    proof
        What the whole import changed, the same for all its files; none when nothing came in.
    """

    file: str
    table: str | None
    counts: BatchCounts | None = None
    batch_id: int | None = None
    warnings: int = 0
    ignored_columns: tuple[str, ...] = ()
    dropped_columns: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    problem: str = ""
    source_name: str = ""
    delimiter: str = ""
    left_out_count: int = 0
    mapping: Mapping[str, str] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    understanding: Understanding | None = None
    proof: Proof | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the report with the keys that the command line promises."""
        counts = asdict(self.counts) if self.counts else dict.fromkeys(BatchCounts.__dataclass_fields__, 0)
        seen = self.understanding
        return {
            "file": self.file,
            "table": self.table,
            **counts,
            "delimiter": delimiter_word(self.delimiter),
            "rows_left_out": self.left_out_count,
            "warnings": self.warnings,
            "batch_id": self.batch_id,
            "source": self.source_name,
            "system": seen.system if seen else "",
            "mapping": dict(self.mapping),
            "cleaning": [rule.as_json() for rule in seen.cleaning if rule.is_on] if seen else [],
            "profile": seen.profile if seen else "",
            "ignored_columns": list(self.ignored_columns),
            "dropped_columns": list(self.dropped_columns),
            "advice": list(self.advice),
            # Cells that a question shows are kept nowhere.
            "questions": [{**question.as_json(), "examples": {}} for question in self.questions],
            "problem": self.problem,
        }
