"""Results on record: answers that were reckoned at publishing, in one file beside the warehouse file.

The file is a zip archive: ``manifest.json`` says which answer was given to which question, and each table is an Arrow
file of its own, so that every program that reads Arrow can open it. Nothing in it is code. It belongs to exactly one
warehouse file (the names differ in the suffix only) and to one state of the methods; another state does not believe it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from analytics.known import ReportingDay
from data import clock
from data.publishing import RESULTS_SUFFIX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_MANIFEST: Final = "manifest.json"
_ROOT: Final = Path(__file__).parents[2]
#: Where the methods stand: another text there may give other figures.
_METHODS: Final = ("analytics", "dashboard/answers")
_PLAIN: Final = (str, int, float, bool, type(None))
_HOLDING: Final[dict[str, type]] = {"tuple": tuple, "list": list, "dict": dict}


@dataclass(frozen=True)
class Missing:
    """A kind of result that could not be reckoned, and why, in words for the reader."""

    what: str
    why: str


@dataclass
class Record:
    """Answers of one publication, by the name of the answer and the question."""

    methods: str
    made_at: datetime
    day: date
    answers: dict[tuple[str, str], Any] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)

    def add(self, name: str, question: str, answer: Any) -> None:
        """Put an answer on record."""
        self.answers[name, question] = answer


def results_file(file: Path) -> Path:
    """Return where the results of a warehouse file lie."""
    return file.with_suffix(RESULTS_SUFFIX)


@cache
def methods_stamp() -> str:
    """Return a stamp of the methods' own texts: results of other methods are reckoned anew."""
    content = hashlib.sha256()
    for folder in _METHODS:
        for file in sorted((_ROOT / folder).rglob("*.py")):
            content.update(file.read_bytes())
    return content.hexdigest()[:16]


def new_record(day: date) -> Record:
    """Begin a record of what is known on a day."""
    return Record(methods_stamp(), clock.now(), day)


def question_of(arguments: Mapping[str, Any]) -> str:
    """Return a question as a short text: the same arguments give the same text in every process."""
    text = json.dumps({name: _asked(value) for name, value in arguments.items()}, sort_keys=True)
    return text if len(text) < 200 else hashlib.sha256(text.encode()).hexdigest()


def _asked(value: Any) -> Any:
    if isinstance(value, ReportingDay):
        return [f"{value:%Y-%m-%d}", f"{value.reporting_sunday:%Y-%m-%d}"]
    if isinstance(value, date):
        return f"{value:%Y-%m-%dT%H:%M:%S}"
    if isinstance(value, (list, tuple)):
        return [_asked(one) for one in value]
    return value if isinstance(value, _PLAIN) else repr(value)


def write_record(place: Path, record: Record) -> None:
    """Write results to a place, whole or not at all."""
    draft = place.with_name(f"{place.name}.new")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as archive:
            listed = []
            for number, ((name, question), answer) in enumerate(record.answers.items(), start=1):
                writer = _Writer(archive, f"{name}/{number:03d}")
                listed.append({"name": name, "question": question, "answer": writer.plain(answer)})
            content = {
                "methods": record.methods,
                "made_at": record.made_at.isoformat(),
                "day": record.day.isoformat(),
                "answers": listed,
                "missing": [dataclasses.asdict(one) for one in record.missing],
            }
            archive.writestr(_MANIFEST, json.dumps(content, ensure_ascii=False, indent=1))
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)


class Results:
    """What is on record in a place; empty where there is nothing, or nothing that this version believes."""

    def __init__(self, place: Path, classes: Mapping[str, type]) -> None:
        self._file = place
        self._classes = classes
        self._listed: dict[tuple[str, str], Any] = {}
        self.made_at: datetime | None = None
        self.day: date | None = None
        self.missing: tuple[Missing, ...] = ()
        try:
            with zipfile.ZipFile(self._file) as archive:
                content = json.loads(archive.read(_MANIFEST))
        except (OSError, KeyError, ValueError, zipfile.BadZipFile):
            return
        if content["methods"] != methods_stamp():
            return
        self.made_at = datetime.fromisoformat(content["made_at"])
        self.day = date.fromisoformat(content["day"])
        self.missing = tuple(Missing(one["what"], one["why"]) for one in content["missing"])
        self._listed = {(one["name"], one["question"]): one["answer"] for one in content["answers"]}

    def __contains__(self, asked: tuple[str, str]) -> bool:
        return asked in self._listed

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._listed)

    def recall(self, name: str, question: str) -> Any:
        """Return an answer that is on record."""
        with zipfile.ZipFile(self._file) as archive:
            return _Reader(archive, self._classes).value(self._listed[name, question])


@dataclass
class _Writer:
    """Turns an answer into plain JSON, with each table in a file of its own."""

    archive: zipfile.ZipFile
    folder: str
    count: int = 0

    def plain(self, value: Any) -> Any:
        """Return a value as JSON holds it: what is no plain value becomes its kind with what it holds."""
        if isinstance(value, _PLAIN):
            return value
        if isinstance(value, pd.DataFrame):
            return {"table": self._table(value)}
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            fields = {one.name: self.plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
            return {"record": [type(value).__name__, fields]}
        for kind, holds in _HOLDING.items():
            if isinstance(value, holds):
                return {kind: self._many(value)}
        return _moment(value)

    def _many(self, held: Any) -> list[Any]:
        return [self.plain(one) for one in (held.items() if isinstance(held, dict) else held)]

    def _table(self, frame: pd.DataFrame) -> str:
        import pyarrow as pa  # noqa: PLC0415 - a third of a second; not every command reads results

        self.count += 1
        name = f"{self.folder}-{self.count}.arrow"
        table = pa.Table.from_pandas(frame)
        content = io.BytesIO()
        with pa.ipc.new_file(content, table.schema) as writer:
            writer.write_table(table)
        self.archive.writestr(name, content.getvalue())
        return name


@dataclass(frozen=True)
class _Reader:
    archive: zipfile.ZipFile
    classes: Mapping[str, type]

    def value(self, plain: Any) -> Any:
        """Return what JSON holds as the value that was written."""
        if not isinstance(plain, dict):
            return plain
        readers: dict[str, Callable[[Any], Any]] = {
            "table": self._table,
            "record": self._record,
            "tuple": lambda held: tuple(self.value(one) for one in held),
            "list": lambda held: [self.value(one) for one in held],
            "dict": lambda held: dict(self.value(one) for one in held),
            "moment": pd.Timestamp,
            "date": date.fromisoformat,
        }
        kind, held = next(iter(plain.items()))
        return readers[kind](held)

    def _record(self, held: Any) -> Any:
        name, fields = held
        return self.classes[name](**{one: self.value(given) for one, given in fields.items()})

    def _table(self, name: str) -> pd.DataFrame:
        import pyarrow as pa  # noqa: PLC0415 - as above

        with pa.ipc.open_file(io.BytesIO(self.archive.read(name))) as reader:
            found: pd.DataFrame = reader.read_all().to_pandas()
        return found


def _moment(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"An answer with {type(value).__name__} can't be put on record.")
