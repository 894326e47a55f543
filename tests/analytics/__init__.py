"""Analytics: see docs/design notes."""
