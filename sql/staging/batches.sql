-- One row per batch: one table from one file.
select
    raw.batches.batch_id,
    raw.batches.table_name,
    raw.batches.source_name,
    raw.batches.file_name,
    raw.batches.sheet_name,
    raw.batches.arrived_at,
    raw.batches.is_full
from raw.batches
