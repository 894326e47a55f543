"""One table of a file that is not imported yet, put on a page: what it means, what is asked, what can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import show
from dashboard.answers.intake import targets_of
from dashboard.i18n import _
from dashboard.views import understood as views
from dashboard.views import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.answers.intake import Seen
    from data.recognition import Question, Understanding

#: Tokens whose answers are of a fixed list; every other question can be answered with a text of one's own.
_CLOSED: Final = ("table", "date_order", "decimal_mark", "filtered_by", "negative_hours", "rule.drop_duplicates")
_UNITS: Final = ("hours", "minutes", "seconds", "days")
_NOT_USED: Final = "-"


def show_understood(
    one: Seen,
    *,
    turn: str,
    guessed: Understanding | None = None,
    answered: Mapping[str, tuple[Question, str]] | None = None,
) -> dict[str, str]:
    """Show one table; return what the reader decided just now, by token.

    Parameters
    ----------
    turn
        Goes into the keys of the widgets: after each decision they start from what is understood then.
    guessed
        The table as it would be read with the answers so far, and the first one to everything that is still asked.
    answered
        Questions that were answered already, with their answers, by token: they stay in the form and can be changed.
    """
    seen = one.understanding
    st.markdown(f"**{show.plain(one.place)}**")
    show.sentence(views.headline(seen))
    for remark in views.remarks(seen):
        st.caption(show.plain(remark))
    if not seen.columns:
        return {}
    said: dict[str, str] = {}
    if not one.is_ours and (seen.questions or answered):
        form, preview = st.columns([2, 3])
        with form:
            said |= _questions(seen, answered or {}, turn)
        with preview:
            _show_rows(guessed or seen, turn, is_guess=guessed is not None)
    else:
        _show_rows(seen, turn)
    st.subheader(_("What the columns mean"), anchor=False)
    show.table(views.mapping_table(seen), alt=_("Columns of the file and what they mean"), empty="")
    if one.is_ours:
        st.caption(_("These are the names of Golive itself, so nothing has to be decided."))
        return {}
    with st.expander(_("Change what was understood"), icon=":material/edit:"):
        said |= _changes(seen, turn)
    return said | _rules(seen, turn)


def _questions(seen: Understanding, answered: Mapping[str, tuple[Question, str]], turn: str) -> dict[str, str]:
    """Show all questions of a table as one form, with a button that leaves the table out."""
    open_ = [question for question in seen.questions if question.token not in answered]
    with st.container(border=True):
        given = {token: answer for token, (_question, answer) in answered.items()}
        said = ask_questions([*(question for question, _answer in answered.values()), *open_], turn, given)
        if seen.has_to_ask:
            with st.container(horizontal=True):
                if st.button(_("Take the first answers"), icon=":material/done_all:", key=f"first_{turn}"):
                    said |= first_answers(seen)
                if st.button(_("Leave this out"), icon=":material/block:", key=f"out_{turn}"):
                    said = {"table": "out"}
    return said


def first_answers(seen: Understanding) -> dict[str, str]:
    """Return the likeliest answer to every question that must be answered."""
    return {one.token: one.options[0] for one in seen.questions if one.is_blocking and one.options}


def ask_questions(questions: Sequence[Question], turn: str, given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Show questions one below the other; return what the reader answered just now, by token.

    Parameters
    ----------
    given
        What was answered before, by token; only another answer is a new one.
    """
    said = {}
    for number, question in enumerate(questions, 1):
        st.markdown(f"**{show.plain(str(number))}** {show.plain(question.words)}")
        for line in views.option_lines(question):
            st.caption(show.plain(line))
        before = (given or {}).get(question.token, "")
        answer = _answer(question, f"q_{question.token}_{turn}", before)
        if answer and answer != before:
            said[question.token] = answer
    return said


def _answer(question: Question, key: str, before: str) -> str:
    """Let the reader choose a proposed answer, or type another where that makes sense."""
    if not question.options:
        return st.text_input(_("Answer"), before, key=key).strip()
    options = question.options if before in ("", *question.options) else (before, *question.options)
    chosen = st.selectbox(
        _("Answer"),
        options,
        index=options.index(before) if before else None,
        format_func=views.answer_words,
        accept_new_options=question.token not in _CLOSED,
        placeholder=_("Choose")
        if question.token in _CLOSED
        else _("Choose a column, or type what counts for all rows"),
        key=key,
    )
    return (chosen or "").strip()


