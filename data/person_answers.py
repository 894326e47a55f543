"""What the user said of people who file nothing, in one readable TOML file of the home, and its way to the models.

An answer counts from the moment at which it was given, and is never struck out: taking it back is another answer. So
no replay of an earlier day changes.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

import tomli_w

from data.insertion import insert_rows
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from data.home import Home

LEFT, STAYS, TAKEN_BACK = "left", "stays", "taken_back"
_WORDS: Final = (LEFT, STAYS, TAKEN_BACK)
_HEAD: Final = (
    "# What was said of people who file nothing and have no leaving date in the list (golive people).\n"
    "# The last answer about a person counts, from said_at on, until hours after last_day come in.\n"
    "# You may edit it; then run `golive rebuild`.\n\n"
)


@dataclass(frozen=True)
class PersonAnswer:
    """One answer.

    Parameters
    ----------
    word
        ``left``, ``stays`` or ``taken_back``.
    said_at
        When it was given, in UTC.
    last_date
        The last day in the firm; of who stays, the last day with hours. Hours after it end the answer.
    """

    person_id: str
    word: str
    said_at: datetime
    last_date: date | None = None


def read_answers(home: Home) -> tuple[PersonAnswer, ...]:
    """Return what was said, in the order in which it was.

    Raises
    ------
    GoliveError
        The file was damaged by hand: passing over it would bring people back in silence.
    """
    file = home.people_file
    if not file.is_file():
        return ()
    try:
        plain = tomllib.loads(file.read_text(encoding="utf-8"))
        return tuple(_answer(one) for one in plain.get("answer", ()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, LookupError, TypeError, ValueError) as error:
        raise GoliveError(f"{file} can't be read ({error}).", "Mend the line, or remove the file.") from error


def _answer(plain: dict[str, Any]) -> PersonAnswer:
    word, said_at, last_date = plain["word"], plain["said_at"], plain.get("last_day")
    if word not in _WORDS:
        raise ValueError(f"“{word}” is none of {', '.join(_WORDS)}")
    if not isinstance(said_at, datetime) or isinstance(last_date, datetime):
        raise TypeError("said_at is a moment, last_day a date")
    if not isinstance(last_date, date) and (last_date is not None or word == LEFT):
        raise TypeError("last_day is no date")
    moment = said_at if said_at.tzinfo else said_at.replace(tzinfo=UTC)
    return PersonAnswer(str(plain["person"]), word, moment.astimezone(UTC), last_date)


def save_answers(home: Home, answers: Sequence[PersonAnswer]) -> None:
    """Write the file anew, whole or not at all."""
    plain = [
        {
            "person": one.person_id,
            "word": one.word,
            **({"last_day": one.last_date} if one.last_date else {}),
            "said_at": one.said_at,
        }
        for one in answers
    ]
    draft = home.people_file.with_suffix(f".{os.getpid()}.new")
    try:
        draft.write_text(_HEAD + tomli_w.dumps({"answer": plain}), encoding="utf-8")
        draft.replace(home.people_file)
    finally:
        draft.unlink(missing_ok=True)


def fill_answers(connection: duckdb.DuckDBPyConnection, answers: Sequence[PersonAnswer]) -> bool:
    """Write the answers into raw; return whether they are others than before."""
    wanted = [
        (number, one.person_id, one.word, one.last_date, one.said_at.replace(tzinfo=None))
        for number, one in enumerate(answers)
    ]
    if wanted == connection.execute("from raw.person_answers order by answer_number").fetchall():
        return False
    connection.execute("delete from raw.person_answers")
    insert_rows(connection, "raw.person_answers", wanted)
    return True
