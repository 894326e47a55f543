"""The components that every page is built from: what they look like is decided here, once."""
