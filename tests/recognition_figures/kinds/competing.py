"""Two people and two days in one row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.recognition_figures.kinds.case import Case, as_csv
from tests.recognition_figures.kinds.firm import FIRMS, Firm, iso, true_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLERKS: Final = {
    "en": ("Approver", "Created by", "Line manager", "Work date", "Submitted on", "Assignee", "Name"),
    "de": ("Genehmigt von", "Erfasst von", "Vorgesetzter", "Leistungsdatum", "Gebucht am", "Bearbeiter", "Name"),
    "fr": ("Validé par", "Saisi par", "Responsable", "Date de travail", "Saisi le", "Assigné à", "Nom"),
    "es": ("Aprobado por", "Creado por", "Responsable", "Fecha de trabajo", "Registrado el", "Asignado a", "Nombre"),
    "ru": ("Согласовал", "Внес", "Руководитель", "Дата работы", "Дата внесения", "Исполнитель", "Название"),
    "ja": ("承認者", "登録者", "上長", "作業日", "登録日", "担当者", "名称"),
    "zh": ("审批人", "登记人", "主管", "工作日期", "登记时间", "处理人", "名称"),
}
_TRAVEL: Final = {
    "en": ("Booked by", "Traveller", "Booking date", "Departure date", "Return date", "Destination"),
    "de": ("Gebucht von", "Reisender", "Buchungsdatum", "Abreise", "Rückreise", "Ziel"),
    "fr": ("Demandeur", "Voyageur", "Date de réservation", "Date de départ", "Date de retour", "Destination"),
    "es": ("Solicitante", "Viajero", "Fecha de reserva", "Fecha de salida", "Fecha de regreso", "Destino"),
    "ru": ("Заявитель", "Командированный", "Дата заявки", "Дата выезда", "Дата возвращения", "Город"),
    "ja": ("申請者", "出張者", "申請日", "出発日", "帰着日", "出張先"),
    "zh": ("申请人", "出差人", "申请日期", "出发日期", "返回日期", "目的地"),
}
_TITLES: Final = ("Fix login page", "Load customers", "Stock count report", "Migrate invoices", "Train key users")
_SAID: Final = {"date_order": "dmy", "table": "timesheets"}


def competing() -> Iterator[Case]:
    """Return files in which a second column of people or days stands, before or behind the right one."""
    for firm in FIRMS:
        clerk, writer, boss, worked, filed, assigned, name = _CLERKS[firm.code]
        for label in (clerk, writer, boss):
            yield _two_people(firm, label, is_first=True)
            yield _two_people(firm, label, is_first=False)
        yield _title_beside(firm, name, assigned)
        yield _two_days(firm, worked, filed, is_first=True)
        yield _two_days(firm, worked, filed, is_first=False)
        yield _two_days(firm, firm.date, firm.filed, is_first=True)
        yield _traveller(firm)


def _case(firm: Firm, name: str, lines: list[list[str]], truth: dict, **said: str) -> Case:  # type: ignore[type-arg] # of any rows
    file = f"{firm.code}_{len(name)}.csv"
    return Case("competing", f"{name} {firm.code}", file, as_csv(lines, firm.delimiter), truth, {**_SAID, **said})


def _two_people(firm: Firm, label: str, *, is_first: bool) -> Case:
    rows = firm.rows(12)
    names = [label, firm.person] if is_first else [firm.person, label]
    table = [[firm.date, *names, firm.project, firm.hours]]
    for person, project, day, hours in rows:
        both = [firm.people[2], person] if is_first else [person, firm.people[2]]
        table.append([firm.day(day), *both, project, firm.number(hours)])
    said = {"person_id": firm.person}
    return _case(firm, f"{label} {'before' if is_first else 'behind'}", table, true_hours(rows), **said)


def _title_beside(firm: Firm, name: str, assigned: str) -> Case:
    rows = firm.rows(12)
    table = [[name, assigned, firm.project, firm.date, firm.hours]]
    for number, (person, project, day, hours) in enumerate(rows):
        table.append([_TITLES[number % 5], person, project, firm.day(day), firm.number(hours)])
    return _case(firm, "title beside assignee", table, true_hours(rows), person_id=assigned)


def _two_days(firm: Firm, worked: str, filed: str, *, is_first: bool) -> Case:
    """Hours are filed two or three days later, some of them in the next week."""
    rows = firm.rows(12)
    names = [filed, worked] if is_first else [worked, filed]
    table = [[*names, firm.person, firm.project, firm.hours]]
    for number, (person, project, day, hours) in enumerate(rows):
        stamp = f"{firm.day(day + 2 + number % 2)} 18:0{number % 10}"
        both = [stamp, firm.day(day)] if is_first else [firm.day(day), stamp]
        table.append([*both, person, project, firm.number(hours)])
    place = "before" if is_first else "behind"
    return _case(firm, f"{filed} {place} {worked}", table, true_hours(rows), work_date=worked)


def _traveller(firm: Firm) -> Case:
    booker, traveller, booked, out, back, where = _TRAVEL[firm.code]
    table = [[booker, booked, traveller, firm.project, out, back, where]]
    expect = []
    for number in range(6):
        person = firm.people[number % 2]
        table.append(
            [
                *(firm.people[2], firm.day(7 * number - 20), person, firm.projects[number % 3]),
                *(firm.day(7 * number), firm.day(7 * number + 2), "Harbin"),
            ]
        )
        expect.append((person, iso(7 * number), iso(7 * number + 2)))
    return _case(firm, "booker beside traveller", table, {"trips": expect}, person_id=traveller, table="trips")
