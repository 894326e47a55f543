"""Signs about people at sites, told of projects and teams: no person is named, and small teams get no figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analytics.known.groups import SMALLEST_GROUP_COUNT
from analytics.review.items import STATE_BITS, Sign, plain, rows_of, share_bits, size_bits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analytics.review.frames import AgendaFrames

_HOURS_A_WEEK: Final = 40.0
#: A person-week of overload counts so many person-weeks: who leaves takes the site's knowledge along.
_PERSON_AT_RISK: Final = 2.0
#: A team that filed less of a week is silent.
_SILENT_SHARE: Final = 0.5
#: Of fewer earlier weeks it can't be told how a team usually files.
_ENOUGH_WEEKS: Final = 3
#: Weeks in a row on site from which a stay is spoken of.
_LONG_AWAY_WEEKS: Final = 6
#: Mean weekly hours of a project's people from which two weeks running are a crunch.
_CRUNCH_HOURS: Final = 50.0
_LEAST_ONSITE_HOURS: Final = 8.0
#: From this share of the hours by people who never worked there before, the team counts as replaced.
_REPLACED_SHARE: Final = 0.7
#: A person on so many projects in a week can't attend to any of them.
_MANY_PROJECTS: Final = 5
_RESTATED: Final = (
    "week_start_date",
    "hours_then",
    "hours_now",
    "filed_late_hours",
    "corrected_hours",
    "withdrawn_hours",
)
#: Of fewer projects no usual size of a change can be told.
_ENOUGH_PROJECTS: Final = 5
#: Person-weeks on watch that came on top since the last review from which it is spoken of.
_LEAST_WATCH_WEEKS: Final = 1.0


def silent_teams(frames: AgendaFrames) -> Iterator[Sign]:
    """Give teams whose newest told week is filed by far less than usual: nobody knows what they did.

    Usual is what the team had filed of earlier weeks when they were as old: who always files late is no news.
    """
    if frames.filing.empty:
        return
    newest = frames.filing["week_start_date"].max()
    rest = frames.filing[frames.filing["week_start_date"] < newest]
    usual = _filed_share(rest, "filed_count", 0.9)
    for team, own in frames.filing.groupby("team_name"):
        now = own[own["week_start_date"] == newest]
        if now.empty or not team:
            continue
        expected, filed = int(now["expected_count"].iloc[0]), int(now["filed_count"].iloc[0])
        if expected == 0 or filed / expected >= _SILENT_SHARE:
            continue
        ordered = own.sort_values("week_start_date", ascending=False)
        is_silent = ordered["filed_count"] / ordered["expected_count"] < _SILENT_SHARE
        weeks = int(is_silent.astype("int64").cumprod().sum())
        if weeks < 2 and filed > 0:  # some hours of one week are often late
            continue
        yield Sign(
            "silent",
            f"team:{team!s}",
            float(expected - filed) * weeks,
            share_bits(filed, expected, _filed_share(own[own["week_start_date"] < newest], "filed_then_count", usual)),
            plain({"expected_count": expected, "filed_count": filed, "weeks_count": weeks, "week": newest}),
            rows_of(ordered, ("week_start_date", "expected_count", "filed_count")),
            len(ordered),
        )


def _filed_share(weeks: pd.DataFrame, column: str, otherwise: float) -> float:
    """Return the share filed of some weeks; ``otherwise`` where too few of them tell."""
    if column not in weeks or weeks["week_start_date"].nunique() < _ENOUGH_WEEKS:
        return otherwise
    return float(weeks[column].sum() / max(weeks["expected_count"].sum(), 1))


def overload(frames: AgendaFrames) -> Iterator[Sign]:
    """Give projects behind which more person-weeks on watch stand than in the last review."""
    if frames.costs.empty:
        return
    before = frames.costs_before.set_index("project_id")["watch_weeks"].astype("float64")
    rise = frames.costs["watch_weeks"] - frames.costs["project_id"].map(before).fillna(0.0)
    usual = max(float(rise.abs().median()), 0.5) * frames.weeks_count**0.5
    for row, more in zip(frames.costs.to_dict("records"), rise, strict=True):
        if more < _LEAST_WATCH_WEEKS:
            continue
        figures = {"watch_weeks": row["watch_weeks"], "more_weeks": more}
        yield Sign(
            "overload", f"project:{row['project_id']}", float(more), size_bits(float(more), usual), plain(figures)
        )


def long_away(frames: AgendaFrames) -> Iterator[Sign]:
    """Give projects at whose site somebody has been for many weeks in a row."""
    if frames.booked.empty:
        return
    away = _weeks_on_site(frames)
    long = away[away["weeks_on_site_count"].ge(_LONG_AWAY_WEEKS)]
    place = _main_site(frames).reindex(long["person_id"]).to_numpy()
    sites = long.assign(project_id=place).dropna(subset=["project_id"])
    usual = max(float(away["weeks_on_site_count"].median()) if len(away) else 0.0, 1.0)
    for project_id, own in sites.groupby("project_id"):
        most = int(own["weeks_on_site_count"].max())
        figures = {
            "people_count": len(own),
            "most_weeks": most,
            "usual_weeks": usual,
            "is_by_hours": bool(own.sort_values("weeks_on_site_count")["is_by_hours"].iloc[-1]),
        }
        harm = _PERSON_AT_RISK * float((own["weeks_on_site_count"] - _LONG_AWAY_WEEKS + 1).sum())
        yield Sign("long_away", f"project:{project_id}", harm, size_bits(most, usual + 1), plain(figures))


def _weeks_on_site(frames: AgendaFrames) -> pd.DataFrame:
    """Return weeks in a row on site by trips or by hours on site, whichever knows of more.

    A trip is known when its cost is claimed, weeks after it began; hours on site are filed each week.
    """
    weekly = frames.booked.groupby(["person_id", "week_start_date"], as_index=False)["onsite_hours"].sum()
    there = weekly[weekly["onsite_hours"].ge(_LEAST_ONSITE_HOURS)]
    last = frames.booked["week_start_date"].max()
    back = ((last - there["week_start_date"]).dt.days // 7).astype("int64")
    ordered = there.assign(back=back).sort_values(["person_id", "back"])
    # Counted back from the newest told week: the first week that is missing ends the row.
    is_in_row = ordered["back"].eq(ordered.groupby("person_id").cumcount())
    by_hours = is_in_row.groupby(ordered["person_id"]).sum().rename("weeks_on_site_count").astype("float64")
    by_trips = frames.away.set_index("person_id")["weeks_on_site_count"].astype("float64")
    both = pd.concat(
        [
            by_trips.dropna().rename_axis("person_id").reset_index().assign(is_by_hours=False),
            by_hours.rename_axis("person_id").reset_index().assign(is_by_hours=True),
        ],
        ignore_index=True,
    )
    ordered = both.sort_values("weeks_on_site_count", ascending=False, kind="stable")
    found: pd.DataFrame = ordered.drop_duplicates("person_id").sort_values("person_id", ignore_index=True)
    return found


def _main_site(frames: AgendaFrames) -> pd.Series[Any]:
    """Return of each person the project with most hours on site in the last four weeks."""
    recent = _last_weeks(frames.booked, 4)
    hours = recent.groupby(["person_id", "project_id"], as_index=False)["onsite_hours"].sum()
    hours = hours[hours["onsite_hours"] > 0].sort_values("onsite_hours")
    return pd.Series(hours.groupby("person_id")["project_id"].last())


def junior_alone(frames: AgendaFrames) -> Iterator[Sign]:
    """Give sites at which a junior has been the only one for two weeks or more, up to one of the two newest weeks."""
    booked = frames.booked[frames.booked["onsite_hours"].ge(_LEAST_ONSITE_HOURS)]
    recent = _last_weeks(booked, 4)
    if recent.empty:
        return
    there = recent.merge(frames.people[["person_id", "seniority"]], on="person_id", how="left")
    alone = there.groupby(["project_id", "week_start_date"])["person_id"].transform("nunique").eq(1)
    weeks = there[alone & there["seniority"].eq("junior")]
    for project_id, own in weeks.groupby("project_id"):
        # Two juniors who take turns are not one who is alone for long; of two as long, the one who is there still.
        weeks_of_each = (
            own.groupby("person_id")["week_start_date"].agg(["nunique", "max"]).sort_values(["nunique", "max"])
        )
        mine = own[own["person_id"].isin(weeks_of_each.index[-1:])]
        count = int(mine["week_start_date"].nunique())
        # The newest week may not be filed by the junior yet.
        is_over = mine["week_start_date"].max() < frames.booked["week_start_date"].max() - pd.Timedelta(weeks=1)
        if count < 2 or is_over:
            continue
        hours = float(mine["worked_hours"].mean())
        figures = {"weeks_count": count, "weekly_hours": hours}
        harm = _PERSON_AT_RISK * count * max(hours / _HOURS_A_WEEK, 1.0)
        yield Sign("junior_alone", f"project:{project_id}", harm, STATE_BITS, plain(figures))


def crunch(frames: AgendaFrames) -> Iterator[Sign]:
    """Give projects whose people worked 50 hours and more a week on average, two weeks running."""
    if frames.booked.empty:
        return
    whole = frames.booked.groupby(["person_id", "week_start_date"])["worked_hours"].sum().rename("all_hours")
    here = _last_weeks(frames.booked, 3).merge(whole.reset_index(), on=["person_id", "week_start_date"], how="left")
    here = here[here["worked_hours"] >= 0.5 * here["all_hours"]]
    weekly = here.groupby(["project_id", "week_start_date"]).agg(
        hours=("all_hours", "mean"), people=("person_id", "nunique"), total=("all_hours", "sum")
    )
    hard = weekly[weekly["hours"].ge(_CRUNCH_HOURS) & weekly["people"].ge(2)].reset_index()
    for project_id, own in hard.groupby("project_id"):
        if len(own) < 2:
            continue
        over = float((own["total"] - _HOURS_A_WEEK * own["people"]).sum())
        figures = {"weeks_count": len(own), "weekly_hours": own["hours"].mean(), "over_hours": over}
        yield Sign("crunch", f"project:{project_id}", over / _HOURS_A_WEEK * 2, STATE_BITS, plain(figures))


def replaced(frames: AgendaFrames) -> Iterator[Sign]:
    """Give projects whose hours are now mostly by people who never worked there before."""
    if frames.booked.empty:
        return
    last = frames.booked["week_start_date"].max()
    new_from = last - pd.Timedelta(weeks=3)
    first = frames.booked.groupby(["project_id", "person_id"])["week_start_date"].transform("min")
    rows = frames.booked.assign(is_new=first.ge(new_from), is_recent=frames.booked["week_start_date"].ge(new_from))
    for project_id, own in rows.groupby("project_id"):
        old, recent = own[~own["is_recent"]], own[own["is_recent"] & own["is_new"]]
        now = own[own["week_start_date"] >= last - pd.Timedelta(weeks=1)]
        if old["week_start_date"].nunique() < 6 or now["worked_hours"].sum() < 2 * _HOURS_A_WEEK:
            continue
        share = now.loc[now["is_new"], "worked_hours"].sum() / now["worked_hours"].sum()
        if share < _REPLACED_SHARE:
            continue
        figures = {
            "new_share": share,
            "new_people_count": recent["person_id"].nunique(),
            "earlier_people_count": old[old["week_start_date"] >= last - pd.Timedelta(weeks=8)]["person_id"].nunique(),
        }
        harm = float(now["worked_hours"].sum()) / _HOURS_A_WEEK
        yield Sign("replaced", f"project:{project_id}", 2 * harm, STATE_BITS + 1, plain(figures))


def spread_thin(frames: AgendaFrames) -> Iterator[Sign]:
    """Give teams in which somebody works on five projects and more, two weeks running; small teams are left out."""
    recent = _last_weeks(frames.booked[frames.booked["worked_hours"].gt(0)], 2)
    if recent.empty:
        return
    count = recent.groupby(["person_id", "week_start_date"])["project_id"].nunique()
    least = count.groupby("person_id").agg(["min", "size"])
    many = least.index[least["min"].ge(_MANY_PROJECTS) & least["size"].ge(2)]
    sizes = frames.people.groupby("team_name")["person_id"].nunique()
    teams = frames.people[frames.people["person_id"].isin(many)].groupby("team_name")["person_id"].nunique()
    for team, people in teams.items():
        size = int(sizes[str(team)])
        if size < SMALLEST_GROUP_COUNT:
            continue
        figures = {"people_count": int(people), "team_count": size, "projects_count": _MANY_PROJECTS}
        yield Sign("spread_thin", f"team:{team!s}", 2.0 * people, STATE_BITS, plain(figures))


def cover(frames: AgendaFrames) -> Iterator[Sign]:
    """Give sites at which fewer people are planned than needed in weeks ahead that were covered so far."""
    if frames.demand.empty:
        return
    ahead = frames.demand[frames.demand["week_start_date"] > frames.as_of_date]
    short = ahead.assign(gap=(ahead["needed_count"] - ahead["planned_count"]).clip(lower=0))
    for project_id, own in short[short["gap"] > 0].groupby("project_id"):
        ordered = own.sort_values("week_start_date")
        figures = {"weeks_count": len(own), "gap_people_weeks": own["gap"].sum()}
        figures |= {"first_week": ordered["week_start_date"].iloc[0]}
        evidence = rows_of(ordered, ("week_start_date", "needed_count", "planned_count"))
        yield Sign(
            "cover", f"project:{project_id}", float(own["gap"].sum()), STATE_BITS, plain(figures), evidence, len(own)
        )


def presence(frames: AgendaFrames) -> Iterator[Sign]:
    """Give projects whose people come near a limit of days of presence; people are counted, not named."""
    for row in frames.presence.to_dict("records"):
        is_over = row["days_count"] > row["limit_count"]
        figures = {name: row[name] for name in ("counter_name", "days_count", "limit_count", "people_count")}
        harm = 4.0 * float(row["people_count"]) * (2.0 if is_over else 1.0)
        yield Sign("presence", f"project:{row['project_id']}", harm, STATE_BITS, plain(figures))


def restated(frames: AgendaFrames) -> Iterator[Sign]:
    """Give projects of which past weeks say something else than in the last review."""
    if frames.restated.empty:
        return
    rows = frames.restated.assign(size=frames.restated["difference_hours"].astype("float64").abs())
    sums = rows.groupby("project_id")["size"].sum()
    usual = max(float(sums.median()), 8.0) if len(sums) >= _ENOUGH_PROJECTS else _HOURS_A_WEEK
    for project_id, own in rows.groupby("project_id"):
        hours = float(own["size"].sum())
        if hours < _HOURS_A_WEEK:
            continue
        ordered = own.sort_values("size", ascending=False)
        figures = {"weeks_count": len(own), "difference_hours": own["difference_hours"].sum(), "changed_hours": hours}
        columns = (
            "week_start_date",
            "hours_then",
            "hours_now",
            "filed_late_hours",
            "corrected_hours",
            "withdrawn_hours",
        )
        evidence = rows_of(ordered, columns)
        yield Sign(
            "restated",
            f"project:{project_id}",
            hours / _HOURS_A_WEEK / 4,
            size_bits(hours, usual),
            plain(figures),
            evidence,
            len(own),
        )


def _last_weeks(rows: pd.DataFrame, count: int) -> pd.DataFrame:
    if rows.empty:
        return rows
    return pd.DataFrame(rows[rows["week_start_date"] > rows["week_start_date"].max() - pd.Timedelta(weeks=count)])
