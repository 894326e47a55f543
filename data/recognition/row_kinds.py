"""Columns that say what kind of row a row is: work, leave, a trip, a refused request, a plan.

They are found by their cells. What each word means stands in ``row_kinds.toml``; what no list knows is asked once.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from data.recognition.labels import read_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from data.recognition.columns import FoundColumn, FoundTable

_FILE: Final = Path(__file__).parent / "row_kinds.toml"
LEAVE: Final = "leave"
REFUSED: Final = "refused"
PENDING: Final = "pending"
PLANNED: Final = "planned"
#: What a cell becomes whose word nobody knows.
OTHER: Final = "other"
#: A column of kinds has few words; more are titles and comments.
_MOST_WORDS: Final = 60
#: So much of a column must be known words before it is taken for one of kinds.
_MOSTLY: Final = 0.5
_BRACKETS: Final = re.compile(r"[(（\[【<][^)）\]】>]*[)）\]】>]")
_BETWEEN: Final = re.compile(r"\s[-–—]\s|[:：/|>]|\s*\\\s*")
_EDGES: Final = re.compile(r"^[\W\d_]+|[\W\d_]+$")
#: Labels above columns that say what kind of row, absence or request it is.
_KIND_LABEL: Final = re.compile(
    r"\b(type|types|kind|art|typ|category|kategorie|categor\w+|nature|transaction|tipo|categor[ií]a|soort|rodzaj|class|"
    r"code|paycode|pay code|reason|absence|leave|time off|activity|policy|lohnart|urlaubsart|"
    r"abwesenheitsart|fehlzeit\w*|\w+sart|motif|motivo|event|attendance)\b|"
    r"вид|тип|катег|причина|类型|類型|类别|類別|种类|種類|性质|区分|種別|假别|假別|事由|分类|假期|考勤|状態区分|状态类型"
)
_LEAVE_LABEL: Final = re.compile(
    r"leave|absence|time off|vacation|pto|urlaub|abwesenheit|fehlzeit|cong[eé]|ausencia|aus[eê]ncia|assenza|permiso|"
    r"отпуск|отсутств|休暇|请假|請假|休假|假别|假別|假期|缺勤"
)
_STATUS_LABEL: Final = re.compile(
    r"\b(status|state|approval|approved|statut|[ée]tat|etat|estado|estatus|situacao|stato|genehmigung\w*|genehmigt|"
    r"bewilligt|zustand|decision|result|aprobad[oa]|approuve|valide|stav)\b|"
    r"статус|состояние|согласов|утвержд|状态|狀態|ステータス|状態|承認|审批|審批|审核|審核|簽核|结果|結果|決裁"
)
#: The state of a task, an issue or a project says nothing about the hours that were booked on it.
_OTHERS_STATUS: Final = re.compile(
    r"\b(issue|task|ticket|project|story|work item|item|vorgang\w*|aufgabe\w*|projekt\w*|bug|case|tache|projet|payment|"
    r"invoice|billing|employment|marital|zahlung\w*|rechnung\w*)\b|задач|проект|任务|任務|项目|需求|缺陷|课题|課題|问题|付款"
)
#: Inside a column of kinds these parts of a word decide, too.
_LEAVE_PART: Final = re.compile(
    r"urlaub|krank|\bvacation|\bsick|\bleave\b|\bholiday|absen[ct]|abwesen|cong[ée]|maladie|\bpto\b|matern|patern|"
    r"vacacion|f[ée]rias|enfermedad|malattia|\bferie\b|отпуск|больничн|отгул|假$|^请假|^休假|休暇|有休|有給|欠勤|病休"
)
_NO: Final = frozenset({"no", "n", "false", "nein", "non", "нет", "否", "いいえ", "无", "0", "não", "nee", "未"})
_YES: Final = frozenset({"yes", "y", "true", "ja", "oui", "да", "是", "はい", "有", "1", "si", "sí", "sim"})


@dataclass(frozen=True)
class KindColumn:
    """A column that says what kind of row it is.

    Parameters
    ----------
    kinds
        Cell (folded) → its kind; empty where no list knows it.
    is_label
        Its name says that it holds kinds or states: then unknown words are asked about, and no cell of it is kept.
    """

    name: str
    kinds: Mapping[str, str]
    is_label: bool
    is_status: bool = False

    def of(self, *wanted: str) -> tuple[str, ...]:
        """Return the cells of some kinds."""
        return tuple(cell for cell, kind in self.kinds.items() if kind in wanted)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return the cells that no list knows."""
        return tuple(cell for cell, kind in self.kinds.items() if not kind)


