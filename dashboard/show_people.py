"""Parts of the page of people: findings, the board, the person beside it, and the tables behind."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import address, charts, session, show, show_strain
from dashboard.answers import everything as answers
from dashboard.i18n import _
from dashboard.parts import board as parts
from dashboard.views import board as views_of_board
from dashboard.views import everything as views

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.answers.days import Context
    from dashboard.answers.strain import StrainView


@dataclass(frozen=True)
class Shown:
    """What the parts of the page need: who is chosen, over how many weeks, and what is known of them."""

    context: Context
    people: pd.DataFrame
    weeks_count: int
    weeks: pd.DataFrame
    overview: pd.DataFrame
    strain: StrainView
    person_id: str | None

    @property
    def scope(self) -> tuple[Any, Any, Any]:
        """What every answer is asked with: file, viewer, day."""
        return self.context.file, self.context.viewer, self.context.as_of_date

    @property
    def own(self) -> pd.DataFrame:
        """The people whose tables stand below: the chosen one, or all that are listed."""
        return self.people if self.person_id is None else views.filtered(self.people, person_id=[self.person_id])

    @property
    def own_ids(self) -> tuple[str, ...]:
        """Their ids."""
        return tuple(self.own["person_id"])


def doubts(shown: Shown) -> None:
    """Say what makes the figures of the chosen people doubtful."""
    days = answers.impossible_days(*shown.scope)
    show.doubt(views.impossible_days_sentence(days[days["person_id"].isin(shown.own_ids)]))


def _travel_remark(shown: Shown) -> None:
    context = shown.context
    told = answers.trips_told(context.file, context.as_of_date)
    show.remark(views.travel_sentence(told, context.reporting.week_start_date))


def board(shown: Shown, measure: str, order: str) -> None:
    """Show the board, and open whoever was pressed on it."""
    st.markdown(show.plain(f"{views.missing_sentence(shown.weeks)} {views.team_sentence(shown.people, shown.weeks)}"))
    people = views_of_board.ordered(shown.people, order, shown.overview, shown.strain.levels)
    number = address.page_number(views.page_count(people, views_of_board.BOARD_PAGE_COUNT), key="people_page")
    on_page = views.page_of(people, number, views_of_board.BOARD_PAGE_COUNT)
    cells = views.heat_cells(measure, shown.weeks, shown.strain.weeks, on_page)
    rows = views_of_board.board(cells, measure, on_page, shown.strain.levels)
    pressed = parts.chosen_person(
        rows,
        measure,
        # Beside a person the board is another one: who was pressed before can be pressed again.
        key="board" if shown.person_id is None else "board_beside",
        alt=_("Load, nights away or strain of each person by week, by team; “?” is a week that is not filed"),
    )
    st.caption(f"{views.heat_legend(measure)} {_('Press a name or a cell to open the person; that is logged.')}")
    if pressed is not None and pressed != shown.person_id:
        address.choose_next(person=pressed)


def picture(shown: Shown, measure: str) -> None:
    """Show the heat-map, in which weeks that are not filed are hatched."""
    st.markdown(show.plain(f"{views.missing_sentence(shown.weeks)} {views.team_sentence(shown.people, shown.weeks)}"))
    number = address.page_number(views.page_count(shown.people, views.PEOPLE_PAGE_COUNT), key="people_page")
    on_page = views.page_of(shown.people, number, views.PEOPLE_PAGE_COUNT)
    show.figure(
        charts.HEATMAPS[measure](views.heat_cells(measure, shown.weeks, shown.strain.weeks, on_page)),
        key="load",
        alt=_("Load, nights away or strain of each person by week; weeks that were not filed are hatched"),
    )
    st.caption(views.heat_legend(measure))


def person(shown: Shown, label: str) -> None:
    """Show one person beside the board: facts, level, why, and what would help."""
    person_id = str(shown.person_id)
    session.note_person_opened(shown.context.viewer, person_id)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(show.plain(label), anchor=False)
            st.button(
                _("Close"), icon=":material/close:", key="close_person", on_click=address.choose, args=("person", None)
            )
        own = shown.own.iloc[0]
        show.remark(views.person_facts_text(own))
        show.metrics(views.person_metrics(shown.overview[shown.overview["person_id"] == person_id]))
        _travel_remark(shown)
        show_strain.person_beside(shown.strain, person_id)
        facts = _("Signs of overload are facts to talk about, together with the person.")
        st.caption(f"{facts} {_('That this page was opened is logged.')}")


def days(shown: Shown) -> None:
    """Show a person's weeks and days, with the rows behind."""
    person_id = str(shown.person_id)
    weeks = shown.weeks[shown.weeks["person_id"] == person_id]
    show.figure(
        charts.person_weeks_bars(weeks),
        key="person_weeks",
        alt=_("Hours of one person by week, against the hours expected"),
    )
    st.caption(show.plain(views.missing_sentence(weeks)))
    show_strain.day_strip(answers.strip(*shown.scope, person_id, shown.weeks_count))
    show.rows_behind(
        "timesheets",
        partial(answers.timesheet_rows, *shown.scope, person_id=person_id, weeks_count=shown.weeks_count),
        f"timesheets_{person_id}.csv",
    )


def projects(shown: Shown) -> None:
    """Show for which projects a person worked."""
    show.table(
        views.projects_table(answers.person_projects(*shown.scope, str(shown.person_id), shown.weeks_count)),
        alt=_("Projects that the person worked for"),
        empty=_("No hours are booked in this time."),
    )


def load(shown: Shown) -> None:
    """Show load, travel and rest of everybody who is listed."""
    _travel_remark(shown)
    show.table(
        views.overview_table(shown.overview, shown.people),
        alt=_("Load, travel and rest of each person, sorted by name"),
        name="load",
        empty=_("Nobody fits the filters."),
        pinned=_("Person"),
    )


def limits(shown: Shown) -> None:
    """Show which limits on working time were exceeded; of one person also the rows that make a fact."""
    facts = answers.facts(*shown.scope, shown.own_ids)
    if not facts.empty:
        show.remark(views.overtime_sentence())
    show.table(
        views.facts_table(views.latest_facts(facts), shown.own),
        alt=_("Limits on working time that were exceeded, with their source"),
        name="limits",
        empty=_("No limit was exceeded, as far as hours are filed."),
        pinned=_("Person"),
    )
    if shown.person_id is None or facts.empty:
        return
    fact_names = views.fact_labels(facts)
    fact = st.selectbox(
        _("Rows that make a fact"),
        list(fact_names),
        index=None,
        format_func=fact_names.__getitem__,
        placeholder=_("Choose a fact"),
        key="fact",
    )
    if fact is not None:
        show.rows_behind(
            "fact",
            partial(answers.fact_rows, *shown.scope, shown.person_id, fact[0].date(), fact[1].date()),
            f"fact_{shown.person_id}.csv",
        )


def trips(shown: Shown) -> None:
    """Show the trips, the newest first."""
    found = answers.trips(*shown.scope, shown.own_ids)
    show.remark(views.trips_sentence(found))
    show.table(
        views.trips_table(found),
        alt=_("Trips, the newest first"),
        name="trips",
        empty=_("No trip is known. Import them with `golive import FILE --as trips`."),
        pinned=_("Person"),
    )
    if shown.person_id is not None:
        show.rows_behind(
            "trips", partial(answers.trip_rows, *shown.scope, shown.person_id), f"trips_{shown.person_id}.csv"
        )
