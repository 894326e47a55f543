"""Browser: see docs/design notes."""
