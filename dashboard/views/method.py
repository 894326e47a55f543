"""The method page: what each figure means, where it comes from, and how right the forecast was so far."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from dashboard.i18n import _, ngettext
from dashboard.views import words
from dashboard.views.typed import worded

#: A backtest on fewer projects than this is shown with a warning.
FEW_PROJECTS_COUNT: Final = 20


def no_word_sentence(sought: str) -> str:
    """Say that no meaning holds a word."""
    return _("No meaning holds “{words}”. Try a part of the word.").format(words=sought)


def delay_meanings(committed_by: str) -> pd.DataFrame:
    """Return what each figure on delay means and where its rule comes from."""
    return _meanings(
        (
            _("Committed date ({which})").format(which=words.committed_words(committed_by)),
            _(
                "What lateness, slip and expected delay are measured against. Baseline: the first finish that was ever "
                "known as planned; a later baseline does not move it. Current plan: the plan in force on that day."
            ),
            _("Chosen for this home with: golive settings --committed-date"),
        ),
        (
            _("Median finish (P50)"),
            _("The project is as likely to finish before this day as after it."),
            _("A model of the work with simple rules, corrected by what such forecasts missed; see docs/forecast.md"),
        ),
        (
            _("Safe finish (P80)"),
            _("In four of five cases the project finishes by this day. Promise this one, plan with the other."),
            _("As above"),
        ),
        (
            _("Chance of being late"),
            _(
                "The chance that the finish lies more than two weeks after the committed date. Never 0 or 100 %. From "
                "50 % on a project is called likely late."
            ),
            _("The same forecast"),
        ),
        (
            _("Expected person-weeks of delay"),
            _(
                "Expected weeks after the committed date, times the people on the project. The portfolio is ranked by "
                "it."
            ),
            _("The same forecast"),
        ),
        (
            _("Schedule index SPI(t)"),
            _(
                "Earned schedule divided by elapsed time: 0.80 means that four weeks of plan were earned in five. "
                "Hidden in the first six weeks and below 10 % progress."
            ),
            _("Lipke 2003, Schedule is different"),
        ),
        (
            _("Drivers of the delay"),
            _("What each driver adds to the committed date under this model. The weeks add up; they prove no cause."),
            _("Shapley 1953, over all orders of six causes on common random numbers"),
        ),
        (
            _("What if"),
            _("The same forecast with something done differently, on the same random numbers."),
            _("The same forecast"),
        ),
        (
            _("Warning"),
            _("Amber and red: the chance of late lay above 50 or 80 % two weeks running. One week alone warns nobody."),
            _("The same forecast"),
        ),
        (
            _("Taken together"),
            _("How many projects will be late, when errors of projects that share people go together."),
            _("Gaussian copula, Li 2000"),
        ),
        (
            _("Earned hours"),
            _("Reported progress times the scope: the budget plus approved change requests."),
            _("Status reports, projects, change requests"),
        ),
        (
            _("Booked hours"),
            _("Hours on timesheets as known on the day shown; a correction counts from the day it arrived."),
            _("Timesheets"),
        ),
        (
            _("Similar projects"),
            _("How long comparable projects took, with those that still run counted as not yet finished."),
            _("Kaplan and Meier 1958; Flyvbjerg 2006 on reference classes"),
        ),
    )


def workload_meanings() -> pd.DataFrame:
    """Return what each figure on workload means and where its rule comes from."""
    return _meanings(
        (
            _("Load"),
            _("Hours worked of the hours expected, after public holidays and leave. A missing week has no load."),
            _("Timesheets, calendars, leave, contracts"),
        ),
        (
            _("Missing week"),
            _("Hours were expected and none were filed. It is never counted as zero."),
            _("Timesheets against calendar and leave"),
        ),
        (
            _("48 hours a week on average over 17 weeks"),
            _("The legal limit in the European Union unless the person has opted out."),
            _("Directive 2003/88/EC, articles 6, 16 and 22"),
        ),
        (
            _("36 hours of overtime a month, one day off a week"),
            _("The legal limits in China."),
            _("Labour Law of the People's Republic of China, articles 38 and 41"),
        ),
        (
            _("55 hours a week"),
            _("From here on the risk of stroke and heart disease rises measurably."),
            _("Pega and others 2021, WHO and ILO joint estimates"),
        ),
        (
            _("45 hours of overtime in a month, 80 on average over 2 to 6 months"),
            _("The limit and the alarm line in Japan."),
            _("Labor Standards Act, article 36; guideline of 2021 on brain and heart disease"),
        ),
        (
            _("Signs of overload"),
            _("Facts of the working pattern. They say nothing on how a person feels; only the person can."),
            _("This page"),
        ),
    )


def _meanings(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[_("Figure"), _("Meaning"), _("Source")])


def method_words(method: str) -> str:
    """Return the name of a forecasting method."""
    known = {
        "golive": _("Golive (what the pages show)"),
        "plan_of_record": _("The plan as it stands"),
        "plan_of_record_dressed": _("The plan, widened by its past errors"),
        "reference_class": _("Similar projects"),
        "xsm_dressed": _("Earned schedule with smoothed pace (XSM), widened by its past errors"),
        "throughput_monte_carlo": _("Past weeks of progress, drawn again"),
        "landmark_regression": _("Quantile regression at this stage"),
        "linear_burn": _("Straight line through progress"),
        "linear_burn_dressed": _("Straight line, widened by its past errors"),
        "earned_schedule": _("Earned schedule"),
        "earned_schedule_dressed": _("Earned schedule, widened by its past errors"),
    }
    return known.get(method, words.plain_words(method))


def stage_words(stage: str) -> str:
    """Return at which moment of a project a forecast was made."""
    return _("all stages") if stage == "all" else _("at {stage} % of the first planned duration").format(stage=stage)


def backtest_table(backtest: pd.DataFrame) -> pd.DataFrame:
    """Word the backtest: one row per method and stage."""
    return worded(
        {
            _("Method"): (backtest["method"].map(method_words), None),
            _("Forecast made"): (backtest["stage"].astype(str).map(stage_words), None),
            _("Projects"): (backtest["n_projects"], words.number_text),
            _("Error of the range (CRPS, % of planned duration)"): (_numbers(backtest, "crps_pct", 1), None),
            _("Error of the middle (mean)"): (_shares(backtest, "mape_p50"), None),
            _("Finished by P50 (aim 50 %)"): (_shares(backtest, "coverage_p50"), None),
            _("Finished by P80 (aim 80 %)"): (_shares(backtest, "coverage_p80"), None),
            _("Finished by P90 (aim 90 %)"): (_shares(backtest, "coverage_p90"), None),
            _("Better than earned schedule by (90 % interval)"): (skill_texts(backtest), None),
            _("Brier score of late"): (_numbers(backtest, "brier_late", 3), None),
            _("AUC of late"): (_numbers(backtest, "auc_late", 2), None),
        }
    )


def skill_texts(backtest: pd.DataFrame) -> list[str]:
    """Return the skill against dressed earned schedule with its interval; the yardstick itself has none."""
    names = ["skill", "skill_low", "skill_high"]
    rows = backtest.reindex(columns=names).itertuples(index=False, name=None)
    return [
        words.none_text() if skill == low == high else words.interval_text(skill, low, high)
        for skill, low, high in rows
    ]


def _numbers(backtest: pd.DataFrame, column: str, digits: int) -> pd.Series[str]:
    return backtest[column].map(lambda value: words.number_text(value, digits))


def _shares(backtest: pd.DataFrame, column: str) -> pd.Series[str]:
    return backtest[column].map(words.percent_text)


def whole_backtest(backtest: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the backtest over all stages, the surest method first."""
    whole = backtest.loc[backtest["stage"].astype(str) == "all"]
    return whole.sort_values("crps_pct", ignore_index=True)


