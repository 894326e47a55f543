-- One row per file, column and label that is in none of our lists; the value counts its rows.
select
    'unread_values' as check_name,
    labels.table_name,
    labels.batch_id,
    min(labels.line_number) as line_number,
    cast(null as varchar) as person_id,
    cast(null as varchar) as project_id,
    cast(null as date) as happened_date,
    count(*) as value,
    labels.column_name || ': ' || labels.value as detail
from staging.unread_values as labels
group by labels.table_name, labels.batch_id, labels.column_name, labels.value
