"""Dashboard: see docs/design notes."""
