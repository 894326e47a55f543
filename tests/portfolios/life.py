"""One project as it is played: its work, its requests, its reports, its people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.portfolios.plans import Package, Plan
    from tests.portfolios.staff import Seat


@dataclass(eq=False)
class Request:
    """A change request of the client; weeks count from the first Monday of the firm."""

    request_id: str
    raised_week: int
    decided_week: int | None
    is_approved: bool
    estimated_hours: float
    department: str
    kind: str
    cause: str
    phase: str
    is_confirmed: bool
    package: Package | None = None
    takes_out: Package | None = None

    def status(self, week: int) -> str:
        """Return the state in its source at the end of a week."""
        if self.decided_week is None or self.decided_week > week:
            return "submitted"
        if not self.is_approved:
            return "rejected"
        return "done" if self.package is not None and self.package.is_done else "approved"


@dataclass(frozen=True)
class Report:
    """What a manager wrote at the end of a week."""

    week: int
    planned_finish_week: int
    progress: float
    light: str
    phase: str


@dataclass(frozen=True)
class Booking:
    """Hours of one person on one project in one week."""

    person_id: str
    week: int
    worked_hours: float
    activity: str
    package_id: str
    request_id: str


@dataclass(eq=False)
class Life:
    """The state of one project."""

    plan: Plan
    planned_finish_week: int
    #: Weeks in which the client has stopped the project.
    hold: range = range(0)
    cancelled_week: int | None = None
    seats: list[Seat] = field(default_factory=list)
    #: The seats that the plan was made with; these stand in the assignments.
    staffed: list[Seat] = field(default_factory=list)
    #: First week of each person on this project.
    joined: dict[str, int] = field(default_factory=dict)
    #: Seats that were borrowed, with the week they go back.
    borrowed: list[tuple[Seat, int]] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    bookings: list[Booking] = field(default_factory=list)
    #: Weeks up to which people were planned, and from when that was known.
    replans: list[tuple[int, int]] = field(default_factory=list)
    #: How often an interface may still stop everything, and for how many weeks it does now; none where not yet drawn.
    stops_left: int | None = None
    stopped_weeks: int = 0
    last_reaction_week: int = -99
    last_replan_week: int = -99
    tested_rounds: int = 0
    pressure: float = 0.0
    done_week: int | None = None
    go_live_week: int | None = None

    @property
    def packages(self) -> list[Package]:
        """All packages in the order in which they are worked on."""
        return self.plan.packages

    @property
    def open_packages(self) -> list[Package]:
        """Packages with work left."""
        return [package for package in self.packages if not package.is_done]

    @property
    def phase(self) -> str:
        """Phase of the first package that is worked on."""
        return next((one.phase for one in self.packages if not one.is_done and not one.is_set_aside), "cut_over")

    @property
    def is_testing(self) -> bool:
        """Whether anything has been tested yet."""
        return any(package.phase == "testing" and package.done_hours > 0 for package in self.packages)

    def is_on_hold(self, week: int) -> bool:
        """Whether the client has stopped the project in a week."""
        return week in self.hold

    def insert(self, package: Package, before: tuple[str, ...]) -> None:
        """Put a package ahead of the first one of the phases named that is not done, else at the end."""
        places = [place for place, other in enumerate(self.packages) if other.phase in before and not other.is_done]
        self.packages.insert(places[0] if places else len(self.packages), package)