@cache
def _words() -> dict[str, dict[str, str]]:
    """Return word → kind, once for what a row is and once for whether it counts."""
    with _FILE.open("rb") as handle:
        read = tomllib.load(handle)
    states = (REFUSED, PENDING, "in_force")
    found: dict[str, dict[str, str]] = {"kind": {}, "state": {}}
    for kind, entry in read.items():
        for word in entry["words"]:
            found["state" if kind in states else "kind"].setdefault(folded(word), kind)
    return found


@lru_cache(maxsize=65536)
def folded(cell: str) -> str:
    """Return a cell in one spelling: case, width, spaces and signs at its edges aside."""
    text = " ".join(unicodedata.normalize("NFKC", cell).casefold().split())
    return _EDGES.sub("", text) or text


@lru_cache(maxsize=65536)
def kind_of(cell: str, *, is_label: bool = False) -> str:
    """Return what a cell says a row is: ``work``, ``leave``, ``trip``, ``remote``, ``learning``, ``planned`` or empty.

    Parameters
    ----------
    is_label
        The column holds kinds: then a part of the cell decides, too ("Sick leave - unpaid").
    """
    words = _words()["kind"]
    text = folded(cell)
    if text in words:
        return words[text]
    bare = folded(_BRACKETS.sub(" ", cell))
    if bare in words:
        return words[bare]
    if not is_label:
        return ""
    parts = {words[part] for piece in _BETWEEN.split(cell) if (part := folded(piece)) in words}
    if len(parts) == 1:
        return parts.pop()
    return LEAVE if _LEAVE_PART.search(text) and len(parts) == 0 else ""


@lru_cache(maxsize=65536)
def state_of(cell: str) -> str:
    """Return whether a row counts by its state: ``refused``, ``pending``, ``in_force``, or empty when unknown."""
    words = _words()["state"]
    text = folded(cell)
    return words.get(text) or words.get(folded(_BRACKETS.sub(" ", cell)), "")


def kind_columns(table: FoundTable, taken: Iterable[str]) -> list[KindColumn]:
    """Return the columns of a table whose cells say what kind of row it is.

    Parameters
    ----------
    taken
        Columns that surely are something else: people, days, amounts.
    """
    skipped = set(taken)
    found = [_as_kinds(column) for column in table.columns if column.name not in skipped]
    return [column for column in found if column is not None]


def _as_kinds(column: FoundColumn) -> KindColumn | None:
    values = column.values
    if values.is_empty or values.distinct > _MOST_WORDS * 10 or values.dates > _MOSTLY or _is_number(column):
        return None
    label = read_label(column.name).text
    is_label = bool(_KIND_LABEL.search(label)) and values.distinct <= _MOST_WORDS
    kinds = {folded(cell): kind_of(cell, is_label=is_label) for cell in values.cells}
    known = {kind for kind in kinds.values() if kind}
    if _STATUS_LABEL.search(label) and not (known & {LEAVE, "trip", "remote"}):
        return _as_states(column, label)
    if not known & {LEAVE, "trip", "remote", PLANNED} and not (_LEAVE_LABEL.search(label) and is_label):
        return None
    return KindColumn(column.name, kinds, is_label)


def are_absences(column: FoundColumn) -> bool:
    """Say whether a column says what kind of absence each row is: leave, home office, trips, and little else."""
    found = _as_kinds(column)
    if found is None or found.is_status or not found.of(LEAVE):
        return False
    return len(found.of(LEAVE, "trip", "remote", "learning")) > _MOSTLY * len(found.kinds)


def has_work(column: FoundColumn) -> bool:
    """Say whether a column says that some rows are work and others are leave: a list of leave has no work."""
    found = _as_kinds(column)
    return found is not None and not found.is_status and bool(found.of("work")) and bool(found.of(LEAVE))


def _as_states(column: FoundColumn, label: str) -> KindColumn | None:
    states = {folded(cell): state_of(cell) for cell in column.values.cells}
    if set(states) <= _YES | _NO:
        if not re.search(r"approv|genehmig|bewilligt|aprob|appro|valid|审批|审核|согласов|утвержд|承認", label):
            return None
        states = {cell: PENDING if cell in _NO else "in_force" for cell in states}
        return KindColumn(column.name, states, is_label=False, is_status=True)
    known = sum(1 for state in states.values() if state)
    if not known or known < _MOSTLY * len(states) or column.values.distinct > _MOST_WORDS:
        return None
    return KindColumn(column.name, states, is_label=False, is_status=not _OTHERS_STATUS.search(label))


def _is_number(column: FoundColumn) -> bool:
    return column.values.share("number", "long_clock") > _MOSTLY


def is_leave_label(name: str) -> bool:
    """Say whether a header speaks of leave: "Abwesenheitsart", "请假类型"."""
    return bool(_LEAVE_LABEL.search(read_label(name).text))
