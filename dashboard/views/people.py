"""The people page: load by week with its gaps, travel, and facts about limits.

Everything here describes a working pattern. Nothing ranks people, and nothing says how a person feels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.i18n import _, ngettext
from dashboard.shown import in_figure
from dashboard.views import words
from dashboard.views.opening import opening
from dashboard.views.typed import worded

if TYPE_CHECKING:
    import pandas as pd

#: So many people stand on one page of the heat-map.
PEOPLE_PAGE_COUNT: Final = 30

#: So many trips are listed; more make the page slow, and the sentence above the list says so.
TRIPS_SHOWN_COUNT: Final = 1_000

#: So many days of too many hours are named; the rest is counted.
_MOST_IMPOSSIBLE_DAYS: Final = 3

#: Weeks that the page can look back.
WINDOWS: Final = (12, 26, 52)


def purpose_sentence() -> str:
    """Return the sentence that stands above every figure on a person."""
    return _("These figures describe a working pattern; they say nothing on how a person feels.")


def board_forms() -> dict[str, str]:
    """Return as what people can be shown by week."""
    return {"board": _("Board"), "picture": _("Heat-map")}


def people_parts(*, is_one: bool) -> dict[str, str]:
    """Return the parts below the board: of one person, or of everybody."""
    both = {"limits": _("Limits"), "trips": _("Trips")}
    if is_one:
        return {"days": _("Day by day"), "projects": _("Projects"), "indicators": _("Indicators"), **both}
    return {
        "signs": _("Signs of overload"),
        "load": _("Load, travel and rest"),
        **both,
        "sites": _("Newcomers and single points"),
    }


def person_facts_text(person: Any) -> str:
    """Return where a person belongs: team, seniority, home."""
    facts = [person["team_name"], words.plain_words(person["seniority"]), person["home_city"]]
    return " · ".join(str(fact) for fact in facts if not words.is_unknown(fact) and str(fact))


def heatmap_legend() -> str:
    """Return what the signs in the heat-map mean."""
    return _(
        "Numbers: load in %. ? = nothing filed although hours were expected. L = leave. – = no working days. "
        "h = hours, the hours expected are not known."
    )


def load_cells(weeks: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Return one cell for each person and week, people in the order of ``people``.

    Parameters
    ----------
    weeks
        Rows of ``analytics.workload.with_load``.
    people
        ``person_id``, ``person_name``; sorted by name.
    """
    names = dict(zip(people["person_id"], row_names(people), strict=True))
    kind = weeks["state"].where(weeks["state"] != "filed", "load")
    kind = kind.where((weeks["state"] != "filed") | weeks["load_ratio"].notna(), "no_load")
    cells = weeks.assign(
        row_name=weeks["person_id"].map(names),
        row_number=weeks["person_id"].map({person_id: place for place, person_id in enumerate(names)}),
        cell_state=kind,
        load_percent=100 * weeks["load_ratio"],
    ).sort_values(["row_number", "week_start_date"], ignore_index=True)
    texts = [_cell_text(row) for row in cells[["cell_state", "load_percent", "worked_hours"]].itertuples(index=False)]
    hover_columns = ["row_name", "week_start_date", "cell_state", "load_percent", "worked_hours", "expected_hours"]
    return cells.assign(
        cell_text=texts, hover_text=[_hover(row) for row in cells[hover_columns].itertuples(index=False)]
    )


def row_names(people: pd.DataFrame) -> list[str]:
    """Return a name for each row that no other row has."""
    names = people["person_name"].astype(str).tolist()
    return [
        f"{name} ({person_id})" if names.count(name) > 1 else name
        for name, person_id in zip(names, people["person_id"], strict=True)
    ]


def _cell_text(row: Any) -> str:
    signs = {"missing": "?", "on_leave": _("L"), "no_workdays": "–"}
    if row.cell_state == "load":
        return f"{row.load_percent:.0f}"
    if row.cell_state == "no_load":
        return f"{row.worked_hours:.0f}h"
    return signs[row.cell_state]


def _hover(row: Any) -> str:
    week = _("{name}, week of {day}").format(name=row.row_name, day=words.date_text(row.week_start_date))
    states = {
        "missing": _("nothing filed, {hours} expected").format(hours=words.hours_text(row.expected_hours)),
        "on_leave": _("on leave"),
        "no_workdays": _("no working days"),
        "no_load": _("{hours} worked, the hours expected are not known").format(
            hours=words.hours_text(row.worked_hours)
        ),
    }
    load = _("{worked} of {expected} expected: load {load}").format(
        worked=words.hours_text(row.worked_hours),
        expected=words.hours_text(row.expected_hours),
        load=words.percent_text(None if words.is_unknown(row.load_percent) else row.load_percent / 100),
    )
    return f"{in_figure(week)}<br>{in_figure(states.get(row.cell_state, load))}"


