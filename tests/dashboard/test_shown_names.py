from __future__ import annotations

import json
import unicodedata

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dashboard import shown
from dashboard.views import strain
from tests.dashboard import source_of_figures, source_of_pages
from tests.dashboard.hostile import HOSTILE_NAMES


def words_of(markdown: str) -> str:
    """Return what a CommonMark reader shows, or fail where it makes anything but text."""
    (paragraph,) = [token for token in MarkdownIt("commonmark").parse(markdown) if token.type == "inline"]
    assert all(child.type in {"text", "text_special", "softbreak"} for child in paragraph.children or []), markdown
    return "".join(child.content for child in paragraph.children or [])


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_markdown_shows_a_name_letter_by_letter(name: str) -> None:
    told = words_of(shown.in_markdown(name)).replace("\u2060", "")
    assert " ".join(told.split()) == " ".join(shown.in_text(name).split())


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_markdown_shows_a_name_letter_by_letter_within_bold_words(name: str) -> None:
    tokens = MarkdownIt("commonmark").parse(f"**{shown.in_markdown(f'A {name} z')}** and more")
    kinds = [child.type for token in tokens if token.type == "inline" for child in token.children or []]
    assert set(kinds) <= {"text", "text_special", "strong_open", "strong_close"}


@given(st.text(max_size=40))
def test_no_name_is_markup_in_markdown(name: str) -> None:
    if shown.in_text(name).strip():
        told = words_of(shown.in_markdown(f"x{name}")).replace("\u2060", "")
        assert " ".join(told.split()) == " ".join(shown.in_text(f"x{name}").split())


@given(st.text(max_size=60))
def test_no_shown_name_turns_the_direction_or_obeys(name: str) -> None:
    for told in (shown.in_text(name), shown.in_markdown(name), shown.in_figure(name), shown.in_terminal(name)):
        assert not any(unicodedata.category(sign) == "Cc" for sign in told if sign != "\n")
        assert not set(told) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def test_addresses_and_symbols_are_divided_where_streamlit_would_find_them() -> None:
    assert shown.in_markdown("https://a.example").count("\u2060") == 1
    assert shown.in_markdown("www.a.example") == "www\u2060.a.example"
    assert shown.in_markdown("a@b.example") == "a@\u2060b.example"
    assert shown.in_markdown(":material/star:") == ":\u2060material/star:"
    assert shown.in_markdown("Phase 2: 12:30, 3.1 weeks") == "Phase 2: 12:30, 3.1 weeks"


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_figure_shows_a_name_as_text(name: str) -> None:
    told = shown.in_figure(name)
    assert "<" not in told
    assert "$" not in told
    assert "%{" not in told


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_the_last_gate_leaves_no_markup_in_any_text_of_a_figure(name: str) -> None:
    figure = go.Figure()
    figure.add_bar(x=[1], y=[name], orientation="h", name=name, text=[name], customdata=[[name]], hovertext=name)
    figure.add_bar(x=pd.Series([name]), y=[2], hovertemplate="%{y}<br>%{customdata}<extra></extra>")
    figure.update_layout(title=name, annotations=[{"text": name}])
    figure.update_yaxes(ticktext=[name], tickvals=[1], title_text=name)
    told = json.dumps(shown.as_drawn(figure).to_dict(), default=str).replace("<br>", "").replace("<extra></extra>", "")
    assert "<" not in told
    assert "$" not in told


def test_the_last_gate_keeps_our_own_line_breaks_and_what_was_made_harmless() -> None:
    figure = go.Figure(go.Bar(x=[1], y=[2], text=[f"{shown.in_figure('<b>A</b>')}<br>3 %"]))
    assert shown.as_drawn(figure).data[0].text[0] == "&lt;b&gt;A&lt;/b&gt;<br>3 %"


def test_a_figure_without_markup_is_not_made_a_second_time() -> None:
    figure = go.Figure(go.Bar(x=[1], y=["Ana"]))
    assert shown.as_drawn(figure) is figure