def _show_rows(seen: Understanding, turn: str, *, is_guess: bool = False) -> None:
    made, source = views.made_table(seen), views.source_table(seen)
    kinds = {"made": _("As it would be imported"), "source": _("As it stands in the file")}
    if made.empty:
        kinds.pop("made")
    st.subheader(_("The first rows"), anchor=False)
    if seen.outlook:
        st.markdown(show.plain(views.outlook_sentence(seen.outlook)))
    if is_guess:
        st.caption(
            _(
                "With your answers, and the first one to each question that is still open."
                " Nothing comes in before you answer."
            )
        )
    chosen = next(iter(kinds))
    if len(kinds) > 1:
        chosen = st.segmented_control(
            _("Show"),
            list(kinds),
            default=chosen,
            format_func=kinds.__getitem__,
            required=True,
            label_visibility="collapsed",
            key=f"rows_{turn}",
        )
    rows = made if chosen == "made" else source
    show.table(rows, alt=kinds[chosen], empty=_("The file has column names, but no rows."))


def _changes(seen: Understanding, turn: str) -> dict[str, str]:
    """Let the reader say another table, another reading of days and numbers, another meaning of a column."""
    said: dict[str, str] = {}
    tables = targets_of()
    first, second, third = st.columns(3)
    with first:
        said |= _choice("table", _("Table"), list(tables), seen.table, turn)
    with second:
        said |= _choice("date_order", _("Days are written"), ["dmy", "mdy", "ymd"], seen.date_order, turn)
    with third:
        said |= _choice("decimal_mark", _("Decimals are marked by"), ["point", "comma"], seen.decimal_mark, turn)
    columns = [name for name in seen.columns if name not in seen.denied_columns]
    left, middle, right = st.columns([2, 2, 1], vertical_alignment="bottom")
    column = left.selectbox(_("Column of the file"), columns, key=f"column_{turn}")
    now = seen.mapping.get(column, _NOT_USED) if column else _NOT_USED
    targets = [_NOT_USED, *tables.get(seen.table, ())]
    target = middle.selectbox(
        _("Means"),
        targets,
        index=targets.index(now) if now in targets else 0,
        format_func=lambda name: _("not used") if name == _NOT_USED else words.plain_words(name),
        key=f"target_{column}_{turn}",
    )
    if right.button(_("Change"), disabled=target == now, key=f"change_{turn}") and column:
        return {now: _NOT_USED} if target == _NOT_USED else {target: column}
    if now.endswith("_hours") and column:
        unit = left.selectbox(
            _("“{column}” counts").format(column=show.plain(column)),
            _UNITS,
            index=None,
            format_func=views.answer_words,
            placeholder=_("as understood"),
            key=f"unit_{column}_{turn}",
        )
        said |= {f"unit.{column}": unit} if unit else {}
    return said


def _choice(key: str, label: str, options: list[str], now: str, turn: str) -> dict[str, str]:
    chosen = st.selectbox(
        show.plain(label),
        options,
        index=options.index(now) if now in options else None,
        format_func=views.table_words if key == "table" else views.answer_words,
        placeholder=_("nothing to read"),
        key=f"{key}_{turn}",
    )
    return {key: chosen} if chosen and chosen != now else {}


def _rules(seen: Understanding, turn: str) -> dict[str, str]:
    """Show the cleaning rules, with a tick for each that may be switched."""
    if not seen.cleaning:
        return {}
    st.subheader(_("Cleaning rules"), anchor=False)
    said = {}
    for rule in seen.cleaning:
        is_on = st.checkbox(
            show.plain(views.cleaning_label(rule)),
            value=rule.is_on,
            disabled=not rule.is_optional,
            help=None if rule.is_optional else _("Without this rule the cells can't be read."),
            key=f"{rule.token}_{turn}",
        )
        examples = views.cleaning_examples(rule)
        if examples:
            st.caption(show.plain(examples))
        if is_on != rule.is_on:
            said[rule.token] = "on" if is_on else "off"
    return said
