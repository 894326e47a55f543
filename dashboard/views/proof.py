"""The report of an import in words and tables: what was understood, what became of the rows, what it changed."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from dashboard.i18n import _, ngettext
from dashboard.views import words
from dashboard.views.exact import exact_hours_text, signed_hours_text

#: So many differences are shown; the download holds all.
SHOWN_CHANGES_COUNT: Final = 10

#: One part of a report: heading, and its rows as plain values.
Part = tuple[str, pd.DataFrame]


def report_title(report: dict[str, Any], note: dict[str, Any], batch_id: int) -> str:
    """Return file, sheet and number of the batch."""
    batch = _own_batch(report, batch_id)
    file = str(batch.get("file") or note.get("file_name") or "")
    sheet = str(batch.get("sheet") or note.get("sheet_name") or "")
    place = f"{file} › {sheet}" if sheet else file
    return _("Batch {number}: {place}").format(number=batch_id, place=place)


def report_sentences(
    report: dict[str, Any], note: dict[str, Any], batch_id: int, *, is_undone: bool, is_kept: bool
) -> list[str]:
    """Return in sentences how the batch stands, what it was understood to be and what it changed in all."""
    found = []
    if report.get("is_dry_run"):
        found.append(_("This was a dry run: nothing was kept."))
    if is_undone:
        found.append(_("This batch was undone: nothing of it is in force. `golive redo` puts it back."))
    arrived_at = report.get("arrived_at") or note.get("arrived_at")
    if arrived_at:
        found.append(_("It arrived on {moment}.").format(moment=words.moment_text(arrived_at)))
    if not is_kept:
        found.append(_("No report was kept with this batch, so what was before and after it is not known."))
    found += understanding_sentences(report, note, batch_id)
    found += _change_sentences(report, batch_id)
    return found


def understanding_sentences(report: dict[str, Any], note: dict[str, Any], batch_id: int) -> list[str]:
    """Return what the file was understood to be, which columns were never stored and which were not used."""
    understood = report.get("understanding") or {}
    file = report.get("file") or {}
    table = understood.get("table") or _own_batch(report, batch_id).get("table") or note.get("table_name")
    system = understood.get("system") or note.get("system")
    found = []
    if table and system == "unknown":
        found.append(_("It was read as {table}; which system wrote it is not known.").format(table=_table(table)))
    elif table and system:
        found.append(_("It was read as {table}, written by {system}.").format(table=_table(table), system=system))
    elif table:
        found.append(_("It was read as {table}, by the column names of Golive itself.").format(table=_table(table)))
    if understood.get("profile"):
        found.append(_("The saved profile {name} decided.").format(name=understood["profile"]))
    found += [str(sentence) for sentence in understood.get("words", ())]
    if understood.get("is_sample") and not cleaning_rows(report).empty:
        found.append(_("The file is large: rules that change cells were counted on a part of its rows."))
    dropped = understood.get("denied_columns") or file.get("dropped_columns")
    if dropped:
        found.append(
            _("Never stored, because they are nobody's business here: {names}.").format(names=", ".join(dropped))
        )
    ignored = file.get("ignored_columns") or understood.get("unmapped")
    if ignored:
        found.append(_("Not stored: {names}.").format(names=", ".join(ignored)))
    return found + [str(advice) for advice in file.get("advice", ())]


def _change_sentences(report: dict[str, Any], batch_id: int) -> list[str]:
    proof = report.get("proof") or {}
    found = []
    others = [number for number in proof.get("batch_ids", ()) if number != batch_id]
    if others:
        came = ngettext(
            "{count} more batch came with the same command",
            "{count} more batches came with the same command",
            len(others),
        )
        found.append(
            _("{batches} ({numbers}): before and after are told of all together.").format(
                batches=came, numbers=_spans(others)
            )
        )
    if "hours_before" in proof:
        found.append(
            _("Hours in force: {before} before, {after} after ({difference}).").format(
                before=exact_hours_text(proof["hours_before"]),
                after=exact_hours_text(proof["hours_after"]),
                difference=signed_hours_text(proof["difference_hours"]),
            )
        )
    return found


def mapping_rows(report: dict[str, Any], note: dict[str, Any]) -> pd.DataFrame:
    """Return column of the file, what it means, and why; names of Golive itself need no telling."""
    understood = report.get("understanding") or {}
    reasons = understood.get("reasons") or {}
    pairs = [(source, target) for source, target in (understood.get("mapping") or {}).items()]
    if not pairs and note.get("recipe"):
        fields = note["recipe"].get("fields", ())
        pairs = [(" + ".join(filter(None, field.get("sources", ()))), field["target"]) for field in fields]
    if not pairs:
        mapped = (note.get("mapping") or {}).items()
        pairs = [(source, target) for source, target in mapped if source.casefold() != target]
    rows = [(source, words.plain_words(target), reasons.get(source, {}).get("words", "")) for source, target in pairs]
    return pd.DataFrame(rows, columns=[_("Column of the file"), _("Means"), _("Because")], dtype="object")


def cleaning_rows(report: dict[str, Any]) -> pd.DataFrame:
    """Return the cleaning rules that were applied, with the rows they touched and an example."""
    rows = []
    for rule in (report.get("understanding") or {}).get("cleaning", ()):
        if not rule.get("is_on", True):
            continue  # only proposed: it did nothing
        examples = [f"{one['before']} → {one['after'] or _('left out')}" for one in rule.get("examples", ())]
        column = words.plain_words(rule["column"]) if rule.get("column") else _("the whole row")
        rows.append((words.plain_words(rule["rule"]), column, int(rule["rows_count"]), "; ".join(examples)))
    names = [_("Cleaning rule"), _("Column"), _("Rows"), _("Examples")]
    return pd.DataFrame(rows, columns=names).astype({_("Rows"): "int64"})


def accounting_rows(report: dict[str, Any]) -> pd.DataFrame:
    """Return what became of rows and hours, one line for each batch of the command; read is the sum of four."""
    states = {
        "read": (_("Rows read"), _("Hours read")),
        "accepted": (_("Rows accepted"), _("Hours accepted")),
        "unchanged": (_("Rows unchanged"), _("Hours unchanged")),
        "corrected": (_("Rows corrected"), _("Hours corrected")),
        "refused": (_("Rows refused"), _("Hours refused")),
        "superseded": (_("Older rows that gave way"), _("Older hours that gave way")),
    }
    batches = (report.get("proof") or {}).get("batches", ())
    columns: dict[str, list[Any]] = {
        _("Batch"): [batch["batch_id"] for batch in batches],
        _("File"): [batch["file"] for batch in batches],
        _("Table"): [_table(batch["table"]) for batch in batches],
        _("Source"): [batch["source"] for batch in batches],
    }
    for place, unit in enumerate(("rows", "hours")):
        columns |= {names[place]: [batch[f"{unit}_{key}"] for batch in batches] for key, names in states.items()}
    return pd.DataFrame(columns)


def outcome_rows(report: dict[str, Any], batch_id: int) -> pd.DataFrame:
    """Return rows and hours of one batch by what became of them, top to bottom: four parts, then their sum."""
    batch = _own_batch(report, batch_id)
    states = {
        "accepted": _("Accepted as new"),
        "unchanged": _("Unchanged: known already"),
        "corrected": _("Corrected"),
        "refused": _("Refused"),
        "read": _("Read from the file"),
        "superseded": _("Older rows that gave way"),
    }
    rows = [(label, batch[f"rows_{key}"], batch[f"hours_{key}"]) for key, label in states.items() if batch]
    return pd.DataFrame(rows, columns=[_("What became of it"), _("Rows"), _("Hours")])


def table_rows(report: dict[str, Any], *, is_changed: bool = False) -> pd.DataFrame:
    """Return the rows in force of each table before and after; with ``is_changed`` only where they differ."""
    rows = [
        (_table(one["table"]), one["rows_before"], one["rows_after"], one["rows_after"] - one["rows_before"])
        for one in (report.get("proof") or {}).get("tables", ())
        if not is_changed or one["rows_after"] != one["rows_before"]
    ]
    return pd.DataFrame(rows, columns=[_("Table"), _("Rows before"), _("Rows after"), _("Difference")])


def change_rows(report: dict[str, Any], kind: str) -> pd.DataFrame:
    """Return hours before and after of all ``persons``, ``projects`` or ``weeks`` that changed, largest first."""
    heading = {"persons": _("Person"), "projects": _("Project"), "weeks": _("Week")}[kind]
    rows = [
        (
            one["id"],
            one["name"] if one["id"] else _("people of other teams"),
            one["before_hours"],
            one["after_hours"],
            one["difference_hours"],
        )
        for one in (report.get("proof") or {}).get(kind, ())
    ]
    names = [heading, _("Name"), _("Hours before"), _("Hours after"), _("Difference in hours")]
    found = pd.DataFrame(rows, columns=names)
    return found.drop(columns=_("Name")) if kind == "weeks" else found


def shown_changes(changes: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return the largest differences, worded, and a remark on the rest: how many, and what they add up to."""
    top, rest = changes.head(SHOWN_CHANGES_COUNT), changes.iloc[SHOWN_CHANGES_COUNT:]
    difference, name = _("Difference in hours"), _("Name")
    if name in top and not top[name].any():
        top = top.drop(columns=name)
    if rest.empty:
        return worded(top), ""
    more = ngettext("{count} more changed", "{count} more changed", len(rest))
    remark = _("{more}, by {hours} together.").format(more=more, hours=signed_hours_text(rest[difference].sum()))
    return worded(top), remark


