"""Sql: see docs/design notes."""
