"""What a project's page says first: the verdict in a sentence, a badge, four figures, its place in the ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import pandas as pd

from analytics.delay.view import LIKELY_LATE_PROBABILITY
from dashboard.i18n import _, ngettext
from dashboard.views import words
from dashboard.views.drivers import NAMED_COUNT, SMALLEST_WEEKS, driver_label, shown_drivers
from dashboard.views.forecast import spi_text

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Causes against the verdict are named from this share of it on.
_AGAINST_SHARE: Final = 0.5
_HIGH: Final = words.CHANCE_STEPS[0]
#: Less than two days is no move.
_UNMOVED_WEEKS: Final = 0.2


def verdict_sentence(drivers: pd.DataFrame) -> str:
    """Say how late the median finish is, and what most of that comes from.

    Parameters
    ----------
    drivers
        ``driver``, ``weeks``: they add up to the P50 less the committed date.
    """
    total = float(drivers["weeks"].sum())
    if abs(total) < SMALLEST_WEEKS:
        return _("On the committed date by the median.")
    span = words.weeks_text(abs(total))
    head = _("{span} late by the median") if total > 0 else _("{span} early by the median")
    told = shown_drivers(drivers)
    told = told.reindex(told["weeks"].abs().sort_values(ascending=False, kind="stable").index)
    ways = told["weeks"] * total
    with_it = told[(ways > 0) & told["weeks"].abs().ge(SMALLEST_WEEKS)].head(NAMED_COUNT - 1)
    against = told[(ways < 0) & told["weeks"].abs().ge(_AGAINST_SHARE * abs(total))].head(1)
    said = head.format(span=span)
    if len(with_it):
        said = _("{verdict}: {causes}").format(verdict=said, causes=_named(with_it))
    if len(against):
        said = _("{verdict}; against it {causes}").format(verdict=said, causes=_named(against))
    return f"{said}."


def _named(drivers: pd.DataFrame) -> str:
    return ", ".join(
        f"{_small(driver_label(driver))} {words.signed_number_text(weeks)}"
        for driver, weeks in zip(drivers["driver"], drivers["weeks"], strict=True)
    )


def badge(chance: Any) -> tuple[str, Literal["red", "orange", "green", "gray"]]:
    """Return words and colour of how likely a project is late."""
    if words.is_unknown(chance):
        return words.lateness_words(chance), "gray"
    text = f"{words.lateness_words(chance)} · {words.chance_text(chance)}"
    if float(chance) >= _HIGH:
        return text, "red"
    return text, "orange" if float(chance) >= LIKELY_LATE_PROBABILITY else "green"


def head_metrics(
    row: pd.Series[Any], committed_by: str, *, week_ago: pd.DataFrame, announced: Any, states: pd.DataFrame
) -> list[tuple[str, str, str]]:
    """Return label, value and remark of the four headline figures.

    Parameters
    ----------
    week_ago
        The forecast of the project on the day that it is compared with: one row, or none.
    announced
        The finish that was announced last, if any.
    """
    old = week_ago.iloc[0] if len(week_ago) else None
    return [
        (_("Median finish (P50)"), row["finish_p50_text"], _moved(row, old, "p50")),
        (_("Safe finish (P80)"), row["finish_p80_text"], _moved(row, old, "p80")),
        (
            _("Committed date ({which})").format(which=words.committed_words(committed_by)),
            *_committed(row, committed_by, announced),
        ),
        (_("Reported progress"), words.percent_text(row["progress_ratio"]), _progress_remark(row, states)),
    ]


def _moved(row: pd.Series[Any], old: Any, level: str) -> str:
    """Return the weeks after the committed date, and by how many the finish has moved."""
    slip, name = words.signed_weeks_text(row[f"slip_weeks_{level}"]), f"finish_{level}_date"
    if old is None or words.is_unknown(old[name]) or words.is_unknown(row[name]):
        return slip
    weeks = (row[name] - old[name]) / pd.Timedelta(weeks=1)
    if abs(weeks) < _UNMOVED_WEEKS:
        return _("{slip}, unmoved").format(slip=slip)
    return _("{slip}, moved {weeks}").format(slip=slip, weeks=words.signed_number_text(weeks))


def _committed(row: pd.Series[Any], committed_by: str, announced: Any) -> tuple[str, str]:
    """Return the committed date, and the one that was announced or, where none was, that of the other plan."""
    day = row["committed_text"]
    if not words.is_unknown(announced):
        return day, _("announced: {day}").format(day=words.date_text(announced))
    if committed_by == "baseline":
        return day, _("current plan: {day}").format(day=row["plan_text"])
    return day, _("baseline: {day}").format(day=row["baseline_text"])


def _progress_remark(row: pd.Series[Any], states: pd.DataFrame) -> str:
    """Return what was planned; of a report that is older than a week, its age."""
    age = row["progress_age_weeks"]
    is_old = not words.is_unknown(age) and float(age) > 1
    if is_old or states.empty or words.is_unknown(states["planned_progress_ratio"].iloc[-1]):
        return words.age_text(age)
    return _("planned: {share}").format(share=words.percent_text(states["planned_progress_ratio"].iloc[-1]))


def more_figures_sentence(row: pd.Series[Any], before: Any) -> str:
    """Say the figures that the cards leave out, and what theirs are measured against."""
    text = _(
        "Weeks are after the committed date, moves since {day}. Expected delay {delay} person-weeks, by which the "
        "portfolio is ranked; schedule index SPI(t) {spi}."
    )
    return text.format(
        day=words.date_text(before),
        delay=words.amount_text(row["expected_delay_person_weeks"]),
        spi=spi_text(row["spi_t"], is_hidden=row["is_spi_hidden"]),
    )


def rank_sentence(ranked: Sequence[str], project_id: str) -> str:
    """Say where a project stands among those that run."""
    if project_id not in ranked:
        return ""
    return _("{place} of {count} by expected delay").format(place=ranked.index(project_id) + 1, count=len(ranked))


def people_sentence(people_count: int, watched_count: int | None) -> str:
    """Say how many worked for a project lately, and how many of them are on watch, where that is known."""
    if people_count == 0:
        return _("nobody in the last eight weeks")
    people = ngettext("{count} person", "{count} people", people_count)
    if not watched_count:
        return people
    return _("{people}, {watched} on watch").format(people=people, watched=watched_count)


def marks(row: pd.Series[Any], committed_by: str, announced: Any) -> list[tuple[pd.Timestamp, str, str]]:
    """Return day, name and symbol of what stands at the end of the work."""
    plans = {"baseline": row["baseline_finish_date"], "current_plan": row["planned_finish_date"]}
    other = "current_plan" if committed_by == "baseline" else "baseline"
    found = [(row["committed_date"], _("Committed {day}"), "diamond")]
    if not words.is_unknown(announced):
        found.append((pd.Timestamp(announced), _("Announced {day}"), "triangle-up"))
    if not words.is_unknown(plans[other]) and plans[other] != row["committed_date"]:
        found.append((plans[other], f"{words.committed_words(other)} {{day}}", "diamond-open"))
    found += [(row["finish_p50_date"], "P50 {day}", "circle"), (row["finish_p80_date"], "P80 {day}", "circle")]
    return [
        (pd.Timestamp(day), _capital(text.format(day=words.date_text(day))), symbol)
        for day, text, symbol in found
        if not words.is_unknown(day)
    ]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def heading_rows(states: pd.DataFrame) -> pd.DataFrame:
    """Return the shares of the scope that are earned and planned, by week."""
    scope = states["scope_hours"].where(states["scope_hours"] > 0)
    return pd.DataFrame(
        {
            "week_start_date": pd.to_datetime(states["week_start_date"]),
            "earned_ratio": (states["earned_hours"] / scope).clip(0, 1),
            "planned_ratio": states["planned_progress_ratio"],
        }
    )


def part_labels(requests_count: int, people_count: int) -> dict[str, str]:
    """Return the parts of a project's page."""
    return {
        "overview": _("Overview"),
        "why": _("Why"),
        "what_if": _("What if"),
        "hours": _("Hours"),
        "requests": _("Requests · {count}").format(count=requests_count),
        "people": _("People · {count}").format(count=people_count),
        "reports": _("Reports"),
    }
