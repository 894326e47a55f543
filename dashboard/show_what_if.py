"""What could be done: scenarios that are put together, compared, kept, decided and taken back, on a project's page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from analytics.delay.scenario_steps import Step
from dashboard import address, show, show_decision
from dashboard.answers import scenarios as loading
from dashboard.i18n import _
from dashboard.views import levers as lever_views
from dashboard.views import scenarios as views

if TYPE_CHECKING:
    import pandas as pd

    from analytics.delay.levers import KnownLever
    from dashboard.answers.days import Context
    from data.journal import Decision, Scenario

#: The levers that are tried, in the address.
LEVER_KEY: Final = "lever"
_BUILT_KEY: Final = "golive_scenarios"
_PERSON_HOURS: Final = 40.0


def show_what_if(context: Context, project_id: str, levers: tuple[KnownLever, ...]) -> None:
    """Let the reader put scenarios together, compare them, keep one and adopt it."""
    st.caption(show.plain(views.limits_sentence()))
    built: dict[str, list[Step]] = st.session_state.setdefault(_BUILT_KEY, {}).setdefault(project_id, {})
    kept, decided = loading.kept_scenarios(project_id), loading.decisions(project_id)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        _ask(context, project_id, built)
    with right:
        own = {**_tried(levers), **built}
        shown = {**own, **_kept_beside(kept)}
        if shown:
            _compared(context, project_id, own, shown, levers)
        else:
            st.caption(_("Add a step, or try a lever of the overview: the forecast with and without it stands here."))
        show.told()
    if kept:
        texts = [views.steps_text(loading.steps_of(one)) for one in kept]
        show.table(views.kept_table(kept, texts), alt=_("What-ifs that were kept"), empty="")
        _adopt(context, kept)
        _change(context, kept)
    if decided:
        show.table(views.decisions_table(decided), alt=_("Decisions about this project"), empty="")
        _withdraw(context, decided)


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


def _tried(levers: tuple[KnownLever, ...]) -> dict[str, list[Step]]:
    """Return a scenario for each lever that the address names, and of several one of all of them together."""
    if not levers:
        return {}
    titles = {lever.kind: lever_views.lever_title(lever) for lever in levers}
    chosen = address.some_of(
        st.multiselect,
        _("Levers"),
        list(titles),
        key=LEVER_KEY,
        words=titles.__getitem__,
        placeholder=_("none"),
    )
    alone = {titles[lever.kind]: list(lever.steps) for lever in levers if lever.kind in chosen}
    if len(alone) < 2:
        return alone
    return {**alone, _together(): [step for steps in alone.values() for step in steps]}


def _together() -> str:
    return _("all of these together")


def _still_tried(levers: tuple[KnownLever, ...], kept_name: str) -> list[str]:
    """Return the levers that are tried on once a scenario is kept: the others; none where all together are kept."""
    if kept_name == _together():
        return []
    tried = st.session_state.get(LEVER_KEY, [])
    return [one.kind for one in levers if one.kind in tried and lever_views.lever_title(one) != kept_name]


def _kept_beside(kept: list[Scenario]) -> dict[str, list[Step]]:
    """Return the kept scenario that the address names, to stand beside the others."""
    if not kept:
        return {}
    titles = _titles(kept)
    number = address.one_of(
        st.selectbox,
        _("Beside it, what was kept"),
        list(titles),
        key="scenario",
        words=titles.__getitem__,
        index=None,
        placeholder=_("none"),
    )
    return {titles[one.scenario_id]: loading.steps_of(one) for one in kept if one.scenario_id == number}


def _titles(kept: list[Scenario]) -> dict[int, str]:
    return {one.scenario_id: f"{one.scenario_id}: {one.title}" for one in kept}


def _compared(
    context: Context,
    project_id: str,
    own: dict[str, list[Step]],
    shown: dict[str, list[Step]],
    levers: tuple[KnownLever, ...],
) -> None:
    scope = (context.file, context.viewer, context.as_of_date)
    for name, steps in shown.items():
        st.caption(show.plain(f"{name}: {views.steps_text(steps)}"))
    found = show.with_progress(lambda _tell: loading.compared(*scope, project_id, shown))
    if found is not None:
        show.sentence(views.scenario_sentence(found))
        show.table(
            views.scenario_table(found),
            alt=_("The forecast as it is and under each scenario"),
            empty="",
            pinned=_("Scenario"),
        )
        if own:
            _keep(context, project_id, own, found, levers)
    if own and st.button(_("Start over"), icon=":material/delete:", key="scenarios_anew"):
        st.session_state[_BUILT_KEY].pop(project_id, None)
        address.choose_next(**{LEVER_KEY: []})


def _keep(
    context: Context,
    project_id: str,
    own: dict[str, list[Step]],
    found: pd.DataFrame,
    levers: tuple[KnownLever, ...],
) -> None:
    name = st.selectbox(_("Keep"), list(own), key="keep_name")
    if not st.button(_("Keep this scenario"), icon=":material/save:", key="keep"):
        return
    (row,) = found[found["scenario"] == name].to_dict("records")
    result = {str(key): value for key, value in row.items()}
    number = loading.keep_scenario(context.viewer, project_id, context.as_of_date, name, own[name], result)
    # What is kept stands in its own list from now on.
    st.session_state[_BUILT_KEY][project_id].pop(name, None)
    show.tell_next(_("Kept as scenario {number}: the address of this page finds it again.").format(number=number))
    address.choose_next(project=project_id, scenario=number, **{LEVER_KEY: _still_tried(levers, name)})


def _adopt(context: Context, kept: list[Scenario]) -> None:
    titles = _titles(kept)
    with st.expander(_("Adopt one as a decision"), icon=":material/gavel:"), st.form(key="adopt", border=False):
        number = st.selectbox(_("Scenario"), list(titles), format_func=titles.__getitem__, key="adopt_number")
        said = show_decision.asked()
    show_decision.decide(context.viewer, said, lambda: number)


def _change(context: Context, kept: list[Scenario]) -> None:
    """Let the reader rename a kept scenario, or delete it after a second word."""
    titles = _titles(kept)
    with st.expander(_("Rename or delete a kept scenario"), icon=":material/edit:"):
        number = st.selectbox(_("Scenario"), list(titles), format_func=titles.__getitem__, key="change_number")
        now = next(one.title for one in kept if one.scenario_id == number)
        name = st.text_input(_("New name"), value=now, max_chars=80, key=f"new_name_{number}")
        with st.container(horizontal=True):
            if st.button(_("Rename"), icon=":material/edit:", key="rename"):
                _do(lambda: loading.rename_scenario(context.viewer, number, name), _("Renamed."))
            with st.popover(_("Delete"), icon=":material/delete:"):
                st.markdown(_("Scenario {title} leaves every list.").format(title=show.plain(titles[number])))
                if st.button(_("Yes, delete it"), type="primary", key="delete_scenario"):
                    _do(lambda: loading.delete_scenario(context.viewer, number), _("The scenario was deleted."))


def _withdraw(context: Context, decided: list[Decision]) -> None:
    """Let the reader take a decision back, after a second word."""
    titles = {one.decision_id: f"{one.decision_id}: {one.title} · {one.owner_name}" for one in decided}
    with st.expander(_("Withdraw a decision"), icon=":material/undo:"):
        number = st.selectbox(_("Decision"), list(titles), format_func=titles.__getitem__, key="withdraw_number")
        with st.popover(_("Withdraw"), icon=":material/undo:"):
            st.markdown(_("Decision {title} no longer counts.").format(title=show.plain(titles[number])))
            if st.button(_("Yes, withdraw it"), type="primary", key="withdraw_decision"):
                _do(lambda: loading.withdraw_decision(context.viewer, number), _("The decision was withdrawn."))


def _do(work: Any, words: str) -> None:
    if show.tried(lambda: work() or True):
        show.tell_next(words)
        st.rerun()
