"""How right the forecast was so far: in words first, then as rows and as what the figures draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from analytics.delay.replay import summarise_replay
from analytics.evaluation.calibration import pit_histogram, reliability_bins
from analytics.evaluation.early_warnings import WarningRecord, record_at_false_alarm_share, warning_record
from dashboard.i18n import _, ngettext
from dashboard.views import words
from dashboard.views.method import FEW_PROJECTS_COUNT, method_words, skill_texts, stage_words
from dashboard.views.opening import opening
from dashboard.views.typed import worded

#: From which chance of being late on a warning is given; see docs/backtest.md.
AMBER_FROM: Final = 0.5
RED_FROM: Final = 0.8
#: Rules are compared where one of five punctual projects is warned of for nothing.
FALSE_ALARM_SHARE: Final = 0.2
#: A share of forecasts that a tenth should hold is called uneven from this many standard errors on.
_UNEVEN_FROM: Final = 2.0


@dataclass(frozen=True)
class Calibration:
    """What the two figures on calibration draw, and what they say."""

    bins: pd.DataFrame
    histogram: pd.DataFrame
    bins_sentence: str
    histogram_sentence: str

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to draw."""
        return self.bins.empty


def calibration_view(scores: pd.DataFrame, method: str = "golive") -> Calibration:
    """Return whether stated chances happened as often as stated, and whether the ranges were of the right width.

    Parameters
    ----------
    scores
        The single forecasts of ``answers.backtest_scores``.
    """
    own = scores[scores["method"] == method]
    bins = reliability_bins(own["is_late"], own["late_probability"])
    histogram = pit_histogram(own["pit"])
    return Calibration(bins, histogram, _reliability_words(bins), _pit_words(histogram))


def _reliability_words(bins: pd.DataFrame) -> str:
    if bins.empty:
        return _("No finished project has a forecast to look back on.")
    stated = bins["mean_probability"]
    is_off = (stated < bins["late_share_low"]) | (stated > bins["late_share_high"])
    if not is_off.any():
        return _("Projects became late about as often as stated, as far as their number can tell.")
    miss = (stated - bins["late_share"]).abs().where(is_off, 0.0)
    worst = bins.assign(miss=miss).sort_values("miss").to_dict("records")[-1]
    return _(
        "Where the forecast said about {stated} for late, {happened} became late ({count}): read such chances with "
        "care."
    ).format(
        stated=words.chance_text(worst["mean_probability"]),
        happened=words.percent_text(worst["late_share"]),
        count=_forecasts_words(int(worst["project_count"])),
    )


def _pit_words(histogram: pd.DataFrame) -> str:
    count = int(histogram["project_count"].sum())
    if count == 0:
        return _("No finished project has a forecast to look back on.")
    shares = histogram["count_share"].to_numpy()
    early, middle, late = shares[:3].sum(), shares[3:7].sum(), shares[7:].sum()
    error = (0.3 * 0.7 / count) ** 0.5
    if late - 0.3 > _UNEVEN_FROM * error and late > early:
        return _("Finishes came late in their ranges too often: the forecast was too hopeful.")
    if early - 0.3 > _UNEVEN_FROM * error and early > late:
        return _("Finishes came early in their ranges too often: the forecast was too gloomy.")
    if middle - 0.4 > _UNEVEN_FROM * error:
        return _("Finishes came in the middle of their ranges too often: the ranges were wider than needed.")
    if 0.4 - middle > _UNEVEN_FROM * error:
        return _("Finishes came near the ends of their ranges too often: the ranges were too narrow.")
    return _("Finishes spread evenly over their ranges: the width was right, as far as their number can tell.")


def _forecasts_words(count: int) -> str:
    return ngettext("{count} forecast", "{count} forecasts", count).format(count=count)


def reliability_table(bins: pd.DataFrame) -> pd.DataFrame:
    """Word the bins of the reliability diagram."""
    return worded(
        {
            _("Stated chance of late"): (bins["mean_probability"], words.chance_text),
            _("Became late"): (bins["late_share"], words.percent_text),
            _("90 % interval"): (_ranges(bins["late_share_low"], bins["late_share_high"]), None),
            _("Forecasts"): (bins["project_count"], words.number_text),
        }
    )


def past_sentence(past: pd.DataFrame) -> str:
    """Say in words how right past forecasts were, in weeks."""
    if past.empty:
        return _("No finished project has a forecast to look back on.")
    count = past["project_id"].nunique()
    parts = [
        _(
            "{forecasts} of {projects}: half of them missed the finish by at most {weeks}; {share} came by the P80."
        ).format(
            forecasts=_forecasts_words(len(past)),
            projects=ngettext("{count} finished project", "{count} finished projects", count).format(count=count),
            weeks=words.weeks_text(past["miss_weeks"].abs().median()),
            share=words.percent_text(past["is_within_p80"].mean()),
        )
    ]
    if count < FEW_PROJECTS_COUNT:
        parts.append(_("That is a small number; take it as an indication."))
    return " ".join(parts)


