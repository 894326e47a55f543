from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.files.encodings import evidence_lines
from tests.data.files.helpers import problem_of_bytes, read_bytes, rows
from tests.shared import needs_shared, shared_folder

if TYPE_CHECKING:
    from pathlib import Path

SIMPLIFIED = (
    "姓名,部门,日期,工时,备注\n"
    "张三,实施一部,2026-04-01,7.5,客户现场培训，解答库存模块问题\n"
    "李娜,实施二部,2026-04-02,8,数据迁移：核对供应商主数据\n"
    "欧阳菲,交付中心,2026-04-03,4,出差返程（上海—武汉）\n"
)
TRADITIONAL = (
    "姓名,部門,日期,工時,備註\n"
    "陳怡君,實施一部,2026-04-01,7.5,客戶現場培訓，解答庫存模組問題\n"
    "林志明,專案管理,2026-04-02,8,資料遷移：核對供應商主檔\n"
)
JAPANESE = (
    "氏名,部署,日付,時間,備考\n"
    "佐藤花子,導入支援部,2026-04-01,7.5,お客様先でのトレーニング\n"
    "鈴木一郎,開発部,2026-04-02,8,データ移行の確認\n"
)
GERMAN = "Name;Tätigkeit;Stunden\nJürgen Groß;Schulung beim Kunden in Köln;7,5\nUte Müller;Prüfung der Übergabe;8\n"
FRENCH = "Nom;Activité;Durée\nHélène Lefèvre;Réunion à l’hôpital – phase créée;7,5\n"
RUSSIAN = "Сотрудник;Дата;Часы;Описание\nИванов Пётр;2026-04-01;7,5;Обучение пользователей на объекте\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "gb18030"),
        (TRADITIONAL, "cp950"),
        (JAPANESE, "cp932"),
        (GERMAN, "cp1252"),
        (FRENCH, "cp1252"),
        (RUSSIAN, "cp1251"),
    ],
)
def test_legacy_encodings_are_told_apart(tmp_path: Path, text: str, encoding: str) -> None:
    legacy = read_bytes(tmp_path, text.encode(encoding), "legacy.csv")
    assert legacy.encoding == encoding
    assert rows(legacy) == rows(read_bytes(tmp_path, text.encode(), "modern.csv"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, JAPANESE, GERMAN, "a,b\n1,2\n"])
def test_unicode_is_read_with_and_without_a_byte_order_mark(tmp_path: Path, encoding: str, text: str) -> None:
    plain = read_bytes(tmp_path, text.encode(), "plain.csv")
    table = read_bytes(tmp_path, text.encode(encoding), "marked.csv")
    assert table.columns == plain.columns
    assert rows(table) == rows(plain)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("person,hours\n张三,8\n李四,7\n", "gb18030"),
        ("person,hours\n王小明,8\n", "gb18030"),
        ("项目,日期,用户,小时\nA,2026-04-01,b,8\n", "gb18030"),
        ("部门,工号\n研发部,001\n", "gb18030"),
        ("person,hours\n陳怡君,8\n林志明,7\n", "cp950"),
        ("專案,日期,使用者,小時\nA,2026-04-01,b,8\n", "cp950"),
        ("person,hours\n佐藤,8\n鈴木,7\n", "cp932"),
        ("プロジェクト,日付,ユーザー\nA,2026-04-01,b\n", "cp932"),
        ("氏名,時間\n田中,8\n", "cp932"),
        ("person;hours\nMüller;8\n", "cp1252"),
        ("person;hours\nGroß;8\nBjörn;7\n", "cp1252"),
        ("person;hours\nJosé;8\nNuñez;7\nFrançois;1\n", "cp1252"),
        ("price;hours\n5 €;8\n", "cp1252"),
        ("Проект;Часы\nСклад;8\n", "cp1251"),
    ],
)
def test_two_rows_are_evidence_enough(tmp_path: Path, text: str, encoding: str) -> None:
    table = read_bytes(tmp_path, text.encode(encoding))
    assert table.encoding == encoding


def test_rare_characters_in_gb18030_of_four_bytes_are_read(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, f"{SIMPLIFIED}㐀㐁,𠀀部,2026-04-04,1,\n".encode("gb18030"))
    assert table.encoding == "gb18030"
    assert rows(table)[-1][1:3] == ("㐀㐁", "𠀀部")


def test_names_that_begin_late_in_the_file_are_read(tmp_path: Path) -> None:
    content = b"person,hours\n" + b"ana,8\n" * 400_000 + "张三,8\n李娜,7\n".encode("gb18030")
    table = read_bytes(tmp_path, content)
    assert table.encoding == "gb18030"
    assert rows(table)[-1] == (400_003, "李娜", "7")


def test_delimiters_inside_legacy_characters_are_no_delimiters(tmp_path: Path) -> None:
    # 表 and ソ end in a backslash in Shift-JIS, and 功 (Big5) in a backslash, 育 in a vertical bar.
    table = read_bytes(tmp_path, "氏名|表|時間\nソニア|体育の表示|8\n佐藤|能力表|7\n".encode("cp932"))
    assert table.columns == ("氏名", "表", "時間")
    assert len(rows(read_bytes(tmp_path, "姓名|教育|時數\n陳怡君|教育訓練|8\n".encode("cp950"), "b.csv"))) == 1


def test_noise_is_in_no_encoding(tmp_path: Path) -> None:
    noise = bytes((value * 97 + value // 7 * 31) % 127 + 128 for value in range(3000))
    problem = problem_of_bytes(tmp_path, b"a,b\n" + noise + b"\n")
    assert "byte 5 (line 2)" in problem.what


def test_a_damaged_byte_in_utf8_is_named_with_its_place(tmp_path: Path) -> None:
    content = SIMPLIFIED.encode() + b"\xe5\xbc,x,,,\n" + SIMPLIFIED.encode()
    problem = problem_of_bytes(tmp_path, content)
    assert f"byte {len(SIMPLIFIED.encode()) + 1:,} (line 5)" in problem.what
    assert "UTF-8" in problem.what


def test_a_damaged_byte_late_in_the_file_is_named_with_its_place(tmp_path: Path) -> None:
    content = "姓名,工时\n".encode() + "张三,8\n".encode() * 300_000 + b"\xff\n"
    problem = problem_of_bytes(tmp_path, content)
    assert f"byte {len(content) - 1:,} (line 300,002)" in problem.what


def test_a_damaged_byte_in_gb18030_is_named(tmp_path: Path) -> None:
    problem = problem_of_bytes(tmp_path, SIMPLIFIED.encode("gb18030") * 20 + b"\xff\n")
    assert "GB18030" in problem.what
    assert "(line 81)" in problem.what


@needs_shared
def test_a_real_redmine_export_in_gb18030_is_read(tmp_path: Path) -> None:
    sample = shared_folder() / "exports" / "redmine" / "RECONSTRUCTED_timelog_zh_gb18030.csv"
    table = read_bytes(tmp_path, sample.read_bytes())
    assert table.encoding == "gb18030"
    assert table.columns == ("项目", "日期", "用户", "活动", "问题", "注释", "小时")


def test_lines_with_other_letters_are_found_behind_a_line_of_a_million_plain_ones() -> None:
    block = b"x" * 1_000_000 + b"\r\nM\xfcller\nplain\rGro\xdf\nend"
    assert evidence_lines(block, 1_000) == b"M\xfcller\nGro\xdf"
    assert evidence_lines(block, 5) == b"M\xfcller"
