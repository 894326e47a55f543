"""How much: parts of days, stated lengths, overtime beside regular hours, every way to write a duration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.recognition_figures.kinds.case import Case, as_csv
from tests.recognition_figures.kinds.firm import FIRMS, Firm, iso, true_hours
from tests.recognition_figures.kinds.row_kinds import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_OVER: Final = {
    "en": ("Regular hours", "Overtime hours", "Total hours"),
    "de": ("Normalstunden", "Überstunden", "Gesamtstunden"),
    "fr": ("Heures normales", "Heures sup", "Total heures"),
    "es": ("Horas normales", "Horas extra", "Total horas"),
    "ru": ("Обычные часы", "Сверхурочные часы", "Всего часов"),
    "ja": ("所定時間", "残業時間", "合計時間"),
    "zh": ("正常工时", "加班工时", "合计工时"),
}
_TRAVEL: Final = {
    "en": ("Trip ID", "Traveller", "Departure date", "Return date", "Cost", "Expense type"),
    "de": ("Reise-Nr.", "Reisender", "Abreise", "Rückreise", "Kosten", "Kostenart"),
    "fr": ("N° de mission", "Voyageur", "Date de départ", "Date de retour", "Montant", "Type de frais"),
    "es": ("Nº de viaje", "Viajero", "Fecha de salida", "Fecha de regreso", "Importe", "Tipo de gasto"),
    "ru": ("Номер поездки", "Сотрудник", "Дата выезда", "Дата возвращения", "Сумма", "Вид расхода"),
    "ja": ("出張番号", "出張者", "出発日", "帰着日", "金額", "費目"),
    "zh": ("出差单号", "出差人", "出发日期", "返回日期", "金额", "费用类型"),
}


def _clock(hours: float) -> str:
    minutes = round(hours * 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def _letters(hours: float) -> str:
    minutes = round(hours * 60)
    return f"{minutes // 60}h{minutes % 60:02}"


def _spelt(hours: float) -> str:
    minutes = round(hours * 60)
    return f"{minutes // 60}h {minutes % 60}m" if minutes >= 60 else f"{minutes}m"


def _translated(digits: str) -> Callable[[float], str]:
    table = str.maketrans("0123456789.", digits + "٫")
    return lambda hours: f"{hours:g}".translate(table)


_STYLES: Final[dict[str, tuple[Callable[[float], str], str]]] = {
    "7h30": (_letters, ""),
    "7h 30m": (_spelt, ""),
    "7:30": (_clock, ""),
    "07:30:00": (lambda hours: f"{_clock(hours):0>5}:00", ""),
    "7.5h": (lambda hours: f"{hours:g}h", ""),
    "7,5 h": (lambda hours: f"{hours:g} h".replace(".", ","), ""),
    "fractions": (lambda hours: f"{hours / 24:.9g}", "day_fractions"),
    "minutes": (lambda hours: f"{round(hours * 60)}", "minutes"),
    "seconds": (lambda hours: f"{round(hours * 3600)}", "seconds"),
    "milliseconds": (lambda hours: f"{round(hours * 3_600_000)}", "milliseconds"),
    "Arabic digits": (_translated("٠١٢٣٤٥٦٧٨٩"), ""),
    "Persian digits": (_translated("۰۱۲۳۴۵۶۷۸۹"), ""),
    "wide digits": (lambda hours: f"{hours:g}".translate(str.maketrans("0123456789.", "０１２３４５６７８９．")), ""),
    "PT7H30M": (lambda hours: f"PT{round(hours * 60) // 60}H{round(hours * 60) % 60}M", ""),
    "7 Std. 30 Min.": (lambda hours: f"{round(hours * 60) // 60} Std. {round(hours * 60) % 60} Min.", ""),
    "7小时30分钟": (lambda hours: f"{round(hours * 60) // 60}小时{round(hours * 60) % 60}分钟", ""),
    "7時間30分": (lambda hours: f"{round(hours * 60) // 60}時間{round(hours * 60) % 60}分", ""),
    "7 ч 30 мин": (lambda hours: f"{round(hours * 60) // 60} ч {round(hours * 60) % 60} мин", ""),
}
_SAID: Final = {"date_order": "dmy", "hours_per_day": "8", "decimal_mark": "comma"}


def quantities() -> Iterator[Case]:
    """Return every style once for each of some languages, and each other trouble in each language."""
    for firm in FIRMS:
        for style, (write, unit) in _STYLES.items():
            if firm.code in ("en", "de", "zh"):
                yield _styled(firm, style, write, unit)
        for name, make in _MAKERS.items():
            table, truth, said = make(firm)
            yield Case(
                "quantities",
                f"{name} {firm.code}",
                f"{firm.code}_{name.replace(' ', '_')}.csv",
                as_csv(table, firm.delimiter),
                truth,
                {**_SAID, **said},
            )


def _styled(firm: Firm, style: str, write: Callable[[float], str], unit: str) -> Case:
    rows = firm.rows(10, (7.5, 8.0, 0.75, 3.25))
    table = [[firm.date, firm.person, firm.project, firm.hours]]
    if unit in ("minutes", "seconds", "milliseconds"):
        table[0][3] = {"en": "Time", "de": "Zeit", "zh": "时长"}[firm.code]
    table += [[firm.day(day), person, project, write(hours)] for person, project, day, hours in rows]
    said = {**_SAID, "unit.*": unit} if unit else _SAID
    text = as_csv(table, firm.delimiter)
    return Case("quantities", f"{style} {firm.code}", f"{firm.code}_style.csv", text, true_hours(rows), said)


_Made = tuple[list[list[str]], dict[str, list[tuple[Any, ...]]], dict[str, str]]


def _overtime(firm: Firm) -> _Made:
    regular, over, _ = _OVER[firm.code]
    rows = firm.rows(10, (8, 7.5))
    table = [[firm.date, firm.person, firm.project, regular, over]]
    expect = []
    for number, (person, project, day, hours) in enumerate(rows):
        more = 1.5 if number % 3 == 0 else 0
        table.append([firm.day(day), person, project, firm.number(hours), firm.number(more)])
        expect.append((person, project, iso(day), hours + more))
    return table, {"timesheets": expect}, {"worked_hours": f"{regular}+{over}"}


def _overtime_in_total(firm: Firm) -> _Made:
    regular, over, whole = _OVER[firm.code]
    rows = firm.rows(10, (8, 7.5))
    table = [[firm.date, firm.person, firm.project, regular, over, whole]]
    expect = []
    for number, (person, project, day, hours) in enumerate(rows):
        more = 1.5 if number % 3 == 0 else 0
        table.append([firm.day(day), person, project, firm.number(hours), firm.number(more), firm.number(hours + more)])
        expect.append((person, project, iso(day), hours + more))
    return table, {"timesheets": expect}, {"worked_hours": whole}


def _overtime_inside(firm: Firm) -> _Made:
    """Hours of the day hold the overtime already; only the column's sum would double it."""
    _, over, _ = _OVER[firm.code]
    rows = firm.rows(10, (9.5, 8))
    table = [[firm.date, firm.person, firm.project, firm.hours, over]]
    for person, project, day, hours in rows:
        table.append([firm.day(day), person, project, firm.number(hours), firm.number(max(0, hours - 8))])
    return table, {k: list(v) for k, v in true_hours(rows).items()}, {"worked_hours": firm.hours}


