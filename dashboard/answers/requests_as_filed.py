"""Change requests as they were first filed: what a later version says of them was not known in the weeks before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.answers.door import read_firm

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd


def requests_as_filed(file: Path) -> pd.DataFrame:
    """Return change requests as their first version estimated them, decided when a version first said so.

    What a later version estimates anew was not known in the weeks before it.
    """
    return read_firm(
        file,
        """
        with

        decided as (
            select
                project_id,
                change_request_id,
                arg_min(is_approved, known_at) as is_approved,
                arg_min(is_rejected, known_at) as is_rejected,
                min(known_at) as told_at,
                min_by(coalesce(decided_at::varchar, ''), known_at) as decided_text
            from marts.change_request_versions
            where is_approved or is_rejected
            group by project_id, change_request_id
        ),

        filed as (
            from marts.change_request_versions
            qualify row_number() over (partition by project_id, change_request_id order by known_at, row_id) = 1
        )

        select
            filed.change_request_id,
            filed.project_id,
            filed.raised_at,
            filed.known_date,
            case
                when decided.told_at > filed.known_at
                    then greatest(
                        coalesce(try_cast(decided.decided_text as timestamp), decided.told_at), decided.told_at
                    )
                else filed.decided_at
            end as decided_at,
            filed.estimated_hours,
            coalesce(decided.is_approved, false) as is_approved,
            coalesce(decided.is_rejected, false) as is_rejected,
            filed.cause
        from filed
        left join decided
            on
                filed.project_id = decided.project_id
                and filed.change_request_id = decided.change_request_id
        order by filed.project_id, filed.change_request_id
        """,
    )
