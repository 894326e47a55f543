"""Risks and issues as files: a list to take along, and lists of other tools taken in."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import pyarrow.parquet as pq

from dashboard.answers.door import read
from dashboard.i18n import _
from data.files import FileProblem, TextTable, read_tables
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.answers.viewers import Viewer
    from data.home import Home
    from data.journal import RaidEntry

#: What columns of lists are called, in small letters.
_HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": ("kind", "type", "category", "raid", "类型", "类别", "种类"),
    "project": ("project_id", "project", "project name", "项目", "项目编号", "项目名称"),
    "title": ("title", "summary", "description", "risk", "issue", "name", "标题", "描述", "风险", "内容"),
    "owner": ("owner", "owner_name", "responsible", "assignee", "责任人", "负责人"),
    "due": ("due_date", "due", "due date", "deadline", "target date", "截止日期", "到期日", "期限"),
    "status": ("status", "state", "状态"),
    "note": ("note", "notes", "comment", "comments", "mitigation", "response", "备注", "说明", "应对措施"),
}
_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "risk": ("risk", "risks", "r", "风险"),
    "assumption": ("assumption", "assumptions", "a", "假设"),
    "issue": ("issue", "issues", "i", "problem", "问题"),
    "dependency": ("dependency", "dependencies", "d", "依赖"),
}
_CLOSED: Final = frozenset(
    ("closed", "done", "resolved", "mitigated", "cancelled", "canceled", "关闭", "已关闭", "已解决", "完成", "已完成")
)
_DAY_FORMATS: Final = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d", "%Y年%m月%d日")
#: The columns of a list that is taken along. Numbers of any other list are another tool's.
_OWN_HEADS: Final = ("number", "kind", "project_id", "title", "owner", "due_date", "status", "note")
#: What a file may say anew of a known entry.
_EDITABLE: Final = ("kind", "title", "owner_name", "due_date", "status", "note")
#: What our own files are guarded with where a text begins like a formula.
_GUARD: Final = "'"


@dataclass(frozen=True)
class TakenIn:
    """How many entries a file added, changed and left as they were."""

    added_count: int
    changed_count: int
    unchanged_count: int


def entries_frame(entries: Sequence[RaidEntry]) -> pd.DataFrame:
    """Return entries as a list to take along; ``take_in`` reads the same columns."""
    rows = [
        (one.raid_id, one.kind, one.project_id, one.title, one.owner_name, one.due_date, one.status, one.note)
        for one in sorted(entries, key=lambda one: one.raid_id)
    ]
    return pd.DataFrame(rows, columns=list(_OWN_HEADS))


def take_in(home: Home, file: Path, viewer: Viewer, path: Path, *, is_trial: bool = False) -> TakenIn:
    """Take in a list of risks and issues, all of it or nothing.

    An entry is known again by project, kind and title, and in a list that came from here by its number; of a line that
    comes twice the last one counts. What the file says of an entry then holds.

    Parameters
    ----------
    file
        The warehouse, for the names of projects.
    path
        CSV or workbook, with columns for title and project at least.
    is_trial
        Say what would be done, and do nothing.

    Raises
    ------
    GoliveError
        The file can't be read, or a row can't be understood: it names line, column and value.
    """
    from data.journal import read_entries, write_entries  # noqa: PLC0415 - its libraries take half a second to load

    rows = _rows_of(path, _projects_by_word(file, viewer))
    known = read_entries(home)
    by_number = {one.raid_id: one for one in known}
    by_words = {_words_of(one.project_id, one.kind, one.title): one for one in reversed(known)}
    new: dict[tuple[str, str, str], RaidEntry] = {}
    told: dict[int, tuple[RaidEntry, dict[str, Any]]] = {}
    for row in rows:
        words = _words_of(row["project_id"], row["kind"], row["title"])
        old = by_number.get(row["number"])
        if old is None or old.project_id != row["project_id"]:
            old = by_words.get(words)
        if old is None:
            new[words] = _entry(row)
        else:
            told[old.raid_id] = (
                old,
                {name: row[name] for name in _EDITABLE if row.get(name, getattr(old, name)) != getattr(old, name)},
            )
    changes = [(old, fields) for old, fields in told.values() if fields]
    if not is_trial:
        write_entries(home, viewer.name, list(new.values()), changes)
    return TakenIn(len(new), len(changes), len(told) - len(changes))


def _entry(row: Mapping[str, Any]) -> RaidEntry:
    from data.journal import RaidEntry  # noqa: PLC0415 - as above

    return RaidEntry(
        row["kind"],
        row["project_id"],
        row["title"],
        owner_name=row.get("owner_name", ""),
        due_date=row.get("due_date"),
        note=row.get("note", ""),
        status=row.get("status", "open"),
    )


def _words_of(project_id: str, kind: str, title: str) -> tuple[str, str, str]:
    return project_id, kind, " ".join(title.casefold().split())


def _projects_by_word(file: Path, viewer: Viewer) -> dict[str, str]:
    """Return ids of projects in scope by id and by name; a name that several have is left out."""
    listed = read(file, viewer, "select project_id, project_name from marts.projects")
    ids = listed["project_id"].astype(str)
    names = listed["project_name"].fillna("").astype(str)
    once = ~names.str.casefold().duplicated(keep=False) & names.ne("")
    by_name = {name.casefold(): one for name, one in zip(names[once], ids[once], strict=True)}
    return by_name | {one.casefold(): one for one in ids}


def _rows_of(path: Path, project_ids: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the rows of the first table that has a column for the title and one for the project."""
    with tempfile.TemporaryDirectory(prefix="golive-") as scratch:
        try:
            tables = [one for one in read_tables(path, Path(scratch)) if isinstance(one, TextTable)]
        except FileProblem as problem:
            raise GoliveError(problem.what, problem.advice) from problem
        for table in tables:
            columns = _columns_of(table)
            if {"title", "project"} <= set(columns):
                return _read(table, columns, project_ids)
    heads = ", ".join(dict.fromkeys(name for one in tables for name in one.columns))
    raise GoliveError(
        _("{file}: no table has a column for the title and one for the project; found: {heads}.").format(
            file=path.name, heads=heads or _("nothing")
        ),
        _("Call the columns number, kind, project_id, title, owner, due_date, status and note."),
    )


