"""What was understood of one table of a file, for the user to read and for the import to follow."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.recognition.recipe import Recipe


@dataclass(frozen=True)
class Question:
    """What Golive can't know.

    Parameters
    ----------
    token
        The key of the answer: a contract column, ``table``, ``date_order``, ``decimal_mark``, ``month``,
        ``unit.<source>``.
    options
        Proposed answers, the likeliest first. For a contract column the answer is a column of the file, or else a
        value for all rows.
    is_blocking
        Without the answer nothing is imported.
    examples
        Option → up to three cells, as they stand or as they would be read with it.
    """

    token: str
    words: str
    options: tuple[str, ...] = ()
    is_blocking: bool = True
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return plain lists and texts."""
        return {
            "token": self.token,
            "words": self.words,
            "options": list(self.options),
            "is_blocking": self.is_blocking,
            "examples": {option: list(cells) for option, cells in self.examples.items()},
        }


@dataclass(frozen=True)
class Cleaning:
    """A rule that changes cells or leaves rows out, how many rows it touches, and examples before → after.

    Parameters
    ----------
    is_on
        Whether it is applied; some rules are only proposed.
    is_optional
        Whether the user may reject it; without the others the cells could not be read.
    """

    rule: str
    column: str
    rows_count: int
    examples: tuple[tuple[str, str], ...] = ()
    is_on: bool = True
    is_optional: bool = False

    @property
    def token(self) -> str:
        """The key of the answer that switches the rule on or off."""
        return f"rule.{self.rule}.{self.column}" if self.column else f"rule.{self.rule}"

    def as_json(self) -> dict[str, Any]:
        """Return plain lists and texts."""
        return {
            "rule": self.rule,
            "column": self.column,
            "token": self.token,
            "is_on": self.is_on,
            "is_optional": self.is_optional,
            "rows_count": self.rows_count,
            "examples": [{"before": before, "after": after} for before, after in self.examples],
        }


@dataclass(frozen=True)
class Why:
    """Why a column of the file became a column of the contract."""

    target: str
    score: float
    reason: str
    words: str

    def as_json(self) -> dict[str, Any]:
        """Return plain texts and numbers."""
        return {"target": self.target, "score": self.score, "reason": self.reason, "words": self.words}


@dataclass(frozen=True)
class Feed:
    """A second table that the same rows hold."""

    table: str
    mapping: Mapping[str, str]
    recipe: Recipe
    words: str

    def as_json(self) -> dict[str, Any]:
        """Return plain lists and texts."""
        return {
            "table": self.table,
            "mapping": dict(self.mapping),
            "words": self.words,
            "recipe": self.recipe.as_dict(),
        }


@dataclass(frozen=True)
class Understanding:
    """All that was understood of one table.

    Parameters
    ----------
    table
        Empty when it is no table that Golive knows; then ``words`` say why.
    recipe
        None while a blocking question is open: nothing is guessed.
    hints
        Columns that tell more of the person and the project than the contract keeps: ``person_id``, ``person_name``,
        ``person_email``, ``team_name``, ``project_id``, ``project_name``, ``client_name`` → column of the file.
    is_sample
        The file is large: counts are of the rows that were looked at.
    profile
        The name of the earlier decisions that were followed.
    roles
        Column of the file → what it means, more exactly than the contract's column says.
    decided, inherited
        How days and numbers are read, where the cells or the user told; answers of the profile that was followed.
    positions
        Column → its place in the file.
    is_left_out
        The user said that the table is not to be used.
    outlook
        What would come in of the rows that were looked at: counts of rows, people and projects, hours, first and last
        day; empty as long as a needed answer is missing.
    preview_rows, source_rows
        The first rows as they would be imported (with their ``line``), and as they stand in the file.
    """

    file: str
    sheet: str
    table: str
    system: str
    encoding: str
    delimiter: str
    header_row: int
    header_rows: int
    columns: tuple[str, ...]
    mapping: Mapping[str, str]
    unmapped: tuple[str, ...]
    confidence: float
    questions: tuple[Question, ...]
    cleaning: tuple[Cleaning, ...]
    denied_columns: tuple[str, ...]
    reasons: Mapping[str, Why]
    date_order: str
    decimal_mark: str
    also_feeds: tuple[Feed, ...]
    totals_rows: tuple[int, ...]
    repeated_header_rows: tuple[int, ...]
    recipe: Recipe | None
    hints: Mapping[str, str]
    words: tuple[str, ...] = ()
    rows_count: int = 0
    is_sample: bool = False
    profile: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    decided: Mapping[str, str] = field(default_factory=dict)
    inherited: Mapping[str, str] = field(default_factory=dict)
    positions: Mapping[str, int] = field(default_factory=dict)
    is_left_out: bool = False
    preview_rows: tuple[Mapping[str, str | None], ...] = ()
    outlook: Mapping[str, Any] = field(default_factory=dict)
    source_rows: tuple[Mapping[str, str], ...] = ()

    @property
    def has_to_ask(self) -> bool:
        """Say whether an answer is needed before anything can be imported."""
        return any(question.is_blocking for question in self.questions)

    def as_json(self) -> dict[str, Any]:
        """Return what ``golive inspect --json`` prints."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "table": self.table,
            "system": self.system,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "header_row": self.header_row,
            "header_rows": self.header_rows,
            "mapping": dict(self.mapping),
            "unmapped": list(self.unmapped),
            "confidence": self.confidence,
            "questions": [question.as_json() for question in self.questions],
            "cleaning": [rule.as_json() for rule in self.cleaning],
            "denied_columns": list(self.denied_columns),
            "reasons": {source: why.as_json() for source, why in self.reasons.items()},
            "date_order": self.date_order,
            "decimal_mark": self.decimal_mark,
            "also_feeds": [feed.as_json() for feed in self.also_feeds],
            "totals_rows": list(self.totals_rows),
            "repeated_header_rows": list(self.repeated_header_rows),
            "words": list(self.words),
            "rows_count": self.rows_count,
            "is_sample": self.is_sample,
            "hints": dict(self.hints),
            "profile": self.profile,
            "outlook": dict(self.outlook),
            "recipe": self.recipe.as_dict() if self.recipe else None,
        }

    def as_kept(self) -> dict[str, Any]:
        """Return what is kept with a batch: as JSON, but no question, which may show cells."""
        return {**self.as_json(), "questions": []}


def without_table(understanding: Understanding, words: str) -> Understanding:
    """Return an understanding of something that is no table, with the reason."""
    return replace(understanding, table="", recipe=None, confidence=0.0, words=(words,))
