"""The limits that working time is held against: laws, and one finding of the WHO and the ILO. Data, not code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

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


@dataclass(frozen=True)
class LimitRule:
    """One limit.

    Parameters
    ----------
    jurisdiction
        ``EU``, ``CN``, ``JP``; ``none`` holds for everybody.
    lengths
        Lengths of the window: weeks or months; for days in a row none.
    is_limit_reached_enough
        True when the limit itself is already too much ("less than 100 hours").
    is_leave_neutral
        Weeks of leave are left out of the mean instead of counting as weeks without work.
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


def jurisdiction_of(home_country: str | None) -> str:
    """Return whose law on working time holds at home: EU, CN, JP or none (none that we know)."""
    if home_country in EU_COUNTRIES:
        return "EU"
    return home_country if home_country in {"CN", "JP"} else "none"
