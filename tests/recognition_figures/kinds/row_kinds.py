"""Columns that say what kind of row it is: work, leave, trips, refused requests, plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.recognition_figures.kinds.case import Case, as_csv
from tests.recognition_figures.kinds.firm import FIRMS, Firm, iso, true_hours

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Words:
    """What rows are called in one language."""

    work: str
    leave: str
    sick: str
    remote: str
    trip: str
    learning: str
    approved: str
    refused: str
    pending: str
    withdrawn: str
    plan: str
    actual: str
    leave_label: str
    internal: str


WORDS: Final = {
    "en": Words(
        *("Work", "Annual leave", "Sick", "Home office", "Business trip", "Training"),
        *("Approved", "Rejected", "Pending", "Withdrawn", "Plan", "Actual", "Leave type", "Internal"),
    ),
    "de": Words(
        *("Arbeit", "Urlaub", "Krank", "Homeoffice", "Dienstreise", "Schulung"),
        *("Genehmigt", "Abgelehnt", "Beantragt", "Zurückgezogen", "Plan", "Ist", "Abwesenheitsart", "Intern"),
    ),
    "fr": Words(
        *("Travail", "Congés payés", "Maladie", "Télétravail", "Déplacement professionnel", "Formation"),
        *("Validé", "Refusé", "En attente", "Annulé", "Prévu", "Réalisé", "Type d'absence", "Interne"),
    ),
    "es": Words(
        *("Trabajo", "Vacaciones", "Baja médica", "Teletrabajo", "Viaje de trabajo", "Formación"),
        *("Aprobado", "Rechazado", "Pendiente", "Cancelado", "Previsto", "Real", "Tipo de ausencia", "Interno"),
    ),
    "ru": Words(
        *("Работа", "Отпуск", "Больничный", "Удаленная работа", "Командировка", "Обучение"),
        *("Согласовано", "Отклонено", "На согласовании", "Отозвано", "План", "Факт", "Вид отсутствия", "Внутренний"),
    ),
    "ja": Words(
        *("勤務", "有給休暇", "病欠", "在宅勤務", "出張", "研修"),
        *("承認済", "却下", "申請中", "取消", "予定", "実績", "休暇種別", "社内"),
    ),
    "zh": Words(
        *("工作", "年假", "病假", "居家办公", "出差", "培训"),
        *("已通过", "已拒绝", "审批中", "已撤销", "计划", "实际", "请假类型", "内部"),
    ),
}
_SAID: Final = {"date_order": "dmy", "rows.leave": "out", "table": "leave", "hours_per_day": "8"}


def row_kinds() -> Iterator[Case]:
    """Return files of every shape in each language."""
    for firm in FIRMS:
        words = WORDS[firm.code]
        yield _hours_by(firm, words, firm.kind, "type", is_spread=False)
        yield _hours_by(firm, words, firm.task, "task", is_spread=True)
        yield _leave_as_project(firm, words)
        yield _unlabelled_leave(firm, words)
        yield _hours_by_status(firm, words)
        yield _plan_and_actual(firm, words)
        yield _leave_list(firm, words, firm.kind, "type")
        yield _leave_list(firm, words, words.leave_label, "leave type")
        yield _leave_days(firm, words)
        yield _trip_list(firm, words)
        yield _unknown_words(firm, words)


def _csv(firm: Firm, name: str, lines: list[list[str]], truth: dict, **said: str) -> Case:  # type: ignore[type-arg] # of any rows
    file = f"{firm.code}_{name.replace(' ', '_')}.csv"
    return Case(
        "row kinds",
        f"{name} {firm.code}",
        file,
        as_csv(lines, firm.delimiter),
        truth,
        {**_SAID, "table": "timesheets", **said},
    )


def _hours_by(firm: Firm, words: Words, label: str, name: str, *, is_spread: bool) -> Case:
    """Hours among which some rows are leave; tasks carry words of their own beside."""
    rows = firm.rows(12)
    table = [[firm.date, firm.person, firm.project, label, firm.hours]]
    tasks = (words.work, words.remote, words.trip, words.learning) if not is_spread else ("ERP-12", "Go-live", "CR 7")
    for number, (person, project, day, hours) in enumerate(rows):
        table.append([firm.day(day), person, project, tasks[number % len(tasks)], firm.number(hours)])
        if number % 4 == 3:
            leave = words.leave if number % 8 == 3 else words.sick
            table.append([firm.day(day + 14), person, "" if is_spread else project, leave, "8"])
    return _csv(firm, f"hours by {name}", table, true_hours(rows))


def _leave_as_project(firm: Firm, words: Words) -> Case:
    """Leave is booked on a project of its own, as most systems of hours do it."""
    rows = firm.rows(12)
    table = [[firm.date, firm.person, firm.project, firm.note, firm.hours]]
    for number, (person, project, day, hours) in enumerate(rows):
        table.append([firm.day(day), person, project, "", firm.number(hours)])
        if number % 4 == 3:
            table.append([firm.day(day + 14), person, words.leave if number % 8 == 3 else words.sick, "", "8"])
    return _csv(firm, "leave as project", table, true_hours(rows))


def _unlabelled_leave(firm: Firm, words: Words) -> Case:
    """Notes say that a day was leave; the project is an internal one, so nothing else shows it."""
    rows = firm.rows(12)
    table = [[firm.date, firm.person, firm.project, firm.hours, firm.note]]
    for number, (person, project, day, hours) in enumerate(rows):
        table.append([firm.day(day), person, project, firm.number(hours), "CR 7"])
        if number % 4 == 3:
            table.append([firm.day(day + 14), person, words.internal, "8", words.leave])
    return _csv(firm, "leave in notes", table, true_hours(rows))


def _hours_by_status(firm: Firm, words: Words) -> Case:
    rows = firm.rows(12)
    table = [[firm.date, firm.person, firm.project, firm.hours, firm.status]]
    for number, (person, project, day, hours) in enumerate(rows):
        table.append([firm.day(day), person, project, firm.number(hours), words.approved])
        if number % 4 == 3:
            state = words.refused if number % 8 == 3 else words.withdrawn
            table.append([firm.day(day + 7), person, project, "3", state])
    return _csv(firm, "refused hours", table, true_hours(rows))


def _plan_and_actual(firm: Firm, words: Words) -> Case:
    rows = firm.rows(12)
    table = [[firm.date, firm.person, firm.project, firm.kind, firm.hours]]
    for person, project, day, hours in rows:
        table.append([firm.day(day), person, project, words.plan, "8"])
        table.append([firm.day(day), person, project, words.actual, firm.number(hours)])
    return _csv(firm, "plan and actual", table, true_hours(rows))


def _leave_list(firm: Firm, words: Words, label: str, name: str) -> Case:
    """First and last day with kinds of absence and states; home office and trips are no leave."""
    table = [[firm.person, label, firm.start, firm.end, firm.days, firm.status]]
    expect: list[tuple[str, str, float | None]] = []
    plan = (
        (0, words.leave, 0, 4, words.approved),
        (1, words.remote, 1, 2, words.approved),
        (2, words.sick, 7, 8, words.approved),
        (0, words.trip, 9, 11, words.approved),
        (1, words.leave, 14, 15, words.refused),
        (2, words.learning, 16, 16, words.approved),
        (1, words.leave, 21, 21, words.approved),
        (0, words.leave, 22, 23, words.pending),
        (2, words.leave, 24, 25, words.withdrawn),
    )
    for who, kind, first, last, state in plan:
        table.append([firm.people[who], kind, firm.day(first), firm.day(last), str(last - first + 1), state])
        if kind in (words.leave, words.sick) and state == words.approved:
            expect += [(firm.people[who], iso(day), None) for day in range(first, last + 1)]
    return _csv(firm, f"leave by {name}", table, {"leave": expect}, table="leave")


def _leave_days(firm: Firm, words: Words) -> Case:
    """A row per day of absence, whole and half days."""
    table = [[firm.person, firm.date, words.leave_label, firm.days]]
    expect: list[tuple[str, str, float | None]] = []
    for number, kind in enumerate((words.leave, words.sick, words.remote, words.leave, words.trip, words.sick)):
        part = 0.5 if number == 3 else 1
        table.append([firm.people[number % 3], firm.day(number if number < 5 else 7), kind, firm.number(part)])
        if kind in (words.leave, words.sick):
            day = iso(number if number < 5 else 7)
            expect.append((firm.people[number % 3], day, "?" if part == 1 else 4.0))  # type: ignore[arg-type] # any hours
    return _csv(firm, "days of leave", table, {"leave": expect}, table="leave")


def _trip_list(firm: Firm, words: Words) -> Case:
    labels = {
        "en": ("Traveller", "Departure date", "Return date", "Destination"),
        "de": ("Reisender", "Abreise", "Rückreise", "Ziel"),
        "fr": ("Voyageur", "Date de départ", "Date de retour", "Destination"),
        "es": ("Viajero", "Fecha de salida", "Fecha de regreso", "Destino"),
        "ru": ("Сотрудник", "Дата выезда", "Дата возвращения", "Город"),
        "ja": ("出張者", "出発日", "帰着日", "出張先"),
        "zh": ("出差人", "出发日期", "返回日期", "目的地"),
    }[firm.code]
    table = [[labels[0], firm.project, labels[1], labels[2], labels[3], firm.status]]
    expect = []
    states = (words.approved, words.approved, words.refused, words.approved, words.withdrawn, words.pending)
    for number, state in enumerate(states):
        person, first, last = firm.people[number % 3], 7 * number, 7 * number + 2
        table.append([person, firm.projects[number % 3], firm.day(first), firm.day(last), "Harbin", state])
        if state == words.approved:
            expect.append((person, iso(first), iso(last)))
    return _csv(firm, "trips by status", table, {"trips": expect}, table="trips")


def _unknown_words(firm: Firm, words: Words) -> Case:
    """A word that no list knows beside leave: it is asked what it is."""
    rows = firm.rows(12)
    table = [[firm.date, firm.person, firm.project, firm.kind, firm.hours]]
    for number, (person, project, day, hours) in enumerate(rows):
        table.append([firm.day(day), person, project, words.work, firm.number(hours)])
        if number % 4 == 3:
            kind = words.leave if number % 8 == 3 else "Zorblax"
            table.append([firm.day(day + 14), person, project, kind, "8"])
    return _csv(firm, "unknown words", table, true_hours(rows), **{"kind.*": "out"})
