-- One row per label that is in none of our lists; its row went in without the label.
select
    raw.unread_values.batch_id,
    raw.unread_values.line_number,
    raw.unread_values.table_name,
    raw.unread_values.column_name,
    raw.unread_values.value
from raw.unread_values
