"""Heat-maps of nights and strain, a person's days, and who is on watch: rows for figures and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from dashboard.i18n import _
from dashboard.shown import in_figure
from dashboard.views import words
from dashboard.views.people import heatmap_legend, load_cells, row_names
from dashboard.views.strain_words import index_text, level_words, range_text

if TYPE_CHECKING:
    from collections.abc import Mapping

_ON_WATCH: Final = ("WATCH", "HIGH")

#: What the heat-map of people can show.
MEASURES: Final = ("load", "nights", "strain")


def measure_words(measure: str) -> str:
    """Return the name of a measure."""
    return {"load": _("Load"), "nights": _("Nights away"), "strain": _("Strain")}[measure]


def heat_cells(measure: str, weeks: pd.DataFrame, strain_weeks: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of the heat-map for a measure and the people on it; strain over the same weeks as the others."""
    weeks = weeks.loc[weeks["person_id"].isin(people["person_id"])]
    if measure == "load":
        return load_cells(weeks, people)
    if measure == "nights":
        return nights_cells(weeks, people)
    shown = strain_weeks["week_start_date"].isin(weeks["week_start_date"].unique())
    return strain_cells(strain_weeks.loc[shown], people)


def heat_legend(measure: str) -> str:
    """Return what the signs in the heat-map of a measure mean."""
    return {"load": heatmap_legend, "nights": nights_legend, "strain": strain_legend}[measure]()


def nights_cells(weeks: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Return one cell for each person and week with ``nights_count``; travel is known without timesheets.

    A week whose trips nobody can have entered yet is marked as missing.

    Parameters
    ----------
    weeks
        Rows of ``analytics.workload.with_travel``.
    """
    known = weeks.assign(nights_count=pd.to_numeric(weeks["nights_count"]).astype("Float64"))
    is_open = known["nights_count"].isna() & known["is_travel_told"].eq(other=False).fillna(value=False)
    states = known["state"].where(known["state"].eq("missing") & known["nights_count"].isna(), "load")
    texts = [
        "?" if untold else words.none_text() if words.is_unknown(count) else f"{int(count)}"
        for untold, count in zip(is_open, known["nights_count"], strict=True)
    ]
    cells = known.assign(cell_state=states.mask(is_open, "missing"), cell_text=texts, is_open=is_open)
    return _cells(cells, people, _nights_hover)


def strain_cells(weeks: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Return one cell for each person and week with ``index``; weeks without a level are marked as missing.

    Parameters
    ----------
    weeks
        Rows of ``strain_weeks``.
    """
    level = weeks["level"].astype("str")
    is_told = level.ne("NO DATA")
    texts = [
        "?" if not told else f"{index_text(value)}{_level_sign(own)}"
        for told, value, own in zip(is_told, weeks["index"], level, strict=True)
    ]
    cells = weeks.assign(
        cell_state=is_told.map({True: "load", False: "missing"}), cell_text=texts, index=weeks["index"].where(is_told)
    )
    return _cells(cells, people, _strain_hover)


def _level_sign(level: str) -> str:
    return {"WATCH": " W", "HIGH": " H"}.get(level, "")


def strain_legend() -> str:
    """Return what the signs in the heat-map of strain mean."""
    return _("Numbers: strain index. W = on watch, H = high, ? = too little is filed to tell a level.")


def nights_legend() -> str:
    """Return what the signs in the heat-map of nights mean."""
    return _(
        "Numbers: nights away in the week, counted between local dates. ? = trips of this week are not known yet. "
        "– = no travel log."
    )


def _cells(weeks: pd.DataFrame, people: pd.DataFrame, hover: Any) -> pd.DataFrame:
    names = dict(zip(people["person_id"], row_names(people), strict=True))
    order = {person_id: place for place, person_id in enumerate(names)}
    own = weeks.loc[weeks["person_id"].isin(names)]
    cells = own.assign(row_name=own["person_id"].map(names), row_number=own["person_id"].map(order)).sort_values(
        ["row_number", "week_start_date"], ignore_index=True
    )
    return cells.assign(hover_text=[hover(row) for row in cells.to_dict("records")])


def _nights_hover(row: dict[str, Any]) -> str:
    week = _("{name}, week of {day}").format(name=row["row_name"], day=words.date_text(row["week_start_date"]))
    nights = (
        _("trips of this week are not known yet")
        if row["is_open"]
        else _("nights away: {count}").format(count=words.count_text(row["nights_count"]))
    )
    return f"{in_figure(week)}<br>{in_figure(nights)}"


def _strain_hover(row: dict[str, Any]) -> str:
    week = _("{name}, week of {day}").format(name=row["row_name"], day=words.date_text(row["week_start_date"]))
    told = _("{level}, range {ends}, {share} of the workdays filed").format(
        level=level_words(row["level"]),
        ends=range_text(float(row["index_low"]), float(row["index_high"])),
        share=words.percent_text(row["data_share"]),
    )
    return f"{in_figure(week)}<br>{in_figure(told)}"


def strip_rows(days: pd.DataFrame) -> pd.DataFrame:
    """Word a person's days for the strip."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    rows = days.sort_values(["weekday", "day"], ignore_index=True)
    return rows.assign(
        weekday_name=[names[int(n)] for n in rows["weekday"]],
        cell_text=[_day_text(kind, hours) for kind, hours in zip(rows["day_kind"], rows["worked_hours"], strict=True)],
        hover_text=[_day_hover(row) for row in rows.to_dict("records")],
    )


def _day_text(kind: str, hours: Any) -> str:
    signs = {"missing": "?", "leave": _("L"), "holiday": _("H"), "rest": ""}
    return signs.get(kind, "" if words.is_unknown(hours) else f"{float(hours):.0f}")


def _day_hover(row: Mapping[Any, Any]) -> str:
    kinds = {
        "missing": _("a workday that is not filed"),
        "leave": _("leave"),
        "holiday": _("public holiday"),
        "rest": _("day off"),
        "work": _("{hours} worked"),
        "long": _("{hours} worked, a long day"),
        "weekend_work": _("{hours} worked on a day off"),
    }
    told = kinds[row["day_kind"]].format(hours=words.hours_text(row["worked_hours"]))
    away = _("; the night away") if row["is_night_away"] else ""
    return f"{words.date_text(row['day'])}: {told}{away}"


def strip_legend() -> str:
    """Return what the signs in the strip mean."""
    return _("Numbers: hours worked. ? = workday not filed, L = leave, H = public holiday, ring = night away.")
