"""People at sites in words: newcomers, projects that rest on one person, mixes of activities that are unusual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.i18n import _
from dashboard.views import words
from dashboard.views.opening import opening
from dashboard.views.typed import worded

if TYPE_CHECKING:
    import pandas as pd


def newcomers_table(newcomers: pd.DataFrame, people: pd.DataFrame, curve: pd.DataFrame) -> pd.DataFrame:
    """Word newcomers and juniors alone on site, sorted by name."""
    usual = curve.set_index("weeks_since_joining")["booked_ratio"]
    names = people[["person_id", "person_name", "team_name"]].drop_duplicates("person_id")
    rows = newcomers.merge(names, on="person_id", how="inner", validate="one_to_one").sort_values(
        "person_name", ignore_index=True
    )
    found = worded(
        {
            _("Person"): (rows["person_name"], None),
            _("Team"): (rows["team_name"], None),
            _("Weeks since joining"): (rows["weeks_since_joining"], words.number_text),
            _("Booked of expected hours"): (rows["booked_ratio"], words.percent_text),
            _("Usual in that week"): (rows["weeks_since_joining"].map(usual), words.percent_text),
            _("Weeks alone on site, of 4"): (rows["alone_weeks_count"], words.number_text),
            _("Weeks beside an experienced colleague, of 4"): (rows["paired_weeks_count"], words.number_text),
        }
    )
    return opening(found, {_("Person"): ("person", rows["person_id"])})


def single_points_table(points: pd.DataFrame, people: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    """Word projects that rest on one person."""
    named = points.merge(
        projects[["project_id", "project_name", "client_name"]], on="project_id", how="left", validate="one_to_one"
    ).merge(
        people[["person_id", "person_name"]].rename(columns={"person_id": "main_person_id"}),
        on="main_person_id",
        how="left",
        validate="many_to_one",
    )
    rows = named.assign(project_name=named["project_name"].fillna(named["project_id"])).sort_values("project_name")
    found = worded(
        {
            _("Project"): (rows["project_name"], None),
            _("Client"): (rows["client_name"].fillna(""), None),
            _("Rests on"): (rows["person_name"].fillna(rows["main_person_id"]), None),
            _("Share of the hours, 26 weeks"): (rows["main_share"], words.percent_text),
            _("People in that time"): (rows["people_count"], words.number_text),
        }
    )
    return opening(
        found, {_("Project"): ("project", rows["project_id"]), _("Rests on"): ("person", rows["main_person_id"])}
    )


def mix_table(mix: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    """Word which activities take more than is usual in the phase of a project."""
    named = mix.merge(projects[["project_id", "project_name"]], on="project_id", how="left", validate="many_to_one")
    rows = named.assign(project_name=named["project_name"].fillna(named["project_id"])).sort_values("project_name")
    groups = {
        "handing_over": _("workshops, manuals and training"),
        "rework": _("rework"),
        "support": _("support"),
        "travel": _("travel"),
    }
    found = worded(
        {
            _("Project"): (rows["project_name"], None),
            _("Phase"): (rows["phase"].map(words.plain_words), None),
            _("Activity"): (rows["group"].map(groups), None),
            _("Share of the hours"): (rows["share"], words.percent_text),
            _("Usual in this phase"): (rows["norm_share"], words.percent_text),
            _("Nine of ten projects under"): (rows["norm_high"], words.percent_text),
        }
    )
    return opening(found, {_("Project"): ("project", rows["project_id"])})