def past_table(past: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    """Word the list of past forecasts, the newest first.

    Parameters
    ----------
    names
        ``project_id`` and ``project_name``.
    """
    called = names.drop_duplicates("project_id").set_index("project_id")["project_name"]
    name = past["project_id"].map(called).fillna(past["project_id"])
    found = worded(
        {
            _("Project"): (name.astype(str), None),
            _("Said on"): (past["seen_on"], words.date_text),
            _("Forecast made"): (past["stage"].map(lambda stage: stage_words(f"{stage:.0f}")), None),
            _("Committed date then"): (past["committed_date"], words.date_text),
            _("Said P50"): (past["said_p50_date"], words.date_text),
            _("Said P80"): (past["said_p80_date"], words.date_text),
            _("Finished on"): (past["finish_date"], words.date_text),
            _("Missed by"): (past["miss_weeks"], _miss_words),
            _("By the P80?"): (past["is_within_p80"].map({True: _("yes"), False: _("no")}), None),
            _("Chance of late"): (past["late_probability"], words.lateness_text),
            _("Became late?"): (past["is_late"].map({True: _("yes"), False: _("no")}), None),
        }
    )
    return opening(found, {_("Project"): ("project", past["project_id"])})


def _miss_words(value: Any) -> str:
    weeks = float(value)
    if abs(weeks) < 0.5:
        return _("less than half a week")
    text = words.weeks_text(abs(weeks))
    return _("{weeks} later").format(weeks=text) if weeks > 0 else _("{weeks} earlier").format(weeks=text)


def replay_sentence(replay: pd.DataFrame) -> str:
    """Say how the forecasts of running and finished projects have done so far against dressed earned schedule."""
    summary = summarise_replay(replay)
    if summary.empty:
        return _("Too few projects have finished to replay what would have been said.")
    ours = summary[summary["method"] == "golive"].to_dict("records")[0]
    projects, running = int(ours["n_projects"]), int(ours["n_unfinished"])
    text = _(
        "{forecasts} of {projects}, of which {running} have not finished and count as far as they have got."
    ).format(
        forecasts=_forecasts_words(int(ours["n_forecasts"])),
        projects=ngettext("{count} project", "{count} projects", projects).format(count=projects),
        running=words.number_text(running),
    )
    return f"{text} {_skill_words(float(ours['skill']), float(ours['skill_low']), float(ours['skill_high']))}"


def _skill_words(skill: float, low: float, high: float) -> str:
    if words.is_unknown(skill):
        return ""
    span = _range_words(abs(low), abs(high)) if low * high > 0 else ""
    share = words.percent_text(abs(skill))
    if low > 0:
        return _("The error of their ranges is {share} ({span}) smaller than that of earned schedule.").format(
            share=share, span=span
        )
    if high < 0:
        return _("The error of their ranges is {share} ({span}) larger than that of earned schedule.").format(
            share=share, span=span
        )
    return _("Whether their ranges are better than those of earned schedule, these projects can't tell yet.")


def _range_words(first: float, second: float) -> str:
    low, high = sorted((first, second))
    return _("{low} to {high}").format(low=words.percent_text(low), high=words.percent_text(high))


def replay_table(replay: pd.DataFrame) -> pd.DataFrame:
    """Word the replay: one row per method, the surest first."""
    rows = summarise_replay(replay).sort_values("provisional_crps_pct", ignore_index=True)
    return worded(
        {
            _("Method"): (rows["method"].map(method_words), None),
            _("Projects"): (rows["n_projects"], words.number_text),
            _("Not finished"): (rows["n_unfinished"], words.number_text),
            _("Forecasts"): (rows["n_forecasts"], words.number_text),
            _("Error of the range so far (% of planned duration)"): (
                rows["provisional_crps_pct"].map(lambda value: words.number_text(value, 1)),
                None,
            ),
            _("Better than earned schedule by (90 % interval)"): (skill_texts(rows), None),
        }
    )


def warning_rows(replay: pd.DataFrame, method: str = "golive") -> pd.DataFrame:
    """Return what warnings from amber and red on, and at a fixed share of false alarms, would have been worth.

    The replay speaks every fourth week, so a warning here is one forecast above the line. Projects of which nobody
    knows yet whether they become late are left out.
    """
    own = replay[(replay["method"] == method) & replay["is_late"].notna()]
    facts = (own["late_probability"], own["project_id"], own["elapsed_weeks"], own["committed_weeks"], own["is_late"])
    if own.empty:
        return _warning_table([])
    records = [
        (_("amber"), warning_record(*facts, threshold=AMBER_FROM, in_a_row=1)),
        (_("red"), warning_record(*facts, threshold=RED_FROM, in_a_row=1)),
        (
            _("at {share} false alarms").format(share=words.percent_text(FALSE_ALARM_SHARE)),
            record_at_false_alarm_share(*facts, most=FALSE_ALARM_SHARE, in_a_row=1),
        ),
    ]
    return _warning_table(records)


def _warning_table(records: list[tuple[str, WarningRecord]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Warning"): [name for name, _record in records],
            _("From a chance of"): [words.chance_text(record.threshold) for _name, record in records],
            _("Late projects warned of"): [_share_of(record.hit_share, record.late_count) for _name, record in records],
            _("Punctual projects warned of for nothing"): [
                _share_of(record.false_alarm_share, record.punctual_count) for _name, record in records
            ],
            _("Warnings that came true"): [words.percent_text(record.precision_share) for _name, record in records],
            _("Before the committed date (median)"): [words.weeks_text(record.lead_weeks) for _name, record in records],
        }
    )


def _share_of(share: float, count: int) -> str:
    if words.is_unknown(share):
        return words.none_text()
    return _("{share} of {count}").format(share=words.percent_text(share), count=words.number_text(count))


def _ranges(low: pd.Series[float], high: pd.Series[float]) -> list[str]:
    return [_range_words(first, second) for first, second in zip(low, high, strict=True)]
