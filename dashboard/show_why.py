"""Why a forecast says what it says, what moved it, and what could be done: parts of the project's page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from analytics.delay.scenario_steps import Step
from dashboard import address, show
from dashboard.charts.drivers import driver_waterfall
from dashboard.i18n import _
from dashboard.load import scenarios as loading
from dashboard.views import drivers as driver_views
from dashboard.views import scenarios as views

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.load import Context

_SCENARIOS_KEY: Final = "golive_scenarios"
_PERSON_HOURS: Final = 40.0


def show_why(context: Context, project_id: str) -> None:
    """Show the drivers behind the median finish, and what moved it in the last week."""
    scope = (context.file, context.viewer, context.as_of_date)
    with st.spinner(_("Playing the project again without each driver …")):
        drivers = loading.drivers(*scope, (project_id,))
    show.sentence(driver_views.drivers_sentence(drivers))
    if drivers.empty:
        return
    show.figure(
        driver_waterfall(driver_views.driver_rows(drivers)),
        key="drivers",
        alt=_("Weeks that each driver adds to the committed date or takes away"),
    )
    st.caption(_("Contributions under this model: they add up, and they are no proof of a cause."))
    before = context.as_of_date - timedelta(weeks=1)
    moved, rows = loading.movement(context.file, context.viewer, before, context.as_of_date, project_id)
    show.sentence(driver_views.movement_sentence(moved, before))
    with st.expander(_("What became known in this week"), icon=":material/search:"):
        show.table(
            driver_views.new_rows_table(rows),
            alt=_("Hours, progress, requests and plans that became known"),
            empty=_("Nothing new became known."),
        )


def show_what_if(context: Context, project_id: str) -> None:
    """Let the reader put scenarios together, compare them, keep one and adopt it."""
    st.caption(show.plain(views.limits_sentence()))
    scenarios = st.session_state.setdefault(_SCENARIOS_KEY, {}).setdefault(project_id, {})
    kept = loading.kept_scenarios(project_id)
    _ask(context, project_id, scenarios)
    _take_kept(kept, scenarios)
    if scenarios:
        _compared(context, project_id, scenarios)
    if kept:
        texts = [views.steps_text(loading.steps_of(one)) for one in kept]
        show.table(views.kept_table(kept, texts), alt=_("What-ifs that were kept"), empty="")
        _adopt(context, kept)
    decided = loading.decisions(project_id)
    if decided:
        show.table(views.decisions_table(decided), alt=_("Decisions about this project"), empty="")


def _ask(context: Context, project_id: str, scenarios: dict[str, list[Step]]) -> None:
    kinds = ["add_hours", "take_hours", "freeze_date", "freeze_progress", "scope", "shift_start", "not_before"]
    pending = loading.pending_requests(context.file, context.viewer, context.as_of_date, project_id)
    kinds[4:4] = ["accept", "refuse"] if len(pending) else []
    kind = st.selectbox(_("What is done differently"), kinds, format_func=views.kind_words, key="step_kind")
    with st.form(key="step", border=False):
        values = _values(kind, context.as_of_date, pending)
        name = st.text_input(_("In the scenario named"), value=_("scenario {number}").format(number=1), max_chars=80)
        if st.form_submit_button(_("Add this step"), icon=":material/add:") and name.strip():
            scenarios.setdefault(name.strip(), []).append(Step(kind, **values))


def _values(kind: str, today: date, pending: pd.DataFrame) -> dict[str, Any]:
    """Return what the reader says for a kind of step."""
    monday = today + timedelta(days=7 - today.weekday())
    if kind in ("add_hours", "take_hours"):
        hours = st.number_input(_("Hours a week"), 1.0, 400.0, _PERSON_HOURS, 4.0)
        first = st.date_input(_("From"), monday)
        last = st.date_input(_("To (empty: for good)"), None)
        return {"hours": float(hours), "from_date": str(first), "to_date": str(last) if last else ""}
    if kind in ("freeze_date", "not_before"):
        return {"from_date": str(st.date_input(_("Day"), monday))}
    if kind == "freeze_progress":
        return {"share": st.slider(_("Share of the work, in percent"), 1, 100, 70) / 100}
    if kind in ("accept", "refuse"):
        return {"request_id": st.selectbox(_("Pending request"), pending["change_request_id"].tolist())}
    if kind == "scope":
        return {"hours": float(st.number_input(_("Hours (negative takes work out)"), value=-100.0, step=20.0))}
    return {"weeks": float(st.number_input(_("Weeks later (negative: earlier)"), value=2.0, step=1.0))}


def _take_kept(kept: list[Any], scenarios: dict[str, list[Step]]) -> None:
    """Put the kept scenario that the link names beside the others."""
    numbers = [one.scenario_id for one in kept]
    if not numbers:
        return
    number = address.one_of(
        st.selectbox,
        _("Beside it, what was kept"),
        numbers,
        key="scenario",
        words=lambda one: next(f"{one}: {other.title}" for other in kept if other.scenario_id == one),
        index=None,
        placeholder=_("none"),
    )
    if number is not None:
        chosen = next(one for one in kept if one.scenario_id == number)
        scenarios[f"{number}: {chosen.title}"] = loading.steps_of(chosen)


def _compared(context: Context, project_id: str, scenarios: dict[str, list[Step]]) -> None:
    scope = (context.file, context.viewer, context.as_of_date)
    for name, steps in scenarios.items():
        st.caption(show.plain(f"{name}: {views.steps_text(steps)}"))
    found = show.with_progress(lambda _tell: loading.compared(*scope, project_id, scenarios))
    if found is not None:
        show.sentence(views.scenario_sentence(found))
        show.table(
            views.scenario_table(found),
            alt=_("The forecast as it is and under each scenario"),
            empty="",
            pinned=_("Scenario"),
        )
        _keep(context, project_id, scenarios, found)
    if st.button(_("Begin anew"), icon=":material/delete:", key="scenarios_anew"):
        scenarios.clear()
        st.rerun()


def _keep(context: Context, project_id: str, scenarios: dict[str, list[Step]], found: pd.DataFrame) -> None:
    name = st.selectbox(_("Keep"), list(scenarios), key="keep_name")
    if st.button(_("Keep this scenario"), icon=":material/save:", key="keep"):
        (row,) = found[found["scenario"] == name].to_dict("records")
        result = {str(key): value for key, value in row.items()}
        number = loading.keep_scenario(context.viewer, project_id, context.as_of_date, name, scenarios[name], result)
        st.success(_("Kept as scenario {number}: the address of this page finds it again.").format(number=int(number)))


def _adopt(context: Context, kept: list[Any]) -> None:
    titles = {one.scenario_id: one.title for one in kept}
    with st.expander(_("Adopt one as a decision"), icon=":material/gavel:"), st.form(key="adopt", border=False):
        number = st.selectbox(_("Scenario"), list(titles), format_func=lambda one: f"{one}: {titles[one]}")
        owner = st.text_input(_("Who does it"), max_chars=200)
        due = st.date_input(_("Until"), None)
        note = st.text_input(_("Note"), max_chars=500)
        if st.form_submit_button(_("Decide"), icon=":material/check:"):
            if not owner.strip():
                st.error(_("Say who does it."))
                return
            loading.adopt_scenario(context.viewer, number, owner, due, note)
            st.rerun()
