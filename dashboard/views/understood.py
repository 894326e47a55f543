"""What was understood of a file before it is taken in, in words and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from dashboard.i18n import _, ngettext
from dashboard.views import words
from dashboard.views.columns import head
from dashboard.views.exact import exact_hours_text

if TYPE_CHECKING:
    from collections.abc import Sequence

#: So many rows of a file are shown.
PREVIEW_ROWS_COUNT: Final = 20
_UNKNOWN: Final = "unknown"


def headline(seen: Any) -> str:
    """Say in one sentence what a table is and who wrote it."""
    if not seen.table:
        return _("This is no table that Golive knows, so it is left alone.")
    rows = rows_sentence(seen)
    if seen.system in ("", _UNKNOWN):
        text = _("Read as {table}; which system wrote it is not known. {rows}")
    else:
        text = _("Read as {table}, written by {system} ({share} sure). {rows}")
    return text.format(
        table=table_words(seen.table), system=seen.system, share=words.percent_text(seen.confidence), rows=rows
    )


def outlook_sentence(outlook: Any) -> str:
    """Say what would come in of the rows that were looked at."""
    if not outlook:
        return ""
    parts = [ngettext("{count} row", "{count} rows", outlook["rows_count"])]
    if "hours" in outlook:
        parts.append(_("{hours} h").format(hours=f"{outlook['hours']:,.2f}"))
    if "people_count" in outlook:
        parts.append(ngettext("{count} person", "{count} people", outlook["people_count"]))
    if "projects_count" in outlook:
        parts.append(ngettext("{count} project", "{count} projects", outlook["projects_count"]))
    if "first_date" in outlook:
        parts.append(
            _("{first} to {last}").format(
                first=words.date_text(outlook["first_date"]), last=words.date_text(outlook["last_date"])
            )
        )
    return _("Would come in: {parts}.").format(parts=" · ".join(parts))


def option_lines(question: Any) -> list[str]:
    """Return each proposed answer with the cells that show what it does."""
    return [f"{answer_words(option)}: {', '.join(cells)}" for option, cells in question.examples.items()]


def rows_sentence(seen: Any) -> str:
    """Say how many rows there are and where they begin."""
    rows = ngettext("{count} row", "{count} rows", seen.rows_count)
    if seen.is_sample:
        return _("The file is large: its first rows were looked at; the column names stand on line {line}.").format(
            line=seen.header_row
        )
    return _("{rows}; the column names stand on line {line}.").format(rows=rows, line=seen.header_row)


def remarks(seen: Any) -> list[str]:
    """Say what else was noticed: readings, columns that are never stored, columns of no use, earlier decisions."""
    found = [_sentence(text) for text in seen.words]
    if seen.profile:
        found.append(_("It is read as decided earlier (“{name}”).").format(name=seen.profile))
    found += [_("The same rows also hold {table}.").format(table=table_words(feed.table)) for feed in seen.also_feeds]
    if seen.denied_columns:
        names = ", ".join(seen.denied_columns)
        found.append(_("Never stored, because they are nobody's business here: {names}.").format(names=names))
    if seen.unmapped:
        found.append(_("Not stored: {names}.").format(names=", ".join(seen.unmapped)))
    return found


def _sentence(text: str) -> str:
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!')) else '.'}"


def table_words(name: str) -> str:
    """Return the name of a table as people say it."""
    known: Final = {
        "timesheets": _("timesheets"),
        "trips": _("trips"),
        "change_requests": _("change requests"),
        "leave": _("leave"),
        "attendance": _("presence"),
        "projects": _("projects"),
        "people": _("people"),
        "status_reports": _("status reports"),
        "work_packages": _("work packages"),
        "assignments": _("assignments"),
        "skills": _("skills"),
        "site_demand": _("demand of sites"),
        "stay_limits": _("limits of stay"),
        "preferences": _("wishes of people"),
        "unavailability": _("times when people can't"),
        "outcomes": _("outcomes"),
        "pulse": _("pulse answers"),
    }
    return known.get(name, words.plain_words(name).lower())


def mapping_table(seen: Any) -> pd.DataFrame:
    """Return column of the file, an example, what it means, how sure that is, and why."""
    rows = []
    for source in seen.columns:
        if source in seen.denied_columns:
            continue
        target = seen.mapping.get(source, "")
        why = seen.reasons.get(source)
        rows.append(
            (
                source,
                example(seen.source_rows, source),
                words.plain_words(target) if target else _("not used"),
                words.percent_text(why.score) if why and target else words.none_text(),
                why.words if why and target else "",
            )
        )
    names = [_("Column of the file"), _("Example"), _("Means"), _("Sure"), _("Because")]
    return pd.DataFrame(rows, columns=names, dtype="object")


def example(rows: Sequence[Any], source: str) -> str:
    """Return the first cell that is filled."""
    return next((str(row[source]) for row in rows if row.get(source)), "")


#: Columns whose cells are code words of ours, such as ``data_migration``.
_CODED: Final = ("activity", "kind", "status", "cause", "transport", "seniority", "phase", "phase_at_arrival")


def _coded(cell: Any) -> str:
    return words.plain_words(cell) if str(cell) else ""


def made_table(seen: Any) -> pd.DataFrame:
    """Return the first rows as they would be imported."""
    rows = pd.DataFrame(list(seen.preview_rows)[:PREVIEW_ROWS_COUNT], dtype="object")
    if rows.empty:
        return rows
    filled = rows.dropna(axis="columns", how="all").fillna("")
    coded = {name: filled[name].map(_coded) for name in _CODED if name in filled.columns}
    filled = filled.assign(**coded)
    return filled.rename(columns={name: words.plain_words(name) for name in filled.columns})


def source_table(seen: Any) -> pd.DataFrame:
    """Return the first rows as they stand in the file, without what is never stored."""
    rows = pd.DataFrame(list(seen.source_rows)[:PREVIEW_ROWS_COUNT], dtype="object")
    kept = [name for name in rows.columns if name not in seen.denied_columns]
    return rows[kept].fillna("")


def rule_words(rule: str) -> str:
    """Return what a cleaning rule does."""
    known: Final = {
        "add_up": _("Add up"),
        "cap": _("Cap entries of more than 24 hours"),
        "convert_unit": _("Convert to hours"),
        "count_hours": _("Count hours from begin and end"),
        "days_to_rows": _("Make one row of each day"),
        "drop_duplicates": _("Leave out rows that stand twice"),
        "drop_notes": _("Leave out notes below the table"),
        "drop_refused": _("Leave out rows that were refused or taken back"),
        "drop_repeated_header": _("Leave out repeated column names"),
        "drop_rows_without_hours": _("Leave out rows without hours"),
        "drop_stray_cells": _("Leave out rows with stray cells"),
        "drop_totals": _("Leave out totals"),
        "fill_down": _("Fill down"),
        "first_filled": _("Take the first that is filled"),
        "join_names": _("Join first and last name"),
        "join_values": _("Join the values"),
        "map_values": _("Translate labels"),
        "merge_rows": _("Put rows of one entry together"),
        "nothing_to_empty": _("Read marks for nothing as empty"),
        "percent_to_share": _("Read percent as a share"),
        "read_dates": _("Read dates"),
        "read_numbers": _("Read numbers"),
        "split_range": _("Split first and last day"),
        "take_guard_off": _("Take the guard off cells"),
        "take_number": _("Take the number out of the text"),
        "trim": _("Trim spaces"),
        "unify_spelling": _("Unify spelling"),
    }
    return known.get(rule, words.plain_words(rule))


def answer_words(answer: str) -> str:
    """Return a proposed answer in words; names of columns stand as they are."""
    known: Final = {
        "dmy": _("Day first: 31/12/2026"),
        "mdy": _("Month first: 12/31/2026"),
        "ymd": _("Year first: 2026/12/31"),
        "point": _("a point: 1,234.5"),
        "comma": _("a comma: 1.234,5"),
        "project": _("Filtered by project: the other hours stay"),
        "nothing": _("Whole days: its rows take the place of the others"),
        "leave_out": _("Leave them out"),
        "out": _("Leave out"),
        "take": _("Take in"),
        "presence": _("Keep as presence beside the hours"),
        "sheet": _("The name of each sheet"),
        "leave": _("leave"),
        "work": _("work"),
        "trip": _("a trip"),
        "on": _("Leave the repetitions out"),
        "off": _("Each row counts"),
        "hours": _("hours"),
        "minutes": _("minutes"),
        "seconds": _("seconds"),
        "days": _("days"),
        "weeks": _("weeks"),
    }
    return known.get(answer, answer)


def decided_text(token: str, answer: str) -> str:
    """Return one decision about a file in words: what was asked, and the answer."""
    asked: Final = {
        "table": _("Table"),
        "date_order": _("Days are written"),
        "decimal_mark": _("Decimals are marked by"),
        "delimiter": _("Cells are separated by"),
    }
    words_of = {"table": table_words}.get(token, answer_words)
    said = {"on": _("yes"), "off": _("no")}.get(answer) or words_of(answer)
    kind, _dot, column = token.removeprefix("rule.").partition(".")
    if kind == "unit" and column:
        return _("“{column}” counts: {answer}").format(column=column, answer=said)
    if answer in ("on", "off"):
        rule = rule_words(kind) if not column else f"{rule_words(kind)} ({head(column).lower()})"
        return f"{rule}: {said}"
    return f"{asked.get(token, head(token))}: {said}"


def cleaning_label(rule: Any) -> str:
    """Return what stands beside the tick of a cleaning rule."""
    rows = ngettext("{count} row", "{count} rows", rule.rows_count)
    if rule.column:
        return _("{rule}: {column} ({rows})").format(
            rule=rule_words(rule.rule), column=words.plain_words(rule.column).lower(), rows=rows
        )
    return _("{rule} ({rows})").format(rule=rule_words(rule.rule), rows=rows)


def cleaning_examples(rule: Any) -> str:
    """Return up to five examples, before → after, or nothing."""
    pairs = [f"{before or '∅'} → {after or _('left out')}" for before, after in rule.examples]
    return "   ·   ".join(pair.replace("\n", " ⏎ ") for pair in pairs)


def report_rows(reports: Sequence[Any]) -> pd.DataFrame:
    """Return one line for each table that was taken in, or was tried."""
    rows = [
        (
            report.file,
            table_words(report.table) if report.table else "",
            report.counts.rows_read,
            report.counts.rows_accepted,
            report.counts.rows_unchanged,
            report.counts.rows_corrected,
            report.counts.rows_refused,
            report.left_out_count,
            exact_hours_text(report.counts.hours_read) if report.table == "timesheets" else "",
        )
        for report in reports
        if report.counts
    ]
    names = [
        _("File"),
        _("Table"),
        _("Read"),
        _("New"),
        _("Unchanged"),
        _("Corrected"),
        _("Refused"),
        _("Left out"),
        _("Hours read"),
    ]
    return pd.DataFrame(rows, columns=names)


def batches_table(in_force: Sequence[Any], undone: Sequence[Any], counts: pd.DataFrame) -> pd.DataFrame:
    """Return all batches, those taken back among them, the newest first.

    Parameters
    ----------
    counts
        ``raw.batches``: what became of the rows of the batches in force.
    """
    known = counts.set_index("batch_id")[["rows_read", "rows_accepted", "rows_corrected", "rows_refused"]]
    rows = []
    for batch, is_in_force in sorted(
        [*((one, True) for one in in_force), *((one, False) for one in undone)], key=lambda pair: -pair[0].batch_id
    ):
        found = known.loc[batch.batch_id] if is_in_force and batch.batch_id in known.index else None
        rows.append(
            (
                batch.batch_id,
                words.moment_text(batch.arrived),
                batch_place(batch),
                table_words(batch.table_name),
                batch.source_name,
                _("in force") if is_in_force else _("taken back"),
                *([words.none_text()] * len(known.columns) if found is None else map(words.number_text, found)),
            )
        )
    names = [
        _("Batch"),
        _("Arrived"),
        _("File"),
        _("Table"),
        _("Source"),
        _("State"),
        _("Read"),
        _("New"),
        _("Corrected"),
        _("Refused"),
    ]
    return pd.DataFrame(rows, columns=names)


def batch_place(batch: Any) -> str:
    """Return file and sheet of a batch."""
    return f"{batch.file_name} › {batch.sheet_name}" if batch.sheet_name else str(batch.file_name)


def decisions_table(profiles: Sequence[Any]) -> pd.DataFrame:
    """Return what was decided about files of each kind."""
    rows = [
        (
            profile.name,
            table_words(profile.table),
            "; ".join(f"{column} → {words.plain_words(role).lower()}" for column, role in profile.mapping.items()),
            "; ".join(decided_text(token, answer) for token, answer in {**profile.usual, **profile.answers}.items()),
        )
        for profile in profiles
    ]
    return pd.DataFrame(rows, columns=[_("Name"), _("Table"), _("Columns"), _("Decided")], dtype="object")
