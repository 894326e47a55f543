"""The portfolio page: which projects will hurt, by how much, and what changed since last week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analytics.delay.together import AMBER_PROBABILITY
from analytics.delay.view import LATE_AFTER_WEEKS, LIKELY_LATE_PROBABILITY, RED_PROBABILITY
from dashboard.i18n import _, ngettext
from dashboard.views import words
from dashboard.views.drivers import driver_words, main_driver, shown_drivers
from dashboard.views.forecast import with_words
from dashboard.views.opening import opening
from dashboard.views.typed import worded

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class PortfolioView:
    """Ranked projects: ``rows`` for the figure, ``table`` for the screen, and the headline."""

    rows: pd.DataFrame
    table: pd.DataFrame
    headline: str
    running_count: int
    likely_late_count: int
    moved_text: str

    @property
    def is_empty(self) -> bool:
        """Tell whether no project runs."""
        return self.rows.empty


def named_forecast(forecast: pd.DataFrame, before: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    """Join names and last week's forecast to each forecast, ranked by expected delay (the unknown last)."""
    names = projects[["project_id", "project_name", "client_name", "product", "manager_person_id", "manager_name"]]
    moved = before[["project_id", "finish_p50_date", "late_probability"]].rename(
        columns={"finish_p50_date": "before_date", "late_probability": "before_probability"}
    )
    joined = forecast.merge(names, on="project_id", how="left", validate="one_to_one").merge(
        moved, on="project_id", how="left", validate="one_to_one"
    )
    shift = words.weeks_between(joined["before_date"], joined["finish_p50_date"])
    texts = {name: joined[name].fillna("") for name in ("client_name", "product", "manager_name")}
    return joined.assign(
        project_name=joined["project_name"].fillna(joined["project_id"]), change_weeks=shift, **texts
    ).sort_values(
        ["expected_delay_person_weeks", "project_name"], ascending=[False, True], na_position="last", ignore_index=True
    )


def portfolio_view(named: pd.DataFrame, committed_by: str) -> PortfolioView:
    """Word the ranked projects, the columns that decide something first: the last ones stand beyond a narrow screen.

    Parameters
    ----------
    named
        What ``named_forecast`` returns, possibly filtered.
    committed_by
        Which of the two plans is the committed date: "baseline" or "current_plan".
    """
    ranked = with_words(named)
    ranked = ranked.assign(change_text=ranked["change_weeks"].map(words.change_text))
    is_by_plan = committed_by == "current_plan"
    plans = {
        _("Committed date"): ranked["committed_date"],
        _("Baseline") if is_by_plan else _("Current plan"): ranked[
            "baseline_finish_date" if is_by_plan else "planned_finish_date"
        ],
    }
    table = worded(
        {
            "project_id": (ranked["project_id"], None),
            _("Project"): (ranked["project_name"], None),
            _("Slip (P50)"): (ranked["slip_weeks_p50"], words.signed_weeks_text),
            _("Expected person-weeks of delay"): (ranked["expected_delay_person_weeks"], words.amount_text),
            _("Chance of being late"): (ranked["late_probability"], words.lateness_text),
            _("Warning"): (warning_texts(ranked), None),
            _("Since last week"): (ranked["change_weeks"], words.change_text),
            _("Median finish (P50)"): (ranked["finish_p50_date"], words.date_text),
            _("Safe finish (P80)"): (ranked["finish_p80_date"], words.date_text),
            **{name: (dates, words.date_text) for name, dates in plans.items()},
            _("Client"): (ranked["client_name"], None),
            _("Progress"): (ranked["progress_ratio"], words.percent_text),
            _("Age of the progress, weeks"): (ranked["progress_age_weeks"], words.number_text),
            _("Based on"): (ranked["basis_text"], None),
            _("Knowledge"): (ranked["knowledge_text"], None),
        }
    )
    table = opening(table, {_("Project"): ("project", ranked["project_id"])})
    late = likely_late_count(ranked)
    return PortfolioView(ranked, table, _headline(len(ranked), late, committed_by), len(ranked), late, _moved(ranked))


def likely_late_count(forecast: pd.DataFrame) -> int:
    """Return how many projects are likely late: one threshold for every page and command."""
    return int(forecast["late_probability"].ge(LIKELY_LATE_PROBABILITY).sum())


def warning_texts(ranked: pd.DataFrame) -> list[str]:
    """Word the early warning: amber or red when the chance of late stood above the line two weeks running."""
    lower = ranked["late_probability"].where(
        ranked["late_probability"] <= ranked["before_probability"], ranked["before_probability"]
    )
    return [
        _("red") if chance >= RED_PROBABILITY else _("amber") if chance >= AMBER_PROBABILITY else ""
        for chance in lower.fillna(0.0)
    ]