def refused_reason_rows(report: dict[str, Any]) -> pd.DataFrame:
    """Return why rows were refused; rows that an earlier file had word for word are counted, not listed again."""
    proof = report.get("proof") or {}
    rows = [
        (one["batch_id"], words.plain_words(one["column"]) if one["column"] else "", one["reason"], one["rows_count"])
        for one in proof.get("refused", ())
    ]
    rows += [
        (one["batch_id"], "", _("refused before; listed with its earlier batch"), one["refused_before_count"])
        for one in proof.get("batches", ())
        if one.get("refused_before_count")
    ]
    return pd.DataFrame(rows, columns=[_("Batch"), _("Column"), _("Reason"), _("Rows")])


def report_parts(report: dict[str, Any], note: dict[str, Any]) -> list[Part]:
    """Return the whole report in parts, with nothing left out, for a workbook or a document."""
    return [
        (_("Rows and hours"), accounting_rows(report)),
        (_("Tables"), table_rows(report)),
        (_("Persons"), change_rows(report, "persons")),
        (_("Projects"), change_rows(report, "projects")),
        (_("Weeks"), change_rows(report, "weeks")),
        (_("Refused"), refused_reason_rows(report)),
        (_("Columns"), mapping_rows(report, note)),
        (_("Cleaning"), cleaning_rows(report)),
    ]


def worded(rows: pd.DataFrame) -> pd.DataFrame:
    """Word the numbers of a table: counts without decimals, hours with two, differences with their sign."""

    def text(name: str, value: Any) -> str:
        if words.is_unknown(value):
            return words.none_text()
        if name == _("Difference in hours"):
            return signed_hours_text(value)
        if isinstance(value, float):
            return words.number_text(value, 2)
        return words.number_text(value) if isinstance(value, int) and name != _("Batch") else str(value)

    return pd.DataFrame(
        {name: [text(str(name), value) for value in rows[name].tolist()] for name in rows.columns}, dtype="object"
    )


def _own_batch(report: dict[str, Any], batch_id: int) -> dict[str, Any]:
    batches: list[dict[str, Any]] = (report.get("proof") or {}).get("batches", [])
    return next((batch for batch in batches if batch["batch_id"] == batch_id), {})


def _table(name: str) -> str:
    return words.plain_words(name).lower()


def _spans(numbers: list[int]) -> str:
    """Return ``1–3, 5`` for 1, 2, 3 and 5."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return ", ".join("–".join(map(str, run)) for run in runs)
