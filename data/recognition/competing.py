"""Two people or two days in one row: which column says who worked and when, or the question.

A title may stand under "Name" beside the one who did the work, a clerk beside the traveller, the day of filing beside
the day of the work. Columns whose cells go one to one (number and name of the same person) don't compete.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from data.recognition.assignment import Reason
from data.recognition.labels import read_label
from data.recognition.tables import PERSON_ROLES
from data.recognition.understanding import Question
from data.recognition.vocabulary import matches

if TYPE_CHECKING:
    from data.recognition.columns import FoundColumn
    from data.recognition.drafting import Draft

_TRAVELLER: Final = re.compile(
    r"\b(travell?er|passenger|guest|attendee|participant|reisende[rn]?|passagier|gast|voyageur|passager|viajero|viajante|"
    r"pasajero|passageiro|viaggiatore|passeggero)\b|出差人|乘客|乘机人|入住人|旅客|旅行者|出張者|搭乗者|乘車人|"
    r"出差员工|出差人员|командированн|пассажир|путешественник"
)
_CLERK: Final = re.compile(
    r"\b(created by|entered by|recorded by|registered by|logged by|filed by|submitted by|booked by|booker|approver|"
    r"approved by|approval by|reviewer|reviewed by|manager|supervisor|lead|requester|requested by|reporter|creator|"
    r"owner|arranger|coordinator|editor|modified by|updated by|contact|approving manager|line manager|"
    r"erfasst von|erfasser|angelegt von|erstellt von|gebucht von|genehmigt von|genehmiger|bewilligt von|"
    r"vorgesetzte[rn]?|antragsteller|eingereicht von|bearbeitet von|teamleiter|geandert von|"
    r"saisi par|cree par|valide par|valideur|approuve par|demandeur|demande par|responsable|"
    r"creado por|registrado por|aprobado por|solicitante|solicitado por|aprobador|criado por|aprovado por|aprovador|"
    r"inserito da|approvato da|richiedente|responsabile)\b|"
    r"登记人|录入人|填报人|填写人|创建人|创建者|提交人|申请人|审批人|审核人|经办人|发起人|上级|主管|负责人|记录人|预订人|订票人|制单人|"
    r"登記人|填寫人|申請人|簽核人|審核人|登録者|入力者|作成者|申請者|承認者|上長|報告者|起票者|"
    r"создал|внес|автор записи|утвердил|согласовал|руководитель|заявитель|согласующий|инициатор|кем создано"
)
_ASSIGNEE: Final = re.compile(
    r"\b(assignees?|assigned to|assign|assigned|zugewiesen an|zustandig|bearbeiter|assigne a|asignado a?|atribuido a|"
    r"assegnato a)\b|指派给|指派給|处理人|處理人|经办人|执行人|執行人|担当者?|負責人|исполнитель|назначена?|ответственн"
)
_NAME_ALONE: Final = frozenset(
    {
        "name",
        "nom",
        "nombre",
        "nome",
        "naam",
        "名前",
        "名称",
        "名字",
        "имя",
        "title",
        "item",
        "bezeichnung",
        "наименование",
    }
)
#: Two to four words with capitals, a name in Chinese or Japanese signs, initials, an address.
_PERSON: Final = re.compile(
    r"(?:[^\W\d_a-z][\w'’.-]*,? ?(?:(?:von|van|de|da|di|der|la|le|bin|al|el) )*){2,4}|[\u3400-\u9fff]{2,4}|"
    r"[\u3040-\u30ff\u3400-\u9fff]{1,5}[ 　·・][\u3040-\u30ff\u3400-\u9fff]{1,6}|[^@\s]+@[^@\s]+|[a-z]+[._][a-z]+"
)
_MOSTLY: Final = 0.8
_SAME_WORD: Final = 0.97
_FILLED: Final = 0.5
_WORKED_DAY: Final = re.compile(
    r"\b(work(ed)?|service|spent|performed|activity|usage|leistungs\w*|einsatz\w*|arbeits\w*|travail|intervention|trabajo|"
    r"trabalho|lavoro)\b|工作|实施|出勤|作業|勤務|稼働|工时日期|работ"
)
_FILED_DAY: Final = re.compile(
    r"\b(created?|creation|entered|entry|filed|submitted|submission|recorded|registered|booked|booking|posted|posting|"
    r"timestamp|time stamp|logged at|reported|erfasst|erfassung\w*|gebucht|buchungs\w*|angelegt|eingereicht|eintrag\w*|"
    r"erstellt|saisie?|cree|creation|enregistr\w*|soumis|registro|creacion|alta|criado|criacao|registrado|inserimento)\b|"
    r"登记|录入|填报|填写|提交|创建|申请|记录|登記|填寫|建立|登録|入力|提出|作成|申請|созда|внес|подач|регистрац|записи"
)
_OTHER_DAY: Final = re.compile(
    r"\b(invoice\w*|approv\w*|due|deadline|modified|updated|changed|export\w*|closed|resolved|paid|payment|rechnung\w*|"
    r"genehmig\w*|fallig\w*|geandert|echeance|modifi\w*|facture|valid\w*|factura\w*|vencimiento|aprob\w*)\b|"
    r"审批|审核|更新|修改|截止|关闭|开票|承認|期限|請求|согласов|измен|срок|счет|оплат"
)


def choose_person(draft: Draft) -> None:
    """Let the column of the person be the one who did it, or ask where two may be."""
    if "person_id" in draft.answers or not draft.table.rows:
        return
    here = [draft.found(role) for role in PERSON_ROLES if draft.has(role) and role not in ("first_name", "last_name")]
    if any(draft.candidate.assignment[column.name].reason == "answer" for column in here) and draft.follows_profile:
        return
    rivals = [column for column in draft.table.columns if column not in here and _is_rival(draft, column)]
    ranked = sorted(((_rank(draft, column), column) for column in [*here, *rivals]), key=lambda pair: -pair[0])
    if not ranked or (draft.has("first_name") and draft.has("last_name") and not rivals):
        return
    best_rank, best = ranked[0]
    if best_rank <= 0 or (best not in here and here and best_rank <= max(_rank(draft, column) for column in here)):
        return
    equals = [one for rank, one in ranked[1:] if rank == best_rank and not _is_same(draft, best, one)]
    if best not in here:
        _take(draft, best)
    for column in here:
        if column is not best and not _is_same(draft, best, column):
            _give_up(draft, column)
    if equals:
        names = (best.name, *(column.name for column in equals))
        shown = " and ".join(f'"{column.name}" ({", ".join(column.values.common[:3])})' for column in [best, *equals])
        draft.ask(Question("person_id", f"{shown} name different people. Who did the work?", names))


_WRITER: Final = re.compile(
    r"\b(created by|entered by|recorded by|registered by|logged by|filed by|submitted by|submitter|erfasst von|"
    r"eingereicht von|gebucht von|saisi par|creado por|registrado por|criado por|inserito da)\b|"
    r"登记人|录入人|填报人|填写人|创建人|创建者|提交人|提交者|发起人|记录人|登録者|入力者|作成者|"
    r"внес|создал|кем создано"
)


def sole_writer(draft: Draft) -> FoundColumn | None:
    """Return the column of who filed the rows, where no other column names people: then it was their own work."""
    people = [column for column in draft.table.columns if not column.values.is_empty and names_people(column)]
    writers = [column for column in people if _WRITER.search(read_label(column.name).text)]
    others = [column for column in people if column not in writers and not _CLERK.search(read_label(column.name).text)]
    named = [column for column in others if any(match.role in PERSON_ROLES for match in matches(column.name))]
    return writers[0] if len(writers) == 1 and not named and not _hides_names(draft, others) else None


def _hides_names(draft: Draft, others: list[FoundColumn]) -> bool:
    """Say whether a column without a known name may hold people, too."""
    return any(column.name not in draft.candidate.assignment and not matches(column.name) for column in others)


def _is_rival(draft: Draft, column: FoundColumn) -> bool:
    """Say whether a column that has another role, or none, names people."""
    if column.values.filled < _FILLED or column.values.dates > _FILLED or column.values.share("number") > _FILLED:
        return False
    taken = draft.candidate.assignment.get(column.name)
    if taken is not None and taken.role not in ("title", "requested_by", "lead", "noise"):
        return False
    label = read_label(column.name).text
    is_meant = any(match.role in PERSON_ROLES and match.likeness >= _SAME_WORD for match in matches(column.name))
    return bool(is_meant or _TRAVELLER.search(label) or _ASSIGNEE.search(label)) and names_people(column)


def names_people(column: FoundColumn) -> bool:
    """Say whether nearly all cells look like names of people."""
    cells = column.values.cells
    return bool(cells) and sum(1 for cell in cells if _PERSON.fullmatch(cell)) >= _MOSTLY * len(cells)


def _rank(draft: Draft, column: FoundColumn) -> int:
    """Return how surely a column says who did it: a traveller, an employee, who it is assigned to, a clerk, a title."""
    label = read_label(column.name).text
    is_trip = draft.candidate.meaning.name == "trips"
    if _TRAVELLER.search(label):
        return 5
    if label in _NAME_ALONE:
        return 3 if names_people(column) else 0
    if _CLERK.search(label):
        return 1
    if _ASSIGNEE.search(label):
        return 3
    role = draft.candidate.assignment.get(column.name)
    if is_trip and role is not None and role.role in ("person_login", "person_email"):
        return 2
    return 4 if column.values.filled >= _FILLED else 0


def _is_same(draft: Draft, one: FoundColumn, other: FoundColumn) -> bool:
    """Say whether two columns speak of the same people: each cell of one stands beside one cell of the other."""
    pairs = {(a, b) for a, b in zip(draft.table.cells(one.name), draft.table.cells(other.name), strict=True) if a and b}
    if not pairs:
        return True
    slips = len(pairs) - max(len({a for a, _ in pairs}), len({b for _, b in pairs}))
    return slips <= 0.1 * len(pairs) and min(len({a for a, _ in pairs}), len({b for _, b in pairs})) > len(pairs) / 2


def _take(draft: Draft, column: FoundColumn) -> None:
    role = next((one for one in ("person_name", "person_login") if not draft.has(one)), "person_name")
    old = draft.by_role.get(role, "")
    if old:
        draft.candidate.assignment.pop(old, None)
    words = f'"{column.name}" says who did it'
    draft.candidate.assignment[column.name] = Reason(role, 0.9, "neighbour", words)
    draft.by_role = {known: name for known, name in draft.by_role.items() if name != column.name}
    draft.by_role[role] = column.name


def _give_up(draft: Draft, column: FoundColumn) -> None:
    draft.by_role = {role: name for role, name in draft.by_role.items() if name != column.name}
    draft.candidate.assignment.pop(column.name, None)
    draft.words.append(f'"{column.name}" names somebody else, or no person; it is not used.')


def choose_day(draft: Draft) -> None:
    """Let the day of the work be the one that says so; days of filing become the moment of filing."""
    if "work_date" in draft.answers or not draft.table.rows or draft.has("start_time") or draft.follows_profile:
        return
    role = "work_date" if draft.has("work_date") else ""
    days = [column for column in draft.table.columns if column.values.dates >= _MOSTLY and _may_be_day(draft, column)]
    if len(days) < 2 or not role:
        return
    ranked = sorted(((_day_rank(column), column) for column in days), key=lambda pair: -pair[0])
    best_rank, best = ranked[0]
    equals = [one for rank, one in ranked[1:] if rank == best_rank and _differ(draft, best, one)]
    current = draft.found(role)
    if best is not current and best_rank > _day_rank(current):
        _swap_day(draft, role, current, best)
    filed = [one for one in days if _day_rank(one) == 1 and one is not draft.found(role)]
    if filed and not draft.has("submitted_at"):
        _as_filed(draft, filed[0])
    if equals and best_rank > 1:
        names = (best.name, *(one.name for one in equals))
        shown = " and ".join(f'"{name}"' for name in names)
        draft.ask(Question("work_date", f"{shown} hold different days. On which was the work?", names))


def _may_be_day(draft: Draft, column: FoundColumn) -> bool:
    taken = draft.candidate.assignment.get(column.name)
    return taken is None or (taken.role in ("work_date", "submitted_at", "noise") and taken.reason != "answer")


def _day_rank(column: FoundColumn) -> int:
    label = read_label(column.name).text
    if _OTHER_DAY.search(label):
        return 0
    if _FILED_DAY.search(label):
        return 1
    return 3 if _WORKED_DAY.search(label) else 2


def _differ(draft: Draft, one: FoundColumn, other: FoundColumn) -> bool:
    pairs = zip(draft.table.cells(one.name), draft.table.cells(other.name), strict=True)
    return any(a and b and a.split()[0] != b.split()[0] for a, b in pairs)


def _swap_day(draft: Draft, role: str, old: FoundColumn, new: FoundColumn) -> None:
    draft.candidate.assignment.pop(old.name, None)
    words = f'"{new.name}" says the day of the work'
    draft.candidate.assignment[new.name] = Reason(role, 0.95, "neighbour", words)
    draft.by_role = {known: name for known, name in draft.by_role.items() if name not in (old.name, new.name)}
    draft.by_role[role] = new.name


def _as_filed(draft: Draft, column: FoundColumn) -> None:
    words = f'"{column.name}" says when it was filed'
    draft.candidate.assignment[column.name] = Reason("submitted_at", 0.8, "neighbour", words)
    draft.by_role = {role: name for role, name in draft.by_role.items() if name != column.name}
    draft.by_role["submitted_at"] = column.name