def _columns_of(table: TextTable) -> dict[str, str]:
    """Return the table's columns by what they hold; of several for one thing the first word of the list wins."""
    by_word = {" ".join(name.casefold().split()): name for name in reversed(table.columns)}
    found = {what: next((by_word[word] for word in words if word in by_word), None) for what, words in _HEADS.items()}
    own = {"number": "number"} if set(_OWN_HEADS) <= set(by_word) else {}
    return own | {what: name for what, name in found.items() if name is not None}


def _read(table: TextTable, columns: Mapping[str, str], project_ids: Mapping[str, str]) -> list[dict[str, Any]]:
    for bad in table.malformed:
        raise _wrong(table, bad.line_number, "", bad.text, bad.reason)
    rows = []
    for cells in pq.read_table(table.parquet).to_pylist():
        said = {what: _plain(cells.get(name)) for what, name in columns.items()}
        if any(said.values()):
            rows.append(_row(table, int(cells["line_number"]), columns, said, project_ids))
    return rows


def _plain(cell: str | None) -> str:
    text = (cell or "").strip()
    return text[1:] if text.startswith(_GUARD) and len(text) > 1 and text[1] in "=+-@" else text


def _row(
    table: TextTable, line: int, columns: Mapping[str, str], said: Mapping[str, str], project_ids: Mapping[str, str]
) -> dict[str, Any]:
    if not said["title"]:
        raise _wrong(table, line, columns["title"], "", _("the entry has no title"))
    project_id = project_ids.get(said["project"].casefold())
    if project_id is None:
        raise _wrong(table, line, columns["project"], said["project"], _("there is no project of this id or name"))
    row: dict[str, Any] = {"number": None, "title": said["title"], "project_id": project_id, "kind": "risk"}
    if said.get("number", "").isdigit():
        row["number"] = int(said["number"])
    if said.get("kind"):
        word = said["kind"].casefold()
        kind = next((kind for kind, words in _KINDS.items() if word in words), None)
        if kind is None:
            reason = _("the kind is none of risk, assumption, issue, dependency")
            raise _wrong(table, line, columns["kind"], said["kind"], reason)
        row["kind"] = kind
    if "owner" in said:
        row["owner_name"] = said["owner"]
    if "note" in said:
        row["note"] = said["note"]
    if "status" in said:
        row["status"] = "closed" if said["status"].casefold() in _CLOSED else "open"
    if "due" in said:
        row["due_date"] = _day(table, line, columns["due"], said["due"])
    return row


def _day(table: TextTable, line: int, column: str, text: str) -> date | None:
    if not text:
        return None
    for form in _DAY_FORMATS:
        try:
            return datetime.strptime(text.replace("T", " "), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise _wrong(table, line, column, text, _("this is no day like 2026-11-22"))


def _wrong(table: TextTable, line: int, column: str, value: str, reason: str) -> GoliveError:
    return GoliveError(
        _("{file}, line {line}, column “{column}”, “{value}”: {reason}.").format(
            file=table.file_name, line=line, column=column, value=value, reason=reason
        ),
        _("Nothing was taken in. Mend the line and take the file in again."),
    )