def together_sentence(outlook: Any) -> str:
    """Say how many of the projects will be late, and when the last is over, simulated together.

    Parameters
    ----------
    outlook
        As ``analytics.delay.joint_on`` returns it, or nothing.
    """
    if outlook is None:
        return ""
    said, free = outlook
    return _(
        "All {count} together: about {middle} late ({share} chance of at most {most}). Last finish: median {p50}, safe "
        "{p80}."
    ).format(
        share=words.chance_text(0.8),
        middle=said.late_count_p50,
        count=said.project_count,
        most=said.late_count_p80,
        p50=words.date_text(free["free_p50_date"].iloc[0]),
        p80=words.date_text(free["free_p80_date"].iloc[0]),
    )


def with_drivers(table: pd.DataFrame, drivers: pd.DataFrame) -> pd.DataFrame:
    """Add what drives each forecast: the largest cause of its slip in words, and the weeks of every cause as a figure.

    Parameters
    ----------
    table
        ``PortfolioView.table``, or a page of it.
    drivers
        ``project_id``, ``driver``, ``weeks``.
    """
    texts, weeks = {}, {}
    for name, own in drivers.groupby("project_id", sort=False):
        driver, most = main_driver(own)
        texts[str(name)] = f"{driver_words(driver)} {words.signed_weeks_text(most)}"
        weeks[str(name)] = shown_drivers(own)["weeks"].tolist()
    ids = table["project_id"].astype(str)
    wide = table.copy()
    place = list(table.columns).index(_("Progress"))
    wide.insert(place, _("Main driver"), [texts.get(one, "") for one in ids])
    wide.insert(place + 1, _("Drivers"), [weeks.get(one, []) for one in ids])
    return wide


def _headline(running: int, late: int, committed_by: str) -> str:
    projects = ngettext("{count} project runs", "{count} projects run", running)
    lates = ngettext("{count} is likely late", "{count} are likely late", late) if late else _("none is likely late")
    return _(
        "{projects}; {lates}: a chance of {share} or more to finish over {weeks} weeks after the committed date "
        "({which})."
    ).format(
        projects=projects,
        lates=lates,
        share=words.chance_text(LIKELY_LATE_PROBABILITY),
        weeks=words.number_text(LATE_AFTER_WEEKS),
        which=words.committed_words(committed_by),
    )


def _moved(ranked: pd.DataFrame) -> str:
    """Say how many forecasts moved by more than half a week since last week, and which moved most."""
    shift = ranked["change_weeks"].abs()
    moved = int(shift.gt(0.5).sum())
    if moved == 0:
        return _("No forecast moved by more than half a week since last week.")
    first = ranked.assign(shift=shift).nlargest(1, "shift").iloc[0]
    return _("{forecasts} by more than half a week. Largest: {project}, {change}.").format(
        forecasts=ngettext("{count} forecast moved", "{count} forecasts moved", moved),
        project=first["project_name"],
        change=words.change_text(first["change_weeks"]),
    )


def whole_firm_sentence(*, is_filtered: bool) -> str:
    """Say which parts of the page the filters leave alone; nothing without a filter."""
    if not is_filtered:
        return ""
    return _(
        "The findings about teams and the state of the data are those of the whole firm, whatever is filtered above."
    )


def data_state_text(state: Any, *, is_replay: bool = False) -> list[str]:
    """Word the state of the data: how new, how complete, how certain.

    Refused rows and warnings are those of today: a page on the past says nothing of them.

    Parameters
    ----------
    state
        ``newest_week_date``, ``expected_count``, ``filed_count``, ``assumed_ratio``, ``refused_count``,
        ``warnings_count``.
    """
    newest = _("Newest week with hours: {week}").format(week=words.date_text(state.newest_week_date))
    if state.expected_count:
        share = state.filed_count / state.expected_count
        filed = _("{share} of expected timesheet weeks are filed (last four full weeks)").format(
            share=words.percent_text(share)
        )
    else:
        filed = _("no timesheet weeks were expected in the last four weeks")
    found = [newest, filed]
    if state.assumed_ratio:
        found.append(
            _("for {share} of the hours it is assumed when they became known").format(
                share=words.chance_text(state.assumed_ratio)
            )
        )
    if is_replay:
        return found
    found.append(ngettext("{count} refused row", "{count} refused rows", state.refused_count))
    found.append(ngettext("{count} warning", "{count} warnings", state.warnings_count))
    return found
