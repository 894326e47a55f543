"""What is true: made-up entries, trips, requests and absences, each with everything that any system writes of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random

_PEOPLE: Final = {
    "en": (("Ana", "Weber"), ("Ben", "Kurz"), ("Grace", "Obi"), ("Liam", "Stone"), ("Mara", "Lind"), ("Tom", "Archer")),
    "de": (("Jürgen", "Groß"), ("Anna", "Müller"), ("Jörg", "Becker"), ("Lena", "Vogt"), ("Uwe", "Schäfer")),
    "fr": (("Éloïse", "Garnier"), ("Benoît", "Lefèvre"), ("Chloé", "Marchand"), ("Hugo", "Petit")),
    "ru": (("Анна", "Иванова"), ("Борис", "Петров"), ("Вера", "Соколова"), ("Глеб", "Орлов")),
    "zh": (("伟", "王"), ("秀英", "李"), ("敏", "张"), ("静", "刘"), ("磊", "陈")),
    "ja": (("太郎", "山田"), ("花子", "佐藤"), ("健", "鈴木"), ("美咲", "高橋")),
}
_CITIES: Final = {
    "en": ("Leeds", "Porto", "Oslo", "Lyon", "Turin"),
    "de": ("Köln", "Leipzig", "Graz", "Bern", "Kiel"),
    "fr": ("Lyon", "Nantes", "Lille", "Genève"),
    "ru": ("Казань", "Пермь", "Самара", "Тула"),
    "zh": ("上海", "成都", "武汉", "西安", "广州"),
    "ja": ("大阪", "名古屋", "福岡", "札幌"),
}
_PROJECTS: Final = {
    "en": ("Hospital rollout", "CRM North", "ERP migration"),
    "de": ("Klinikum Rollout", "ERP Umstellung", "CRM Süd"),
    "fr": ("Déploiement hôpital", "Migration ERP", "CRM Sud"),
    "ru": ("Внедрение ЕРП", "Больница Север", "Миграция"),
    "zh": ("医院上线项目", "ERP实施", "客户管理系统"),
    "ja": ("病院導入", "基幹移行", "顧客管理刷新"),
}
_CLIENTS: Final = ("Alpha AG", "Beta Clinics", "Gamma Retail")
_TASKS: Final = {
    "en": ("Training", "Testing", "Data migration", "Configuration", "Support"),
    "de": ("Schulung", "Test", "Datenmigration", "Konfiguration", "Support"),
    "fr": ("Formation", "Tests", "Migration de données", "Paramétrage", "Support"),
    "ru": ("Обучение", "Тестирование", "Миграция данных", "Настройка", "Поддержка"),
    "zh": ("培训", "测试", "数据迁移", "配置", "支持"),
    "ja": ("研修", "テスト", "データ移行", "設定", "サポート"),
}


@dataclass(frozen=True)
class Record:
    """One thing that happened; a shape writes of it what its system writes."""

    number: int
    first: str
    last: str
    is_family_first: bool
    project: int
    project_name: str
    client: str
    task: str
    city: str
    home_city: str
    started: dt.datetime
    minutes: int
    ended: dt.datetime
    nights: int
    raised: dt.datetime
    decided: dt.datetime
    closed: dt.datetime
    due: dt.date
    estimate_hours: int

    @property
    def day(self) -> dt.date:
        """The day of the work, and the first day of a trip or an absence."""
        return self.started.date()

    @property
    def last_day(self) -> dt.date:
        """The last day of a trip or an absence."""
        return self.day + dt.timedelta(days=self.nights)

    @property
    def name(self) -> str:
        """The full name in the order of the language."""
        return f"{self.last}{self.first}" if self.is_family_first else f"{self.first} {self.last}"

    def truth(self) -> dict[str, object]:
        """Return days and hours by column of the contract; what the file doesn't hold is not compared."""
        return {
            "work_date": self.day,
            "started_at": self.day,
            "worked_hours": self.minutes / 60,
            "departed_at": self.day,
            "returned_at": self.last_day,
            "raised_at": self.raised.date(),
            "decided_at": self.decided.date(),
            "completed_at": self.closed.date(),
            "as_of_date": self.day,
            "week_start_date": self.day,
            "measured_date": self.day,
            "start_date": self.day,
            "hired_date": self.day,
            "planned_start_date": self.day,
            "planned_finish_date": self.due,
            "leave_first_date": self.day,
            "leave_last_date": self.last_day,
        }


def records(language: str, count: int, chance: random.Random) -> list[Record]:
    """Return so many records of one month or two, in the order of their days."""
    first = dt.date(2025, 1, 1) + dt.timedelta(days=chance.randrange(480))
    span = chance.choice((5, 20, 50))
    days = sorted(first + dt.timedelta(days=chance.randrange(span)) for _ in range(count))
    return [_record(number, day, language, chance) for number, day in enumerate(days, 1)]


def _record(number: int, day: dt.date, language: str, chance: random.Random) -> Record:
    given, family = chance.choice(_PEOPLE[language])
    project = chance.randrange(3)
    started = dt.datetime.combine(day, dt.time(chance.randrange(7, 12), 15 * chance.randrange(4)))
    minutes = 15 * chance.randrange(2, 40)
    raised = dt.datetime.combine(day, dt.time(chance.randrange(24), chance.randrange(60)))
    return Record(
        number=number,
        first=given,
        last=family,
        is_family_first=language in ("zh", "ja"),
        project=project,
        project_name=_PROJECTS[language][project],
        client=_CLIENTS[project],
        task=chance.choice(_TASKS[language]),
        city=chance.choice(_CITIES[language]),
        home_city=_CITIES[language][0],
        started=started,
        minutes=minutes,
        ended=started + dt.timedelta(minutes=minutes),
        nights=chance.randrange(1, 6),
        raised=raised,
        decided=raised + dt.timedelta(days=chance.randrange(1, 9)),
        closed=raised + dt.timedelta(days=chance.randrange(10, 40)),
        due=day + dt.timedelta(days=30),
        estimate_hours=chance.choice((2, 4, 8, 16, 40)),
    )
