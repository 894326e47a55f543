"""Imports a case into an empty home and compares what is in force with what is true."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from data import importing, inbox, publishing
from data.accepting import Run, take_in
from data.home import Home
from data.import_reports import ImportOptions
from data.models import STAGING, build_models
from data.problems import GoliveError
from data.schema import create_raw
from data.warehouse import open_draft

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.import_reports import FileReport
    from tests.recognition_figures.kinds.case import Case

_SQL: Final = {
    "timesheets": "select person_id, project_id, work_date, worked_hours from staging.timesheets",
    "leave": "select person_id, leave_date, leave_hours from staging.leave",
    "trips": "select person_id, departed_at, returned_at from staging.trips",
    "change_requests": "select change_request_id, raised_at from staging.change_requests",
}
_ROUNDS: Final = 6
_NOW: Final = dt.datetime(2026, 11, 29, 12)  # noqa: DTZ001 - a run keeps moments of UTC without their zone


@dataclass(frozen=True)
class Verdict:
    """What came of one file.

    Parameters
    ----------
    word
        ``right``, ``right after answers``, ``asked``, ``refused``, ``part``, ``WRONG`` or ``ERROR``.
    rows, rows_right, rows_wrong
        True rows, those in force, and rows in force that are not true.
    """

    word: str
    table_right: bool
    rows: int
    rows_right: int
    rows_wrong: int
    questions: tuple[str, ...]
    words: str = ""


def judge(case: Case) -> Verdict:
    """Import the file, answer what is asked where the answer is known, and compare."""
    answers: dict[str, str] = {}
    asked: list[str] = []
    table_right = False
    with tempfile.TemporaryDirectory() as folder:
        path = case.write(Path(folder))
        for number in range(_ROUNDS):
            try:
                reports, rows = _taken_in(path, Path(folder, f"home{number}"), answers)
            except GoliveError as problem:
                return Verdict("refused", table_right, _count(case), 0, 0, tuple(asked), str(problem)[:200])
            table_right = table_right or any(report.table in case.truth for report in reports)
            open_questions = [(report, question) for report in reports for question in report.questions]
            asked += [f"{question.token}: {question.words}" for _, question in open_questions]
            answered = {
                f"{report.file}:{question.token}": said
                for report, question in open_questions
                if (said := _answer(case.answers, question.token)) is not None
            }
            if not set(answered) - set(answers):
                return _compared(case, rows, reports, asked, has_answers=bool(answers), table_right=table_right)
            answers |= answered
    return Verdict("asked", table_right, _count(case), 0, 0, tuple(asked))


def _taken_in(path: Path, folder: Path, answers: dict[str, str]) -> tuple[list[FileReport], dict[str, list[Any]]]:
    """Take a file into an empty home as the import does, without building the marts; return what is in force."""
    home = Home(folder)
    with publishing.writer_lock(home, wait_seconds=1), open_draft(folder / "draft.duckdb") as connection:
        create_raw(connection)
        run = Run(connection, home, ImportOptions(answers=answers), _NOW, inbox.next_batch_id(home))
        run.is_single = True
        for found in importing._tables(run, path, home.scratch, None):
            run.reports += take_in(run, found)
        build_models(connection, STAGING)
        return run.reports, {table: connection.execute(sql).fetchall() for table, sql in _SQL.items()}


def _answer(answers: Mapping[str, str], token: str) -> str | None:
    if token in answers:
        return answers[token]
    return next((said for start, said in answers.items() if start.endswith("*") and token.startswith(start[:-1])), None)


def _count(case: Case) -> int:
    return sum(len(rows) for rows in case.truth.values())


def _compared(
    case: Case,
    rows: dict[str, list[Any]],
    reports: list[FileReport],
    asked: list[str],
    *,
    has_answers: bool,
    table_right: bool,
) -> Verdict:
    is_open = any(report.questions for report in reports)
    right = 0
    wrong: list[Any] = []
    missing: list[Any] = []
    for table, here in rows.items():
        got, stray, left = _match(case.truth.get(table, ()), here)
        right, wrong, missing = right + got, wrong + stray, missing + left
    problems = " ".join(report.problem for report in reports if report.problem)
    if wrong:
        word = "WRONG"
    elif is_open:
        word = "asked"
    elif not any(rows.values()):
        word = "refused"
    elif missing:
        word = "part"
    else:
        word = "right after answers" if has_answers else "right"
    words = f"wrong {wrong[:3]}" if wrong else f"missing {missing[:3]} {problems}" if missing else problems
    return Verdict(word, table_right, _count(case), right, len(wrong), tuple(asked), words[:300])


def _match(truth: Sequence[Sequence[Any]], rows: list[tuple[Any, ...]]) -> tuple[int, list[Any], list[Any]]:
    left = list(truth)
    names = _names(truth, rows)
    wrong = []
    for row in rows:
        named = (names.get(str(row[0]), row[0]), *row[1:])
        hit = next((place for place, one in enumerate(left) if _is_same(one, named)), None)
        if hit is None:
            wrong.append([str(cell) for cell in named])
        else:
            left.pop(hit)
    return len(truth) - len(left), wrong, left


def _names(truth: Sequence[Sequence[Any]], rows: list[tuple[Any, ...]]) -> dict[str, str]:
    """Return number → name, where a person came in under a number and each stands for one name."""
    here = {str(one[0]) for one in truth}
    votes: dict[str, Counter[str]] = {}
    for row in rows:
        for one in truth:
            if str(row[0]) not in here and _is_same(("?", *one[1:]), row):
                votes.setdefault(str(row[0]), Counter())[str(one[0])] += 1
    chosen = {number: counts.most_common(1)[0][0] for number, counts in votes.items()}
    return chosen if len(set(chosen.values())) == len(chosen) else {}


def _is_same(one: Sequence[Any], row: Sequence[Any]) -> bool:
    return all(_is_equal(want, got) for want, got in zip(one, row, strict=False))


def _is_equal(want: Any, got: Any) -> bool:
    if want == "?":
        return True
    if want is None or got is None:
        return want is None and got is None
    if isinstance(want, (int, float)):
        return abs(float(got) - want) < 0.02
    text = str(got)
    return text == want or (len(str(want)) == 10 and text[:10] == want)
