"""Exports of systems that were read wrongly, or not at all, with the columns that they really write."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from tests.recognition_figures.kinds.case import Case, as_csv
from tests.recognition_figures.kinds.firm import FIRMS, iso, true_hours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_EN, _DE, _ZH = FIRMS[0], FIRMS[1], FIRMS[6]
_Made = tuple[list[list[Any]], dict[str, Any], dict[str, str]]
_EIGHT: Final = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
_SAID: Final = {"date_order": "dmy", "hours_per_day": "8", "rows.leave": "out"}


def systems() -> Iterator[Case]:
    """Return one file of each system."""
    for name, make in _SYSTEMS.items():
        table, truth, said = make()
        yield Case("systems", name, f"{name.replace(' ', '_')}.csv", as_csv(table), truth, {**_SAID, **said})


def _tapd() -> _Made:
    rows = _ZH.rows(10)
    table: list[list[Any]] = [
        ["ID", "对象类型", "标题", "所属项目", "花费", "剩余", "花费日期", "创建人", "创建时间", "描述"]
    ]
    for number, (person, project, day, hours) in enumerate(rows):
        filed = f"{iso(day + 1)} 10:00:00"
        table.append([1000 + number, "任务", f"接口{number}", project, hours, 0, iso(day), person, filed, "联调"])
    return table, true_hours(rows), {"person_id": "创建人"}


def _zentao_effort() -> _Made:
    rows = _ZH.rows(10)
    table: list[list[Any]] = [["编号", "日期", "登记人", "工作内容", "对象", "产品", "项目", "执行", "消耗", "剩余"]]
    for number, (person, project, day, hours) in enumerate(rows):
        table.append(
            [number + 1, iso(day), person, f"联调{number}", "任务 #12", "HIS(#2)", project, "迭代1(#3)", hours, 4]
        )
    return table, true_hours(rows), {"person_id": "登记人"}


def _zentao_bug() -> _Made:
    table: list[list[Any]] = [
        [
            "Bug编号",
            "所属产品",
            "所属项目",
            "Bug标题",
            "严重程度",
            "Bug状态",
            "由谁创建",
            "创建日期",
            "指派给",
            "解决日期",
        ]
    ]
    for number in range(8):
        solved = "0000-00-00 00:00:00" if number % 2 else f"{iso(number + 3)} 09:00:00"
        table.append(
            [
                *(501 + number, "HIS(#2)", "东区医院(#4)", f"保存报错{number}", 3, "激活", "李雪"),
                *(f"{iso(number)} 10:00:00", "王小明", solved),
            ]
        )
    return table, {"change_requests": [(str(501 + number), iso(number)) for number in range(8)]}, {}


def _pingcode() -> _Made:
    rows = _ZH.rows(10)
    table: list[list[Any]] = [
        ["工作项编号", "工作项标题", "所属项目", "工时类型", "工时(小时)", "工作日期", "登记人", "登记时间"]
    ]
    for number, (person, project, day, hours) in enumerate(rows):
        table.append(
            [f"HIS-{number}", f"接口{number}", project, "开发", hours, iso(day), person, f"{iso(day + 2)} 19:30"]
        )
    return table, true_hours(rows), {"person_id": "登记人"}


def _feishu_base() -> _Made:
    rows = _ZH.rows(10)
    table: list[list[Any]] = [["工时编号", "提交人", "日期", "项目", "工时(小时)", "工作内容", "提交时间", "审批人"]]
    for number, (person, project, day, hours) in enumerate(rows):
        shown = iso(day).replace("-", "/")
        table.append([number + 1, person, shown, project, hours, "联调", f"{shown} 20:01", "赵强"])
    return table, true_hours(rows), {"person_id": "提交人"}


def _feishu_leave() -> _Made:
    table: list[list[Any]] = [
        [
            "申请编号",
            "申请状态",
            "发起时间",
            "发起人姓名",
            "发起人部门",
            "假期类型",
            "开始时间",
            "结束时间",
            "时长",
            "请假事由",
        ]
    ]
    expect: list[Any] = []
    plan = (
        ("年假", 0, 1, "已通过"),
        ("病假", 7, 7, "已通过"),
        ("年假", 9, 10, "已拒绝"),
        ("调休", 14, 14, "已通过"),
        ("事假", 16, 16, "审批中"),
        ("年假", 21, 22, "已撤回"),
    )
    for number, (kind, first, last, state) in enumerate(plan):
        person = _ZH.people[number % 3]
        table.append(
            [
                *(f"2026{number:04}", state, f"{iso(first - 3)} 09:00", person, "实施部", kind),
                *(iso(first), iso(last), last - first + 1, "家里有事"),
            ]
        )
        if state == "已通过":
            expect += [(person, iso(day), "?") for day in range(first, last + 1)]
    return table, {"leave": expect}, {"table": "leave", "unit.*": "days"}


def _personio_attendance() -> _Made:
    rows = _DE.rows(10)
    table: list[list[Any]] = [
        [
            "Personalnummer",
            "Vorname",
            "Nachname",
            "Datum",
            "Beginn",
            "Ende",
            "Pause",
            "Dauer",
            "Projekt",
            "Status",
            "Kommentar",
        ]
    ]
    for person, project, day, hours in rows:
        first, last = person.split()
        end = _EIGHT + dt.timedelta(hours=hours + 0.5)
        shown = f"{int(hours):02}:{round(60 * (hours % 1)):02}"
        number = str(100 + _DE.people.index(person))
        table.append(
            [number, first, last, _DE.day(day), "08:00", f"{end:%H:%M}", "00:30", shown, project, "Bestätigt", ""]
        )
    return table, true_hours(rows), {}


def _personio_absences() -> _Made:
    table: list[list[Any]] = [
        [
            "Mitarbeiter",
            "Personalnummer",
            "Abwesenheitsart",
            "Von",
            "Halber Tag (Von)",
            "Bis",
            "Halber Tag (Bis)",
            "Arbeitstage",
            "Status",
            "Beantragt am",
            "Genehmigt von",
        ]
    ]
    expect: list[Any] = []
    plan = (
        ("Bezahlter Urlaub", 0, 4, "", "", 5, "Genehmigt"),
        ("Krankheit", 7, 8, "", "", 2, "Genehmigt"),
        ("Homeoffice", 9, 9, "", "", 1, "Genehmigt"),
        ("Bezahlter Urlaub", 14, 14, "", "Nachmittags", 0.5, "Genehmigt"),
        ("Dienstreise", 16, 17, "", "", 2, "Genehmigt"),
        ("Bezahlter Urlaub", 21, 25, "", "", 5, "Abgelehnt"),
        ("Sonderurlaub", 28, 28, "", "", 1, "Ausstehend"),
    )
    for number, (kind, first, last, begin, end, days, state) in enumerate(plan):
        person = _DE.people[number % 3]
        shown = str(days).replace(".", ",")
        table.append(
            [
                person,
                100 + number % 3,
                kind,
                _DE.day(first),
                begin,
                _DE.day(last),
                end,
                shown,
                state,
                "01.02.2026",
                "Chefin Blau",
            ]
        )
        if state == "Genehmigt" and kind not in ("Homeoffice", "Dienstreise"):
            expect += [(person, iso(day), 4.0 if days == 0.5 else "?") for day in range(first, last + 1)]
    return table, {"leave": expect}, {"table": "leave"}


def _bamboo_time_off() -> _Made:
    table: list[list[Any]] = [
        [
            "Name",
            "Employee #",
            "Category",
            "From",
            "To",
            "Amount",
            "Units",
            "Status",
            "Requested on",
            "Approver",
            "Employee Note",
        ]
    ]
    expect: list[Any] = []
    plan = (
        ("Vacation", 0, 2, 24, "approved"),
        ("Sick", 7, 7, 8, "approved"),
        ("Work From Home", 8, 8, 8, "approved"),
        ("Vacation", 14, 15, 16, "denied"),
        ("Bereavement", 16, 16, 8, "approved"),
        ("Vacation", 21, 22, 16, "requested"),
        ("Vacation", 23, 23, 8, "canceled"),
    )
    for number, (kind, first, last, amount, state) in enumerate(plan):
        person = _EN.people[number % 3]
        table.append(
            [
                person,
                10 + number % 3,
                kind,
                iso(first),
                iso(last),
                amount,
                "hours",
                state,
                iso(first - 9),
                "Eva Boss",
                "family",
            ]
        )
        if state == "approved" and kind != "Work From Home":
            expect += [(person, iso(day), "?") for day in range(first, last + 1)]
    return table, {"leave": expect}, {"table": "leave"}


def _bamboo_hours() -> _Made:
    rows = _EN.rows(10)
    table: list[list[Any]] = [
        ["Employee #", "Last Name", "First Name", "Date", "Project", "Task", "Hours", "Note", "Approved By"]
    ]
    for person, project, day, hours in rows:
        first, last = person.split()
        table.append([10 + _EN.people.index(person), last, first, iso(day), project, "Go-live", hours, "", "Eva Boss"])
    return table, true_hours(rows), {}


def _clickup() -> _Made:
    rows = _EN.rows(10)
    table: list[list[Any]] = [
        [
            "User ID",
            "Username",
            "Time Entry ID",
            "Description",
            "Billable",
            "Start",
            "Start Text",
            "Stop",
            "Stop Text",
            "Time Tracked",
            "Time Tracked Text",
            "Space Name",
            "Folder Name",
            "List Name",
            "Task Name",
            "Due Date",
        ]
    ]
    for number, (person, project, day, hours) in enumerate(rows):
        begin = dt.datetime.fromisoformat(iso(day)).replace(hour=8, tzinfo=dt.UTC)
        end = begin + dt.timedelta(hours=hours)
        shown = [f"{moment:%m/%d/%Y, %I:%M:%S %p} GMT+0" for moment in (begin, end)]
        table.append(
            [
                *(
                    77 + _EN.people.index(person),
                    person,
                    9000 + number,
                    "",
                    "true",
                    int(begin.timestamp() * 1000),
                    shown[0],
                ),
                *(int(end.timestamp() * 1000), shown[1], round(hours * 3_600_000), f"{int(hours)} h"),
                *("Delivery", "hidden", project, f"Task {number}", ""),
            ]
        )
    return table, true_hours(rows), {"date_order": "mdy"}


def _notion() -> _Made:
    rows = _EN.rows(10)
    table: list[list[Any]] = [
        ["Name", "Date", "Hours", "Person", "Project", "Created time", "Last edited by", "Status"]
    ]
    for number, (person, project, day, hours) in enumerate(rows):
        day_shown = f"{dt.date.fromisoformat(iso(day)):%B %-d, %Y}"
        table.append(
            [
                f"Interface {number}",
                day_shown,
                hours,
                person,
                f"{project} (https://www.notion.so/x-{number})",
                f"{day_shown} 6:10 PM",
                "Eva Boss",
                "Done",
            ]
        )
    return table, true_hours(rows), {}


def _monday_tracking() -> _Made:
    rows = _EN.rows(10)
    table: list[list[Any]] = [
        ["Item name", "Board", "Group", "User", "Start date", "Start time", "End date", "End time", "Duration"]
    ]
    for number, (person, project, day, hours) in enumerate(rows):
        end = _EIGHT + dt.timedelta(hours=hours)
        shown = f"{int(hours):02}:{round(60 * (hours % 1)):02}:00"
        table.append([f"Item {number}", project, "Sprint", person, iso(day), "08:00", iso(day), f"{end:%H:%M}", shown])
    return table, true_hours(rows), {"project_id": "Board"}


def _deltek() -> _Made:
    rows = _EN.rows(10)
    table: list[list[Any]] = [
        [
            "Employee",
            "EmployeeName",
            "TransDate",
            "WBS1",
            "WBS2",
            "LaborCode",
            "RegHrs",
            "OvtHrs",
            "SpecialOvtHrs",
            "BillExt",
            "TransComment",
        ]
    ]
    expect = []
    for number, (person, project, day, hours) in enumerate(rows):
        over = 1.5 if number % 3 == 0 else 0
        table.append([f"00{_EN.people.index(person)}", person, iso(day), project, "01", "PM", hours, over, 0, 100, ""])
        expect.append((person, project, iso(day), hours + over))
    return table, {"timesheets": expect}, {"worked_hours": "RegHrs+OvtHrs"}


def _vantagepoint() -> _Made:
    rows = _EN.rows(10)
    table: list[list[Any]] = [
        [
            "Employee Number",
            "Employee Name",
            "Project Number",
            "Project Name",
            "Transaction Date",
            "Regular Hours",
            "Overtime Hours",
            "Comment",
        ]
    ]
    expect = []
    for number, (person, project, day, hours) in enumerate(rows):
        over = 2 if number % 4 == 0 else 0
        code = f"P{_EN.projects.index(project)}000.00"
        table.append(
            [
                f"00{_EN.people.index(person)}",
                person,
                code,
                project,
                f"{dt.date.fromisoformat(iso(day)):%m/%d/%Y}",
                hours,
                over,
                "",
            ]
        )
        expect.append((person, code, iso(day), hours + over))
    return table, {"timesheets": expect}, {"worked_hours": "Regular Hours+Overtime Hours", "date_order": "mdy"}


def _quickbooks_time() -> _Made:
    rows = _EN.rows(10)
    table: list[list[Any]] = [
        [
            "username",
            "payroll_id",
            "fname",
            "lname",
            "number",
            "group",
            "local_date",
            "local_day",
            "local_start_time",
            "local_end_time",
            "tz",
            "hours",
            "jobcode_1",
            "jobcode_2",
            "location",
            "notes",
            "approved_status",
        ]
    ]
    for person, project, day, hours in rows:
        first, last = person.split()
        end = _EIGHT + dt.timedelta(hours=hours)
        table.append(
            [
                f"{first.lower()}@x.example",
                "",
                first,
                last,
                "",
                "Field",
                iso(day),
                "Mon",
                f"{iso(day)} 08:00",
                f"{iso(day)} {end:%H:%M}",
                "-5",
                hours,
                project,
                "",
                "",
                "",
                "approved",
            ]
        )
    table.append(
        [
            "anna@x.example",
            "",
            "Anna",
            "Berg",
            "",
            "Field",
            iso(14),
            "Mon",
            "",
            "",
            "-5",
            8,
            "Vacation",
            "",
            "",
            "",
            "approved",
        ]
    )
    table.append(
        ["bo@x.example", "", "Bo", "Carl", "", "Field", iso(15), "Tue", "", "", "-5", 8, "Sick", "", "", "", "approved"]
    )
    return table, true_hours(rows), {}


def _sap_cats() -> _Made:
    rows = _DE.rows(10)
    table: list[list[Any]] = [
        [
            "Personalnummer",
            "Name",
            "Datum",
            "Empf. PSP-Element",
            "An-/Abwesenheitsart",
            "Leistungsart",
            "Stunden",
            "Status",
        ]
    ]
    for person, project, day, hours in rows:
        number = 5000 + _DE.people.index(person)
        table.append([number, person, _DE.day(day), project, "Arbeitszeit", "BERAT", _DE.number(hours), "Genehmigt"])
    table.append([5000, _DE.people[0], _DE.day(14), "", "Urlaub", "", "8", "Genehmigt"])
    table.append([5001, _DE.people[1], _DE.day(15), "", "Krankheit", "", "8", "Genehmigt"])
    return table, true_hours(rows), {}


def _hubstaff() -> _Made:
    rows = _EN.rows(10)
    table: list[list[Any]] = [
        [
            "Date",
            "Client",
            "Project",
            "Member",
            "Email",
            "Time zone",
            "Task",
            "Regular hours",
            "PTO",
            "Holiday",
            "Total hours",
            "Activity",
            "Spent",
        ]
    ]
    for person, project, day, hours in rows:
        shown = f"{int(hours)}:{round(60 * (hours % 1)):02}:00"
        table.append(
            [iso(day), "Acme", project, person, "", "UTC", "CR 7", shown, "0:00:00", "0:00:00", shown, "55%", ""]
        )
    return table, true_hours(rows), {"worked_hours": "Total hours"}


def _workday() -> _Made:
    rows = _EN.rows(10)
    table: list[list[Any]] = [
        [
            "Worker",
            "Employee ID",
            "Time Entry Code",
            "Project",
            "Reported Date",
            "Quantity",
            "Unit",
            "Status",
            "Entered On",
            "Approved By",
        ]
    ]
    for person, project, day, hours in rows:
        table.append(
            [
                person,
                f"E{_EN.people.index(person)}",
                "Regular Hours",
                project,
                iso(day),
                hours,
                "Hours",
                "Approved",
                iso(day + 3),
                "Eva Boss",
            ]
        )
    return table, true_hours(rows), {"worked_hours": "Quantity"}


def _travelperk() -> _Made:
    table: list[list[Any]] = [
        [
            "Trip ID",
            "Trip name",
            "Booked by",
            "Traveller",
            "Booking date",
            "Start date",
            "End date",
            "Origin",
            "Destination",
            "Status",
            "Total",
        ]
    ]
    expect = []
    for number in range(6):
        state = ("Booked", "Cancelled", "Booked")[number % 3]
        person = _EN.people[number % 2]
        table.append(
            [
                f"T{number}",
                "Client visit",
                "Eva Boss",
                person,
                iso(7 * number - 12),
                iso(7 * number),
                iso(7 * number + 2),
                "Berlin",
                "Porto",
                state,
                310,
            ]
        )
        if state == "Booked":
            expect.append((person, iso(7 * number), iso(7 * number + 2)))
    return table, {"trips": expect}, {"table": "trips", "person_id": "Traveller"}


def _dingtalk_trips() -> _Made:
    table: list[list[Any]] = [
        [
            "审批编号",
            "标题",
            "审批状态",
            "审批结果",
            "发起时间",
            "发起人姓名",
            "出差人",
            "出发城市",
            "目的城市",
            "开始时间",
            "结束时间",
            "时长(天)",
            "出差事由",
        ]
    ]
    expect = []
    for number in range(6):
        done, result = (("完成", "同意"), ("完成", "拒绝"), ("已撤销", ""))[number % 3]
        person = _ZH.people[number % 2]
        table.append(
            [
                f"20260{number}",
                "出差申请",
                done,
                result,
                f"{iso(7 * number - 5)} 09:00",
                "赵强",
                person,
                "上海",
                "哈尔滨",
                f"{iso(7 * number)} 上午",
                f"{iso(7 * number + 2)} 下午",
                3,
                "上线",
            ]
        )
        if result == "同意":
            expect.append((person, iso(7 * number), iso(7 * number + 2)))
    return table, {"trips": expect}, {"table": "trips", "person_id": "出差人"}


def _wecom_leave() -> _Made:
    table: list[list[Any]] = [
        [
            "审批编号",
            "提交时间",
            "申请人",
            "申请人部门",
            "当前审批状态",
            "请假类型",
            "开始时间",
            "结束时间",
            "请假时长",
            "请假事由",
        ]
    ]
    expect: list[Any] = []
    for number, (kind, first, last, state) in enumerate(
        (("年假", 0, 1, "已通过"), ("病假", 7, 7, "已通过"), ("年假", 9, 9, "已驳回"), ("事假", 14, 14, "已通过"))
    ):
        person = _ZH.people[number % 3]
        table.append(
            [
                f"2026{number}",
                f"{iso(first - 2)} 10:00",
                person,
                "实施部",
                state,
                kind,
                f"{iso(first)} 上午",
                f"{iso(last)} 下午",
                f"{last - first + 1}天",
                "私事",
            ]
        )
        if state == "已通过":
            expect += [(person, iso(day), "?") for day in range(first, last + 1)]
    return table, {"leave": expect}, {"table": "leave"}


def _jira_issues() -> _Made:
    table: list[list[Any]] = [
        [
            "Issue key",
            "Issue id",
            "Project name",
            "Summary",
            "Issue Type",
            "Status",
            "Assignee",
            "Reporter",
            "Created",
            "Resolved",
            "Original Estimate",
        ]
    ]
    more = ("Change", "Open", "Anna Berg", "Eva Boss")
    table += [
        [f"ERP-{number}", 900 + number, "Alpha ERP", f"Change {number}", *more, f"{iso(number)} 09:00", "", 28800]
        for number in range(8)
    ]
    return table, {"change_requests": [(f"ERP-{number}", iso(number)) for number in range(8)]}, {"unit.*": "seconds"}


def _yandex_tracker() -> _Made:
    firm = FIRMS[4]
    rows = firm.rows(10)
    table: list[list[Any]] = [
        ["Ключ", "Задача", "Очередь", "Исполнитель", "Автор записи", "Дата", "Затрачено", "Комментарий"]
    ]
    for number, (person, project, day, hours) in enumerate(rows):
        table.append(
            [
                f"HIS-{number}",
                f"Интерфейс {number}",
                project,
                person,
                person,
                firm.day(day),
                f"{int(hours)}ч {round(60 * (hours % 1))}м",
                "",
            ]
        )
    return table, true_hours(rows), {"project_id": "Очередь", "person_id": "Автор записи"}


def _kintone() -> _Made:
    firm = FIRMS[5]
    rows = firm.rows(10)
    table: list[list[Any]] = [
        [
            "レコード番号",
            "作業日",
            "社員名",
            "案件名",
            "作業内容",
            "作業時間(h)",
            "作成日時",
            "作成者",
            "更新日時",
            "承認者",
        ]
    ]
    for number, (person, project, day, hours) in enumerate(rows):
        table.append(
            [
                number + 1,
                firm.day(day),
                person,
                project,
                "結合テスト",
                hours,
                f"{firm.day(day + 1)} 09:30",
                person,
                f"{firm.day(day + 4)} 10:00",
                "高橋 翔",
            ]
        )
    return table, true_hours(rows), {}


def _factorial() -> _Made:
    firm = FIRMS[3]
    table: list[list[Any]] = [
        ["Empleado", "Tipo de ausencia", "Fecha de inicio", "Fecha de fin", "Días", "Estado", "Aprobado por", "Motivo"]
    ]
    expect: list[Any] = []
    for number, (kind, first, last, state) in enumerate(
        (
            ("Vacaciones", 0, 4, "Aprobada"),
            ("Baja por enfermedad", 7, 8, "Aprobada"),
            ("Teletrabajo", 9, 9, "Aprobada"),
            ("Vacaciones", 14, 15, "Rechazada"),
            ("Vacaciones", 21, 21, "Pendiente"),
        )
    ):
        person = firm.people[number % 3]
        table.append([person, kind, firm.day(first), firm.day(last), last - first + 1, state, "Ana Jefa", "familia"])
        if state == "Aprobada" and kind != "Teletrabajo":
            expect += [(person, iso(day), "?") for day in range(first, last + 1)]
    return table, {"leave": expect}, {"table": "leave"}


_SYSTEMS: Final[dict[str, Callable[[], _Made]]] = {
    "TAPD": _tapd,
    "ZenTao effort": _zentao_effort,
    "ZenTao bug": _zentao_bug,
    "PingCode": _pingcode,
    "Feishu base": _feishu_base,
    "Feishu leave": _feishu_leave,
    "Personio attendance": _personio_attendance,
    "Personio absences": _personio_absences,
    "BambooHR time off": _bamboo_time_off,
    "BambooHR hours": _bamboo_hours,
    "ClickUp": _clickup,
    "Notion": _notion,
    "Monday tracking": _monday_tracking,
    "Deltek": _deltek,
    "Vantagepoint": _vantagepoint,
    "QuickBooks Time": _quickbooks_time,
    "SAP CATS": _sap_cats,
    "Hubstaff": _hubstaff,
    "Workday": _workday,
    "TravelPerk": _travelperk,
    "DingTalk trips": _dingtalk_trips,
    "WeCom leave": _wecom_leave,
    "Jira issues": _jira_issues,
    "Yandex Tracker": _yandex_tracker,
    "kintone": _kintone,
    "Factorial": _factorial,
}
