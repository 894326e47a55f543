"""Who works where, and what columns are called, in several languages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

MONDAY: Final = dt.date(2026, 3, 2)


@dataclass(frozen=True)
class Firm:
    """Names, projects and labels of one language."""

    code: str
    people: tuple[str, str, str]
    projects: tuple[str, str, str]
    date: str
    person: str
    project: str
    hours: str
    kind: str
    status: str
    start: str
    end: str
    days: str
    note: str
    filed: str
    task: str
    total: str
    delimiter: str = ","
    day_style: str = "%Y-%m-%d"
    comma: bool = False

    def day(self, number: int) -> str:
        """Return the day that is so many days after the first Monday, as the firm writes it."""
        return f"{MONDAY + dt.timedelta(days=number):{self.day_style}}"

    def number(self, amount: float) -> str:
        """Return a number as the firm writes it."""
        text = f"{amount:g}"
        return text.replace(".", ",") if self.comma else text

    def rows(self, count: int = 10, hours: tuple[float, ...] = (8, 7.5, 4, 6)) -> list[tuple[str, str, int, float]]:
        """Return entries: person, project, number of the day, hours; working days only."""
        found = []
        for number in range(count):
            day = number // 2 + 2 * (number // 10)
            person = self.people[number % 2]
            found.append((person, self.projects[number % 3], day, hours[number % len(hours)]))
        return found


def iso(number: int) -> str:
    """Return the day that is so many days after the first Monday."""
    return (MONDAY + dt.timedelta(days=number)).isoformat()


def true_hours(rows: list[tuple[str, str, int, float]]) -> dict[str, list[tuple[str, str, str, float]]]:
    """Return entries as the truth of hours."""
    return {"timesheets": [(person, project, iso(day), hours) for person, project, day, hours in rows]}


FIRMS: Final = (
    Firm(
        "en",
        ("Anna Berg", "Bo Carl", "Cem Dal"),
        ("Alpha ERP", "Beta WMS", "Gamma HIS"),
        *("Date", "Employee", "Project", "Hours", "Type", "Status", "Start", "End", "Days", "Comment"),
        *("Created on", "Task", "Total"),
    ),
    Firm(
        "de",
        ("Jana Wolf", "Uwe Kern", "Ines Roth"),
        ("Nordklinik", "Lager Süd", "Werk 3"),
        *("Datum", "Mitarbeiter", "Projekt", "Stunden", "Art", "Status", "Beginn", "Ende", "Tage", "Bemerkung"),
        *("Erfasst am", "Aufgabe", "Summe"),
        ";",
        "%d.%m.%Y",
        comma=True,
    ),
    Firm(
        "fr",
        ("Luc Morel", "Inès Petit", "Zoé Blanc"),
        ("Comptabilité", "Stocks", "Hôpital Est"),
        *("Date", "Collaborateur", "Projet", "Heures", "Type", "Statut", "Début", "Fin", "Jours", "Commentaire"),
        *("Saisi le", "Tâche", "Total"),
        ";",
        "%d/%m/%Y",
        comma=True,
    ),
    Firm(
        "es",
        ("Luis Mora", "Eva Soto", "Iker Gil"),
        ("Nómina", "Almacén", "Hospital Sur"),
        *("Fecha", "Empleado", "Proyecto", "Horas", "Tipo", "Estado", "Inicio", "Fin", "Días", "Comentario"),
        *("Creado el", "Tarea", "Total"),
        ";",
        "%d/%m/%Y",
        comma=True,
    ),
    Firm(
        "ru",
        ("Иван Орлов", "Ольга Белова", "Пётр Зимин"),
        ("Склад", "Больница №4", "Завод ERP"),
        *("Дата", "Сотрудник", "Проект", "Часы", "Вид", "Статус", "Начало", "Конец", "Дней", "Комментарий"),
        *("Создано", "Задача", "Итого"),
        ";",
        "%d.%m.%Y",
        comma=True,
    ),
    Firm(
        "ja",
        ("佐藤 健", "鈴木 花子", "高橋 翔"),
        ("東病院HIS", "倉庫WMS", "本社ERP"),
        *("日付", "氏名", "プロジェクト", "時間", "種別", "状態", "開始日", "終了日", "日数", "備考"),
        *("登録日時", "作業", "合計"),
        day_style="%Y/%m/%d",
    ),
    Firm(
        "zh",
        ("王小明", "李雪", "赵强"),
        ("东区医院HIS", "仓储WMS", "集团ERP"),
        *("日期", "姓名", "项目", "工时", "类型", "状态", "开始日期", "结束日期", "天数", "备注"),
        *("创建时间", "任务", "合计"),
    ),
)
