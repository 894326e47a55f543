"""App_pages: see docs/design notes."""