def _stated_days(firm: Firm) -> _Made:
    """Friday to Monday says 2 days; a week says 5; a half day alone says 0.5."""
    kind = WORDS[firm.code]
    table = [[firm.person, kind.leave_label, firm.start, firm.end, firm.days]]
    expect: list[tuple[Any, ...]] = []
    for who, first, last, stated in ((0, 4, 7, 2), (1, 7, 11, 5), (2, 14, 14, 0.5), (0, 17, 22, 4)):
        table.append([firm.people[who], kind.leave, firm.day(first), firm.day(last), firm.number(stated)])
        days = [day for day in range(first, last + 1) if day % 7 < 5]
        expect += [(firm.people[who], iso(day), 4.0 if stated == 0.5 else "?") for day in days]
    return table, {"leave": expect}, {"table": "leave"}


def _partial_last_day(firm: Firm) -> _Made:
    """Two days of which the last is a half one."""
    kind = WORDS[firm.code]
    table = [[firm.person, kind.leave_label, firm.start, firm.end, firm.days]]
    expect: list[tuple[Any, ...]] = []
    for who, first, last, stated in ((0, 0, 1, 1.5), (1, 7, 11, 5), (2, 14, 15, 2), (0, 21, 22, 1.5)):
        table.append([firm.people[who], kind.leave, firm.day(first), firm.day(last), firm.number(stated)])
        for day in range(first, last + 1):
            is_half = stated != int(stated) and day == last
            expect.append((firm.people[who], iso(day), 4.0 if is_half else "?"))
    return table, {"leave": expect}, {"table": "leave"}


def _second_cost_line(firm: Firm) -> _Made:
    """A trip has a line for the train and one for the hotel."""
    number, traveller, out, back, cost, what = _TRAVEL[firm.code]
    table = [[number, traveller, firm.project, out, back, what, cost]]
    expect = []
    for trip in range(4):
        person = firm.people[trip % 3]
        days = (firm.day(7 * trip), firm.day(7 * trip + 2))
        table += [
            [f"R-{trip + 1}", person, firm.projects[trip % 3], *days, name, firm.number(cost)]
            for name, cost in (("Bahn", 120.5), ("Hotel", 121.5))
        ]
        expect.append((person, iso(7 * trip), iso(7 * trip + 2)))
    return table, {"trips": expect}, {"table": "trips"}


def _small_minutes(firm: Firm) -> _Made:
    """15, 20, 10: nobody works 20 hours every other day."""
    rows = firm.rows(12, (0.25, 1 / 3, 1 / 6, 0.2, 0.75))
    table = [[firm.date, firm.person, firm.project, {"en": "Time", "zh": "时长"}.get(firm.code, firm.hours)]]
    table += [[firm.day(day), person, project, str(round(60 * hours))] for person, project, day, hours in rows]
    truth = {"timesheets": [(p, project, iso(day), hours) for p, project, day, hours in rows]}
    # Under a header that says hours only the second look can doubt them.
    said = {"unit.*": "minutes", "doubt.long_days": "minutes", "doubt.*": "take"}
    return table, {k: list(v) for k, v in truth.items()}, said


def _empty_days(firm: Firm) -> _Made:
    """0000-00-00 stands for no day at all."""
    rows = firm.rows(10)
    table = [[firm.date, firm.filed, firm.person, firm.project, firm.hours]]
    for number, (person, project, day, hours) in enumerate(rows):
        filed = "0000-00-00" if number % 3 else f"{iso(day)} 18:00:00"
        table.append([iso(day), filed, person, project, firm.number(hours)])
    return table, {k: list(v) for k, v in true_hours(rows).items()}, {}


_MAKERS: Final[dict[str, Callable[[Firm], _Made]]] = {
    "overtime": _overtime,
    "overtime in total": _overtime_in_total,
    "overtime inside": _overtime_inside,
    "stated days": _stated_days,
    "partial last day": _partial_last_day,
    "second cost line": _second_cost_line,
    "small minutes": _small_minutes,
    "empty days": _empty_days,
}
