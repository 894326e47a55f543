"""The tables that only a roster needs: whose days somewhere are counted, what people wish, and when they can't."""

from __future__ import annotations

from typing import Final

from data.contract_shapes import PLAN_YEARS_AHEAD, Column, Kind, Order, Table, choice_column, flag_column, text_column

#: What a person wishes of a week: to be at a site, at home, or not at this project.
WISHES: Final = ("onsite", "home", "avoid")


def _day(name: str, meaning: str, *other_headers: str) -> Column:
    return Column(name, Kind.DATE, meaning, latest_years_ahead=PLAN_YEARS_AHEAD, other_headers=other_headers)


STAY_LIMITS: Final = Table(
    name="stay_limits",
    grain="person, presence counter and first day",
    unit=("person_id", "counter"),
    is_unit_unique=False,
    orders=(Order("valid_from_date", "valid_until_date", "the period ends before it starts"),),
    columns=(
        text_column("person_id", "Whose days are counted; neither nationality nor reason is stored", required=True),
        text_column("counter", "Name of the presence counter, for example schengen_short_stay", required=True),
        _day("valid_from_date", "First day that counts; empty means since ever", "valid_from"),
        _day("valid_until_date", "Last day that counts; empty means without end", "valid_until", "valid_to"),
    ),
)

PREFERENCES: Final = Table(
    name="preferences",
    grain="person, project and week",
    unit=("person_id",),
    is_unit_unique=False,
    columns=(
        text_column("person_id", "Whose wish it is", required=True),
        text_column("project_id", "For which project; empty means any"),
        _day("week_start_date", "Monday of the week; empty means every week"),
        choice_column("wish", "What is wished; the reason is never stored", WISHES),
    ),
)

UNAVAILABILITY: Final = Table(
    name="unavailability",
    grain="person, place and first day",
    unit=("person_id",),
    is_unit_unique=False,
    orders=(Order("first_date", "last_date", "the period ends before it starts"),),
    columns=(
        text_column("person_id", "Who can't; the reason is never stored", required=True),
        _day("first_date", "First day; empty means since ever", "from_date", "start_date"),
        _day("last_date", "Last day; empty means without end", "until_date", "end_date"),
        text_column("project_id", "Only for this project; empty means any"),
        text_column("country", "Only for sites of this country, two letters (ISO 3166); empty means any"),
        flag_column("is_remote_possible", "Can work for sites from home; empty means no"),
    ),
)
