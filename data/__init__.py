"""Adapters: files, calendars, the DuckDB warehouse, the journal and the made-up company."""
