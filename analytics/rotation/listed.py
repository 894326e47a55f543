"""Who and which projects a roster is made for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from analytics.rotation.frames import RotationFrames


@dataclass(frozen=True)
class Listed:
    """Who and which projects are planned, in the order of their ids, with the place of each."""

    people: pd.DataFrame
    projects: pd.DataFrame

    @property
    def person_place(self) -> dict[str, int]:
        """Return the place of each person."""
        return {name: number for number, name in enumerate(self.people["person_id"].astype(str))}

    @property
    def project_place(self) -> dict[str, int]:
        """Return the place of each project."""
        return {name: number for number, name in enumerate(self.projects["project_id"].astype(str))}

    @property
    def home_countries(self) -> Any:
        """Return each person's country, empty where it is not known."""
        return self.people["home_country"].fillna("").to_numpy()

    @property
    def site_countries(self) -> Any:
        """Return each project's country, empty where it is not known."""
        return self.projects["site_country"].fillna("").to_numpy()


def listed_of(frames: RotationFrames, first: pd.Timestamp) -> Listed:
    """Return people who have not left by the first week, and all projects."""
    people = frames.people.drop_duplicates("person_id").sort_values("person_id", ignore_index=True)
    left = pd.to_datetime(people["left_date"])
    people = people[left.isna() | left.ge(first)].reset_index(drop=True)
    projects = frames.projects.drop_duplicates("project_id").sort_values("project_id", ignore_index=True)
    if projects.empty:
        # Arrays need one of each; nobody is asked for there.
        projects = frames.projects.reindex([0]).assign(project_id="")
    return Listed(people, projects)
