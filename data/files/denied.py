"""Which columns are never stored: what identifies a person beyond the work, and what concerns nobody here.

Passports, identity cards, birth dates, phone numbers, positions, pictures, bank accounts, pay, and why
somebody was ill or away. Matching is by the header alone, in the languages that exports come in.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

#: Scripts without spaces between words: a part of the header is enough.
_PARTS: Final = (
    # passport, identity card
    *("护照", "護照", "パスポート", "旅券", "身份证", "身份證", "身分证", "身分證", "身分証", "证件号", "證件號"),
    *("证件号码", "マイナンバー", "個人番号", "社保号", "паспорт", "удостоверение личности", "снилс"),
    # birth
    *("出生", "生日", "生年月日", "誕生日", "дата рождения", "день рождения"),
    # phone
    *("手机", "手機", "电话", "電話", "携帯", "联系方式", "聯絡方式", "телефон", "мобильн"),
    # position
    *("经度", "經度", "経度", "纬度", "緯度", "долгота", "широта"),
    # picture
    *("图片", "圖片", "照片", "相片", "头像", "頭像", "写真", "画像", "фото"),
    # bank and pay
    *("银行", "銀行", "口座", "工资", "工資", "給与", "給料", "賃金", "奖金", "獎金", "расчетный счет"),
    *("расчётный счёт", "зарплат", "заработн"),
    # why somebody was ill or away
    *("请假事由", "請假事由", "请假原因", "請假原因", "请假理由", "請假理由", "休假原因", "缺勤原因", "病假", "病因"),
    *("病欠", "病名", "休暇理由", "欠勤理由", "причина отсутствия", "причина отпуска", "болезн", "больничн"),
)
#: 薪 means pay, but 带薪 and 无薪 only tell whether a day of leave is paid.
_PAY_SIGN: Final = re.compile(r"(?<![带帶无無停])薪")
#: Whole words of languages that put spaces between them; headers are split at capitals, digits and signs first.
_WORDS: Final = re.compile(
    r"\b(?:"
    r"passports?|passport\w+|passeports?|reisep[aä]ss\w*|passnummer|"
    r"(?:id|identity|identification) (?:card|document|doc)s?|identification (?:number|no)|idcard|"
    r"(?:national|personal|citizen|government|tax|identity) (?:id|identification|identity number)|"
    r"ssn|social security|personalausweis\w*|ausweis\w*|steuer id|sozialversicherungs\w*|"
    r"(?:carte|pi[eè]ce|num[eé]ro) d identit[eé]|"
    r"birth|births|birth ?days?|birthdates?|birthplace|dob|geburts\w*|geboren|naissance|"
    r"phone|phones|phone ?(?:number|no)s?|\w*telephones?|telefon\w*|t[eé]l[eé]phones?|handy|handynummer|"
    r"mobil(?:e|funk)? ?(?:telefon|nummer|number|no|phone|tel)\w*|cell ?phones?|cell number|contact (?:number|no)|"
    r"whatsapp|portable|"
    r"longitude|latitude|gps|l[aä]ngengrad|breitengrad|geo ?location|"
    r"photos?|photograph|images?|pictures?|selfies?|avatars?|fotos?|lichtbild|passbild|"
    r"banks?|bank ?accounts?|banking|iban|bic|swift code|bankverbindung|bankkonto|kontonummer|kontoverbindung|"
    r"banque|compte bancaire|rib|"
    r"salary|salaries|wages?|payroll|remuneration|\w*gehalt|gehalts\w*|\w*lohn|l[oö]hne|lohn\w+|salaires?|paie|"
    r"r[eé]mun[eé]ration|(?:base|basic|gross|net|hourly|monthly|annual|take home) pay|pay (?:rate|grade|slip|check)|"
    r"(?:leave|absence|absent|sick\w*|vacation|time off) reasons?|"
    r"reasons? (?:for|of) (?:the )?(?:leave|absence|sick\w*|being absent|time off)|"
    r"sick|sickness|sick ?leave|illness|diagnos[ei]s|"
    r"abwesenheitsgrund|fehlgrund|urlaubsgrund|grund der abwesenheit|krank\w*|"
    r"банк\w*|оклад\w*|"
    r"motif (?:d absence|de l absence|du cong[eé]|de cong[eé])|maladie|"
    # Spanish, Portuguese, Italian, Dutch
    r"pasaporte|passaporte|passaporto|paspoort\w*|dni|nie|cpf|codice fiscale|documento de identidad|"
    r"documento d identit[aà]|carta d identit[aà]|identiteits\w*|nacimiento|nascimento|nascita|geboorte\w*|"
    r"tel[eé]fono\w*|telefone\w*|telefoon\w*|m[oó]vil|celular|cellulare|mobiel\w*|salarios?|sal[aá]rios?|sueldo|"
    r"stipendio|salaris|cuenta bancaria|conta banc[aá]ria|conto bancario|bankrekening|"
    r"motivo (?:de |da |do |dell )?(?:la |el )?(?:ausencia|aus[eê]ncia|baja|permiso|assenza)|"
    r"(?:baja|licencia) m[eé]dica|enfermedad|doen[cç]a|malattia|ziekte\w*"
    r")\b"
)
#: Too short or too common to be looked for inside a longer header.
_WHOLE_HEADERS: Final = frozenset(
    {"id number", "id no", "id num", "pay", "mobile", "mobile tel", "cell", "tel", "tel no", "bild", "ausweis"}
    | {"lat", "lng", "lon", "long", "lat lng", "lat lon", "身份", "薪"}
)
_CAPITAL_INSIDE: Final = re.compile(r"(?<=[a-zа-яäöüéè])(?=[A-ZА-ЯÄÖÜ])")
_NOT_A_LETTER: Final = re.compile(r"[\W\d_]+")


@lru_cache(maxsize=4096)
def is_denied(header: str) -> bool:
    """Say whether the column under ``header`` is dropped while reading, before anything is stored."""
    split = _CAPITAL_INSIDE.sub(" ", header)
    plain = _NOT_A_LETTER.sub(" ", split).strip().casefold()
    if plain in _WHOLE_HEADERS or any(part in plain for part in _PARTS):
        return True
    return bool(_PAY_SIGN.search(plain) or _WORDS.search(plain))
