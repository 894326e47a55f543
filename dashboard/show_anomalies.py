"""Anomalies of the imported rows, put on a page: what, where, how unusual, why, and what to do with one click."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import address, show
from dashboard.answers import anomalies as loading
from dashboard.i18n import _
from dashboard.shown import in_terminal
from dashboard.views import anomalies as views
from dashboard.views.choosing import page_count, page_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from dashboard.answers.days import Context
    from data.journal import Answer


def show_anomalies(context: Context) -> None:
    """Show the open anomalies, one of them in full, and how loud each check is."""
    with st.spinner(_("Comparing every week with its own past …")):
        found = loading.anomalies(context.file, context.viewer, context.as_of_date)
    answers = loading.answers()
    is_right = found.anomalies["anomaly_key"].map(lambda key: key in answers and answers[key].is_right).astype(bool)
    names = loading.names(context.file, context.viewer)
    show.sentence(views.summary_sentence(int((~is_right).sum()), int(is_right.sum())))
    with_right = address.switch(
        _("Show also those that were said to be right"), key="with_right", disabled=not is_right.any()
    )
    rows = found.anomalies if with_right else found.anomalies[~is_right]
    if rows.empty:
        st.caption(_("Nothing in the imported rows is unlike its own past, or all of it was said to be right."))
    else:
        _table(rows, names, context, answers)
    with st.expander(_("How often each check speaks"), icon=":material/volume_up:"):
        st.caption(_("A check that touches more than 2 % of the filed person-weeks is too loud to be read."))
        show.table(views.rates_table(found.rates), alt=_("How often each check speaks"), empty="")


def _table(
    rows: pd.DataFrame, names: tuple[dict[str, str], dict[str, str]], context: Context, answers: Mapping[str, Answer]
) -> None:
    counts = {str(remedy): int(count) for remedy, count in rows["remedy"].value_counts().items()}
    to_do = address.one_of(
        st.pills,
        _("What to do"),
        list(counts),
        key="do",
        words=lambda remedy: views.to_do_words(remedy, counts[remedy]),
    )
    rows = rows if to_do is None else rows[rows["remedy"] == to_do]
    checks = sorted(rows["check"].unique(), key=views.check_words)
    chosen = address.some_of(
        st.pills, _("Checks"), checks, key="checks", words=views.check_words, selection_mode="multi"
    )
    shown = rows[rows["check"].isin(chosen)] if chosen else rows
    number = address.page_number(page_count(shown), key="anomalies_page")
    page = page_of(shown, number)
    show.table(views.anomalies_table(page, *names), alt=_("Anomalies, the newest first"), empty="", pinned=_("Where"))
    records = {str(row["anomaly_key"]): row for row in views.records_of(page)}
    key = address.one_of(
        st.selectbox,
        _("Look at"),
        list(records),
        key="anomaly",
        default=next(iter(records)),
        words=lambda one: views.anomaly_label(records[one], *names),
    )
    if key in records:
        _one(records[key], names, context, answers.get(key))


def _one(
    row: dict[str, Any], names: tuple[dict[str, str], dict[str, str]], context: Context, said: Answer | None
) -> None:
    for sentence in views.anomaly_sentences(row, *names):
        show.sentence(sentence)
    if said is not None and said.is_right:
        note = f" “{said.note}”" if said.note else ""
        st.caption(_("{name} said that it is right.").format(name=show.plain(said.viewer_name)) + show.plain(note))
    key = str(row["anomaly_key"])
    note = st.text_input(_("Note"), key=f"note_{key}", placeholder=_("why it is right"), max_chars=500)
    with st.container(horizontal=True):
        is_right = said is not None and said.is_right
        label = _("It is not right after all") if is_right else _("It is right")
        if st.button(label, icon=":material/check:", key=f"right_{key}"):
            loading.answer(context.viewer, key, is_right=not is_right, note=note)
            st.rerun()
        _remedy(row, names, context)
    rows = partial(loading.anomaly_rows, context.file, context.viewer, context.as_of_date, row)
    show.rows_behind(f"anomaly_{key}", rows, "rows_of_anomaly.csv")


def _remedy(row: dict[str, Any], names: tuple[dict[str, str], dict[str, str]], context: Context) -> None:
    """Offer what one click can do: open the place where it is mended, or a question that is ready to be sent."""
    remedy = str(row["remedy"])
    if remedy in ("ask_person", "ask_team", "close_project_for_booking"):
        with st.popover(views.remedy_words(remedy), icon=":material/forum:"):
            st.code(in_terminal(views.question_text(row, *names)), language=None, wrap_lines=True)
        return
    part, more = {
        "undo_import": ("batches", _newest_batch(row, context)),
        "check_mapping": ("decisions", {}),
        "add_trip": ("bring", {}),
        "import_missing_week": ("bring", {}),
        "correct_entry": ("bring", {}),
        "correct_finish_date": ("bring", {}),
    }.get(remedy, ("", {}))
    if part and st.button(views.remedy_words(remedy), icon=":material/build:", key=f"remedy_{row['anomaly_key']}"):
        show.open_part(part, **more)


def _newest_batch(row: dict[str, Any], context: Context) -> dict[str, int]:
    """Return the newest batch that has rows of an anomaly; only looked for where an import is the likely cause."""
    if row["remedy"] != "undo_import":
        return {}
    rows = loading.anomaly_rows(context.file, context.viewer, context.as_of_date, row)
    return {"batch": int(rows["batch_id"].max())} if len(rows) else {}