def missing_sentence(weeks: pd.DataFrame) -> str:
    """Say how many of the expected weeks were not filed."""
    missing = int(weeks["state"].eq("missing").sum())
    if missing == 0:
        return _("Every expected week is filed.")
    return ngettext(
        "{count} expected week is not filed; it is marked and never counted as zero.",
        "{count} expected weeks are not filed; they are marked and never counted as zero.",
        missing,
    )


def team_sentence(people: pd.DataFrame, weeks: pd.DataFrame) -> str:
    """Say the load of the chosen people together, if there are enough of them."""
    count = people["person_id"].nunique()
    if not words.is_group_shown(count):
        return _("Fewer than five people: no figure for the group is shown.")
    known = weeks.loc[weeks["load_ratio"].notna()]
    if known.empty:
        return _("The load of the group is not known: hours or contracts are missing.")
    load = known["worked_hours"].sum() / known["expected_hours"].sum()
    return _("Together these {count} people worked {load} of the hours expected in the weeks they filed.").format(
        count=count, load=words.percent_text(load)
    )


def impossible_days_sentence(days: pd.DataFrame) -> str:
    """Say which days of more than 24 hours count in the figures until somebody corrects them; nothing without any."""
    if days.empty:
        return ""
    told = [
        _("{person} on {day} ({hours})").format(
            person=row["person_name"],
            day=words.date_text(row["work_date"]),
            hours=words.hours_text(row["worked_hours"]),
        )
        for row in days.head(_MOST_IMPOSSIBLE_DAYS).to_dict("records")
    ]
    rest = len(days) - len(told)
    if rest:
        told.append(ngettext("{count} day more", "{count} days more", rest).format(count=rest))
    return _(
        "More than 24 hours are filed on one day: {days}. They count in the figures here until they are corrected; "
        "the page Data lists them under Anomalies."
    ).format(days=", ".join(told))


def person_labels(people: pd.DataFrame) -> dict[str, str]:
    """Return the name of each person for a list to choose from, sorted by name."""
    return dict(zip(people["person_id"].astype(str), row_names(people), strict=True))


def trips_sentence(trips: pd.DataFrame) -> str:
    """Say how many trips there are where the list shows the newest only; else nothing."""
    if len(trips) <= TRIPS_SHOWN_COUNT:
        return ""
    return _("The newest {shown} of {count} trips; a person's page has all of the person.").format(
        shown=words.number_text(TRIPS_SHOWN_COUNT), count=words.number_text(len(trips))
    )


def trips_table(trips: pd.DataFrame) -> pd.DataFrame:
    """Word trips, the newest first: so many as a screen bears."""
    trips = trips.head(TRIPS_SHOWN_COUNT)
    found = worded(
        {
            _("Person"): (trips["person_name"], None),
            _("Departed"): (trips["departed_date"], words.date_text),
            _("Returned"): (trips["returned_date"], words.date_text),
            _("To"): (_places(trips), None),
            _("Nights"): (trips["nights_count"], words.number_text),
            _("Weekends away"): (trips["weekends_away_count"], words.number_text),
            _("Weeks in a row on site when it ended"): (trips["weeks_on_site_count"], words.number_text),
            _("By"): (trips["transport"].map(words.plain_words), None),
        }
    )
    return opening(found, {_("Person"): ("person", trips["person_id"])})


def _places(trips: pd.DataFrame) -> list[str]:
    countries = [
        "" if words.is_unknown(code) or not code else words.country_words(code) for code in trips["destination_country"]
    ]
    return [
        ", ".join(part for part in pair if part)
        for pair in zip(trips["destination_city"].fillna(""), countries, strict=True)
    ]


def projects_table(projects: pd.DataFrame) -> pd.DataFrame:
    """Word for which projects a person worked."""
    found = worded(
        {
            _("Project"): (projects["project_name"], None),
            _("Client"): (projects["client_name"], None),
            _("Hours"): (projects["worked_hours"], words.hours_text),
            _("On site"): (projects["onsite_hours"], words.hours_text),
        }
    )
    return opening(found, {_("Project"): ("project", projects["project_id"])})
