-- One row per file, column and label that is in none of our lists; the value counts its rows.
select
    'unread_values' as check_name,
    table_name,
    batch_id,
    min(line_number) as line_number,
    cast(null as varchar) as person_id,
    cast(null as varchar) as project_id,
    cast(null as date) as happened_date,
    count(*) as value,
    column_name || ': ' || value as detail
from staging.unread_values
group by table_name, batch_id, column_name, value
