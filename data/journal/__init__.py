"""The journal: what people type and who looked at whom, in a transactional store beside the warehouse."""

from data.journal.store import Access, read_access, record_access, record_import

__all__ = ["Access", "read_access", "record_access", "record_import"]