def test_cells_keep_numbers_and_dates() -> None:
    rows = pd.DataFrame({"a\u202e": ["x\x1b[31m", None], "n": [1.5, 2], "d": pd.to_datetime(["2026-11-01"] * 2)})
    told = shown.in_cells(rows)
    assert list(told.columns) == ["a", "n", "d"]
    assert told["a"].tolist()[0] == "x\ufffd[31m"
    assert told.dtypes["n"] == rows.dtypes["n"]
    assert told.dtypes["d"] == rows.dtypes["d"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("timesheets_../../etc/passwd.csv", "timesheets_.._.._etc_passwd.csv"),
        ("rows_a\u202evsc.exe.csv", "rows_avsc.exe.csv"),
        ('r "a|b".csv', "r _a_b_.csv"),
        ("x" * 500 + ".csv", "x" * 116 + ".csv"),
        ("\x1b]0;t\x07.md", "_]0;t_.md"),
    ],
)
def test_the_name_of_a_download_is_a_file_name(name: str, told: str) -> None:
    assert shown.in_file_name(name) == told


@given(st.text(max_size=30))
def test_json_for_a_terminal_says_the_same(name: str) -> None:
    written = shown.in_json(json.dumps({"name": name}, ensure_ascii=False))
    assert json.loads(written) == {"name": name}
    assert not any(0x7F <= ord(sign) < 0xA0 for sign in written)


def test_no_text_reaches_a_page_unescaped() -> None:
    assert [str(one) for one in source_of_pages.strangers_in_room()] == []


def test_no_name_is_joined_with_markup_of_a_figure() -> None:
    assert [str(one) for one in source_of_figures.figures_of_room()] == []


def test_no_command_prints_past_the_safe_console() -> None:
    assert [str(one) for one in source_of_figures.commands_of_room()] == []


@pytest.mark.parametrize(
    "line",
    [
        "st.caption(name)",
        "st.markdown(f'**{name}**')",
        "st.info(_('Hello {name}').format(name=name))",
        "st.metric('Hours', name)",
        "st.metric('Hours', 3, delta=name)",
        "left.button(name)",
        "st.error('a' + name)",
        "st.info('x', title=name)",
        "st.text_input(_('Note'), help=name)",
        "st.expander(labels[name])",
        "st.table(rows)",
        "st.write('x')",
        "st.markdown('x', unsafe_allow_html=True)",
        "st.pills('x', rows)",
        "st.radio('x', rows, format_func=labels.__getitem__)",
        "st.toast(str(name))",
        "st.text(name)",
        "st.dataframe(rows)",
        "st.progress(0.5, text=name)",
        "st.progress(0.5, name)",
        "st.download_button('x', b'', file_name=name)",
        "words = name\n    st.caption(words)",
        "for words in rows:\n        st.caption(words)",
        "show.table(rows, alt='', empty=name)",
        "bar.caption(show.plain(name) + name)",
    ],
)
def test_the_reader_of_the_source_finds(line: str) -> None:
    source = f"import streamlit as st\nfrom dashboard import show\ndef page(name, rows, labels):\n    {line}\n"
    assert source_of_pages.strangers_in(source)


@pytest.mark.parametrize(
    "line",
    [
        "st.caption(_('There are no rows.'))",
        "st.markdown(f'**{show.plain(name)}**')",
        "st.info(_('{name} said so').format(name=show.plain(name)))",
        "kinds = {'a': _('A')}\n    st.pills('x', list(kinds), format_func=kinds.__getitem__)",
        "st.caption(_('One') if rows else _('Two'))",
        "st.dataframe(in_cells(rows))",
    ],
)
def test_the_reader_of_the_source_trusts_words_of_our_own(line: str) -> None:
    source = f"import streamlit as st\nfrom dashboard import show\ndef page(name, rows, labels):\n    {line}\n"
    assert source_of_pages.strangers_in(source) == []


@pytest.mark.parametrize(
    "line", ["rows['name'] + '<br>' + rows['text']", "f'{name}<br>{in_figure(x)}'", "'%{y}<extra>' + name + '</extra>'"]
)
def test_the_reader_of_figures_finds(line: str) -> None:
    assert source_of_figures.strangers_in_figures(line)


@pytest.mark.parametrize(
    "line", ["print(x)", "Console().print(x)", "sys.stdout.write(x)", "output.print(x, markup=True)"]
)
def test_the_reader_of_commands_finds(line: str) -> None:
    assert source_of_figures.strangers_in_terminal(line)


def test_views_that_return_markdown_escape_what_they_are_given() -> None:
    told = strain.person_sentence(
        {
            "level": "NO DATA",
            "data_share": 0.2,
            "reason": "![x](https://a.example/i.png)",
            "index": 1,
            "index_low": 1,
            "index_high": 2,
        },
        pd.DataFrame(),
        pd.DataFrame(),
        pd.DataFrame(),
        None,
    )
    assert "![x](" not in told
