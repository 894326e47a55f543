"""What the states of change requests mean: words of other systems → rejected, waiting or accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from data.insertion import insert_rows

if TYPE_CHECKING:
    import duckdb

#: State → the words for it, lower case. A word of no list decides nothing: then a finish does.
REQUEST_STATES: Final = {
    "rejected": (
        *("rejected", "declined", "cancelled", "canceled", "withdrawn", "refused", "closed without action"),
        *("nofurtheraction", "no further action", "notaccepted", "not accepted", "duplicate", "won't fix", "wont fix"),
        *(
            "已拒绝",
            "已撤销",
            "已驳回",
            "abgelehnt",
            "storniert",
            "zurückgezogen",
            "refusé",
            "annulé",
            "отклонено",
            "却下",
        ),
    ),
    "waiting": (
        *("raised", "new", "open", "submitted", "proposed", "pending", "draft", "analyzed", "analysed", "updated"),
        *("needmoreinfo", "need more info", "postponed", "deferred", "on hold", "under review", "in review", "waiting"),
        *(
            "审批中",
            "待处理",
            "待审批",
            "offen",
            "in prüfung",
            "zurückgestellt",
            "en attente",
            "на рассмотрении",
            "申請中",
        ),
    ),
    "accepted": (
        *("approved", "accepted", "done", "completed", "closed", "resolved", "implemented", "in progress"),
        *(
            "in_progress",
            "released",
            "verified",
            "审批通过",
            "已完成",
            "已批准",
            "genehmigt",
            "angenommen",
            "umgesetzt",
        ),
        *("erledigt", "approuvé", "accepté", "terminé", "утверждено", "выполнено", "承認", "承認済み", "完了"),
    ),
}


def fill_request_states(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the words into ``raw.request_states``, where the models read them."""
    connection.execute("create or replace table raw.request_states (status_word varchar, state varchar)")
    rows = [(word, state) for state, words in REQUEST_STATES.items() for word in words]
    insert_rows(connection, "raw.request_states", rows)
