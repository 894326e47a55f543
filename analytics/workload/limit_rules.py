"""The limits that working time is held against: laws, and one finding of the WHO and the ILO. Data, not code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Member states of the EU, and Iceland, Liechtenstein and Norway, where the directive holds through the EEA.
EU_COUNTRIES: Final = frozenset(
    {
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU"),
        *("LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "IS", "LI", "NO"),
    }
)

#: Hours of a normal day, beyond which China's and Japan's laws call work overtime.
NORMAL_DAY_HOURS: Final = 8.0


class Window(StrEnum):
    """Over what a value is taken."""

    WEEKS = "mean of weeks"
    MONTH = "calendar month"
    MONTHS = "mean of calendar months"
    RUN = "days in a row"
    REST = "rest between two days"
    NIGHT_DAY = "day with work at night"
    OVERTIME_DAY = "overtime of a day"
    HOLIDAY = "public holiday"


@dataclass(frozen=True)
class LimitRule:
    """One limit.

    Parameters
    ----------
    jurisdiction
        ``EU``, ``CN``, ``JP``; ``none`` and ``policy`` (rules of the firm) hold for everybody.
    lengths
        Lengths of the window: weeks or months; for days in a row none.
    is_limit_reached_enough
        True when the limit itself is already too much ("less than 100 hours").
    is_leave_neutral
        Weeks of leave are left out of the mean instead of counting as weeks without work.
    is_minimum
        The limit is a least value, as for rest.
    leaves_out_sundays
        Work on the one statutory rest day of a week does not count towards this limit.
    grade
        Of the evidence: A law or large meta-analysis, B several observational studies, C single studies.
    is_law
        False for evidence that is no law.
    """

    rule: str
    jurisdiction: str
    window: Window
    limit: float
    unit: str
    source: str
    grade: str
    lengths: tuple[int, ...] = ()
    is_law: bool = True
    knows_opt_out: bool = False
    is_limit_reached_enough: bool = False
    is_leave_neutral: bool = False
    leaves_out_sundays: bool = False
    is_minimum: bool = False


LIMIT_RULES: Final = (
    LimitRule(
        rule="eu_48_hours_17_weeks",
        jurisdiction="EU",
        window=Window.WEEKS,
        lengths=(17,),
        limit=48.0,
        unit="hours a week",
        source="Directive 2003/88/EC art. 6(b), reference period of four months art. 16(b), opt-out art. 22",
        grade="A",
        knows_opt_out=True,
        is_leave_neutral=True,
    ),
    LimitRule(
        rule="eu_11_hours_daily_rest",
        jurisdiction="EU",
        window=Window.REST,
        limit=11.0,
        unit="hours of rest",
        source="Directive 2003/88/EC art. 3 (needs clock times)",
        grade="A",
        is_minimum=True,
    ),
    LimitRule(
        rule="eu_weekly_rest",
        jurisdiction="EU",
        window=Window.RUN,
        limit=12.0,
        unit="days in a row",
        source="Directive 2003/88/EC art. 5 with art. 16(a): 24 hours in seven days, over fourteen days at most",
        grade="A",
    ),
    LimitRule(
        rule="eu_night_work_8_hours",
        jurisdiction="EU",
        window=Window.NIGHT_DAY,
        limit=8.0,
        unit="hours on a day with night work",
        source="Directive 2003/88/EC art. 8(a) with art. 2(4): three hours of the night; an average, told day by day",
        grade="A",
    ),
    LimitRule(
        rule="cn_3_overtime_hours_day",
        jurisdiction="CN",
        window=Window.OVERTIME_DAY,
        limit=3.0,
        unit="hours of overtime on a day",
        source="Labour Law of the People's Republic of China art. 41",
        grade="A",
    ),
    LimitRule(
        rule="cn_holiday_work",
        jurisdiction="CN",
        window=Window.HOLIDAY,
        limit=0.0,
        unit="hours on a public holiday",
        source="Labour Law of the People's Republic of China art. 40 and 44(3) (300 % pay)",
        grade="A",
    ),
    LimitRule(
        rule="jp_14_days_in_a_row",
        jurisdiction="JP",
        window=Window.RUN,
        limit=13.0,
        unit="days in a row",
        source="Panel of Japan's labour ministry, November 2024: a proposal, no law as far as we know",
        grade="A",
        is_law=False,
    ),
    LimitRule(
        rule="cn_36_overtime_hours_month",
        jurisdiction="CN",
        window=Window.MONTH,
        lengths=(1,),
        limit=36.0,
        unit="hours a month",
        source="Labour Law of the People's Republic of China art. 41",
        grade="A",
    ),
    LimitRule(
        rule="cn_day_off_each_week",
        jurisdiction="CN",
        window=Window.RUN,
        limit=6.0,
        unit="days in a row",
        source="Labour Law of the People's Republic of China art. 38 (at least one day off a week)",
        grade="A",
    ),
    LimitRule(
        rule="jp_45_overtime_hours_month",
        jurisdiction="JP",
        window=Window.MONTH,
        lengths=(1,),
        limit=45.0,
        unit="hours a month",
        source="Labour Standards Act of Japan art. 36(4); work on the statutory rest day, taken as Sunday, left out",
        grade="A",
        leaves_out_sundays=True,
    ),
    LimitRule(
        rule="jp_80_overtime_hours_months",
        jurisdiction="JP",
        window=Window.MONTHS,
        lengths=(2, 3, 4, 5, 6),
        limit=80.0,
        unit="hours a month",
        source="Labour Standards Act of Japan art. 36(6) no. 3 (mean of two to six months, rest days included)",
        grade="A",
    ),
    LimitRule(
        rule="jp_100_overtime_hours_month",
        jurisdiction="JP",
        window=Window.MONTH,
        lengths=(1,),
        limit=100.0,
        unit="hours a month",
        source="Labour Standards Act of Japan art. 36(6) no. 2 (less than 100 hours, rest days included)",
        grade="A",
        is_limit_reached_enough=True,
    ),
    LimitRule(
        rule="who_ilo_55_hours_4_weeks",
        jurisdiction="none",
        window=Window.WEEKS,
        lengths=(4,),
        limit=55.0,
        unit="hours a week",
        source="WHO/ILO, Pega 2021, Environ Int 154:106595 (evidence on 55 hours and more, no law)",
        grade="A",
        is_law=False,
        is_limit_reached_enough=True,
    ),
)


#: Measures that a firm may set a limit on: what is measured, over what, in which unit, and whether it is a least value.
POLICY_MEASURES: Final = {
    "weekly_hours": (Window.WEEKS, (1,), "hours a week", False),
    "weekly_hours_4_weeks": (Window.WEEKS, (4,), "hours a week", False),
    "weekly_hours_17_weeks": (Window.WEEKS, (17,), "hours a week", False),
    "overtime_month": (Window.MONTH, (1,), "hours a month", False),
    "days_in_a_row": (Window.RUN, (), "days in a row", False),
    "daily_rest": (Window.REST, (), "hours of rest", True),
    "night_day_hours": (Window.NIGHT_DAY, (), "hours on a day with night work", False),
    "overtime_day": (Window.OVERTIME_DAY, (), "hours of overtime on a day", False),
    "holiday_hours": (Window.HOLIDAY, (), "hours on a public holiday", False),
}


class PolicyError(ValueError):
    """A line of the firm's policy can't be used; the message says which."""


def policy_rules(table: Mapping[str, Any]) -> tuple[LimitRule, ...]:
    """Return the firm's own limits from the content of ``limits.toml``.

    Each entry of ``policy`` has ``name``, ``measure`` (a key of ``POLICY_MEASURES``), ``limit`` and ``source`` (which
    agreement or rule of the firm says so).

    Raises
    ------
    PolicyError
        When an entry lacks something, or names a measure that there is not.
    """
    rules = []
    for number, line in enumerate(table.get("policy", []), start=1):
        try:
            window, lengths, unit, is_minimum = POLICY_MEASURES[line["measure"]]
            name, limit, source = str(line["name"]), float(line["limit"]), str(line["source"])
        except (KeyError, TypeError, ValueError) as error:
            raise PolicyError(f"Entry {number} of the firm's policy can't be used: {error}.") from error
        rules.append(
            LimitRule(
                rule=f"policy_{name}",
                jurisdiction="policy",
                window=window,
                limit=limit,
                unit=unit,
                source=source,
                grade="C",
                lengths=lengths,
                is_law=False,
                is_minimum=is_minimum,
            )
        )
    return tuple(rules)


def jurisdiction_of(home_country: str | None) -> str:
    """Return whose law on working time holds at home: EU, CN, JP or none (none that we know)."""
    if home_country in EU_COUNTRIES:
        return "EU"
    return home_country if home_country in {"CN", "JP"} else "none"
