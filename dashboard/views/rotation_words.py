"""Words for rosters: terms, rules, remarks on the input, reasons of gaps."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dashboard.i18n import _
from dashboard.views.words import date_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from analytics.rotation.frames import Remark


def term_text(name: str) -> str:
    """Return the name of a term of the points."""
    known = {
        "coverage": _("uncovered demand"),
        "onsite": _("on-site minimum missed"),
        "seniority": _("nobody senior on site"),
        "pairing": _("juniors without a senior"),
        "handover": _("handovers"),
        "overlap": _("newcomers without overlap"),
        "travel": _("journeys"),
        "nights": _("nights above 20 in 28 days"),
        "burden": _("uneven nights away"),
        "stability": _("roster weeks given up"),
        "named": _("requested person missing"),
        "preferences": _("weeks against a wish"),
        "counters": _("weeks near a limit of presence"),
        "delay": _("risk of delay"),
        "strain": _("nights away of people with signs of overload"),
    }
    return known.get(name, name)


def rule_text(rule: str) -> str:
    """Return what is wrong where a plan breaks a rule."""
    known = {
        "leave": _("planned in a week of leave or other absence"),
        "skill": _("planned without the skill"),
        "place": _("planned at a site that is out of question for the person"),
        "remote": _("planned from home where that is not possible"),
        "weeks_in_a_row": _("too many weeks away in a row"),
        "weeks_in_window": _("too many weeks away within 12"),
        "home_weeks": _("too few home weeks between two stints"),
        "seats": _("more people than are needed"),
        "presence": _("over a limit of presence"),
        "named": _("elsewhere in a week for which a client requested the person"),
        "pin": _("a pinned week is not kept"),
        "budget": _("more people moved than the change budget allows"),
        "unknown_person": _("a person that is not known"),
        "unknown_project": _("a project that is not known"),
        "unknown_week": _("a week that is no date"),
        "week_not_monday": _("a week that does not begin on a Monday"),
        "unknown_mode": _("a mode that is neither onsite nor remote"),
        "no_demand": _("a role that nobody asks for"),
        "two_places": _("a person in two places in one week"),
    }
    return known.get(rule, rule)


def remark_text(remark: Remark, names: Mapping[str, str]) -> str:
    """Return what a reader must know about the input; people and projects by their ``names`` where they have one."""
    known = {
        "no_demand": _(
            "No site asks for anybody in these weeks. Import the demand of your sites (table `site_demand`), or who is"
            " planned where (`assignments`) with people's `skills`."
        ),
        "no_people": _("Nobody is known. Import people."),
        "no_skills": _("Nobody has a skill that is asked for. Import skills."),
        "everybody_absent": _("Everybody is absent in all of these weeks."),
        "roster_from_hours": _(
            "Nobody is planned in these weeks (table `assignments`), so everybody is taken to stay where they have"
            " worked most in the last six weeks."
        ),
        "skills_from_hours": _(
            "No `skills` are imported, so people know the products for whose projects they have worked a week or more."
        ),
        "skill_nobody_has": _("Nobody has the skill {subject}: its demand stays open."),
        "demand_of_unknown_project": _("{subject} asks for people, but is not on the list of projects or is over."),
        "named_person_unknown": _("A client requests {subject}, who is not on the list of people."),
        "named_without_skill": _("{detail} requests {subject}, who has none of the skills that it asks for."),
        "two_places": _("{subject} is planned at several sites in {detail} weeks; the one with most hours counts."),
        "trip_never_ended": _("The trip of {subject} from {detail} has no end; it counts until the day of the plan."),
        "border_day_unknown": _(
            "In which country was {subject} on the trip from {detail}? Its days are not counted for limits of presence."
        ),
        "counter_unknown": _("The limit of stay {detail} of {subject} is not in presence.toml; it is not counted."),
        "distance_unknown": _(
            "How far is {subject}? Put the place into cities.csv in the home folder; until then it counts as 1,000 km."
        ),
    }
    text = known.get(remark.kind, remark.kind)
    subject, detail = (names.get(part, part) for part in (remark.subject, remark.detail))
    return text.format(subject=subject, detail=detail)


def abroad_text(person: str, country: str, first: date, last: date) -> str:
    """Return the to-do of a planned stay abroad; what a country asks for is for the reader to find out."""
    return _(
        "Before {day}: find out which notification and certificate {person} needs for {country} ({day} to {end})."
    ).format(day=date_text(first), person=person, country=country, end=date_text(last + timedelta(days=6)))


def reason_text(reason: str) -> str:
    """Return what keeps people from a gap."""
    known = {
        "skill": _("nobody has the skill"),
        "leave": _("on leave or absent"),
        "place": _("the site is out of question"),
        "presence": _("limit of presence"),
        "away_rules": _("home weeks and weeks in a row"),
        "busy": _("at other sites or projects"),
        "price": _("could go, but it costs more than the gap"),
        "demand": _("nobody is asked for"),
        "rules": _("no plan keeps all rules"),
    }
    return known.get(reason, rule_text(reason))


def way_out_text(way_out: str, head_weeks: float) -> str:
    """Return the cheapest way out of a gap."""
    known = {
        "hire": _("hire or train somebody with the skill"),
        "contractor": _("{count:.0f} contractor weeks"),
        "remote": _("agree on remote work or a later start"),
        "pay": _("send somebody although it costs more"),
    }
    return known.get(way_out, way_out).format(count=max(head_weeks, 1))
