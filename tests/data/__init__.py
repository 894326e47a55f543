"""Data: see docs/design notes."""
