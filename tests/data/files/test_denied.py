from __future__ import annotations

import pytest

from data.contracts import TABLES
from data.files import is_denied
from tests.shared import needs_shared, shared_folder


def words(text: str) -> list[str]:
    return text.split("|")


DENIED = words(
    "passport|Passport Number|passport_no|passportNumber|ID card|ID Number|National ID|id_card_no|"
    "Date of Birth|birthday|DOB|Phone|phone_number|phoneNumber|PhoneNumber|Mobile|Mobile phone|Telephone|"
    "Contact Number|Cell phone|GPS|Longitude|latitude|lat|lng|Photo|Photo 1|Image|Picture|Bank account|"
    "bank_account_no|IBAN|Salary|Base salary|Gross pay|Pay|Wage|Leave reason|Reason for leave|"
    "reason of absence|Sick leave|Diagnosis|护照号|身份证|身份证号码|出生日期|生日|手机|手机号|手机标识|"
    "联系电话|经度|纬度|图片1|照片|银行账号|开户银行|工资|薪资|年薪|请假事由|请假原因|病假|請假事由|護照|"
    "手機|電話|銀行|薪資|身分證字號|Reisepassnummer|Personalausweis|Geburtsdatum|Telefonnummer|"
    "Handynummer|Mobilnummer|Längengrad|Breitengrad|Foto|Bankverbindung|Kontonummer|Gehalt|Stundenlohn|"
    "Lohn|Krankheit|Krankmeldung|Abwesenheitsgrund|Numéro de passeport|Carte d'identité|Date de naissance|"
    "Téléphone|Portable|Compte bancaire|Salaire|Motif d'absence|Maladie|Паспорт|Дата рождения|Телефон|"
    "Мобильный телефон|Широта|Долгота|Фото|Банк|Зарплата|Оклад|Причина отсутствия|パスポート番号|生年月日|"
    "電話番号|携帯電話|緯度|経度|写真|銀行口座|給与|休暇理由|マイナンバー"
)
KEPT = words(
    "phase|Phase at arrival|Person|person_id|Employee ID|Issue id|ID|Employee ID number|Email|Headphones|"
    "Microphone|Platform|Payment Type|Paid|Payload|Billable|Hourly rate|Account Key|Account Name|Imagery|"
    "Bankruptcy|Birmingham|Latest update|Longest gap|Late|Long-term|Reason|Change reason|Mobility|"
    "Automobile|Status|Location|Passed|Doc|Travel From|Lead time|Trip reason|姓名|工号|日期|工时|工作时长|"
    "出差事由|出差时间|地点|客户|年假(天)|带薪假|加班时长(小时)|审批状态|图书馆系统|项目|Stunden|Bildung|"
    "Tätigkeit|Passage|Projekt|Ausweichtermin|Belohnung|Доклад|Проект|Часы|Activité|プロジェクト|作業時間"
)


def test_no_column_of_the_contracts_is_denied() -> None:
    for table in TABLES.values():
        for column in table.columns:
            spellings = (column.name, column.name.replace("_", " ").title(), column.name.upper())
            assert [name for name in spellings if is_denied(name)] == []


@pytest.mark.parametrize("header", DENIED)
def test_what_concerns_nobody_is_denied(header: str) -> None:
    assert is_denied(header)


@pytest.mark.parametrize("header", KEPT)
def test_what_the_work_needs_is_kept(header: str) -> None:
    assert not is_denied(header)


@needs_shared
def test_the_check_in_export_of_dingtalk_loses_positions_device_and_pictures() -> None:
    sample = shared_folder() / "exports" / "dingtalk" / "RECONSTRUCTED_签到_header.csv"
    headers = sample.read_text("utf-8").strip().split(",")
    kept = ",".join(header for header in headers if not is_denied(header))
    assert kept == "姓名,部门,完整部门,签到来源,日期,时间,地点,详细地址,拜访客户,客户部门名称,工作内容"