def backtest_sentence(backtest: pd.DataFrame) -> str:
    """Say in words how the forecast fared against the plan as it stands."""
    whole = backtest.loc[backtest["stage"].astype(str) == "all"].drop_duplicates("method")
    by_method: dict[str, dict[Any, Any]] = {str(row["method"]): row for row in whole.to_dict("records")}
    ours = by_method.get("golive")
    if ours is None or int(ours["n_projects"]) < 1:
        return _("Too few finished projects with a history to judge the forecast.")
    count = int(ours["n_projects"])
    text = _("On {projects} of this firm the P80 held in {share} of the cases (80 % is the aim).").format(
        projects=ngettext("{count} finished project", "{count} finished projects", count),
        share=words.percent_text(ours["coverage_p80"]),
    )
    parts = [text]
    rivals = {name: float(row["crps_pct"]) for name, row in by_method.items() if name != "golive"}
    if rivals:
        best = min(rivals, key=rivals.__getitem__)
        parts.append(_comparison(float(ours["crps_pct"]), rivals[best], best))
    if count < FEW_PROJECTS_COUNT:
        parts.append(_("That is a small number; take it as an indication."))
    return " ".join(parts)


def _comparison(ours: float, best: float, name: str) -> str:
    """Compare with the best simple rule: to beat the weakest is no skill."""
    if not best > 0:
        return ""
    share = words.percent_text(abs(1 - ours / best))
    if ours < best:
        said = _("Its error is {share} smaller than that of the best simple rule here ({rule}).")
    else:
        said = _("Its error is {share} larger than that of the best simple rule here ({rule}): trust that rule here.")
    return said.format(share=share, rule=method_words(name))
